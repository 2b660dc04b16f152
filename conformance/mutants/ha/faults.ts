// The kinds of faults that HA modules are given.

import type {Config, Effect, Event, Fallback, HostId, Message, Repair, State} from '../../../src/index.js';
import {doing, type Fault, type Mutant, mistaking, type Situation} from '../mutant.js';

export type HaMutant = Mutant<Config, State, Event, Effect>;
type HaFault = Fault<Config, State, Event, Effect>;
type HaSituation = Situation<Config, State, Event>;

type When = (situation: HaSituation) => boolean;

type MessageType = Message['type'];
type Send<T extends MessageType> = Extract<Effect, {readonly type: 'Send'}> & {
  readonly message: Extract<Message, {readonly type: T}>;
};

export const on =
  (...types: readonly Event['type'][]): When =>
  ({stimulus}) =>
    types.includes(stimulus.type);

export const onMessage =
  (...types: readonly MessageType[]): When =>
  ({stimulus}) =>
    stimulus.type === 'Received' && types.includes(stimulus.message.type);

export const onOlderTerm: When = ({state, stimulus}) =>
  stimulus.type === 'Received' && stimulus.message.term < state.durable.term;

export const onNewerTerm: When = ({state, stimulus}) =>
  stimulus.type === 'Received' && stimulus.message.term > state.durable.term;

export const onOwnTerm: When = situation => !onOlderTerm(situation) && !onNewerTerm(situation);

export const asPrimary: When = ({state}) => state.role === 'primary';

export const all =
  (...conditions: readonly When[]): When =>
  situation =>
    conditions.every(holds => holds(situation));

/** It acts as if a repair were off. */
export const without = (repair: Repair, when: When): HaFault =>
  mistaking(situation => {
    const {config} = situation;
    return when(situation)
      ? {...situation, config: {...config, repairs: {...config.repairs, [repair]: false}}}
      : situation;
  });

/** It takes what happens for something else. */
export const seeing = (change: (event: Event, state: State) => Event): HaFault =>
  mistaking(situation => ({...situation, stimulus: change(situation.stimulus, situation.state)}));

/** A primary takes what it knows of its VMs for something else. */
export const misremembering = (when: When, change: (known: Fallback, situation: HaSituation) => Fallback): HaFault =>
  mistaking(situation => {
    const {state} = situation;
    return state.role === 'primary' && when(situation)
      ? {...situation, state: {...state, fallbacks: state.fallbacks.map(known => change(known, situation))}}
      : situation;
  });

/** It does something else instead of each of these effects. */
export const changing = <T extends Effect['type']>(
  type: T,
  change: (effect: Extract<Effect, {readonly type: T}>, situation: HaSituation) => readonly Effect[],
): HaFault =>
  doing((effects, situation) =>
    effects.flatMap(effect => (isOfType(effect, type) ? change(effect, situation) : [effect])),
  );

/** It sends something else instead of each of these messages. */
export const sending = <T extends MessageType>(
  type: T,
  change: (sent: Send<T>, situation: HaSituation) => readonly Effect[],
): HaFault =>
  doing((effects, situation) =>
    effects.flatMap(effect => (isMessageOfType(effect, type) ? change(effect, situation) : [effect])),
  );

export const forgetting = (type: Effect['type']): HaFault => changing(type, () => []);

const isOfType = <T extends Effect['type']>(effect: Effect, type: T): effect is Extract<Effect, {readonly type: T}> =>
  effect.type === type;

const isMessageOfType = <T extends MessageType>(effect: Effect, type: T): effect is Send<T> =>
  effect.type === 'Send' && effect.message.type === type;

export const peersOf = ({self, hosts}: Config): readonly HostId[] => hosts.filter(host => host !== self);
