// Whether the effects that were observed are those that were expected: the same ones, in an order that means the same,
// with ids that name the same.

import {at} from '../canonical.js';
import type {Ordering, Specification} from '../specification.js';
import {anonymous, bound, type Names} from './names.js';

type Reader<Config, Effect> = Pick<Specification<Config, never, never, Effect>, 'idsInEffect' | 'ordering'>;

/** An expected effect, and the observed one that is like it but for the ids. */
export type Pair<Effect> = {readonly expected: Effect; readonly observed: unknown};

export type Pairing<Effect> = {
  /** In the order of the observation. */
  readonly pairs: readonly Pair<Effect>[];
  readonly missing: readonly Effect[];
  readonly surplus: readonly unknown[];
  /** An effect that was observed before another one which had to come first. */
  readonly misplaced: readonly (Ordering & {readonly early: Effect; readonly late: Effect})[];
};

/** Pairs off what is alike. Effects alike are ordered, so the first one left is the one that is meant. */
export const pairing = <Config, Effect>(
  {idsInEffect, ordering}: Reader<Config, Effect>,
  config: Config,
  expected: readonly Effect[],
  observed: readonly unknown[],
): Pairing<Effect> => {
  const paired = observed.reduce<Pairing<Effect>>(
    ({pairs, missing, surplus, misplaced}, effect) => {
      const index = missing.findIndex(candidate => {
        const uses = idsInEffect(config, candidate);
        return anonymous(candidate, uses) === anonymous(effect, uses);
      });
      const early = missing[index];
      if (early === undefined) return {pairs, missing, surplus: [...surplus, effect], misplaced};
      const overtaken = missing.slice(0, index).flatMap(late => {
        const order = ordering(late, early);
        return order === null ? [] : [{...order, early, late}];
      });
      return {
        pairs: [...pairs, {expected: early, observed: effect}],
        missing: missing.filter((_, position) => position !== index),
        surplus,
        misplaced: [...misplaced, ...overtaken],
      };
    },
    {pairs: [], missing: expected, surplus: [], misplaced: []},
  );
  // What never comes is not late.
  return {...paired, misplaced: paired.misplaced.filter(({late}) => !paired.missing.includes(late))};
};

/** The names after all pairs, or the pair whose ids cannot name the same thing. */
export const namedBy = <Config, Effect>(
  {idsInEffect}: Reader<Config, Effect>,
  config: Config,
  names: Names,
  pairs: readonly Pair<Effect>[],
): {readonly names: Names; readonly misnamed: null} | {readonly names: null; readonly misnamed: Pair<Effect>} => {
  let known = names;
  for (const pair of pairs) {
    for (const use of idsInEffect(config, pair.expected)) {
      const [ours, theirs] = [at(pair.expected, use.path), at(pair.observed, use.path)];
      // What has been renamed in this step may still be meant by its old name: the order of effects is free.
      const isOld = use.use === 'current' && bound(names, use, ours, theirs) !== null;
      const next = bound(known, use, ours, theirs) ?? (isOld ? known : null);
      if (next === null) return {names: null, misnamed: pair};
      known = next;
    }
  }
  return {names: known, misnamed: null};
};
