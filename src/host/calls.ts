// Calls of the other modules to the own storage module. Some are answered in the same step, some in a later one, and
// some never: those that were under way when a reign ended.

import {match} from 'ts-pattern';
import type {Epoch, VmId} from '../cluster/ids.js';
import type {StorageCall} from '../fallback/events.js';
import {isEqual} from '../kernel/equal.js';
import type {LockAnswer} from '../runtime/events.js';
import type {Attempt} from '../storage/lock.js';
import type {CallResult, ObjectCall} from '../storage/namespace.js';
import type {HostConfig} from './config.js';
import {become, cite, type Progress, push} from './progress.js';
import {identityOf, localOf, otherHolderOf, seenOf} from './sight.js';
import type {ComposedState, Pending} from './state.js';

type Unidentified = ObjectCall extends infer Call ? (Call extends ObjectCall ? Omit<Call, 'identity'> : never) : never;

/** A call whose answer somebody waits for: the HA module for that of its SET, a power-on for the lock. */
export const calling = (
  config: HostConfig,
  at: Progress,
  vm: VmId,
  call: Unidentified,
  set: StorageCall | null,
): Progress => {
  const {storage, pending} = at.state;
  const identified = {...call, identity: identityOf(config, at.state, vm)} as ObjectCall;
  const made: Pending = {vm, number: storage.durable.number, call: identified, set};
  const called = become(cite(at, 'HO-13'), {pending: [...pending.filter(other => !isRepeated(other, made)), made]});
  return push(called, {to: 'storage', event: {type: 'Called', vm, call: identified}});
};

/** A call whose answer nobody waits for. */
export const telling = (config: HostConfig, at: Progress, vm: VmId, call: Unidentified): Progress => {
  const identified = {...call, identity: identityOf(config, at.state, vm)} as ObjectCall;
  return push(cite(at, 'HO-13'), {to: 'storage', event: {type: 'Called', vm, call: identified}});
};

const isRepeated = (a: Pending, b: Pending): boolean => a.vm === b.vm && isEqual([a.call, a.set], [b.call, b.set]);

/** The answer goes to whoever waits longest for one to this call. */
export const answered = (
  config: HostConfig,
  at: Progress,
  vm: VmId,
  call: ObjectCall,
  result: CallResult,
  epoch: Epoch,
): Progress => {
  const {pending} = at.state;
  const waiting = pending.find(other => other.vm === vm && isEqual(other.call, call));
  if (waiting === undefined) return unawaited(config, at, vm, call, result, epoch);
  const left = become(cite(at, 'HO-11'), {pending: pending.filter(other => other !== waiting)});
  const {set} = waiting;
  return set === null
    ? locked(config, left, vm, lockAnswer(config, left.state, vm, result, epoch))
    : push(left, {
        to: 'ha',
        event: state => ({
          type: 'StorageReplied',
          call: set,
          result: result === 'held' ? 'failed' : result,
          ...localOf(config, state, vm),
        }),
      });
};

/** A lock that came too late is held for nothing: it is given back at once. */
const unawaited = (
  config: HostConfig,
  at: Progress,
  vm: VmId,
  call: ObjectCall,
  result: CallResult,
  epoch: Epoch,
): Progress =>
  call.type === 'TakeLock' && result === 'ok'
    ? telling(config, cite(at, 'HO-12'), vm, {type: 'ReleaseLock', host: config.self, epoch})
    : cite(at, 'HO-11');

const lockAnswer = (config: HostConfig, state: ComposedState, vm: VmId, result: CallResult, epoch: Epoch): LockAnswer =>
  match(result)
    .returnType<LockAnswer>()
    .with('ok', () => ({type: 'taken', epoch}))
    .with('held', () => {
      const holder = otherHolderOf(config, state, vm);
      return holder === null ? {type: 'inaccessible'} : {type: 'locked', holder};
    })
    .with('failed', 'stale', () => ({type: 'inaccessible'}))
    .exhaustive();

const locked = (config: HostConfig, at: Progress, vm: VmId, answer: LockAnswer): Progress =>
  push(at, {
    to: 'runtime',
    event: state => ({type: 'LockAnswered', vm, answer, seen: seenOf(config, state, vm)}),
  });

/** A power-on takes the lock. Of a VM that has no layout there is none. */
export const takingLock = (config: HostConfig, at: Progress, vm: VmId, attempt: Attempt | null): Progress =>
  config.vms.some(layout => layout.vm === vm)
    ? calling(config, at, vm, {type: 'TakeLock', host: config.self, attempt}, null)
    : locked(config, cite(at, 'HO-12'), vm, {type: 'inaccessible'});

/**
 * With the reign that it was made in, a call is given up. A power-on has failed then; of a SET nobody knows whether it
 * was carried out, so the HA module hears nothing and its own timer decides.
 */
export const givingUp = (config: HostConfig, at: Progress): Progress => {
  const {pending, storage} = at.state;
  const over = pending.filter(({number}) => number !== storage.durable.number);
  if (over.length === 0) return at;
  const left = become(cite(at, 'HO-12'), {pending: pending.filter(call => !over.includes(call))});
  return over
    .filter(({set}) => set === null)
    .reduce((after, {vm}) => locked(config, after, vm, {type: 'inaccessible'}), left);
};
