// The exclusive lock on a VM's namespace object: whoever runs the VM holds it, and writes with its epoch.

import {match} from 'ts-pattern';
import {type Epoch, type Generation, type HostId, nextEpoch} from '../cluster/ids.js';
import type {RuleId} from '../rules.js';

/** The epoch counts the times the lock was taken. It stays when the lock is released. */
export type Lock = {readonly holder: HostId | null; readonly epoch: Epoch};

/** An attempt at a restart: under which generation of the protection state, and how many have failed before it. */
export type Attempt = {readonly generation: Generation; readonly number: number};

/**
 * `host` is the host on which the call is made. `attempt`: what the lock is taken for and the object is to count, or
 * null. `ClearAttempts`: the VM runs, so that no attempt counts any more.
 */
export type LockCall =
  | {readonly type: 'TakeLock'; readonly host: HostId; readonly attempt: Attempt | null}
  | {readonly type: 'ReleaseLock'; readonly host: HostId; readonly epoch: Epoch}
  | {readonly type: 'ClearAttempts'; readonly host: HostId; readonly epoch: Epoch}
  | {readonly type: 'Write'; readonly host: HostId; readonly epoch: Epoch};

/** `held`: another host holds the lock, and can be reached. `stale`: the epoch is over. Both have changed nothing. */
export type LockResult = 'ok' | 'held' | 'stale';

export type LockOutcome = {readonly lock: Lock; readonly result: LockResult; readonly rule: RuleId};

/** What becomes of the lock where the object is accessible, on a host whose storage module reaches these hosts. */
export const lockOutcome = (lock: Lock, reachable: readonly HostId[], call: LockCall): LockOutcome =>
  match(call)
    .with({type: 'TakeLock'}, ({host}) => taken(lock, reachable, host))
    .with(
      {type: 'ReleaseLock'},
      (by): LockOutcome =>
        isHeldBy(lock, by) ? {lock: {...lock, holder: null}, result: 'ok', rule: 'LK-04'} : over(lock),
    )
    .with({type: 'Write'}, (by): LockOutcome => (isHeldBy(lock, by) ? {lock, result: 'ok', rule: 'LK-06'} : over(lock)))
    .with(
      {type: 'ClearAttempts'},
      (by): LockOutcome => (isHeldBy(lock, by) ? {lock, result: 'ok', rule: 'LK-08'} : over(lock)),
    )
    .exhaustive();

const over = (lock: Lock): LockOutcome => ({lock, result: 'stale', rule: 'LK-05'});

const isHeldBy = ({holder, epoch}: Lock, call: {readonly host: HostId; readonly epoch: Epoch}): boolean =>
  holder === call.host && epoch === call.epoch;

const taken = (lock: Lock, reachable: readonly HostId[], host: HostId): LockOutcome => {
  const {holder, epoch} = lock;
  if (holder !== null && holder !== host && reachable.includes(holder)) return {lock, result: 'held', rule: 'LK-02'};
  return {
    lock: {holder: host, epoch: nextEpoch(epoch)},
    result: 'ok',
    rule: holder === null ? 'LK-01' : 'LK-03',
  };
};
