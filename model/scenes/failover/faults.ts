// What the environment and the user do, each within its budget. None of it is fair.

import {
  epoch,
  type HostId,
  isExecuting,
  nextGeneration,
  resyncOutcomes,
  type Seen,
  type VmId,
} from '../../../src/index.js';
import {type Builder, type Change, next, product, type Read, same} from '../../index.js';
import {spent} from '../settings.js';
import {called, taken} from './host.js';
import type {Budgets, FailoverOptions} from './options.js';
import type {World} from './world.js';

export const declareFaults = (m: Builder, world: World, options: FailoverOptions): void => {
  const {cluster, names, budgets, storage, network, up, lead, watches, runtime, ended, homes, futile, inbox} = world;
  const {hosts, cuts, splits} = cluster;
  const isUp = (read: Read) => (host: HostId) => read(up(host));

  /**
   * Where futile power-ons are counted, the count begins anew with every change of the storage network, with every host
   * that comes up, and when the user changes his mind.
   */
  const afresh = (read: Read): readonly Change[] =>
    names.flatMap(vm => (read(futile(vm)) === 0 ? [] : [futile(vm).set(0)]));

  /** The objects that can be accessed somewhere are resynchronised there. */
  const resynced = (read: Read, view: readonly (readonly HostId[])[]): readonly Change[] =>
    cluster.vms.flatMap(({vm, namespace}) => {
      const home = read(homes(vm));
      const [{state: register}] = resyncOutcomes(namespace, home.object.register, view);
      return register === home.object.register ? [] : [homes(vm).set({...home, object: {...home.object, register}})];
    });

  m.action('storage network becomes', {each: [...cuts.keys()]}, (read, name) => {
    const view = cuts.get(name);
    const left = options.flapping ? flapped(world, read) : spent(read(budgets), 'views');
    if (view === undefined || left === null || same(read(storage), view)) return [];
    const alive = view.map(side => side.filter(isUp(read)));
    return [next(budgets.set(left), storage.set(view), ...resynced(read, alive), ...afresh(read))];
  });

  m.action('HA network becomes', {each: [...splits.keys()]}, (read, name) => {
    const view = splits.get(name);
    const left = spent(read(budgets), 'splits');
    if (view === undefined || left === null || same(read(network), view)) return [];
    return [next(budgets.set(left), network.set(view))];
  });

  m.action('crashes', {each: hosts}, (read, host) => {
    const left = spent(read(budgets), 'crashes');
    if (left === null || !read(up(host))) return [];
    const alive = read(storage).map(side => side.filter(other => other !== host && read(up(other))));
    return [
      next(
        budgets.set(left),
        up(host).set(false),
        lead(host).set(null),
        watches(host).set([]),
        runtime(host).set([]),
        ended(host).set([]),
        ...resynced(read, alive),
      ),
    ];
  });

  // A primary that can talk to a host notices that it was away, however short that was.
  const returning = options.lasting ? [] : hosts;
  m.action('comes up', {each: returning}, (read, host) => {
    const side = read(network).find(side => side.includes(host)) ?? [];
    const isNoticed = side.every(other => {
      const state = read(lead(other));
      return state === null || state.failover.gone.includes(host);
    });
    if (read(up(host)) || !isNoticed) return [];
    const alive = read(storage).map(side => side.filter(other => other === host || read(up(other))));
    return [next(up(host).set(true), ...resynced(read, alive), ...afresh(read))];
  });

  m.action('user powers off', {each: product(hosts, names)}, (read, host, vm) => {
    const left = spent(read(budgets), 'toggles');
    const {on, generation} = read(world.intent(vm));
    if (left === null || !on || !isThere(world, read, host, vm)) return [];
    const wanted = nextGeneration(generation);
    const intended = [budgets.set(left), world.intent(vm).set({on: false, generation: wanted}), ...afresh(read)];
    if (!read(runtime(host)).some(instance => instance.vm === vm)) return [next(...intended)];
    const off = (seen: Seen) => ({type: 'PowerOff', vm, generation: wanted, seen}) as const;
    return world
      .react(read, host, {part: 'runtime', vm, event: off})
      .map(({rules, changes}) => ({rules, changes: [...intended, ...changes]}));
  });

  m.action('user powers on', {each: product(hosts, names)}, (read, host, vm) => {
    const left = spent(read(budgets), 'toggles');
    const {on, generation} = read(world.intent(vm));
    if (left === null || on || !read(up(host)) || read(runtime(host)).some(instance => instance.vm === vm)) return [];
    const wanted = nextGeneration(generation);
    const request = {by: 'user', vm, generation: wanted} as const;
    return world
      .react(read, host, {part: 'runtime', vm, event: () => ({type: 'PowerOn', request})})
      .map(({rules, changes}) => ({
        rules,
        changes: [budgets.set(left), world.intent(vm).set({on: true, generation: wanted}), ...afresh(read), ...changes],
      }));
  });

  if (options.migrations > 0) declareMigration(m, world);

  if (options.losses > 0) {
    m.lose(inbox, {name: 'message is lost', spend: {slot: budgets, f: left => spent(left, 'losses')}});
  }
};

