import {match} from 'ts-pattern';
import type {SubsetRule} from '../cluster/config.js';
import type {HostId} from '../cluster/ids.js';
import {mapAll, type NonEmpty} from '../kernel/nonempty.js';

/**
 * The subsets of these hosts that may be asked next, all of them at once first. `any` allows every nonempty one, so it
 * covers each cleverer choice: the complement of what the own storage module reaches, one host of each storage
 * partition. None excludes a host for ever, because all are asked before the primary gives up (FB-10).
 */
export const subsetsToAsk = (rule: SubsetRule, unasked: NonEmpty<HostId>): NonEmpty<NonEmpty<HostId>> =>
  match(rule)
    .with('all', (): NonEmpty<NonEmpty<HostId>> => [unasked])
    .with('one', () => mapAll(unasked, (host): NonEmpty<HostId> => [host]))
    .with(
      'any',
      (): NonEmpty<NonEmpty<HostId>> => [
        unasked,
        ...nonEmptySubsets(unasked).filter(({length}) => length < unasked.length),
      ],
    )
    .exhaustive();

const nonEmptySubsets = ([first, ...rest]: readonly HostId[]): readonly NonEmpty<HostId>[] => {
  if (first === undefined) return [];
  const others = nonEmptySubsets(rest);
  return [[first], ...others.map((subset): NonEmpty<HostId> => [first, ...subset]), ...others];
};
