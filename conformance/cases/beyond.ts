// What lies beyond a step that nothing allows. The subject is supposed to be in some state that a slip could have led
// to; what is found there speaks for the subject, and never against it: it may only follow from the slip.

import type {Repairs, RuleId} from '../../src/index.js';
import {canonical} from '../canonical.js';
import {blamedAt} from '../oracle/blame.js';
import {namedBy, pairing} from '../oracle/match.js';
import {nearby} from '../oracle/nearest.js';
import {type Alternative, alternatives, type Explanation, namesAfter} from '../oracle/oracle.js';
import type {Bench, Taken} from './bench.js';
import type {Position} from './position.js';

/** A step that nothing allows, and where it was taken. */
export type Slip<State, Stimulus, Effect> = {
  readonly position: Position<State, Stimulus, Effect>;
  /** The position's trail, and the step. */
  readonly trail: readonly Taken<Stimulus>[];
};

type Judging<Config, State, Stimulus, Effect> = Pick<
  Bench<Config, State, Stimulus, Effect>,
  'specification' | 'config' | 'world'
>;

/** The rule that the slip breaks most likely. */
export const ruleOf = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  {specification, config}: Judging<Config, State, Stimulus, Effect>,
  {position: {explanation}, trail}: Slip<State, Stimulus, Effect>,
): RuleId | null => {
  const step = trail.at(-1);
  return step === undefined ? null : (blamedAt(specification, config, explanation, step)[0]?.rule ?? null);
};

/**
 * Where the subject may stand after a slip: where the nearest alternatives lead; where a mistake leads that would make
 * all of it right; and where it was, if nothing of it could be seen. Only effects that some alternative has are
 * answered. Null where no alternative comes near.
 */
export const beyond = <Config, State, Stimulus, Effect>(
  {specification, config}: Judging<Config, State, Stimulus, Effect>,
  {position, trail}: Slip<State, Stimulus, Effect>,
): Position<State, Stimulus, Effect> | null => {
  const step = trail.at(-1);
  const {explanation, world, rules} = position;
  if (step === undefined) return null;
  const {stimulus, observed, choice} = step;
  const near = nearby(specification, config, alternatives(specification, config, explanation, stimulus), observed);
  const offer = world.offers()[choice];
  const [first] = near;
  if (first === undefined || offer === undefined) return null;
  const paired = ({outcome}: Alternative<State, Stimulus, Effect>) =>
    pairing(specification, config, outcome.effects, observed).pairs;
  const mistaken = specification.mistakes(config, stimulus).flatMap(mistake =>
    alternatives(specification, mistake.config, explanation, mistake.stimulus).flatMap(({before, outcome}) => {
      const names = namesAfter(specification, config, before, outcome.effects, observed);
      return names === null ? [] : [{state: outcome.state, names}];
    }),
  );
  const supposed: Explanation<State> = [
    ...near.map(alternative => {
      const {names} = namedBy(specification, config, alternative.before.names, paired(alternative));
      return {state: alternative.outcome.state, names: names ?? alternative.before.names};
    }),
    ...mistaken,
    ...(observed.length === 0 ? explanation : []),
  ];
  const known = paired(first).map(({observed: effect}) => effect as Effect);
  return {
    explanation: [...new Map(supposed.map(explaining => [canonical(explaining), explaining])).values()],
    world: world.after(offer, known),
    trail,
    rules: [...rules, []],
    ways: [],
    isSupposed: true,
  };
};
