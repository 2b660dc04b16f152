import type {Effect} from '../transitions.js';
import type {Notes} from './recorder.js';

/** What a step does: which action instance takes it, with which of its outcomes. */
export type Meaning = {readonly instance: number; readonly effect: Effect};

/** Notes of every step what it does, as a number into `meanings`. */
export const everything = (): Notes & {readonly meanings: readonly Meaning[]} => {
  const meanings: Meaning[] = [];
  const known: (number[] | undefined)[] = [];
  return {
    loops: true,
    meanings,
    labelOf: (transitions, leaf, outcome) => {
      known[leaf] ??= [];
      const labels = known[leaf];
      if (labels[outcome] === undefined) {
        const {instance, effects} = transitions.leaves[leaf]!;
        labels[outcome] = meanings.push({instance, effect: effects[outcome]!}) - 1;
      }
      return labels[outcome];
    },
  };
};
