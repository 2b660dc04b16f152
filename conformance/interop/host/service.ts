// What users get of one VM, as it stands in a cluster of whole hosts: by all that explains these.

import type {Service} from '../../../model/service/service.js';
import {
  type Component,
  type ComposedState,
  type DirectoryEntry,
  type Executing,
  type HostId,
  isAccessible,
  isExecuting,
  isNewer,
  type ObjectLayout,
  seenOf,
  standingAt,
  type VmId,
} from '../../../src/index.js';
import {agreed, audible, type HostWorld, hostIn, leadingAt, type VmWorld, type World} from './world.js';

/** What a host executes of a VM; null if nothing, or if that cannot be told. */
export const executedAt = (host: HostWorld, vm: VmId): Executing | null =>
  agreed(host, ({runtime}) => {
    const instance = runtime.find(known => known.vm === vm) ?? null;
    return isExecuting(instance) ? instance : null;
  });

/** Whether all that explains this host says the same of the VM here. */
export const isCertain = (host: HostWorld, vm: VmId): boolean =>
  host.states.length === 1 || agreed(host, ({runtime}) => [runtime.find(known => known.vm === vm) ?? null]) !== null;

type Directed = {
  readonly voters: readonly Component[];
  readonly former: readonly Component[] | null;
  readonly current: readonly HostId[];
};

const directedAt = ({storage}: ComposedState, {object}: ObjectLayout): Directed | null => {
  const charge = storage.role === 'up' ? storage.reign?.charges.find(known => known.object === object) : undefined;
  if (charge?.phase !== 'serving') return null;
  const {voters, former, content} = charge.entry;
  return {voters, former, current: content.register.current};
};

/** Whom the storage module of a host follows, and by which number; null if that cannot be told. */
export const followingAt = (host: HostWorld) =>
  agreed(host, ({storage}) => (storage.role === 'up' ? {owner: storage.owner, number: storage.durable.number} : null));

/** Whether a write that is made on this host would be taken by a quorum of the object now. */
const reachesQuorum = (world: World, host: HostWorld, layout: ObjectLayout): boolean => {
  const own = followingAt(host);
  const owner = own?.owner ?? null;
  const entry = owner === null ? null : agreed(hostIn(world, owner), state => directedAt(state, layout));
  if (own === null || owner === null || entry === null || !audible(world, host.host).includes(owner)) return false;
  const members = audible(world, owner).filter(member => {
    const other = followingAt(hostIn(world, member));
    return other?.owner === owner && other.number === own.number;
  });
  return [entry.voters, entry.former ?? entry.voters].every(components =>
    isAccessible({...layout, components}, entry.current, members),
  );
};

/** Whether a host could complete a write to the VM's objects now: it executes the VM, by the VM's lock as it is. */
export const writesAt = (world: World, host: HostWorld, {layout: {vm, namespace, disks}}: VmWorld): boolean => {
  const instance = executedAt(host, vm);
  if (instance === null || ![namespace, ...disks].every(object => reachesQuorum(world, host, object))) return false;
  const owner = followingAt(host)?.owner ?? null;
  const lock =
    owner === null
      ? null
      : agreed(hostIn(world, owner), ({storage}) => {
          const charges = storage.role === 'up' ? (storage.reign?.charges ?? []) : [];
          const charge = charges.find(known => known.object === namespace.object);
          return charge?.phase === 'serving' ? charge.entry.content.lock : null;
        });
  return lock !== null && lock.holder === host.host && lock.epoch === instance.epoch;
};

/** Who holds a component of the namespace object that is as new as what was committed, and what that says. */
export const holdersOf = ({hosts}: World, {layout, committed}: VmWorld) =>
  hosts.flatMap(host => {
    const entry = agreed(
      host,
      ({storage}): DirectoryEntry | null =>
        storage.durable.components.find(({object}) => object === layout.namespace.object) ?? null,
    );
    return entry === null || isNewer(committed.version, entry.version) ? [] : [{host: host.host, entry}];
  });

type Held = ReturnType<typeof holdersOf>;

/** Whether what was committed is held by a quorum, so that it is not lost: new votes may not be committed yet. */
export const isKept = (vm: VmWorld, held: Held): boolean =>
  held.some(({entry}) => isQuorum(vm, held, entry, entry.former ?? entry.voters));

/** Whether these have a quorum, whichever of their versions they go by. */
export const isSafe = (vm: VmWorld, held: Held): boolean =>
  held.length > 0 &&
  held.every(({entry}) =>
    [entry.voters, entry.former ?? entry.voters].every(voters => isQuorum(vm, held, entry, voters)),
  );

const isQuorum = (
  {layout}: VmWorld,
  held: Held,
  {content}: DirectoryEntry,
  components: readonly Component[],
): boolean =>
  isAccessible(
    {...layout.namespace, components},
    content.register.current,
    held.map(({host}) => host),
  );

/** Whether a host could start the VM now, and some primary that it can talk to would have it do so. */
export const canStart = (world: World, host: HostWorld, vm: VmId): boolean => {
  const standing = agreed(host, state => standingAt(host.config, state, vm));
  const access = agreed(host, state => seenOf(host.config, state, vm).access);
  if (standing === null || access === null || !host.isUp) return false;
  const side = world.links.find(hosts => hosts.includes(host.host)) ?? [];
  return (
    access.all &&
    standing.capacity &&
    standing.holder === null &&
    side.some(other => leadingAt(hostIn(world, other)) !== null && !hasGivenUp(hostIn(world, other), vm))
  );
};

/** Whether a primary waits for a change of which it may have missed the last (FO-31, FO-55). */
const hasGivenUp = (primary: HostWorld, vm: VmId): boolean =>
  agreed(primary, ({ha}) => {
    const entry = ha.lead?.failover.inventory.find(known => known.vm === vm);
    return entry?.stage === 'exhausted' && !entry.level;
  }) ?? false;

/** Null where it cannot be told, because something explains a host in more than one way. */
export const serviceOf = (world: World, vm: VmWorld): Service | null => {
  const {layout, platform, committed} = vm;
  if (!world.hosts.every(host => isCertain(host, layout.vm))) return null;
  const {register} = committed.content;
  return {
    intent: {value: platform.value, generation: platform.generation},
    register: {value: register.value, generation: register.generation},
    confirmed: platform.reported,
    runs: world.hosts.flatMap(host => {
      const instance = executedAt(host, layout.vm);
      return instance === null ? [] : [{host: host.host, epoch: instance.epoch, writes: writesAt(world, host, vm)}];
    }),
  };
};
