import type {Outcome} from '../index.js';

/**
 * The outcome, once for each guard that is true, or as many times as there are witnesses.
 *
 * TLC takes a guard that is a disjunction once per true disjunct, and one that is an existential once per witness, and
 * counts a generated state each time. The examples do the same where their published counts include such repetitions.
 */
export const perWitness = (witnesses: number | readonly boolean[], outcome: Outcome): readonly Outcome[] => {
  const count = typeof witnesses === 'number' ? witnesses : witnesses.filter(holds => holds).length;
  return Array.from({length: count}, () => outcome);
};
