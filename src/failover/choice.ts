// Which list a VM is put on (US 9,495,259, claims 1 and 4; its abstract has the branch the wrong way round): what is
// not in the object store is restarted at once; what is, waits unless the storage layer of this host can access it.

import type {NonEmpty} from '../kernel/nonempty.js';
import {append} from '../kernel/nonempty.js';
import {toEach} from '../kernel/orders.js';
import type {RuleId} from '../rules.js';
import {type Entry, enter, type In, type Memory} from './entry.js';
import type {Standing} from './messages.js';
import {registrations} from './registration.js';
import {
  isPlaceable,
  isStored,
  moved,
  type Orchestrated,
  type Orchestration,
  type Primary,
  renewed,
  requestIdOf,
} from './transition.js';

/** A VM is to be restarted: onto the restart list, or ask the own host first. */
export const choose = (primary: Primary, from: Entry, memory: Memory, because: NonEmpty<RuleId>): Orchestrated => {
  if (memory.value === 'unprotected') return {state: from, effects: [], rules: ['FO-03']};
  const now = renewed(memory);
  if (isSpent(primary, now)) return exhaust(primary, from, now, because, isReliable(primary));
  return isStored(primary, now)
    ? moved(primary, from, 'chosen', enter.checking(now), askOwnHost(primary, now), append(because, 'FO-14'))
    : moved(primary, from, 'listed', enter.queued(now), [], append(because, 'FO-13'));
};

export const askOwnHost = (primary: Primary, memory: Memory) =>
  toEach([primary.config.self], {type: 'PlaceQuery', ...requestIdOf(primary, memory)} as const);

/** The own host has answered the first check. */
export const onChecked = (primary: Primary, from: Entry, standing: Standing): Orchestration =>
  isPlaceable(primary, standing)
    ? [moved(primary, from, 'listed', enter.queued(from), [], ['FO-15'])]
    : [deny(primary, from, whyNot(standing))];

/** The own host has answered the check after a failed attempt (R5). */
export const onRechecked = (primary: Primary, from: In<'rechecking'>, standing: Standing): Orchestration => {
  const isPlace = isPlaceable(primary, standing);
  if (isSpent(primary, from)) {
    // Where places are tried, the next attempt is not at the host that says so, and would end like this one.
    const isNews = from.refuted && primary.config.placement !== 'try';
    return [exhaust(primary, from, from, [], (isNews || !isPlace) && isReliable(primary))];
  }
  return isPlace
    ? [moved(primary, from, 'postponed', enter.delayed(from), [], ['FO-30'])]
    : [deny(primary, from, whyNot(standing))];
};

/** Whether there have been as many attempts as the schedule has. */
export const isSpent = ({config}: Primary, {attempts}: Memory): boolean => attempts >= config.schedule.length;

/** What can be accessed and not be started is locked. If it really runs there, that host will say so. */
const whyNot = ({accessible}: Standing): NonEmpty<RuleId> => (accessible ? ['FO-17'] : ['FO-16']);

/** Onto the wait list: every host that is up is to say when it can access the VM, or that it already can. */
export const deny = (primary: Primary, from: Entry, rules: NonEmpty<RuleId>): Orchestrated => {
  const to = enter.waiting(from);
  return moved(primary, from, 'denied', to, registrations(primary, to), rules);
};

/** Whether a VM runs where a host says that it can be started: that host has looked at all objects, and at the lock. */
export const isReliable = ({config}: Primary): boolean => config.scope === 'all' && config.repairs['lock-registration'];

/**
 * As many attempts as the schedule has: only a change for the better counts from now on, and there may have been one
 * already where `level` says so.
 */
export const exhaust = (
  primary: Primary,
  from: Entry,
  memory: Memory,
  because: readonly RuleId[],
  level = false,
): Orchestrated => {
  const to = enter.exhausted(memory, level);
  return {...moved(primary, from, 'spent', to, registrations(primary, to), append(because, 'FO-31')), anew: level};
};

/** Off both lists: the VM runs where the memory says, or is not to run at all. */
export const settle = (
  primary: Pick<Primary, 'config'>,
  from: Entry,
  memory: Memory,
  rules: NonEmpty<RuleId>,
  attempts = 0,
): Orchestrated => moved(primary, from, 'settled', enter.watched({...memory, attempts}), [], rules);
