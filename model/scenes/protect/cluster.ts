import {
  type Access,
  accessOf,
  type Config,
  type HostId,
  hostId,
  hostsOf,
  mirrored,
  type ObjectLayout,
  objectId,
  type Register,
  reachableFrom,
  type View,
  type VmLayout,
  validate,
  vmId,
  votesOf,
} from '../../../src/index.js';
import {range} from '../../index.js';
import {type ProtectOptions, repairsOf} from './options.js';

/** Everything that does not change in one exploration. */
export type Cluster = {
  readonly hosts: readonly HostId[];
  readonly vm: VmLayout;
  /** The ways to split the storage network, by name: `h1|h2 h3`. Where the scene is reduced, one of each kind. */
  readonly views: ReadonlyMap<string, View>;
  /** The view that stands for this one and for all that no host can tell from it. */
  readonly standsFor: (view: View) => View;
  readonly configOf: (host: HostId) => Config;
};

/**
 * The VM's namespace object is on h1 to h3. Its disk is on h2 to h4 where there are four hosts, so that the two can
 * have their quorums on different sides; it is never written, so its components stay current.
 */
export const clusterOf = (options: ProtectOptions): Cluster => {
  const hosts = range(options.hosts).map(index => hostId(`h${index + 1}`));
  const [h1, h2, h3, h4 = h1] = hosts;
  if (h1 === undefined || h2 === undefined || h3 === undefined || h4 === undefined) throw new RangeError('three hosts');
  const vm = {
    vm: vmId('v'),
    namespace: mirrored(objectId('home'), 'namespace', [h1, h2, h3]),
    disks: [mirrored(objectId('disk'), 'disk', [h2, h3, h4])],
  };
  const config = {
    hosts,
    vms: [vm],
    repairs: repairsOf(options),
    elector: 'external',
    datastores: 0,
    isolationResponse: 'leave',
    subsets: options.subsets,
  } as const;
  const configs = new Map(hosts.map(self => [self, sound({self, ...config})]));
  const configOf = (host: HostId): Config => configs.get(host) ?? sound({self: host, ...config});
  const all = viewsOf(hosts);
  const objects = config.repairs['namespace-query'] ? [vm.namespace] : [vm.namespace, ...vm.disks];
  const standsFor = (view: View): View => all.find(other => quorums(objects, other) === quorums(objects, view)) ?? view;
  const views = options.unreduced ? all : all.filter(view => standsFor(view) === view);
  return {hosts, vm, views: new Map(views.map(view => [viewName(view), view])), standsFor, configOf};
};

/** What counts of a view: for each object that anybody asks about, the side that has most of its votes. */
const quorums = (objects: readonly ObjectLayout[], view: View): string =>
  objects
    .map(({components}) => {
      const side = view.find(
        side => 2 * votesOf(components.filter(({host}) => side.includes(host))) > votesOf(components),
      );
      return side === undefined ? 'nowhere' : side.join(' ');
    })
    .join('; ');

const sound = (config: Config): Config => {
  const validation = validate(config);
  if (validation.type === 'Valid') return validation.config;
  throw new RangeError(validation.problems.map(({field, reason}) => `${field} ${reason}`).join('; '));
};

export const viewName = (view: View): string => view.map(side => side.join(' ')).join('|');

/** Every partition of the hosts into sides: each host joins a side of the hosts before it, or begins a new one. */
export const viewsOf = (hosts: readonly HostId[]): readonly View[] =>
  hosts.reduce<readonly View[]>(
    (views, host) =>
      views.flatMap(view => [
        ...view.map((_, chosen) => view.map((side, index) => (index === chosen ? [...side, host] : side))),
        [...view, [host]],
      ]),
    [[]],
  );

/** What the storage module of a host can access. */
export const accessAt = ({vm}: Cluster, register: Register, view: View, host: HostId): Access =>
  accessOf(
    vm,
    object =>
      object === vm.namespace.object
        ? register.current
        : vm.disks.flatMap(disk => (disk.object === object ? hostsOf(disk) : [])),
    reachableFrom(view, host),
  );
