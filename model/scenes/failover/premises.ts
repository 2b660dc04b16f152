// What has to come about before a property says anything. Each is claimed never to, so that the explorer shows that it
// does.

import {isOnRestartList, isOnWaitList, type VmId} from '../../../src/index.js';
import {type Builder, product, type Read} from '../../index.js';
import {isExecutingAt} from './faults.js';
import type {PropertyName} from './options.js';
import type {World} from './world.js';

type Declare = (m: Builder, world: World, name: string) => void;

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

export const PREMISES: Readonly<Partial<Record<PropertyName, Declare>>> = {
  /** Two hosts execute it at one time. */
  SingleWriter: (m, world, name) => {
    m.invariant(name, {each: world.names}, (read, vm) => executingOf(world, read, vm) < 2);
  },

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

  RestartOnlyProtected: (m, world, name) => {
    m.invariant(name, {each: world.names}, (read, vm) => startingOf(world, read, vm) === undefined);
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
