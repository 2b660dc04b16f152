import {
  type Access,
  accessOf,
  type FailoverConfig,
  type HostId,
  hostId,
  hostsOf,
  mirrored,
  type ObjectId,
  type ObjectLayout,
  objectId,
  type RuntimeConfig,
  SCHEDULE,
  type View,
  type VmId,
  type VmLayout,
  validateFailover,
  validateRuntime,
  vmId,
} from '../../../src/index.js';
import {partitions, range} from '../../index.js';
import {MUTANTS, RELATIONS} from '../../mutants/failover.js';
import {mutated} from '../../mutants/mutant.js';
import {repairsOf} from '../settings.js';
import {sound} from '../sound.js';
import {named} from '../views.js';
import type {FailoverOptions} from './options.js';

/** Everything that does not change in one exploration. */
export type Cluster = {
  readonly hosts: readonly HostId[];
  readonly vms: readonly VmLayout[];
  /** The ways to cut the storage network, and the whole one, by name: `h1|h2 h3`. */
  readonly cuts: ReadonlyMap<string, View>;
  /** The ways to split the HA network, and the whole one. */
  readonly splits: ReadonlyMap<string, View>;
  readonly failover: (host: HostId) => FailoverConfig;
  readonly runtime: (host: HostId) => RuntimeConfig;
  /** The library, or one of its mutants. */
  readonly relations: typeof RELATIONS;
  /** What a host that reaches these others can access of the VM. */
  readonly accessOf: (vm: VmId, current: readonly HostId[], reachable: readonly HostId[]) => Access;
};

/**
 * Each namespace object is on h1 to h3. With four hosts each disk is on h2 to h4 (or the other way round), so that the
 * two can have their quorums on different sides. A disk is not resynchronised in this scene: its components stay
 * current.
 */
export const clusterOf = (options: FailoverOptions): Cluster => {
  const hosts = range(options.hosts).map(index => hostId(`h${index + 1}`));
  const [h1, h2, h3, h4] = hosts;
  if (h1 === undefined || h2 === undefined || h3 === undefined) throw new RangeError('three hosts');
  const first = [h1, h2, h3] as const;
  const last = h4 === undefined ? null : ([h2, h3, h4] as const);
  const [homes, disks] = options.layout === 'near' || last === null ? [first, last] : [last, first];
  const vms = ['v', 'w'].slice(0, options.vms).map((name, index): VmLayout => {
    const home = objectId(`${name} home`);
    if (options.pinned && index > 0) return {vm: vmId(name), namespace: single(home, h1), disks: []};
    return {
      vm: vmId(name),
      namespace: mirrored(home, 'namespace', homes),
      disks: disks === null ? [] : [mirrored(objectId(`${name} disk`), 'disk', disks)],
    };
  });
  const repairs = repairsOf(options);
  const failover = (self: HostId): FailoverConfig => ({
    self,
    hosts,
    repairs,
    plans: vms.map(({vm}) => ({vm, stored: true, priority: 0})),
    placement: options.placement,
    scope: options.query,
    schedule: SCHEDULE.slice(0, options.attempts),
    concurrency: 1,
  });
  const runtime = (self: HostId): RuntimeConfig => ({
    self,
    repairs,
    capacity: options.capacity,
    isolationResponse: options.isolation,
    cleanByDefault: !options.dirty,
  });
  const all = partitions(hosts);
  const splits = named(all.filter(sides => sides.length <= 2).reverse());
  const alone = [[hosts], hosts.map(host => [host])];
  const cuts = {two: splits, any: named(all), alone: named(alone)}[options.cuts];
  return {
    hosts,
    vms,
    cuts,
    splits,
    failover: memo(hosts, host => sound(validateFailover(failover(host)))),
    runtime: memo(hosts, host => sound(validateRuntime(runtime(host)))),
    relations: mutated(RELATIONS, MUTANTS, options.mutant),
    accessOf: (vm, current, reachable) => {
      const layout = vms.find(layout => layout.vm === vm);
      if (layout === undefined) return {namespace: false, all: false};
      const disks = new Map(layout.disks.map(disk => [disk.object, hostsOf(disk)]));
      return accessOf(layout, object => disks.get(object) ?? current, reachable);
    },
  };
};

const memo = <T>(hosts: readonly HostId[], of: (host: HostId) => T): ((host: HostId) => T) => {
  const known = new Map(hosts.map(host => [host, of(host)]));
  return host => known.get(host) ?? of(host);
};

const single = (object: ObjectId, host: HostId): ObjectLayout => ({
  object,
  kind: 'namespace',
  components: [{host, kind: 'replica', votes: 1}],
});
