// What the modules of a host see of each other at one instant.

import {type HostId, type Identity, identity, type VmId} from '../cluster/ids.js';
import type {VmLayout} from '../cluster/layout.js';
import type {Retrieval} from '../failover/events.js';
import type {Standing} from '../failover/messages.js';
import {standingOf} from '../failover/standing.js';
import type {VmReported} from '../ha/recovery/events.js';
import type {Seen} from '../runtime/events.js';
import {isExecuting} from '../runtime/instance.js';
import {storageAccess, storageReading} from '../storage/directory/telling.js';
import type {Local} from '../storage/local.js';
import type {Lock} from '../storage/lock.js';
import type {NamespaceObject} from '../storage/namespace.js';
import type {HostConfig} from './config.js';
import type {ComposedState} from './state.js';

const NOTHING: Seen = {access: {namespace: false, all: false}, home: null};

const reachableFrom = ({storage}: ComposedState): readonly HostId[] => (storage.role === 'up' ? storage.reachable : []);

const layoutOf = ({vms}: HostConfig, vm: VmId): VmLayout | null => vms.find(layout => layout.vm === vm) ?? null;

const contentOf = ({storage}: ComposedState, {namespace}: VmLayout): NamespaceObject | null =>
  storage.role === 'up' ? (storage.directory.find(({object}) => object === namespace.object)?.content ?? null) : null;

/** What the own storage module says of a VM. */
export const seenOf = (config: HostConfig, state: ComposedState, vm: VmId): Seen => {
  const layout = layoutOf(config, vm);
  if (layout === null) return NOTHING;
  const content = contentOf(state, layout);
  const access = storageAccess(state.storage, layout);
  if (content === null) return {access, home: null};
  const {value, generation} = content.register;
  return {access, home: {lock: newestLock(config, state, vm, content.lock), value, generation}};
};

/** A lock that this host was told it has taken is newer than its replica of the directory, which may lag. */
const newestLock = ({self}: HostConfig, {runtime}: ComposedState, vm: VmId, lock: Lock): Lock => {
  const instance = runtime.find(known => known.vm === vm) ?? null;
  return isExecuting(instance) && instance.epoch > lock.epoch ? {holder: self, epoch: instance.epoch} : lock;
};

export const localOf = (config: HostConfig, state: ComposedState, vm: VmId | null): Local => ({
  accessible: (vm === null ? NOTHING : seenOf(config, state, vm)).access,
  reachable: reachableFrom(state),
});

/** How a VM stands on this host now, as it would answer a PlaceQuery; nothing of no VM. */
export const standingAt = (config: HostConfig, state: ComposedState, vm: VmId | null): Standing =>
  vm === null
    ? {accessible: false, capacity: false, holder: null}
    : standingOf(config, config.scope, vm, state.runtime, seenOf(config, state, vm), reachableFrom(state));

/** The object that a call means is the one that the own replica knows. */
export const identityOf = (config: HostConfig, state: ComposedState, vm: VmId): Identity => {
  const layout = layoutOf(config, vm);
  return (layout === null ? null : contentOf(state, layout))?.identity ?? identity(1);
};

/** Who holds the lock of a VM, as far as the own replica knows; null: nobody else. */
export const otherHolderOf = (config: HostConfig, state: ComposedState, vm: VmId): HostId | null => {
  const holder = seenOf(config, state, vm).home?.lock.holder ?? null;
  return holder === config.self ? null : holder;
};

/** GET: every VM that is accessible now. */
export const retrievalsOf = ({vms}: HostConfig, {storage}: ComposedState): readonly Retrieval[] =>
  vms
    .flatMap(layout => {
      const reading = storageReading(storage, layout);
      return reading === null
        ? []
        : [{vm: layout.vm, value: reading.value, generation: reading.generation, attempts: reading.attempts}];
    })
    .sort((a, b) => (a.vm < b.vm ? -1 : 1));

/** How the VMs fare here. Of one that is starting nothing is said until that has ended. */
export const reportsOf = ({vms}: HostConfig, {runtime, ended}: ComposedState): readonly VmReported[] =>
  vms.flatMap(({vm}): readonly VmReported[] => {
    const instance = runtime.find(known => known.vm === vm) ?? null;
    if (instance?.power === 'starting') return [];
    if (instance !== null) return [{vm, report: {type: instance.power === 'running' ? 'running' : 'storageLost'}}];
    const end = ended.find(known => known.vm === vm) ?? null;
    return [{vm, report: end === null ? {type: 'absent'} : {type: 'ended', ending: end.ending}}];
  });
