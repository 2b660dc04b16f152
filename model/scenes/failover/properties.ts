// What failover is for. The names are those of the project's list of properties; each says what it means here.

import {canWrite, isExecuting, isOnRestartList, isOnWaitList, type VmId} from '../../../src/index.js';
import {type Builder, product, type Read} from '../../index.js';
import {CONDUCT} from './conduct.js';
import {isExecutingAt} from './faults.js';
import {seenBy, standingBy} from './host.js';
import type {FailoverOptions, PropertyName} from './options.js';
import type {World} from './world.js';

type Declare = (m: Builder, world: World, name: string, options: FailoverOptions) => void;

export const PROPERTIES = {
  /** At most one host can complete a write to the VM's objects. */
  SingleWriter: (m, world, name) => {
    m.invariant(name, {each: world.names}, (read, vm) => writersOf(world, read, vm) <= 1);
  },

  /** The strong form: at most one host executes the VM, even if it could not write. */
  AtMostOneRunning: (m, world, name) => {
    m.invariant(name, {each: world.names}, (read, vm) => executingOf(world, read, vm) <= 1);
  },

  /** HA starts nothing that the user has switched off, once that is committed: he was told so. */
  NoResurrection: (m, world, name) => {
    starts(m, world, name, (read, vm) => {
      const {on, generation} = read(world.intent(vm));
      return on || read(world.homes(vm)).object.register.generation < generation;
    });
  },

  /** The strict form: HA starts nothing that the user has switched off, whether anybody could be told or not. */
  NoResurrectionStrict: (m, world, name) => {
    starts(m, world, name, (read, vm) => read(world.intent(vm)).on);
  },

  /** HA starts a VM only for an intent by which it was to be protected: the odd generations are power-ons here. */
  RestartOnlyProtected: (m, world, name) => {
    starts(m, world, name, (_read, _vm, generation) => generation % 2 === 1);
  },

  /** A primary has a VM on one list at most. */
  ListsExclusive: (m, {cluster, lead}, name) => {
    m.invariant(name, {each: cluster.hosts}, (read, host) => {
      const vms = read(lead(host))?.failover.inventory.map(({vm}) => vm) ?? [];
      return new Set(vms).size === vms.length;
    });
  },

  /** A VM enters the restart list only where somebody has just said that it can be accessed. */
  ListsSound: (m, world, name, {placement}) => {
    const {cluster, names, lead} = world;
    const isListed = (read: Read, host: (typeof cluster.hosts)[number], vm: VmId): boolean =>
      read(lead(host))?.failover.inventory.some(entry => entry.vm === vm && isOnRestartList(entry)) ?? false;
    m.stepProperty(name, {of: [lead], each: product(cluster.hosts, names)}, (before, after, host, vm) => {
      if (isListed(before, host, vm) || !isListed(after, host, vm)) return true;
      const wasTold = before(world.inbox(host)).some(
        ({message}) => message.type === 'BecamePlaceable' && message.vm === vm,
      );
      // A host that publishes how the VM stands there says so in the very step.
      const isPublished = placement === 'publish' && cluster.hosts.some(other => accessAt(world, before, other, vm));
      return wasTold || isPublished || accessAt(world, before, host, vm) || accessAt(world, after, host, vm);
    });
  },

  /** HA starts a VM only where all of its objects can be used: where no side has a quorum, nobody does. */
  StartsWithQuorum: (m, world, name) => {
    const {cluster, names, runtime, homes, placeOf} = world;
    m.stepProperty(name, {of: [runtime], each: product(cluster.hosts, names)}, (before, after, host, vm) => {
      const starting = before(runtime(host)).find(instance => instance.vm === vm);
      if (starting?.power !== 'starting' || !isExecutingAt(world, after, host, vm)) return true;
      return seenBy(placeOf(before, host), before(homes(vm))).access.all;
    });
  },

  /** Between two changes for the better, no more power-ons fail than there are attempts. */
  BoundedFutileRestarts: (m, {names, futile}, name, {futile: most, attempts}) => {
    m.invariant(name, {each: names}, (read, vm) => read(futile(vm)) <= (most === 0 ? attempts : most));
  },

  ...CONDUCT,

  // The rest is asked where nothing more happens by itself.

  /** The weak form: a second instance does not last. */
  GhostsEnd: (m, world, name) => {
    m.quiescent(name, {each: world.names}, (read, vm) => executingOf(world, read, vm) <= 1);
  },

  /** A protected VM runs, or no host that a primary can talk to could run it. */
  EventuallyRestarted: (m, world, name) => {
    m.quiescent(
      name,
      {each: world.names},
      (read, vm) => !isWanted(world, read, vm) || executingOf(world, read, vm) > 0 || !canStart(world, read, vm),
    );
  },

  /** A protected VM runs where it can write, or no host that a primary can talk to could run it so. */
  EventuallyServing: (m, world, name) => {
    m.quiescent(
      name,
      {each: world.names},
      (read, vm) => !isWanted(world, read, vm) || writersOf(world, read, vm) > 0 || !canStart(world, read, vm),
    );
  },

  /**
   * A protected VM that nobody can use waits at every primary that knows what its user wants now: on the wait list or,
   * where it lacked room when somebody could still use it, for a host with both.
   */
  WaitsWithoutQuorum: (m, world, name) => {
    m.quiescent(name, {each: world.names}, (read, vm) => {
      if (!isWanted(world, read, vm) || isUsable(world, read, vm)) return true;
      const {generation} = read(world.intent(vm));
      const entries = world.cluster.hosts
        .flatMap(host => read(world.lead(host))?.failover.inventory ?? [])
        .filter(entry => entry.vm === vm && entry.generation === generation);
      return entries.every(entry => isOnWaitList(entry) || entry.stage === 'lacking');
    });
  },

  /** A VM that waits keeps no other from serving again. */
  NonInterference: (m, world, name) => {
    m.quiescent(name, {each: world.names}, (read, vm) => {
      const waits = world.names.some(other => other !== vm && isWaiting(world, read, other));
      return !waits || !isWanted(world, read, vm) || writersOf(world, read, vm) > 0 || !canStart(world, read, vm);
    });
  },

  /**
   * Where both networks are whole and every host is up there is one primary and no ghost, and what the user wants, what
   * is committed and what the primary knows are the same.
   */
  HealConverges: (m, world, name) => {
    const {cluster, names, storage, network, up, lead, homes, intent} = world;
    m.quiescent(name, {each: names}, (read, vm) => {
      const isWhole =
        read(storage).length === 1 && read(network).length === 1 && cluster.hosts.every(host => read(up(host)));
      if (!isWhole) return true;
      const primaries = cluster.hosts.flatMap(host => read(lead(host)) ?? []);
      const {generation} = read(homes(vm)).object.register;
      return (
        primaries.length === 1 &&
        executingOf(world, read, vm) <= 1 &&
        generation === read(intent(vm)).generation &&
        primaries.every(({failover}) => failover.inventory.find(entry => entry.vm === vm)?.generation === generation)
      );
    });
  },

  // Of endless behaviours: also where the environment never comes to rest.

  /** From some point on, a protected VM runs whenever it could be started. */
  RestartedInTheEnd: (m, world, name) => {
    m.eventuallyAlways(
      name,
      {each: world.names},
      (read, vm) => !isWanted(world, read, vm) || executingOf(world, read, vm) > 0 || !canStart(world, read, vm),
    );
  },
} satisfies Readonly<Record<PropertyName, Declare>>;

