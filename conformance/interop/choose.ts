// How the moves of a run are chosen: at random from a seed, by the list of a run before, or by what they are.

import {canonical} from '../canonical.js';
import {randomFrom} from '../cases/random.js';
import {unnumbered} from '../cases/shrink.js';
import type {Choose} from './run.js';
import type {Move} from './simulation.js';

/** First a kind of move, then one of that kind: otherwise the kinds with many variants would crowd out the rest. */
export const atRandom = <M extends Move>(seed: number, length: number): Choose<M> => {
  const random = randomFrom(seed);
  return (moves, number) => {
    if (number >= length || moves.length === 0) return null;
    const kinds = [...new Set(moves.map(({kind}) => kind))];
    const kind = kinds[random(kinds.length)];
    const ofKind = moves.flatMap((move, index) => (move.kind === kind ? [index] : []));
    return ofKind[random(ofKind.length)] ?? null;
  };
};

/** The same choices again. */
export const byList =
  <M extends Move>(choices: readonly number[]): Choose<M> =>
  (_, number) =>
    choices[number] ?? null;

/**
 * These moves as far as they are on offer, or else such as are the same but for their numbers; the others are left out.
 */
export const byMoves = <M extends Move>(wanted: readonly M[]): Choose<M> => {
  const left = wanted.map(canonical);
  return moves => {
    const offered = moves.map(canonical);
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const exact = offered.indexOf(next);
      const index = exact >= 0 ? exact : offered.map(unnumbered).indexOf(unnumbered(next));
      if (index >= 0) return index;
    }
    return null;
  };
};
