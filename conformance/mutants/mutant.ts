// Implementations with one seeded fault each: the suite has to reject every one. They are wrapped round the relation,
// so that all the rest of them is right.

import {eager, mapAll, type Outcomes, type Policy, type RuleId} from '../../src/index.js';
import type {Specification} from '../specification.js';
import type {Subject} from '../subject.js';
import {referenceOf} from '../subjects.js';

type Relation<Config, State, Stimulus, Effect> = (
  config: Config,
  state: State,
  stimulus: Stimulus,
) => Outcomes<State, Effect>;

export type Fault<Config, State, Stimulus, Effect> = (
  lawful: Relation<Config, State, Stimulus, Effect>,
) => Relation<Config, State, Stimulus, Effect>;

/** An implementation with one mistake, which the suite has to find. */
export type Mutant<Config, State, Stimulus, Effect> = {
  /** What it does wrong; completes "it ...". */
  readonly name: string;
  /** The rule that it breaks, as whoever wrote the fault sees it. */
  readonly breaks: RuleId;
  readonly fault: Fault<Config, State, Stimulus, Effect>;
  /** What it chooses where it may choose: a fault can be out of sight under another policy. */
  readonly policy: Policy;
};

export const mutant = <Config, State, Stimulus, Effect>(
  name: string,
  breaks: RuleId,
  fault: Fault<Config, State, Stimulus, Effect>,
  policy: Policy = eager,
): Mutant<Config, State, Stimulus, Effect> => ({name, breaks, fault, policy});

/** The mutant as a subject. */
export const subjectOf = <Config, State, Stimulus, Effect>(
  {start, outcomes}: Specification<Config, State, Stimulus, Effect>,
  {fault, policy}: Mutant<Config, State, Stimulus, Effect>,
): Subject<Config, Stimulus> => referenceOf({start, outcomes: fault(outcomes)}, policy);

export type Situation<Config, State, Stimulus> = {
  readonly config: Config;
  readonly state: State;
  readonly stimulus: Stimulus;
};

/** It takes its situation for another one. */
export const mistaking =
  <Config, State, Stimulus, Effect>(
    mistaken: (situation: Situation<Config, State, Stimulus>) => Situation<Config, State, Stimulus>,
  ): Fault<Config, State, Stimulus, Effect> =>
  lawful =>
  (...situation) => {
    const [config, state, stimulus] = situation;
    const other = mistaken({config, state, stimulus});
    return lawful(other.config, other.state, other.stimulus);
  };

/** It does something else than it should. */
export const doing =
  <Config, State, Stimulus, Effect>(
    changed: (effects: readonly Effect[], situation: Situation<Config, State, Stimulus>) => readonly Effect[],
  ): Fault<Config, State, Stimulus, Effect> =>
  lawful =>
  (config, state, stimulus) =>
    mapAll(lawful(config, state, stimulus), outcome => ({
      ...outcome,
      effects: changed(outcome.effects, {config, state, stimulus}),
    }));

/** It remembers something else than it should. */
export const keeping =
  <Config, State, Stimulus, Effect>(
    changed: (after: State, before: State) => State,
  ): Fault<Config, State, Stimulus, Effect> =>
  lawful =>
  (config, state, stimulus) =>
    mapAll(lawful(config, state, stimulus), outcome => ({...outcome, state: changed(outcome.state, state)}));

/** It does not hear some stimuli. */
export const deafTo =
  <Config, State, Stimulus, Effect>(
    unheard: (situation: Situation<Config, State, Stimulus>) => boolean,
  ): Fault<Config, State, Stimulus, Effect> =>
  lawful =>
  (config, state, stimulus) => {
    const outcomes = lawful(config, state, stimulus);
    return unheard({config, state, stimulus}) ? [{...outcomes[0], state, effects: []}] : outcomes;
  };
