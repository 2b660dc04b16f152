// How a mutant of SET, CLEAR and the fallback differs: it lacks a repair, mishears, misspeaks or forgets.

import {
  accessOf,
  type Config,
  type Effect,
  type Event,
  type Fallback,
  type HostId,
  type Message,
  type ObjectLayout,
  outcomes,
  platformOutcomes,
  type Repair,
  type Repairs,
  type State,
  setOutcomes,
} from '../../src/index.js';
import {doing, ignoring, mistaking} from './mutant.js';

/** What the scene calls. */
export const RELATIONS = {outcomes, setOutcomes, platformOutcomes, accessOf};

export type Relations = typeof RELATIONS;
export type Given = Parameters<typeof outcomes>;

export const lacking = <C extends {readonly repairs: Repairs}>(config: C, repair: Repair): C => ({
  ...config,
  repairs: {...config.repairs, [repair]: false},
});

export const isAbout = (event: Event, ...types: readonly Message['type'][]): boolean =>
  event.type === 'Received' && types.includes(event.message.type);

/** It does as if a repair were off. */
export const without =
  (repair: Repair, when: (event: Event) => boolean = () => true) =>
  ({outcomes}: Relations) => ({
    outcomes: mistaking(
      outcomes,
      (config, state, event): Given => (when(event) ? [lacking(config, repair), state, event] : [config, state, event]),
    ),
  });

/** It takes what happens for something else. */
export const seeing =
  (change: (event: Event) => Event) =>
  ({outcomes}: Relations) => ({
    outcomes: mistaking(outcomes, (config, state, event): Given => [config, state, change(event)]),
  });

/** It says something else. */
export const saying =
  (change: (message: Message, config: Config) => readonly Message[]) =>
  ({outcomes}: Relations) => ({
    outcomes: doing(outcomes, (effects, config) =>
      effects.flatMap((effect): readonly Effect[] =>
        effect.type === 'Send' ? change(effect.message, config).map(message => ({...effect, message})) : [effect],
      ),
    ),
  });

/** It does not hear of something. */
export const deafTo =
  (when: (event: Event, state: State) => boolean) =>
  ({outcomes}: Relations) => ({
    outcomes: ignoring(
      outcomes,
      (_config, state) => state,
      (_config, state, event) => when(event, state),
    ),
  });

/** A primary takes what it knows of a VM for something else, when it hears `from` somebody or from nobody. */
export const misremembering =
  (when: (event: Event) => boolean, change: (known: Fallback, config: Config, from: HostId | null) => Fallback) =>
  ({outcomes}: Relations) => ({
    outcomes: mistaking(
      outcomes,
      (config, state, event): Given => [
        config,
        state.role === 'primary' && when(event)
          ? {...state, fallbacks: state.fallbacks.map(known => change(known, config, senderOf(event)))}
          : state,
        event,
      ],
    ),
  });

const senderOf = (event: Event): HostId | null => (event.type === 'Received' ? event.from : null);

export const NOWHERE = {namespace: false, all: false};

/** So many votes more for a component that is there, that it decides. */
export const favouring = (
  layout: ObjectLayout,
  current: readonly HostId[],
  reachable: readonly HostId[],
  more: number,
) => {
  const favourite = layout.components.find(({host}) => current.includes(host) && reachable.includes(host));
  const components = layout.components.map(component =>
    component === favourite ? {...component, votes: component.votes + more} : component,
  );
  return {...layout, components};
};
