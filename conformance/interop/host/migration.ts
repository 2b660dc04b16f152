// A VM that moves while it runs (RS-16). Its former host lets it go and gives the lock back; then the lock is taken in
// the name of the host that it goes to, as the storage module there would ask for it; then it has come.

import type {HostEffect, HostId, ObjectCall, VmId} from '../../../src/index.js';
import {isSame} from '../../canonical.js';
import {areJoined} from '../sides.js';
import {executedAt, followingAt} from './service.js';
import {hostIn, type Letter, type VmWorld, vmIn, type World, withVm} from './world.js';

export type MigrationMove =
  | {readonly kind: 'migrate'; readonly vm: VmId; readonly host: HostId; readonly to: HostId}
  | {readonly kind: 'take its lock' | 'arrive'; readonly vm: VmId};

/**
 * A VM that runs, and is meant to, moves to a host that follows another, for only then does the answer about its lock
 * cross the network. That host has no call of its own for the lock unanswered: the two answers could not be told apart
 * (RS-16).
 */
export const departures = (world: World, {layout: {vm}, migration, platform}: VmWorld): readonly MigrationMove[] => {
  if (migration !== null || platform.value === 'unprotected') return [];
  return world.hosts
    .filter(host => executedAt(host, vm)?.power === 'running')
    .flatMap(({host}) =>
      world.hosts
        .filter(({host: to}) => to !== host && areJoined(world.view, host, to) && canTake(world, to, vm))
        .map(({host: to}) => ({kind: 'migrate', vm, host, to}) as const),
    );
};

/** How one that is under way goes on, if it can. */
export const onward = (world: World, {layout: {vm}, migration, committed}: VmWorld): readonly MigrationMove[] => {
  if (migration === null) return [];
  const {call, epoch, former, to} = migration;
  if (epoch !== null) return [{kind: 'arrive', vm}];
  const {lock} = committed.content;
  const isFree = lock.holder === null && lock.epoch === former;
  return call === null && isFree && canTake(world, to, vm) ? [{kind: 'take its lock', vm}] : [];
};

const canTake = (world: World, to: HostId, vm: VmId): boolean =>
  guestOf(world, to) !== null &&
  hostIn(world, to).states.every(({pending}) => !pending.some(other => other.vm === vm && other.set === null));

/** The director that a host follows, if it is another host. */
const guestOf = (world: World, host: HostId): HostId | null => {
  const {isUp} = hostIn(world, host);
  const owner = isUp ? (followingAt(hostIn(world, host))?.owner ?? null) : null;
  return owner === host ? null : owner;
};

export const departed = (world: World, {vm, host, to}: Extract<MigrationMove, {readonly kind: 'migrate'}>): World => {
  const instance = executedAt(hostIn(world, host), vm);
  if (instance === null) throw new Error(`${vm} does not execute on ${host}`);
  const {generation, epoch} = instance;
  return withVm(world, vm, {migration: {to, generation, former: epoch, call: null, epoch: null}});
};

export const lockAsked = (world: World, name: VmId): World => {
  const {migration, committed, layout} = vmIn(world, name);
  const owner = migration === null ? null : guestOf(world, migration.to);
  const following = migration === null ? null : followingAt(hostIn(world, migration.to));
  if (migration === null || owner === null || following === null) return world;
  const {to} = migration;
  const call: ObjectCall = {type: 'TakeLock', identity: committed.content.identity, host: to, attempt: null};
  const message = {type: 'Call', number: following.number, object: layout.namespace.object, call} as const;
  const letter: Letter = {network: 'storage', from: to, to: owner, message};
  return withVm({...world, mail: [...world.mail, letter]}, name, {migration: {...migration, call}});
};

/** Where this answers a migration, the world that has heard of it: no module has asked for it, so none is told. */
export const withGranted = (world: World, effect: Extract<HostEffect, {readonly type: 'Send'}>): World | null => {
  if (effect.network !== 'storage' || effect.message.type !== 'Reply') return null;
  const {to, message} = effect;
  const asked = world.vms.find(
    ({layout, migration}) =>
      layout.namespace.object === message.object && migration?.to === to && isSame(migration.call, message.call),
  );
  if (asked === undefined || asked.migration === null) return null;
  const migration = message.result === 'ok' ? {...asked.migration, epoch: message.epoch} : null;
  return withVm(world, asked.layout.vm, {migration});
};

/** Whether the lock is still that with which it comes: else nothing comes. */
export const isExpected = ({migration, committed}: VmWorld): boolean =>
  migration?.epoch === committed.content.lock.epoch && migration.to === committed.content.lock.holder;
