// What has to come about before a property says anything. Each is claimed never to, so that the explorer shows that it
// does.

import {isOnRestartList, isOnWaitList, type VmId} from '../../../src/index.js';
import {type Builder, type Read, same} from '../../index.js';
import {conditionOf} from '../../service/service.js';
import {serviceOf} from './mapping.js';
import type {PropertyName} from './options.js';
import type {Standing} from './standing.js';
import type {World} from './world.js';

type Declare = (m: Builder, world: World, standing: Standing, name: string) => void;

const executingOf = ({setting}: World, {executed}: Standing, read: Read, vm: VmId): number =>
  setting.hosts.filter(at => read(executed([at, vm])) !== null).length;

const isStarting = ({setting, host}: World, read: Read, vm: VmId): boolean =>
  setting.hosts.some(at =>
    read(host(at)).runtime.some(
      known => known.vm === vm && known.power === 'starting' && known.request.by === 'primary',
    ),
  );

/** The VM was started again and executes. */
const isRestarted = (world: World, standing: Standing, read: Read, vm: VmId): boolean =>
  read(world.committed(vm)).content.lock.epoch > 1 && executingOf(world, standing, read, vm) > 0;

const entriesOf = ({setting, host}: World, read: Read) =>
  setting.hosts.flatMap(at => read(host(at)).ha.lead?.failover.inventory ?? []);

/** Two hosts execute it at one time. */
const twoExecute: Declare = (m, world, standing, name) => {
  m.invariant(name, {each: world.names}, (read, vm) => executingOf(world, standing, read, vm) < 2);
};

/** A host is starting it at a primary's command. */
const oneStarts: Declare = (m, world, _standing, name) => {
  m.invariant(name, {each: world.names}, (read, vm) => !isStarting(world, read, vm));
};

export const PREMISES: Readonly<Record<PropertyName, Declare>> = {
  /** It is failing over. */
  Service: (m, world, standing, name) => {
    m.invariant(
      name,
      {each: world.names},
      (read, vm) => conditionOf(serviceOf(world, standing, read, vm)) !== 'failing over',
    );
  },

  SingleWriter: twoExecute,
  AtMostOneRunning: twoExecute,
  GhostsEnd: twoExecute,
  StartsWithQuorum: oneStarts,

  /** A host is starting at a primary's command what the user has switched off, and that is committed. */
  NoResurrection: (m, world, _standing, name) => {
    m.invariant(name, {each: world.names}, (read, vm) => {
      const {value, generation} = read(world.platform(vm));
      const isTold = read(world.committed(vm)).content.register.generation >= generation;
      return value === 'protected' || !isTold || !isStarting(world, read, vm);
    });
  },

  /** A SET is committed after another. */
  MonotoneMeta: (m, {names, committed}, _standing, name) => {
    m.invariant(name, {each: names}, (read, vm) => read(committed(vm)).content.register.generation < 2);
  },

  /** A SET is committed while the storage network is cut. */
  NoMinorityCommit: (m, {setting, names, committed, storageNetwork}, _standing, name) => {
    m.stepProperty(name, {of: vm => [committed(vm)], each: names}, (before, after, vm) => {
      const [old, now] = [before(committed(vm)).content, after(committed(vm)).content];
      return after(storageNetwork) === setting.whole || old.register.generation === now.register.generation;
    });
  },

  /** Something is reported that was not done at first. */
  ReportedImpliesDurable: (m, {names, platform}, _standing, name) => {
    m.invariant(name, {each: names}, (read, vm) => read(platform(vm)).reported < 2);
  },

  /** Two hosts are primary at one time. */
  OnePrimaryPerTerm: (m, {setting}, {ha}, name) => {
    m.invariant(name, read => setting.hosts.filter(at => read(ha(at)).role === 'primary').length < 2);
  },

  /** A command is under way to a host that has seen a higher term. */
  SingleCommander: (m, {pairs, mail}, {ha}, name) => {
    m.invariant(name, {each: pairs}, (read, link) =>
      read(mail(link)).every(message => message.type !== 'RestartCommand' || message.term >= read(ha(link[1])).term),
    );
  },

  ListsExclusive: (m, world, _standing, name) => {
    m.invariant(name, read => !entriesOf(world, read).some(isOnWaitList));
  },

  ListsSound: (m, world, _standing, name) => {
    m.invariant(name, read => !entriesOf(world, read).some(isOnRestartList));
  },

  /** What the user wants is committed, and the primary's own host cannot access it. */
  EventuallyProtected: (m, {names, platform, committed}, standing, name) => {
    m.quiescent(name, {each: names}, (read, vm) => {
      const primary = standing.newestPrimary(read)?.primary ?? null;
      const {generation} = read(platform(vm));
      const isCut = primary !== null && !read(standing.seen([primary, vm])).namespace;
      return generation < 2 || !isCut || read(committed(vm)).content.register.generation < generation;
    });
  },

  /** It was restarted while the storage network was cut, and the cut lasts. */
  EventuallyServing: (m, world, standing, name) => {
    m.quiescent(
      name,
      {each: world.names},
      (read, vm) => read(world.storageNetwork) === world.setting.whole || !isRestarted(world, standing, read, vm),
    );
  },

  /** The storage network was cut, the VM was restarted, and the network is whole again. */
  HealConverges: (m, world, standing, name) => {
    const {setting, names, storageNetwork, haNetwork} = world;
    m.quiescent(name, {each: names}, (read, vm) => {
      const isWhole = read(storageNetwork) === setting.whole && read(haNetwork) === setting.whole;
      return !isWhole || !isRestarted(world, standing, read, vm);
    });
  },

  /** A host persists something else than before. */
  Persists: (m, {setting, disk}, _standing, name) => {
    m.stepProperty(name, {of: at => [disk(at)], each: setting.hosts}, (before, after, at) =>
      same(before(disk(at)), after(disk(at))),
    );
  },

  /** A host waits for something else than a heartbeat. */
  TimersRun: (m, {setting, timers}, _standing, name) => {
    m.invariant(name, {each: setting.hosts}, (read, at) =>
      read(timers(at)).every(({type}) => ['Silence', 'Heartbeat', 'Host', 'Retrieval'].includes(type)),
    );
  },

  /** Somebody waits for the storage module in one state, and on. */
  CallsAwaited: (m, {setting, host}, _standing, name) => {
    m.invariant(name, {each: setting.hosts}, (read, at) => read(host(at)).pending.length === 0);
  },

  /** An instance does not run because of what its storage module says. */
  ActsOnItsStorage: (m, {setting, host}, _standing, name) => {
    m.invariant(name, {each: setting.hosts}, (read, at) =>
      read(host(at)).runtime.every(({power}) => power !== 'stalled'),
    );
  },

  /** The lock of a VM was given back. */
  LocksServe: (m, {names, committed}, _standing, name) => {
    m.quiescent(name, {each: names}, (read, vm) => read(committed(vm)).content.lock.holder !== null);
  },

  /** A host that is isolated has a VM. */
  IsolationEnds: (m, {setting, host}, {ha}, name) => {
    m.invariant(name, {each: setting.hosts}, (read, at) => {
      return read(ha(at)).role !== 'isolated' || read(host(at)).runtime.length === 0;
    });
  },

  /** It was restarted. */
  KnowsWhoRuns: (m, world, standing, name) => {
    m.quiescent(name, {each: world.names}, (read, vm) => !isRestarted(world, standing, read, vm));
  },
};