const executingOf = (world: World, read: Read, vm: VmId): number =>
  world.cluster.hosts.filter(host => isExecutingAt(world, read, host, vm)).length;

const writersOf = (world: World, read: Read, vm: VmId): number =>
  world.cluster.hosts.filter(host => {
    const instance = read(world.runtime(host)).find(other => other.vm === vm) ?? null;
    return (
      isExecuting(instance) &&
      canWrite(world.repairs, instance, host, seenBy(world.placeOf(read, host), read(world.homes(vm))))
    );
  }).length;

/** The user wants it to run, and that it is protected is committed. */
const isWanted = ({intent, homes}: World, read: Read, vm: VmId): boolean => {
  const {on, generation} = read(intent(vm));
  const {register} = read(homes(vm)).object;
  return on && register.value === 'protected' && register.generation === generation;
};

/** Some host that is up can use all objects of the VM. */
const isUsable = ({cluster, up, homes, placeOf}: World, read: Read, vm: VmId): boolean =>
  cluster.hosts.some(host => read(up(host)) && seenBy(placeOf(read, host), read(homes(vm))).access.all);

const isWaiting = ({cluster, lead}: World, read: Read, vm: VmId): boolean =>
  cluster.hosts.some(host =>
    read(lead(host))?.failover.inventory.some(entry => entry.vm === vm && isOnWaitList(entry)),
  );

const accessAt = (world: World, read: Read, host: World['cluster']['hosts'][number], vm: VmId): boolean =>
  read(world.up(host)) &&
  standingBy(world.placeOf(read, host), read(world.homes(vm)), read(world.runtime(host))).accessible;

/** Some host that some primary can talk to can use all objects of the VM, has room, and may take its lock. */
const canStart = (world: World, read: Read, vm: VmId): boolean => {
  const {cluster, homes, runtime, placeOf, primariesOf} = world;
  return cluster.hosts.some(host => {
    const home = read(homes(vm));
    const {access} = seenBy(placeOf(read, host), home);
    const {capacity, holder} = standingBy(placeOf(read, host), home, read(runtime(host)));
    return access.all && capacity && holder === null && primariesOf(read, host).length > 0;
  });
};

/** Asks something of every step by which a VM starts to execute at a primary's command. */
const starts = (
  m: Builder,
  world: World,
  name: string,
  isAllowed: (read: Read, vm: VmId, generation: number) => boolean,
): void => {
  const {cluster, names, runtime} = world;
  m.stepProperty(name, {of: [runtime], each: product(cluster.hosts, names)}, (before, after, host, vm) => {
    const starting = before(runtime(host)).find(instance => instance.vm === vm);
    if (starting?.power !== 'starting' || starting.request.by !== 'primary') return true;
    return !isExecutingAt(world, after, host, vm) || isAllowed(before, vm, starting.request.generation);
  });
};
