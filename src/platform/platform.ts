// The management platform, as far as the protocol relies on it: it numbers what the user wants of a VM, asks the
// primary for it, and believes a report. One state for each VM.

import {match} from 'ts-pattern';
import {type Generation, type HostId, nextGeneration, type Term} from '../cluster/ids.js';
import {ignored, type Outcomes} from '../kernel/outcome.js';
import type {Repairs} from '../profile/repairs.js';
import type {Protection} from '../storage/protection.js';

/** What the platform knows of one VM. */
export type PlatformState = {
  /** What the user wants: a VM that was powered on is to be protected. */
  readonly value: Protection;
  /** Counts the user's intents. */
  readonly generation: Generation;
  /** Whether that is still to be handed to the primary. */
  readonly due: boolean;
  /** The generation of the last report that counted. */
  readonly reported: Generation;
  /** The newest primary the platform has heard of, and its term. */
  readonly primary: HostId;
  readonly term: Term;
};

/**
 * What happens to the platform: the user wants something, the connection takes a message, the primary reports, or
 * there is a new primary.
 */
export type PlatformEvent =
  | {readonly type: 'Intended'; readonly value: Protection}
  | {readonly type: 'Connected'}
  | {readonly type: 'Reported'; readonly generation: Generation}
  | {readonly type: 'PrimaryChanged'; readonly primary: HostId; readonly term: Term};

/** What the platform hands to the primary. */
export type PlatformEffect = {
  readonly type: 'Request';
  readonly to: HostId;
  readonly value: Protection;
  readonly generation: Generation;
};

/** What the platform does about an event, by the rules PL-01 to PL-05. Total and pure. */
export const platformOutcomes = (
  repairs: Repairs,
  state: PlatformState,
  event: PlatformEvent,
): Outcomes<PlatformState, PlatformEffect> =>
  match(event)
    .with({type: 'Intended'}, ({value}): Outcomes<PlatformState, PlatformEffect> => {
      const generation = nextGeneration(state.generation);
      return [{state: {...state, value, generation, due: true}, effects: [], rules: ['PL-01']}];
    })
    .with({type: 'Connected'}, () => onConnected(state))
    .with({type: 'Reported'}, ({generation}) => onReported(state, generation))
    .with({type: 'PrimaryChanged'}, ({primary, term}) => onPrimaryChanged(repairs, state, primary, term))
    .exhaustive();

/** The connection takes a message: the newest intent, if it is due. An older one that was due is never sent. */
const onConnected = (state: PlatformState): Outcomes<PlatformState, PlatformEffect> => {
  const {due, primary, value, generation} = state;
  const effects: readonly PlatformEffect[] = due ? [{type: 'Request', to: primary, value, generation}] : [];
  return [{state: {...state, due: false}, effects, rules: ['PL-02']}];
};

const onReported = (state: PlatformState, generation: Generation): Outcomes<PlatformState, never> => [
  {
    state: {...state, reported: generation > state.reported ? generation : state.reported},
    effects: [],
    rules: ['PL-03'],
  },
];

/** Nobody knows what the old primary did with a request that it has not confirmed. */
const onPrimaryChanged = (
  {resend}: Repairs,
  state: PlatformState,
  primary: HostId,
  term: Term,
): Outcomes<PlatformState, never> => {
  if (term <= state.term) return ignored(state, 'PL-04');
  const known = {...state, primary, term};
  return resend && state.reported < state.generation
    ? [{state: {...known, due: true}, effects: [], rules: ['PL-04', 'PL-05']}]
    : [{state: known, effects: [], rules: ['PL-04']}];
};
