// What an observation that nothing explains comes closest to.

import type {Specification} from '../specification.js';
import {namedBy, type Pair, type Pairing, pairing} from './match.js';
import {type Alternative, tooMuch} from './oracle.js';

/** How an observation differs from one alternative. All empty or null only if it does not. */
export type Difference<Effect> = Pick<Pairing<Effect>, 'missing' | 'surplus' | 'misplaced'> & {
  /** An effect that is right but for an id. */
  readonly misnamed: Pair<Effect> | null;
};

export type Nearest<State, Stimulus, Effect> = {
  readonly alternative: Alternative<State, Stimulus, Effect>;
  readonly difference: Difference<Effect>;
};

/** The alternative with the fewest differences, the first of several; null where there is none at all. */
export const nearest = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  allowed: readonly Alternative<State, Stimulus, Effect>[],
  observed: readonly unknown[],
): Nearest<State, Stimulus, Effect> | null =>
  compared(specification, config, allowed, observed).reduce<Nearest<State, Stimulus, Effect> | null>(
    (best, candidate) =>
      best === null || cost(specification, candidate) < cost(specification, best) ? candidate : best,
    null,
  );

/** All the alternatives with the fewest differences. */
export const nearby = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  allowed: readonly Alternative<State, Stimulus, Effect>[],
  observed: readonly unknown[],
): readonly Alternative<State, Stimulus, Effect>[] => {
  const all = compared(specification, config, allowed, observed).map(candidate => ({
    alternative: candidate.alternative,
    cost: cost(specification, candidate),
  }));
  const least = all.reduce((smallest, each) => Math.min(smallest, each.cost), Number.POSITIVE_INFINITY);
  return all.flatMap(({alternative, cost: each}) => (each === least ? [alternative] : []));
};

const compared = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  allowed: readonly Alternative<State, Stimulus, Effect>[],
  observed: readonly unknown[],
): readonly Nearest<State, Stimulus, Effect>[] =>
  allowed.map(alternative => {
    const {before, outcome} = alternative;
    const {pairs, ...difference} = pairing(specification, config, outcome.effects, observed);
    const surplus = tooMuch(specification, config, before, outcome.effects, difference.surplus);
    // In the wrong order, ids are compared with those of another moment.
    const isInOrder = difference.misplaced.length === 0;
    const misnamed = isInOrder ? namedBy(specification, config, before.names, pairs).misnamed : null;
    return {alternative, difference: {...difference, surplus, misnamed}};
  });

/** A missing and a surplus effect of one kind are one effect that was changed: less than either alone. */
const cost = <Config, State, Stimulus, Effect>(
  {kindOf}: Specification<Config, State, Stimulus, Effect>,
  {difference: {missing, surplus, misplaced, misnamed}}: Nearest<State, Stimulus, Effect>,
): number => {
  const kinds = surplus.map(kindOf);
  const changed = missing.filter(effect => kinds.includes(kindOf(effect))).length;
  return 2 * (missing.length + surplus.length) - 3 * changed + misplaced.length + (misnamed === null ? 0 : 1);
};
