// What has to come about before a property says anything. Each is claimed never to, so that the explorer shows that it
// does.

import {isOnRestartList, isOnWaitList, type VmId} from '../../../src/index.js';
import {type Builder, product, type Read} from '../../index.js';
import {isExecutingAt} from './faults.js';
import type {FailoverOptions, PropertyName} from './options.js';
import type {World} from './world.js';

type Declare = (m: Builder, world: World, name: string, options: FailoverOptions) => void;

const executingOf = (world: World, read: Read, vm: VmId): number =>
  world.cluster.hosts.filter(host => isExecutingAt(world, read, host, vm)).length;

/** The instance that a primary has commanded and whose lock storage has not answered yet. */
const startingOf = ({cluster, runtime}: World, read: Read, vm: VmId) =>
  cluster.hosts
    .flatMap(host => read(runtime(host)))
    .find(other => other.vm === vm && other.power === 'starting' && other.request.by === 'primary');

/** The VM was started again and executes. */
const isRestarted = (world: World, read: Read, vm: VmId): boolean =>
  read(world.homes(vm)).object.lock.epoch > 1 && executingOf(world, read, vm) > 0;

const entriesOf = ({cluster, lead}: World, read: Read, vm: VmId) =>
  cluster.hosts.flatMap(host => read(lead(host))?.failover.inventory.filter(entry => entry.vm === vm) ?? []);

/** Two hosts execute it at one time. */
const twoExecute: Declare = (m, world, name) => {
  m.invariant(name, {each: world.names}, (read, vm) => executingOf(world, read, vm) < 2);
};

/** A host is starting it at a primary's command. */
const oneStarts: Declare = (m, world, name) => {
  m.invariant(name, {each: world.names}, (read, vm) => startingOf(world, read, vm) === undefined);
};

