// How things stand, as the environment sees it and no host does: small values, each of one host or one pair of hosts.

import {
  type ComposedState,
  type Executing,
  type HostId,
  isAccessible,
  isExecuting,
  type Lock,
  type ObjectId,
  type ObjectLayout,
  seenOf,
  standingAt,
  type Term,
  type VmId,
} from '../../../src/index.js';
import type {Builder, Read} from '../../index.js';
import {servingAt} from '../storage/standing.js';
import type {World} from './world.js';

type HaStanding = {
  readonly role: ComposedState['ha']['ha']['role'];
  readonly term: Term;
  readonly following: HostId | null;
  /** The hosts that a primary does not hear. */
  readonly silent: readonly HostId[];
};

export type Standing = ReturnType<typeof declareStanding>;

export const declareStanding = (m: Builder, world: World) => {
  const {setting, repairs, pairs, names, layoutOf, host, mail, storageMail, isUp, isLinked, audible, connected} = world;
  const {hosts, configOf} = setting;
  const places = hosts.flatMap(name => names.map((vm): readonly [HostId, VmId] => [name, vm]));

  const ha = m.derives('role', hosts, (read, name): HaStanding => {
    const {ha} = read(host(name)).ha;
    return {
      role: ha.role,
      term: ha.durable.term,
      following: ha.role === 'secondary' ? ha.following : null,
      silent: ha.role === 'primary' ? ha.silent.map(({host}) => host) : [],
    };
  });

  /** Whether a message of an HA module can be delivered on this link now. */
  const haMoves = m.derives('HA moves', pairs, (read, link) => {
    const [from, to] = link;
    if (read(mail(link)).length === 0 || !read(isUp(to))) return false;
    return isLinked(read(world.haNetwork), [from, to]);
  });
  const storageMailMoves = m.derives('storage mail moves', pairs, (read, link) => {
    if (read(storageMail(link)).length === 0 || !read(isUp(link[1]))) return false;
    return isLinked(read(world.storageNetwork), link);
  });
  const isUnaware = m.derives('is unaware', hosts, (read, name) => {
    const {storage} = read(host(name));
    return storage.role === 'up' && storage.reachable.join() !== read(audible(name)).join();
  });

  const haRests = m.derive('HA rests', read => !pairs.some(link => read(haMoves(link))));
  const storageRests = m.derive(
    'storage rests',
    read => !hosts.some(name => read(isUnaware(name))) && !pairs.some(link => read(storageMailMoves(link))),
  );

  const follows = (read: Read, a: HostId, b: HostId): boolean => {
    const [leading, hearing] = [read(ha(a)), read(ha(b))];
    return (
      leading.role === 'primary' &&
      hearing.role === 'secondary' &&
      hearing.term === leading.term &&
      hearing.following === a
    );
  };

  /** How a VM stands on a host, as the host would say; null: it is starting, and nothing is said. */
  const power = m.derives('power', places, (read, [name, vm]) => {
    const instance = read(host(name)).runtime.find(known => known.vm === vm);
    return instance === undefined ? 'stopped' : instance.power;
  });

  /** What a primary believes of a VM. */
  const belief = m.derives('belief', places, (read, [name, vm]) => {
    const {lead} = read(host(name)).ha;
    return {
      at: lead?.whereabouts.find(known => known.vm === vm)?.host ?? null,
      isWatched: lead?.failover.inventory.some(entry => entry.vm === vm && entry.stage === 'watched') ?? false,
    };
  });

  /** Whether what `b` says of a VM with its next heartbeat has got lost on its way to `a` before. */
  const isUnsaid = (read: Read, a: HostId, b: HostId, vm: VmId): boolean => {
    const now = read(power([b, vm]));
    const {at, isWatched} = read(belief([a, vm]));
    if (now === 'starting') return false;
    if (now === 'stopped') return at === b;
    return at !== b || (now === 'stalled' && isWatched && repairs['storage-loss-trigger']);
  };

  /** Whether a heartbeat of `a` would tell `b`, or its answer `a`, something. */
  const isNews = m.derives('is news', pairs, (read, [a, b]): boolean => {
    const [leading, hearing] = [read(ha(a)), read(ha(b))];
    if (leading.role !== 'primary' || !read(connected(a)).includes(b) || hearing.term > leading.term) return false;
    return !follows(read, a, b) || leading.silent.includes(b) || names.some(vm => isUnsaid(read, a, b, vm));
  });

  /** Whether `b` hears from `a`, or soon will, what keeps it a secondary. */
  const isKept = m.derives('is kept', pairs, (read, [a, b]): boolean => {
    const leading = read(ha(a));
    return leading.role === 'primary' && leading.term >= read(ha(b)).term && read(connected(a)).includes(b);
  });

  /** What a host executes of a VM, or null. */
  const executed = m.derives('executes', places, (read, [name, vm]): Executing | null => {
    const instance = read(host(name)).runtime.find(known => known.vm === vm) ?? null;
    return isExecuting(instance) ? instance : null;
  });

  const follower = m.derives('follows in storage', hosts, (read, name) => {
    const {storage} = read(host(name));
    return storage.role === 'up' ? {owner: storage.owner, number: storage.durable.number} : null;
  });

  const objects = setting.vms.flatMap(({namespace, disks}) => [namespace, ...disks]);
  const directed = m.derives(
    'directs',
    hosts.flatMap(name => objects.map(({object}): readonly [HostId, ObjectId] => [name, object])),
    (read, [name, object]) => {
      const layout = objects.find(known => known.object === object);
      const serving = layout === undefined ? null : servingAt(read(host(name)).storage, layout);
      if (serving === null) return null;
      const {voters, former, content} = serving.entry;
      return {voters, former, current: content.register.current, lock: content.lock};
    },
  );

  /** Whether a write that is made on this host would be taken by a quorum of the object now. */
  const reachesQuorum = (read: Read, name: HostId, layout: ObjectLayout): boolean => {
    const own = read(follower(name));
    const owner = own?.owner ?? null;
    const entry = owner === null ? null : read(directed([owner, layout.object]));
    if (own === null || owner === null || entry === null || !read(audible(name)).includes(owner)) return false;
    const members = read(audible(owner)).filter(member => {
      const other = read(follower(member));
      return !repairs['directory-owner'] || (other?.owner === owner && other.number === own.number);
    });
    return [entry.voters, entry.former ?? entry.voters].every(components =>
      isAccessible({...layout, components}, entry.current, members),
    );
  };

  /** Whether a host could complete a write to the VM's objects now, as the storage layer has it. */
  const writes = m.derives('writes', places, (read, [name, vm]): boolean => {
    const instance = read(executed([name, vm]));
    if (instance === null) return false;
    const {namespace, disks} = layoutOf(vm);
    if (![namespace, ...disks].every(object => reachesQuorum(read, name, object))) return false;
    if (!repairs['write-fencing']) return true;
    const owner = read(follower(name))?.owner ?? null;
    const lock = owner === null ? null : (read(directed([owner, namespace.object]))?.lock ?? null);
    return lock !== null && lock.holder === name && lock.epoch === instance.epoch;
  });

  /** What a host sees of a VM in its own storage. */
  const seen = m.derives('sees', places, (read, [name, vm]) => {
    const {access} = seenOf(configOf(name), read(host(name)), vm);
    return access;
  });

  /** The lock of a VM, as a host sees it in its own storage; null: it sees none. */
  const lockSeen = m.derives('sees the lock', places, (read, [name, vm]): Lock | null => {
    return seenOf(configOf(name), read(host(name)), vm).home?.lock ?? null;
  });

  /** Whether a host could start the VM now, and some primary that it can talk to could have it do so. */
  const canStart = m.derives('can start', places, (read, [name, vm]): boolean => {
    const {capacity, holder} = standingAt(configOf(name), read(host(name)), vm);
    return (
      read(seen([name, vm])).all &&
      capacity &&
      holder === null &&
      read(connected(name)).some(other => read(ha(other)).role === 'primary')
    );
  });

  const others = (name: HostId) => hosts.filter(other => other !== name);
  return {
    places,
    ha,
    haMoves,
    haRests,
    storageMailMoves,
    isUnaware,
    storageRests,
    others,
    hasNews: (read: Read, a: HostId) => others(a).some(b => read(isNews([a, b]))),
    isHeard: (read: Read, a: HostId, b: HostId) =>
      read(connected(a)).includes(b) && (follows(read, a, b) || read(isNews([a, b]))),
    isKept: (read: Read, b: HostId) => others(b).some(a => read(isKept([a, b]))),
    follows,
    executed,
    writes,
    seen,
    lockSeen,
    canStart,
    /** The primary with the highest term of those that are up. */
    newestPrimary: (read: Read): {readonly primary: HostId; readonly term: Term} | null =>
      hosts.reduce<{readonly primary: HostId; readonly term: Term} | null>((newest, name) => {
        const {role, term} = read(ha(name));
        return role === 'primary' && (newest === null || term > newest.term) ? {primary: name, term} : newest;
      }, null),
  } as const;
};
