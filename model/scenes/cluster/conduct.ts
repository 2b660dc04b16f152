// How whole hosts go about their work, step by step: what the rules say of that, whatever comes of it.

import {type ComposedState, type FailoverTimer, type HostId, type HostTimer, isOnWaitList} from '../../../src/index.js';
import {type Builder, product, same} from '../../index.js';
import {servingAt} from '../storage/standing.js';
import type {PropertyName} from './options.js';
import type {Standing} from './standing.js';
import type {World} from './world.js';

type Declare = (m: Builder, world: World, standing: Standing, name: string) => void;

type Conduct =
  | 'Persists'
  | 'TimersRun'
  | 'CallsAwaited'
  | 'ActsOnItsStorage'
  | 'LocksServe'
  | 'IsolationEnds'
  | 'KnowsWhoRuns';

export const CONDUCT = {
  /** What would survive a crash of a host now is what its disk holds. */
  Persists: (m, {setting, host, disk}, _standing, name) => {
    m.invariant(name, {each: setting.hosts}, (read, at) => {
      const {ha, storage} = read(host(at));
      return same(read(disk(at)), {ha: ha.ha.durable, storage: storage.durable});
    });
  },

  /** The timers that run on a host are those that wake whatever waits there, but for that of a ghost that ended. */
  TimersRun: (m, world, _standing, name) => {
    const {setting, host, timers} = world;
    m.invariant(name, {each: setting.hosts}, (read, at) => {
      const due = timersDue(world, at, read(host(at)));
      const running = read(timers(at));
      const isDue = (timer: HostTimer): boolean => due.some(other => same(other, timer));
      const isRunning = (timer: HostTimer): boolean => running.some(other => same(other, timer));
      return due.every(isRunning) && running.every(timer => timer.type === 'Ghost' || isDue(timer));
    });
  },

  /** Whatever waits for the storage module does so in its present reign; and a VM that starts waits for its lock. */
  CallsAwaited: (m, {setting, names, host}, _standing, name) => {
    m.invariant(name, {each: setting.hosts}, (read, at) => {
      const {storage, runtime, pending} = read(host(at));
      const isAwaited = names.every(vm => {
        const starts = runtime.some(known => known.vm === vm && known.power === 'starting');
        return !starts || pending.some(other => other.vm === vm && other.call.type === 'TakeLock');
      });
      return isAwaited && pending.every(({number}) => number === storage.durable.number);
    });
  },

  /** A VM runs only where the storage module says that its objects can be used and that the lock is this instance's. */
  ActsOnItsStorage: (m, {setting, repairs, names, host}, {seen, lockSeen}, name) => {
    if (!repairs['ghost-kill'] || !repairs['write-fencing']) return;
    m.invariant(name, {each: product(setting.hosts, names)}, (read, at, vm) => {
      const instance = read(host(at)).runtime.find(known => known.vm === vm);
      if (instance === undefined || instance.power === 'starting') return true;
      const lock = read(lockSeen([at, vm]));
      const isOwn = lock === null || (lock.holder === at && lock.epoch === instance.epoch);
      return isOwn && (read(seen([at, vm])).all || instance.power === 'stalled');
    });
  },

  /** Where nothing more happens, who holds the lock of a VM, and could give it back, executes it. */
  LocksServe: (m, {setting, names, committed}, {seen, executed, lockSeen}, name) => {
    m.quiescent(name, {each: product(setting.hosts, names)}, (read, at, vm) => {
      const {holder} = read(committed(vm)).content.lock;
      const knows = read(lockSeen([at, vm]))?.holder === at && read(seen([at, vm])).namespace;
      return holder !== at || !knows || read(executed([at, vm])) !== null;
    });
  },

  /** A host that responds to its isolation has no VM left. */
  IsolationEnds: (m, {setting, host}, _standing, name) => {
    m.stepProperty(name, {of: at => [host(at)], each: setting.hosts}, (before, after, at) => {
      const [{ha: old}, now] = [before(host(at)).ha, after(host(at))];
      const responds = now.ha.ha.role === 'isolated' && now.ha.ha.responded;
      return !responds || (old.role === 'isolated' && old.responded) || now.runtime.length === 0;
    });
  },

  /** From some point on a primary knows where a VM runs that one of its hosts executes. */
  KnowsWhoRuns: (m, {setting, names, host, haNetwork, isLinked}, {follows, executed}, name) => {
    m.eventuallyAlways(name, {each: product(setting.hosts, names)}, (read, at, vm) => {
      const {lead} = read(host(at)).ha;
      if (lead === null) return true;
      const known = lead.whereabouts.find(other => other.vm === vm)?.host ?? null;
      const followers = setting.hosts.filter(
        other => follows(read, at, other) && isLinked(read(haNetwork), [at, other]),
      );
      const runs = (other: HostId): boolean => read(executed([other, vm])) !== null;
      const isThere = known === null || !followers.includes(known) || runs(known);
      return isThere && (known !== null || !followers.some(runs));
    });
  },
} satisfies Readonly<Record<Conduct & PropertyName, Declare>>;

