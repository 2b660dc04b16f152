import {
  type Access,
  accessOf,
  type FailoverConfig,
  failoverProblems,
  type HostId,
  hostId,
  hostsOf,
  mirrored,
  objectId,
  type RuntimeConfig,
  SCHEDULE,
  type View,
  type VmId,
  type VmLayout,
  vmId,
} from '../../../src/index.js';
import {range} from '../../index.js';
import {type FailoverOptions, repairsOf} from './options.js';

/** Everything that does not change in one exploration. */
export type Cluster = {
  readonly hosts: readonly HostId[];
  readonly vms: readonly VmLayout[];
  /** The ways to split a network into two sides, and the whole one, by name: `h1|h2 h3`. */
  readonly views: ReadonlyMap<string, View>;
  readonly failover: (host: HostId) => FailoverConfig;
  readonly runtime: (host: HostId) => RuntimeConfig;
  /** What a host that reaches these others can access of the VM. */
  readonly accessOf: (vm: VmId, current: readonly HostId[], reachable: readonly HostId[]) => Access;
};

/**
 * Each namespace object is on h1 to h3. With four hosts each disk is on h2 to h4, so that the two can have their
 * quorums on different sides. A disk is not resynchronised in this scene: its components stay current.
 */
export const clusterOf = (options: FailoverOptions): Cluster => {
  const hosts = range(options.hosts).map(index => hostId(`h${index + 1}`));
  const [h1, h2, h3, h4] = hosts;
  if (h1 === undefined || h2 === undefined || h3 === undefined) throw new RangeError('three hosts');
  const vms = ['v', 'w'].slice(0, options.vms).map(name => ({
    vm: vmId(name),
    namespace: mirrored(objectId(`${name} home`), 'namespace', [h1, h2, h3]),
    disks: h4 === undefined ? [] : [mirrored(objectId(`${name} disk`), 'disk', [h2, h3, h4])],
  }));
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
  const problems = failoverProblems(failover(h1));
  if (problems.length > 0) throw new RangeError(problems.map(({field, reason}) => `${field} ${reason}`).join('; '));
  const views = new Map(twoSided(hosts).map(view => [viewName(view), view]));
  return {
    hosts,
    vms,
    views,
    failover: memo(hosts, failover),
    runtime: memo(hosts, runtime),
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

export const viewName = (view: View): string => view.map(side => side.join(' ')).join('|');

const twoSided = (hosts: readonly HostId[]): readonly View[] => {
  const [first, ...others] = hosts;
  if (first === undefined) return [];
  const subsets = others.reduce<readonly (readonly HostId[])[]>(
    (sets, host) => sets.flatMap(set => [set, [...set, host]]),
    [[]],
  );
  return subsets.map(set => {
    const rest = others.filter(host => !set.includes(host));
    return rest.length === 0 ? [hosts] : [[first, ...set], rest];
  });
};
