// How the moves of a run are chosen: at random from a seed, by the list of a run before, or by what they are.

import {canonical} from '../canonical.js';
import {randomFrom} from '../cases/random.js';
import {unnumbered} from '../cases/shrink.js';
import type {Choose} from './run.js';
import type {Move} from './simulation.js';

/**
 * Of so many moves as `calm` says one is any: first a kind of move, then one of that kind, as otherwise the kinds with
 * many variants would crowd out the rest. The others are what comes next by itself.
 */
export const atRandom = <M extends Move>(seed: number, length: number, calm: number): Choose<unknown, M> => {
  const random = randomFrom(seed);
  return (moves, number, next) => {
    if (number >= length || moves.length === 0) return 'settle';
    if (calm > 1 && next !== null && random(calm) > 0) return 'next';
    const kinds = [...new Set(moves.map(({kind}) => kind))];
    const kind = kinds[random(kinds.length)];
    const ofKind = moves.flatMap((move, index) => (move.kind === kind ? [index] : []));
    return ofKind[random(ofKind.length)] ?? 'settle';
  };
};

/** The same choices again: null is what comes next by itself. */
export const byList =
  <M extends Move>(choices: readonly (number | null)[]): Choose<unknown, M> =>
  (_, number) => {
    const choice = choices[number];
    return choice === undefined ? 'settle' : (choice ?? 'next');
  };

/**
 * These moves as far as they are on offer, or else such as are the same but for their numbers; the others are left out.
 * Null is whatever comes next by itself.
 */
export const byMoves = <M extends Move>(wanted: readonly (M | null)[]): Choose<unknown, M> => {
  const left = wanted.map(move => (move === null ? null : canonical(move)));
  return moves => {
    const offered = moves.map(canonical);
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      if (next === null) return 'next';
      const exact = offered.indexOf(next);
      const text = unnumbered(next);
      const index = exact >= 0 ? exact : offered.map(unnumbered).indexOf(text);
      if (index >= 0) return index;
    }
    return 'settle';
  };
};
