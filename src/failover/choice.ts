// Which list a VM is put on (US 9,495,259, claims 1 and 4; its abstract has the branch the wrong way round): what is
// not in the object store is restarted at once; what is, waits unless the storage layer of this host can access it.

import type {HostId} from '../cluster/ids.js';
import type {NonEmpty} from '../kernel/nonempty.js';
import {append} from '../kernel/nonempty.js';
import {toEach} from '../kernel/orders.js';
import type {RuleId} from '../rules.js';
import {type Entry, enter, type Memory} from './entry.js';
import type {Standing} from './messages.js';
import {
  attemptIdOf,
  isPlaceable,
  isStored,
  moved,
  type Orchestrated,
  type Orchestration,
  type Primary,
  registrations,
} from './transition.js';

/** A VM is to be restarted: onto the restart list, or ask the own host first. */
export const choose = (primary: Primary, from: Entry, memory: Memory, because: NonEmpty<RuleId>): Orchestrated => {
  if (memory.attempts >= primary.config.schedule.length) return exhaust(primary, from, memory, because);
  return isStored(primary, memory)
    ? moved(from, 'chosen', enter.checking(memory), askOwnHost(primary, memory), append(because, 'FO-14'))
    : moved(from, 'listed', enter.queued(memory), [], append(because, 'FO-13'));
};

export const askOwnHost = (primary: Primary, memory: Memory) =>
  toEach([primary.config.self], {type: 'PlaceQuery', ...attemptIdOf(primary, memory)} as const);

/** The own host has answered the first check. */
export const onChecked = (primary: Primary, from: Entry, standing: Standing): Orchestration => {
  const running = holderThatRuns(primary, from, standing);
  if (running !== null) return [settle(from, {...from, host: running}, ['FO-17'])];
  return isPlaceable(primary, standing)
    ? [moved(from, 'listed', enter.queued(from), [], ['FO-15'])]
    : [deny(primary, from, ['FO-16'])];
};

/** The own host has answered the check after a failed attempt (R5). */
export const onRechecked = (primary: Primary, from: Entry, standing: Standing): Orchestration => {
  const running = holderThatRuns(primary, from, standing);
  if (running !== null) return [settle(from, {...from, host: running}, ['FO-17'])];
  return isPlaceable(primary, standing)
    ? [moved(from, 'postponed', enter.delayed(from), [], ['FO-30'])]
    : [deny(primary, from, ['FO-16'])];
};

/** Another host than the one that failed the VM holds its lock, and has not failed itself: the VM runs there. */
const holderThatRuns = ({config, gone}: Primary, {host}: Memory, {holder}: Standing): HostId | null =>
  config.repairs['lock-registration'] && holder !== null && holder !== host && !gone.includes(holder) ? holder : null;

/** Onto the wait list: every host that is up is to say when it can access the VM, or that it already can. */
export const deny = (primary: Primary, from: Entry, rules: NonEmpty<RuleId>): Orchestrated =>
  moved(from, 'denied', enter.waiting(from), registrations(primary, from, {capacity: false, level: true}), rules);

/** As many attempts as the schedule has: only a change for the better counts from now on. */
export const exhaust = (primary: Primary, from: Entry, memory: Memory, because: readonly RuleId[]): Orchestrated =>
  moved(
    from,
    'spent',
    enter.exhausted(memory),
    registrations(primary, memory, {capacity: false, level: false}),
    append(because, 'FO-31'),
  );

/** Off both lists: the VM runs where the memory says, or is not to run at all. */
export const settle = (from: Entry, memory: Memory, rules: NonEmpty<RuleId>): Orchestrated =>
  moved(from, 'settled', enter.watched({...memory, attempts: 0}), [], rules);
