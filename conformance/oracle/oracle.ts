// The set of specification states that explain what a subject has done so far. When it becomes empty, the subject has
// left the specification.

import type {Outcome, RuleId} from '../../src/index.js';
import {canonical} from '../canonical.js';
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
    return specification.outcomes(config, before.state, meant).map(outcome => ({before, stimulus: meant, outcome}));
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
    const names = namesAfter(specification, config, before.names, outcome.effects, observed);
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
  names: Names,
  expected: readonly Effect[],
  observed: readonly unknown[],
): Names | null => {
  if (expected.length !== observed.length) return null;
  const {pairs, missing, misplaced} = pairing(specification, config, expected, observed);
  return missing.length > 0 || misplaced.length > 0 ? null : namedBy(specification, config, names, pairs).names;
};

const distinct = <State>(explanation: Explanation<State>): Explanation<State> =>
  explanation.length < 2
    ? explanation
    : [...new Map(explanation.map(explaining => [canonical(explaining), explaining])).values()];
