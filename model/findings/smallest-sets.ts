// Which repairs are enough: the smallest sets, by trying them.

import type {Repair} from '../../src/index.js';
import type {Result} from '../report/result.js';

type Sets = readonly (readonly Repair[])[];

/** Sets of more repairs than this are not tried. */
const LARGEST_SET = 3;

export const NOTHING_SEARCHED: {readonly repairs: Sets; readonly undecided: Sets} = {repairs: [], undecided: []};

/**
 * All sets of the smallest size with which an exploration holds, and those up to this size whose exploration was cut
 * short. `isInert` is asked about each repair with the result of putting it in alone; those are left out of larger
 * sets.
 */
export const smallestSets = async (
  repairs: readonly Repair[],
  explore: (set: readonly Repair[]) => Promise<Result>,
  {isInert}: {readonly isInert: (repair: Repair, alone: Result) => boolean},
): Promise<{readonly repairs: Sets; readonly undecided: Sets}> => {
  const undecided: (readonly Repair[])[] = [];
  let members = repairs;
  for (let size = 1; size <= Math.min(LARGEST_SET, members.length); size++) {
    const enough: (readonly Repair[])[] = [];
    const inert: Repair[] = [];
    for (const set of setsOf(members, size)) {
      const result = await explore(set);
      if (result.verdict === 'holds') enough.push(set);
      if (result.verdict === 'incomplete') undecided.push(set);
      const [only] = set;
      if (size === 1 && only !== undefined && isInert(only, result)) inert.push(only);
    }
    if (enough.length > 0) return {repairs: enough, undecided};
    members = members.filter(repair => !inert.includes(repair));
  }
  return {repairs: [], undecided};
};

/** The sets of so many members, each in the order of the list. */
const setsOf = <T>(members: readonly T[], size: number): readonly (readonly T[])[] =>
  size === 0
    ? [[]]
    : members.flatMap((first, index) => setsOf(members.slice(index + 1), size - 1).map(rest => [first, ...rest]));
