// What a relation answers to many situations, drawn from a fixed seed: every rule is asked to have been cited there,
// and to have been kept wherever it was. A rule whose behaviour is dropped is cited no more; one that changes is not
// kept.

import type {ExecutionContext} from 'ava';
import type {Outcome, RuleId} from '../../../src/index.js';

/** One of the outcomes of one situation. */
export type Case<Situation, State, Effect> = Situation & {
  readonly after: State;
  readonly effects: readonly Effect[];
  readonly rules: readonly RuleId[];
};

export const casesOf = <Situation extends object, State, Effect>(
  situations: readonly Situation[],
  relation: (situation: Situation) => readonly Outcome<State, Effect>[],
): readonly Case<Situation, State, Effect>[] =>
  situations.flatMap(situation =>
    relation(situation).map(({state, effects, rules}) => ({...situation, after: state, effects, rules})),
  );

/** Wherever the rule was cited, it was kept; and it was cited. */
export const keeps = <C extends {readonly rules: readonly RuleId[]}>(
  t: ExecutionContext,
  cases: readonly C[],
  rule: RuleId,
  isKept: (each: C) => boolean,
): void => {
  const cited = cases.filter(({rules}) => rules.includes(rule));
  t.true(cited.length > 0, `${rule} is never cited`);
  t.deepEqual(cited.filter(each => !isKept(each)).slice(0, 1), [], `${rule} is not kept`);
};
