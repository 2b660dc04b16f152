// Step (1) of claim 1: which of the hosts not asked yet the primary asks next.

import {match} from 'ts-pattern';
import type {Config} from '../cluster/config.js';
import type {HostId} from '../cluster/ids.js';
import {mapAll, type NonEmpty, nonEmpty} from '../kernel/nonempty.js';
import {difference, union} from '../kernel/sorted.js';
import type {RuleId} from '../rules.js';

/** What the choice goes by. All sorted. */
export type Unasked = {
  readonly unasked: NonEmpty<HostId>;
  /** The hosts that the own storage module reaches now. */
  readonly reachable: readonly HostId[];
  /** The hosts that the storage modules of those that answered in this round reach, as they said. */
  readonly covered: readonly HostId[];
};

/** The subsets that may be asked next, or null if the subset rule excludes all that are left. */
export type Choice = {readonly subsets: NonEmpty<NonEmpty<HostId>> | null; readonly rules: readonly RuleId[]};

/**
 * `any` allows every nonempty subset, all hosts at once first: it covers whatever a rule that excludes nobody could
 * choose. `complement` and `partition` leave out hosts that are taken to be no better off than one that failed; whether
 * for the whole round is up to the repair `ask-everyone` (FB-28, FB-29).
 */
export const subsetsToAsk = ({subsets, repairs}: Config, hosts: Unasked): Choice => {
  const {unasked, reachable, covered} = hosts;
  return match(subsets)
    .with('all', (): Choice => ({subsets: [unasked], rules: []}))
    .with('one', () => ({subsets: eachAlone(unasked), rules: []}))
    .with('any', () => ({subsets: everySubset(unasked), rules: []}))
    .with('complement', () =>
      leavingOut(unasked, reachable, repairs['ask-everyone'], 'FB-26', (rest): NonEmpty<NonEmpty<HostId>> => [rest]),
    )
    .with('partition', () =>
      leavingOut(unasked, union(reachable, covered), repairs['ask-everyone'], 'FB-27', eachAlone),
    )
    .exhaustive();
};

const leavingOut = (
  unasked: NonEmpty<HostId>,
  excluded: readonly HostId[],
  askEveryone: boolean,
  rule: 'FB-26' | 'FB-27',
  chosen: (hosts: NonEmpty<HostId>) => NonEmpty<NonEmpty<HostId>>,
): Choice => {
  const promising = nonEmpty(difference(unasked, excluded));
  if (promising !== null) return {subsets: chosen(promising), rules: [rule]};
  return askEveryone ? {subsets: chosen(unasked), rules: ['FB-28']} : {subsets: null, rules: ['FB-29']};
};

const eachAlone = (hosts: NonEmpty<HostId>): NonEmpty<NonEmpty<HostId>> =>
  mapAll(hosts, (host): NonEmpty<HostId> => [host]);

const everySubset = (hosts: NonEmpty<HostId>): NonEmpty<NonEmpty<HostId>> => [
  hosts,
  ...nonEmptySubsets(hosts).filter(({length}) => length < hosts.length),
];

const nonEmptySubsets = ([first, ...rest]: readonly HostId[]): readonly NonEmpty<HostId>[] => {
  if (first === undefined) return [];
  const others = nonEmptySubsets(rest);
  return [[first], ...others.map((subset): NonEmpty<HostId> => [first, ...subset]), ...others];
};
