// The kinds of faults that HA modules are given.

import type {
  Config,
  Effect,
  Event,
  Fallback,
  HostId,
  Message,
  Phase,
  Protection,
  Purpose,
  Repair,
  SetResult,
  State,
  StorageCall,
  Tally,
  Timer,
} from '../../../src/index.js';
import {doing, type Fault, type Mutant, mistaking, type Situation} from '../mutant.js';

export type HaMutant = Mutant<Config, State, Event, Effect>;
type HaFault = Fault<Config, State, Event, Effect>;
type HaSituation = Situation<Config, State, Event>;

export type When = (situation: HaSituation) => boolean;

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
export const asSecondary: When = ({state}) => state.role === 'secondary';

export const as =
  (role: State['role']): When =>
  ({state}) =>
    state.role === role;

/** The isolation check has said so. */
export const checked =
  (reachable: boolean): When =>
  ({stimulus}) =>
    stimulus.type === 'IsolationChecked' && stimulus.reachable === reachable;

export const onTimer =
  (...names: readonly string[]): When =>
  ({stimulus}) =>
    stimulus.type === 'TimerFired' &&
    names.includes(stimulus.timer.type === 'Fallback' ? stimulus.timer.phase : stimulus.timer.type);

/** What the primary has in work is in this phase. */
export const inPhase =
  (phase: Phase): When =>
  ({state}) =>
    state.role === 'primary' && state.fallbacks.some(known => known.phase === phase);

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

/** It sets no timer of this type, where this holds. */
export const withoutTimer = (type: Timer['type'], when: When = () => true): HaFault =>
  changing('SetTimer', (order, situation) => (order.timer.type === type && when(situation) ? [] : [order]));

/** It sends something else instead of each of these messages. */
export const sending = <T extends MessageType>(
  type: T,
  change: (sent: Send<T>, situation: HaSituation) => readonly Effect[],
): HaFault =>
  doing((effects, situation) =>
    effects.flatMap(effect => (isMessageOfType(effect, type) ? change(effect, situation) : [effect])),
  );

export const forgetting = (type: Effect['type']): HaFault => changing(type, () => []);

/** It says something else in messages of this type. */
export const saying = <T extends MessageType>(
  type: T,
  change: (message: Send<T>['message'], situation: HaSituation) => Partial<Send<T>['message']>,
): HaFault =>
  sending(type, (sent, situation) => [{...sent, message: {...sent.message, ...change(sent.message, situation)}}]);

/** It takes messages of this type to say something else. */
export const hearing = <T extends MessageType>(
  type: T,
  change: (
    message: Extract<Message, {readonly type: T}>,
    state: State,
  ) => Partial<Extract<Message, {readonly type: T}>>,
): HaFault =>
  seeing((event, state) =>
    event.type === 'Received' && isOfMessageType(event.message, type)
      ? {...event, message: {...event.message, ...change(event.message, state)}}
      : event,
  );

const isOfMessageType = <T extends MessageType>(
  message: Message,
  type: T,
): message is Extract<Message, {readonly type: T}> => message.type === type;

/** It calls SET otherwise, where it does so for this purpose. */
export const calling = (
  purpose: Purpose['type'],
  change: (call: StorageCall, situation: HaSituation) => readonly StorageCall[],
): HaFault =>
  changing('CallStorage', ({type, call}, situation) =>
    call.purpose.type === purpose ? change(call, situation).map(each => ({type, call: each})) : [{type, call}],
  );

/** It takes one answer to its SET for another. */
export const mishearing = (purpose: Purpose['type'], result: SetResult, as: SetResult): HaFault =>
  seeing(event =>
    event.type === 'StorageReplied' && event.call.purpose.type === purpose && event.result === result
      ? {...event, result: as}
      : event,
  );

/** It takes one result of a commanded SET for another. */
export const misreading = (result: SetResult, as: SetResult): HaFault =>
  hearing('SetResult', message => (message.result === result ? {result: as} : {}));

/** A primary takes its round to have come further, or less far, than it has. */
export const miscounting = (
  when: When,
  change: (tally: Fallback & Tally, situation: HaSituation) => Partial<Tally>,
): HaFault =>
  misremembering(when, (known, situation) => ('asked' in known ? {...known, ...change(known, situation)} : known));

export const opposite = (value: Protection): Protection => (value === 'protected' ? 'unprotected' : 'protected');

export const twice = <T>(effect: T): readonly T[] => [effect, effect];
export const never = (): readonly never[] => [];

const isOfType = <T extends Effect['type']>(effect: Effect, type: T): effect is Extract<Effect, {readonly type: T}> =>
  effect.type === type;

const isMessageOfType = <T extends MessageType>(effect: Effect, type: T): effect is Send<T> =>
  effect.type === 'Send' && effect.message.type === type;

export const peersOf = ({self, hosts}: Config): readonly HostId[] => hosts.filter(host => host !== self);
