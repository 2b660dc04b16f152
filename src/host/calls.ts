// Calls of the other modules to the own storage module. Some are answered in the same step, some in a later one, and
// some never: those that were under way when a reign ended.

import {match} from 'ts-pattern';
import type {VmId} from '../cluster/ids.js';
import type {StorageCall} from '../fallback/events.js';
import {isEqual} from '../kernel/equal.js';
import type {LockAnswer} from '../runtime/events.js';
import {attemptOf} from '../runtime/module.js';
import type {StorageEffect} from '../storage/directory/events.js';
import type {Attempt} from '../storage/lock.js';
import type {ObjectCall} from '../storage/namespace.js';
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
  const made: Pending = {vm, number: storage.durable.number, call: identified, set, isWanted: true};
  const called = become(cite(at, 'HO-13'), {pending: [...pending.filter(other => !isRepeated(other, made)), made]});
  return push(called, {to: 'storage', event: {type: 'Called', vm, call: identified}});
};

/** A call whose answer nobody waits for. */
export const telling = (config: HostConfig, at: Progress, vm: VmId, call: Unidentified): Progress => {
  const identified = {...call, identity: identityOf(config, at.state, vm)} as ObjectCall;
  return push(cite(at, 'HO-13'), {to: 'storage', event: {type: 'Called', vm, call: identified}});
};

const isRepeated = (a: Pending, b: Pending): boolean => a.vm === b.vm && isEqual([a.call, a.set], [b.call, b.set]);

type Answered = Extract<StorageEffect, {readonly type: 'Answer'}>;

/** The answer goes to whoever waits longest for one to this call, made in the reign in which it was answered. */
export const answered = (config: HostConfig, at: Progress, answer: Answered): Progress => {
  const {vm, number, call, result} = answer;
  const {pending} = at.state;
  const waiting = pending.find(other => other.vm === vm && other.number === number && isEqual(other.call, call));
  if (waiting === undefined) return unawaited(config, at, answer);
  const left = become(cite(at, 'HO-11'), {pending: pending.filter(other => other !== waiting)});
  const {set, isWanted} = waiting;
  if (!isWanted) return takingLockAnew(config, unawaited(config, left, answer), vm);
  return set === null
    ? locked(config, left, vm, lockAnswer(config, left.state, answer))
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
const unawaited = (config: HostConfig, at: Progress, {vm, call, result, epoch}: Answered): Progress =>
  call.type === 'TakeLock' && result === 'ok'
    ? telling(config, cite(at, 'HO-12'), vm, {type: 'ReleaseLock', host: config.self, epoch})
    : cite(at, 'HO-11');

const lockAnswer = (config: HostConfig, state: ComposedState, {vm, result, epoch}: Answered): LockAnswer =>
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

/**
 * A power-on takes the lock. Two answers to calls for it could not be told apart, so while one is under way for a
 * power-on that was ended, the next one waits. Of a VM that has no layout there is none.
 */
export const takingLock = (config: HostConfig, at: Progress, vm: VmId, attempt: Attempt | null): Progress => {
  if (!config.vms.some(layout => layout.vm === vm)) {
    return locked(config, cite(at, 'HO-12'), vm, {type: 'inaccessible'});
  }
  return at.state.pending.some(other => other.vm === vm && other.set === null)
    ? cite(at, 'HO-12')
    : calling(config, at, vm, {type: 'TakeLock', host: config.self, attempt}, null);
};

/** For the power-on that has waited meanwhile, if there is one. */
const takingLockAnew = (config: HostConfig, at: Progress, vm: VmId): Progress => {
  const instance = at.state.runtime.find(known => known.vm === vm);
  return instance?.power === 'starting' ? takingLock(config, at, vm, attemptOf(config.repairs, instance.request)) : at;
};

/** With a power-on that is ended ends its wait for the lock. */
export const endingWaits = (at: Progress): Progress => {
  const {pending, runtime} = at.state;
  const isInVain = ({vm, set, isWanted}: Pending): boolean =>
    isWanted && set === null && !runtime.some(known => known.vm === vm && known.power === 'starting');
  return pending.some(isInVain)
    ? become(cite(at, 'HO-12'), {pending: pending.map(call => (isInVain(call) ? {...call, isWanted: false} : call))})
    : at;
};

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
