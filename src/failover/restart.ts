// The restart list, one VM at a time: find a place, start it there, and what follows if that fails (R1 to R5).

import {match} from 'ts-pattern';
import type {HostId, Round} from '../cluster/ids.js';
import {append, mapAll, type NonEmpty, nonEmpty} from '../kernel/nonempty.js';
import {toEach} from '../kernel/orders.js';
import {ignored} from '../kernel/outcome.js';
import {difference, union} from '../kernel/sorted.js';
import type {RuleId} from '../rules.js';
import type {PowerOnResult} from '../runtime/events.js';
import {askOwnHost, deny, exhaust, isSpent, settle} from './choice.js';
import {type Entry, enter, type In, type Tally} from './entry.js';
import type {Standing} from './messages.js';
import {registrations} from './registration.js';
import {
  isPlace,
  isStored,
  moved,
  type Orchestrated,
  type Orchestration,
  type Primary,
  reachable,
  renewed,
  requestIdOf,
} from './transition.js';

/** R1: its turn has come. Ask every host that is up for a place, see who has published one, or just try one of them. */
export const place = (primary: Primary, queued: In<'queued'>): Orchestration => {
  const hosts = reachable(primary);
  const from = renewed(queued);
  if (primary.config.placement === 'try') {
    const tally = {awaited: [], candidates: inTurn(hosts, from.round), crowded: false};
    return decide(primary, enter.placing(from, tally), tally, ['FO-18', 'FO-20']);
  }
  if (primary.config.placement === 'publish') {
    const tally = publishedPlaces(primary, from, hosts);
    return decide(primary, enter.placing(from, tally), tally, ['FO-18', 'FO-51']);
  }
  const tally = {awaited: hosts, candidates: [], crowded: false};
  const queries = toEach(hosts, {type: 'PlaceQuery', ...requestIdOf(primary, from)} as const);
  return [moved(primary, from, 'turned', enter.placing(from, tally), queries, ['FO-18', 'FO-19'])];
};

/** Beginning with another host each round: a policy that always takes the first, or the last, tries them all. */
const inTurn = (hosts: readonly HostId[], round: Round): readonly HostId[] => {
  const first = round % hosts.length;
  return [...hosts.slice(first), ...hosts.slice(0, first)];
};

const publishedPlaces = (primary: Primary, from: Entry, hosts: readonly HostId[]): Tally => {
  const places = primary.published.filter(
    ({vm, host, standing}) => vm === from.vm && hosts.includes(host) && isPlace(primary, from, standing),
  );
  const candidates = places.flatMap(({host, standing}) => (standing.capacity ? [host] : []));
  return {awaited: [], candidates, crowded: candidates.length < places.length};
};

/** A host has said whether the VM could be started there. */
export const onAnswer = (primary: Primary, from: In<'placing'>, host: HostId, standing: Standing): Orchestration => {
  if (!from.awaited.includes(host)) return ignored(from, 'FO-34');
  const can = isPlace(primary, from, standing);
  return decide(
    primary,
    from,
    {
      awaited: difference(from.awaited, [host]),
      candidates: can && standing.capacity ? union(from.candidates, [host]) : from.candidates,
      crowded: from.crowded || (can && !standing.capacity),
    },
    [],
  );
};

/**
 * Once everybody has answered: start the VM on any one host that can, or give up for now. Whoever has failed since does
 * not hold this up (FO-37).
 */
export const decide = (
  primary: Primary,
  from: In<'placing'>,
  tally: Tally,
  because: readonly RuleId[],
): Orchestration => {
  if (tally.awaited.length > 0)
    return [{state: enter.placing(from, tally), effects: [], rules: append(because, 'FO-22')}];
  const candidates = nonEmpty(tally.candidates);
  if (candidates !== null) return mapAll(candidates, host => command(primary, from, host, because));
  return tally.crowded
    ? [crowd(primary, from, append(because, 'FO-24'))]
    : [deny(primary, from, append(because, 'FO-25'))];
};

/** R2. */
const command = (primary: Primary, from: Entry, host: HostId, because: readonly RuleId[]): Orchestrated =>
  moved(
    primary,
    from,
    'commanded',
    enter.starting(from, host),
    toEach([host], {type: 'RestartCommand', ...requestIdOf(primary, from), attempt: from.attempts} as const),
    append(because, 'FO-23'),
  );

/** R1 and R3: no room. Wait for a change of capacity. */
const crowd = (primary: Primary, from: Entry, rules: NonEmpty<RuleId>): Orchestrated => {
  const to = enter.lacking(from);
  return moved(primary, from, 'crowded', to, registrations(primary, to), rules);
};

/** The host that was commanded says how it went. */
export const onResult = (primary: Primary, from: In<'starting'>, result: PowerOnResult): Orchestration =>
  match(result)
    .with({type: 'ok'}, (): Orchestration => [settle(primary, from, {...from, host: from.on}, ['FO-26'])])
    .with({type: 'capacity'}, (): Orchestration => [crowd(primary, from, ['FO-27'])])
    .with(
      {type: 'refused'},
      (): Orchestration => [settle(primary, from, {...from, value: 'unprotected', host: null}, ['FO-36'])],
    )
    .with({type: 'locked'}, {type: 'inaccessible'}, (): Orchestration => [fail(primary, from, true, [])])
    .with({type: 'failed'}, (): Orchestration => [fail(primary, from, false, [])])
    .exhaustive();

/**
 * R4, as often as the schedule says, and R5. `refuted`: the attempt failed for the storage, the lock or the host, so
 * that who says now that the VM can be started there says something new.
 */
export const fail = (
  primary: Primary,
  from: In<'starting'>,
  refuted: boolean,
  because: readonly RuleId[],
): Orchestrated => {
  const memory = {...from, attempts: from.attempts + 1};
  if (isStored(primary, from)) {
    const check = askOwnHost(primary, memory);
    return moved(primary, from, 'failed', enter.rechecking(memory, refuted), check, append(because, 'FO-29'));
  }
  return isSpent(primary, memory)
    ? exhaust(primary, from, memory, because)
    : moved(primary, from, 'postponed', enter.delayed(memory), [], append(because, 'FO-28'));
};

/** Patience is over with the hosts that were asked, or with the one that was commanded. */
export const onSilence = (primary: Primary, from: In<'placing'> | In<'starting'>): Orchestration =>
  from.stage === 'placing'
    ? decide(primary, from, {...from, awaited: []}, ['FO-53'])
    : [fail(primary, from, true, ['FO-54'])];