/**
 * A network that flaps does so until some VM was started again, and a message takes less time than it does. That costs
 * nothing.
 */
const flapped = ({cluster, names, budgets, inbox, homes}: World, read: Read): Budgets | null => {
  const isQuiet = cluster.hosts.every(host => read(inbox(host)).length === 0);
  const isDown = names.every(vm => read(homes(vm)).object.lock.epoch === 1);
  return isQuiet && isDown ? read(budgets) : null;
};

/** The user switches a VM off where it is; what is nowhere is switched off at the first host that is up. */
const isThere = ({cluster, up, runtime}: World, read: Read, host: HostId, vm: VmId): boolean => {
  const at = cluster.hosts.filter(other => read(runtime(other)).some(instance => instance.vm === vm));
  return at.length > 0 ? at.includes(host) : cluster.hosts.find(other => read(up(other))) === host;
};

/** A running VM moves with its lock, between two hosts that both can use its objects. No primary is told. */
const declareMigration = (m: Builder, world: World): void => {
  const {cluster, names, budgets, up, reachable, runtime, changesOf, snapshotOf, placeOf} = world;
  const moves = cluster.hosts.flatMap(from => cluster.hosts.filter(to => to !== from).map(to => ({from, to})));

  m.action('migrates', {each: product(moves, names)}, (read, {from, to}, vm) => {
    const left = spent(read(budgets), 'migrations');
    const instance = read(runtime(from)).find(instance => instance.vm === vm);
    const taker = read(runtime(to)).find(instance => instance.vm === vm);
    if (left === null || instance?.power !== 'running' || taker !== undefined || !read(up(to))) return [];
    if (!read(reachable(from)).includes(to)) return [];
    const [source, target] = [snapshotOf(read, from), snapshotOf(read, to)];
    const released = called(placeOf(read, from), source, vm, {type: 'ReleaseLock', host: from, epoch: instance.epoch});
    const held = called(placeOf(read, to), {...target, homes: released.snapshot.homes}, vm, {
      type: 'TakeLock',
      host: to,
      attempt: null,
    });
    if (released.result !== 'ok' || held.result !== 'ok') return [];
    const {generation} = instance;
    const gone = taken(placeOf(read, from), source, {part: 'runtime', vm, event: () => ({type: 'MigratedOut', vm})});
    const come = taken(placeOf(read, to), held.snapshot, {
      part: 'runtime',
      vm,
      event: () => ({type: 'MigratedIn', vm, generation, epoch: epoch(held.epoch)}),
    });
    return gone.flatMap(left1 =>
      come.map(arrived => ({
        rules: [...released.snapshot.rules, ...arrived.rules, ...left1.rules],
        changes: [
          budgets.set(left),
          ...changesOf(from, source, {...left1, homes: source.homes}),
          ...changesOf(to, target, arrived),
        ],
      })),
    );
  });
};

export const isExecutingAt = ({runtime}: World, read: Read, host: HostId, vm: VmId): boolean =>
  isExecuting(read(runtime(host)).find(instance => instance.vm === vm) ?? null);