/** The timers that are to run on a host: of its role, of whatever it waits for, and of what may have been lost. */
const timersDue = (world: World, at: HostId, state: ComposedState): readonly HostTimer[] =>
  state.storage.role === 'down'
    ? []
    : [...ofRole(world, at, state), ...ofLead(world, at, state), ...ofVms(world, state), ...ofVotes(world, state)];

const ofRole = ({setting}: World, at: HostId, {ha: {ha}}: ComposedState): readonly HostTimer[] => {
  const others = setting.hosts.filter(other => other !== at);
  if (ha.role === 'electing') return [{type: 'Election'}];
  if (ha.role === 'secondary') return [{type: 'Silence'}];
  if (ha.role === 'isolated') return [{type: 'Isolation'}];
  return ha.role === 'primary' ? [{type: 'Heartbeat'}, ...others.map(host => ({type: 'Host', host}) as const)] : [];
};

/** What a primary waits for. */
const ofLead = ({repairs, setting}: World, at: HostId, {ha: {ha, lead}}: ComposedState): readonly HostTimer[] => {
  if (ha.role !== 'primary' || lead === null) return [];
  const asked = ha.fallbacks.flatMap((each): readonly HostTimer[] =>
    each.phase === 'idle' || each.phase === 'queued' || !repairs.timeouts
      ? []
      : [{type: 'Fallback', vm: each.vm, phase: each.phase, generation: each.generation, round: each.round}],
  );
  const placed = lead.failover.inventory.flatMap((each): readonly FailoverTimer[] => {
    const isAwaited = each.stage === 'starting' || (each.stage === 'placing' && each.awaited.length > 0);
    const isRegistered = isOnWaitList(each) || each.stage === 'lacking';
    const mayBeLost = isAwaited || (isRegistered && setting.configOf(at).placement !== 'publish');
    const {vm, stage, round, attempts: attempt} = each;
    return stage === 'delayed' || (repairs.timeouts && mayBeLost)
      ? [{type: 'Failover', vm, stage, round, attempt} as FailoverTimer]
      : [];
  });
  return [...asked, ...placed, ...(repairs['periodic-retrieval'] ? [{type: 'Retrieval'} as const] : [])];
};

/** A stalled instance is a ghost in the end. */
const ofVms = ({repairs}: World, {runtime}: ComposedState): readonly HostTimer[] =>
  runtime.flatMap(({vm, power}) =>
    power === 'stalled' && repairs['ghost-kill'] ? [{type: 'Ghost', vm} as const] : [],
  );

/** Who directs an object whose votes are not those of the components that are there counts them anew in the end. */
const ofVotes = ({setting}: World, {storage}: ComposedState): readonly HostTimer[] => {
  const joined = storage.role === 'up' ? (storage.reign?.joined ?? []) : [];
  return setting.vms
    .flatMap(({namespace, disks}) => [namespace, ...disks])
    .flatMap(layout => {
      const votes = servingAt(storage, layout)?.entry.voters.map(({host}) => host) ?? null;
      const isSettled = layout.components.every(({host}) => joined.includes(host) === votes?.includes(host));
      return votes === null || isSettled ? [] : [{type: 'Absence', object: layout.object} as const];
    });
};
