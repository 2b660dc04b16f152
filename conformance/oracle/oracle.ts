// The set of specification states that explain what a subject has done so far. When it becomes empty, the subject has
// left the specification.

import type {Outcome, RuleId} from '../../src/index.js';
import {at, canonical} from '../canonical.js';
import type {Specification} from '../specification.js';
import {namedBy, pairing} from './match.js';
import {type Names, NO_NAMES, understood} from './names.js';

/** A state that explains everything so far, and what the subject's ids mean in it. */
export type Explaining<State> = {readonly state: State; readonly names: Names};

export type Explanation<State> = readonly Explaining<State>[];

/** What the specification allowed at this point, from one of the explaining states. */
export type Alternative<State, Stimulus, Effect> = {
  readonly before: Explaining<State>;
  /** The stimulus in the relation's ids. */
  readonly stimulus: Stimulus;
  readonly outcome: Outcome<State, Effect>;
};

export type Judgement<State, Stimulus, Effect> =
  | {readonly type: 'Explained'; readonly next: Explanation<State>; readonly rules: readonly RuleId[]}
  | {readonly type: 'Unexplained'; readonly alternatives: readonly Alternative<State, Stimulus, Effect>[]};

/** Before the first stimulus. */
export const beginning = <Config, State>(
  {start}: Pick<Specification<Config, State, never, never>, 'start'>,
  config: Config,
): Explanation<State> => [{state: start(config), names: NO_NAMES}];

/** Everything that the specification allows next. */
export const alternatives = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  explanation: Explanation<State>,
  stimulus: Stimulus,
): readonly Alternative<State, Stimulus, Effect>[] =>
  explanation.flatMap(before => {
    const meant = understood(before.names, stimulus, specification.idsInStimulus(config, stimulus));
    return specification.outcomes(config, before.state, meant).map(outcome => ({
      before,
      stimulus: meant,
      outcome: {...outcome, effects: withoutIdle(specification, config, before.state, outcome.effects)},
    }));
  });

/** What the observed effects leave of the states that explained what came before them. */
export const judged = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  explanation: Explanation<State>,
  stimulus: Stimulus,
  observed: readonly unknown[],
): Judgement<State, Stimulus, Effect> => {
  const allowed = alternatives(specification, config, explanation, stimulus);
  const fitting = allowed.flatMap(({before, outcome}) => {
    const names = namesAfter(specification, config, before, outcome.effects, observed);
    return names === null ? [] : [{state: outcome.state, names, rules: outcome.rules}];
  });
  return fitting.length === 0
    ? {type: 'Unexplained', alternatives: allowed}
    : {
        type: 'Explained',
        next: distinct(fitting.map(({state, names}) => ({state, names}))),
        rules: [...new Set(fitting.flatMap(({rules}) => rules))],
      };
};

/** The names after the observation, if it is what was expected; else null. */
export const namesAfter = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  before: Explaining<State>,
  expected: readonly Effect[],
  observed: readonly unknown[],
): Names | null => {
  if (expected.length > observed.length) return null;
  const {pairs, missing, misplaced, surplus} = pairing(specification, config, expected, observed);
  const more = tooMuch(specification, config, before, expected, surplus);
  return missing.length + misplaced.length + more.length > 0
    ? null
    : namedBy(specification, config, before.names, pairs).names;
};

/** The surplus without what changes nothing: cancelling what does not run, persisting what is durable anyway. */
export const tooMuch = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  {state, names}: Explaining<State>,
  expected: readonly Effect[],
  surplus: readonly unknown[],
): readonly unknown[] =>
  withoutKept(specification, state, expected, withoutIdle(specification, config, state, surplus, names));

/** The surplus without what persists that which is durable anyway, beside what was expected or without. */
const withoutKept = <Config, State, Stimulus, Effect>(
  {keeping}: Specification<Config, State, Stimulus, Effect>,
  state: State,
  expected: readonly Effect[],
  surplus: readonly unknown[],
): readonly unknown[] => {
  if (keeping === undefined || !surplus.some(isPersist)) return surplus;
  const ordered = expected.findLast(isPersist);
  const durable = canonical(ordered === undefined ? keeping.kept(state) : at(ordered, ['durable']));
  return surplus.filter(effect => !isPersist(effect) || canonical(at(effect, ['durable'])) !== durable);
};

export const isPersist = (effect: unknown): boolean => at(effect, ['type']) === 'Persist';

/**
 * The effects but for those that cancel what does not run: they change nothing (spec/timers.md). In the ids that these
 * names know, or in the relation's own where there are none.
 */
export const withoutIdle = <Config, State, Stimulus, Effect, Observed>(
  specification: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  state: State,
  effects: readonly Observed[],
  names: Names | null = null,
): readonly Observed[] =>
  specification.isIdle === undefined || !effects.some(isCancelling)
    ? effects
    : effects.filter(effect => !cancelsIdle(specification, config, state, effect, names));

const cancelsIdle = <Config, State, Stimulus, Effect>(
  {isIdle, idsInEffect}: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  state: State,
  effect: unknown,
  names: Names | null,
): boolean => {
  if (isIdle === undefined || !isCancelling(effect)) return false;
  const uses = names === null ? [] : idsInEffect(config, effect as Effect);
  return isIdle(config, state, at(understood(names ?? NO_NAMES, effect, uses), ['timer']));
};

const isCancelling = (effect: unknown): boolean =>
  at(effect, ['type']) === 'CancelTimer' && typeof at(effect, ['timer', 'type']) === 'string';

const distinct = <State>(explanation: Explanation<State>): Explanation<State> =>
  explanation.length < 2
    ? explanation
    : [...new Map(explanation.map(explaining => [canonical(explaining), explaining])).values()];