export const PREMISES: Readonly<Record<PropertyName, Declare>> = {
  SingleWriter: twoExecute,
  GhostsEnd: twoExecute,
  RestartOnlyProtected: oneStarts,
  RestartsEnd: oneStarts,

  /** One host executes it while another is starting it. */
  AtMostOneRunning: (m, world, name) => {
    m.invariant(
      name,
      {each: world.names},
      (read, vm) => executingOf(world, read, vm) === 0 || startingOf(world, read, vm) === undefined,
    );
  },

  /** A host is starting at a primary's command what the user has switched off, and was told so. */
  NoResurrection: (m, world, name) => {
    m.invariant(name, {each: world.names}, (read, vm) => {
      const {on, generation} = read(world.intent(vm));
      const isTold = read(world.homes(vm)).object.register.generation >= generation;
      return on || !isTold || startingOf(world, read, vm) === undefined;
    });
  },

  /** A host is starting at a primary's command what the user has switched off, whether anybody could be told or not. */
  NoResurrectionStrict: (m, world, name) => {
    m.invariant(
      name,
      {each: world.names},
      (read, vm) => read(world.intent(vm)).on || startingOf(world, read, vm) === undefined,
    );
  },

  ListsExclusive: (m, world, name) => {
    m.invariant(name, {each: world.names}, (read, vm) => !entriesOf(world, read, vm).some(isOnWaitList));
  },

  ListsSound: (m, world, name) => {
    m.invariant(name, {each: world.names}, (read, vm) => !entriesOf(world, read, vm).some(isOnRestartList));
  },

  BoundedFutileRestarts: (m, {names, futile}, name) => {
    m.invariant(name, {each: names}, (read, vm) => read(futile(vm)) === 0);
  },

  /** It was restarted while the storage network was cut. */
  StartsWithQuorum: (m, world, name) => {
    m.invariant(
      name,
      {each: world.names},
      (read, vm) => read(world.storage).length === 1 || !isRestarted(world, read, vm),
    );
  },

  /** A power-on is under way to a host that has no more room. */
  CapacityKept: (m, {cluster, runtime, inbox}, name, {capacity}) => {
    m.invariant(name, {each: cluster.hosts}, (read, host) => {
      const isFull = read(runtime(host)).length >= capacity;
      return !isFull || !read(inbox(host)).some(({message}) => message.type === 'RestartCommand');
    });
  },

  /** One VM has to wait for its turn. */
  TurnsKept: (m, world, name) => {
    m.invariant(name, {each: product(world.names, world.names)}, (read, vm, other) => {
      const isStarting = entriesOf(world, read, vm).some(({stage}) => stage === 'placing' || stage === 'starting');
      return !isStarting || !entriesOf(world, read, other).some(({stage}) => stage === 'queued');
    });
  },

  /** One host has answered and another has not. */
  HearsAll: (m, world, name) => {
    m.invariant(name, {each: world.names}, (read, vm) =>
      entriesOf(world, read, vm).every(
        entry => entry.stage !== 'placing' || entry.candidates.length === 0 || entry.awaited.length === 0,
      ),
    );
  },

  /** A host answers that it cannot access what a place is sought for. */
  CommandsPlaces: (m, {cluster, inbox}, name) => {
    m.invariant(name, {each: cluster.hosts}, (read, host) =>
      read(inbox(host)).every(({message}) => message.type !== 'PlaceAnswer' || message.standing.accessible),
    );
  },

  /** An attempt has failed. */
  AttemptsCounted: (m, world, name) => {
    m.invariant(name, {each: world.names}, (read, vm) =>
      entriesOf(world, read, vm).every(({attempts}) => attempts === 0),
    );
  },

  /** Whoever took the lock has counted its attempt. */
  CountedInTheObject: (m, {names, homes}, name) => {
    m.invariant(name, {each: names}, (read, vm) => read(homes(vm)).object.attempts === 0);
  },

  /** The user switches it off. */
  StopsAreWritten: (m, {names, intent}, name) => {
    m.invariant(name, {each: names}, (read, vm) => read(intent(vm)).on);
  },

  /** It waits, and nothing more happens by itself. */
  WaitsWithoutQuorum: (m, world, name) => {
    m.quiescent(name, {each: world.names}, (read, vm) => !entriesOf(world, read, vm).some(isOnWaitList));
  },

  /** What belongs to an earlier round than the primary is in has come. */
  HeedsItsRound: (m, {cluster, names, lead, inbox}, name) => {
    m.invariant(name, {each: product(cluster.hosts, names)}, (read, host, vm) => {
      const entry = read(lead(host))?.failover.inventory.find(known => known.vm === vm);
      const isOld = (type: string): boolean => type === 'PlaceAnswer' || type === 'RestartResult';
      return (
        entry === undefined ||
        read(inbox(host)).every(({message}) => message.round >= entry.round || !isOld(message.type))
      );
    });
  },

  RestartedInTheEnd: (m, world, name) => {
    m.invariant(name, {each: world.names}, (read, vm) => !isRestarted(world, read, vm));
  },

  EventuallyRestarted: (m, world, name) => {
    m.quiescent(name, {each: world.names}, (read, vm) => !isRestarted(world, read, vm));
  },

  /** It was restarted while the storage network was cut, and the cut lasts. */
  EventuallyServing: (m, world, name) => {
    m.quiescent(
      name,
      {each: world.names},
      (read, vm) => read(world.storage).length === 1 || !isRestarted(world, read, vm),
    );
  },

  /** One VM was restarted while another waits. */
  NonInterference: (m, world, name) => {
    m.quiescent(name, {each: product(world.names, world.names)}, (read, vm, other) => {
      const waits = entriesOf(world, read, other).some(isOnWaitList);
      return vm === other || !waits || !isRestarted(world, read, vm);
    });
  },

  /** The storage network was cut, a VM was restarted, and the network is whole again. */
  HealConverges: (m, world, name) => {
    const {names, cluster, storage, network, up, budgets} = world;
    m.quiescent(name, {each: names}, (read, vm) => {
      const isWhole = read(storage).length === 1 && read(network).length === 1;
      const areUp = cluster.hosts.every(host => read(up(host)));
      return !isWhole || !areUp || read(budgets).views > 0 || !isRestarted(world, read, vm);
    });
  },
};
