// The slots of the scene, and how what a host does becomes changes of them.

import {
  createdObject,
  epoch,
  failoverOutcomes,
  type Generation,
  generation,
  type HostId,
  type Instance,
  identity,
  noFailover,
  type PlaceWatches,
  type RuntimeState,
  reachableFrom,
  type Term,
  term,
  type View,
  type VmId,
} from '../../../src/index.js';
import {type Builder, type Change, type Outcome, type Read, same} from '../../index.js';
import {repairsOf} from '../settings.js';
import {clusterOf} from './cluster.js';
import {type Ended, type Envelope, type Home, type Input, type Lead, type Snapshot, taken} from './host.js';
import {type Budgets, budgetsOf, type FailoverOptions} from './options.js';

/** What the user wants of a VM, and the last of it that the platform was told is done. */
export type Intent = {readonly on: boolean; readonly generation: Generation};

export type World = ReturnType<typeof worldOf>;

export const worldOf = (m: Builder, options: FailoverOptions) => {
  const cluster = clusterOf(options);
  const {hosts, vms} = cluster;
  const names = vms.map(({vm}) => vm);
  const [h1, h2, h3] = hosts;
  if (h1 === undefined || h2 === undefined || h3 === undefined) throw new RangeError('three hosts');
  const home = (vm: VmId): HostId => (vm === names[0] ? h2 : h3);
  const first = generation(1);

  const runningAt = (host: HostId): readonly Instance[] =>
    names.filter(vm => home(vm) === host).map(vm => ({vm, power: 'running', generation: first, epoch: epoch(1)}));
  const known = names.reduce(
    (state, vm) =>
      failoverOutcomes(cluster.failover(h1), term(1), state, {
        type: 'Protected',
        vm,
        generation: first,
        host: home(vm),
      })[0].state,
    noFailover,
  );

  const budgets = m.slot<Budgets>('budgets', budgetsOf(options));
  const storage = m.slot<View>('storage network', [hosts]);
  const network = m.slot<View>('HA network', [hosts]);
  const up = m.slots('up', hosts, true);
  const lead = m.slots<HostId, Lead | null>('primary', hosts, host =>
    host === h1 ? {term: term(1), failover: known} : null,
  );
  /** The highest term that a host has seen. */
  const seen = m.slots<HostId, Term>('term', hosts, term(1));
  const watches = m.slots<HostId, PlaceWatches>('watches', hosts, []);
  const runtime = m.slots<HostId, RuntimeState>('runtime', hosts, runningAt);
  const ended = m.slots<HostId, readonly Ended[]>('ended', hosts, []);
  const homes = m.slots<VmId, Home>('object', names, vm => {
    const layout = vms.find(layout => layout.vm === vm)?.namespace;
    if (layout === undefined) throw new RangeError(`no VM ${vm}`);
    const object = createdObject(layout, identity(0));
    const register = {...object.register, value: 'protected', generation: first} as const;
    return {vm, object: {...object, register, lock: {holder: home(vm), epoch: epoch(1)}}};
  });
  const intent = m.slots<VmId, Intent>('intent', names, {on: true, generation: first});
  /** Power-ons by a primary that failed since anything changed for the better. Counted only where it is asked for. */
  const futile = m.slots<VmId, number>('futile', names, 0);
  const inbox = m.channel<Envelope, HostId>('inbox', hosts, {kind: 'set'});

  /** The hosts whose storage modules are up and reach each other. */
  const reachable = m.derives('reachable', hosts, (read, host): readonly HostId[] =>
    reachableFrom(read(storage), host).filter(other => read(up(other))),
  );
  /** The hosts whose HA modules are up and can talk to this one. */
  const connected = m.derives('connected', hosts, (read, host): readonly HostId[] =>
    read(up(host)) ? reachableFrom(read(network), host).filter(other => read(up(other))) : [],
  );

  /** Of all VMs: when one of them is settled it is another's turn. */
  const snapshotOf = (read: Read, host: HostId): Snapshot => ({
    lead: read(lead(host)),
    watches: read(watches(host)),
    runtime: read(runtime(host)),
    ended: read(ended(host)),
    homes: names.map(name => read(homes(name))),
    sent: [],
    rules: [],
  });

  const placeOf = (read: Read, self: HostId) => ({cluster, self, reachable: read(reachable(self))});

  const changesOf = (host: HostId, before: Snapshot, after: Snapshot): readonly Change[] => [
    ...(same(before.lead, after.lead) ? [] : [lead(host).set(after.lead)]),
    ...(same(before.watches, after.watches) ? [] : [watches(host).set(after.watches)]),
    ...(same(before.runtime, after.runtime) ? [] : [runtime(host).set(after.runtime)]),
    ...(same(before.ended, after.ended) ? [] : [ended(host).set(after.ended)]),
    ...after.homes.flatMap((home, index) => (same(home, before.homes[index]) ? [] : [homes(home.vm).set(home)])),
    ...after.sent.map(({to, message}) => inbox(to).send({from: host, message})),
  ];

  /** What a host does about an input: every outcome of the library, as an outcome of the scene. */
  const react = (read: Read, host: HostId, input: Input): readonly Required<Pick<Outcome, 'rules' | 'changes'>>[] => {
    const before = snapshotOf(read, host);
    return taken(placeOf(read, host), before, input).map(after => ({
      rules: after.rules,
      changes: changesOf(host, before, after),
    }));
  };

  /** The primaries that a host can talk to, itself among them. */
  const primariesOf = (read: Read, host: HostId): readonly HostId[] =>
    read(connected(host)).filter(other => read(lead(other)) !== null);

  return {
    cluster,
    names,
    repairs: repairsOf(options),
    budgets,
    storage,
    network,
    up,
    lead,
    seen,
    watches,
    runtime,
    ended,
    homes,
    intent,
    futile,
    inbox,
    reachable,
    connected,
    snapshotOf,
    placeOf,
    changesOf,
    react,
    primariesOf,
  } as const;
};
