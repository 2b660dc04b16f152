import {
  type Access,
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
import {partitions, range, subsets} from '../../index.js';
import {mutated} from '../../mutants/mutant.js';
import {MUTANTS, RELATIONS} from '../../mutants/protect.js';
import {repairsOf} from '../settings.js';
import {sound} from '../sound.js';
import {named, viewName} from '../views.js';
import type {ProtectOptions} from './options.js';

/** Everything that does not change in one exploration. */
export type Cluster = {
  readonly hosts: readonly HostId[];
  readonly vms: readonly VmLayout[];
  /** The ways to cut the storage network, by name: `h1|h2 h3`. Where the scene is reduced, one of each kind. */
  readonly views: ReadonlyMap<string, View>;
  /** The view that stands for this one and for all that no host can tell from it. */
  readonly standsFor: (view: View) => View;
  readonly configOf: (host: HostId) => Config;
  /** The library, or one of its mutants. */
  readonly relations: typeof RELATIONS;
  /** The hosts that nothing tells apart, besides the one that is primary at first. */
  readonly alike: readonly HostId[];
};

/**
 * The first VM's namespace object is on h1 to h3. Its disk is on h2 to h4 where there are four hosts, so that the two
 * can have their quorums on different sides; it is never written, so its components stay current. The second VM's
 * objects lie one host further.
 */
export const clusterOf = (options: ProtectOptions): Cluster => {
  const hosts = range(options.hosts).map(index => hostId(`h${index + 1}`));
  const [h1, h2, h3, h4 = h1] = hosts;
  if (h1 === undefined || h2 === undefined || h3 === undefined || h4 === undefined) throw new RangeError('three hosts');
  const first = {
    vm: vmId('v'),
    namespace: mirrored(objectId('home'), 'namespace', [h1, h2, h3]),
    disks: [mirrored(objectId('disk'), 'disk', [h2, h3, h4])],
  };
  const second = {
    vm: vmId('w'),
    namespace: mirrored(objectId('home of w'), 'namespace', [h2, h3, h4]),
    disks: [mirrored(objectId('disk of w'), 'disk', [h3, h4, h1 === h4 ? h2 : h1])],
  };
  const vms = [first, second].slice(0, options.vms);
  const config = {
    hosts,
    vms,
    repairs: repairsOf(options),
    elector: 'external',
    datastores: 0,
    isolationResponse: 'leave',
    subsets: options.subsets,
  } as const;
  const configs = new Map(hosts.map(self => [self, sound(validate({self, ...config}))]));
  const configOf = (host: HostId): Config => configs.get(host) ?? sound(validate({self: host, ...config}));
  const all = options.topology === 'graphs' ? graphsOf(hosts) : partitions(hosts);
  const objects = vms.flatMap(({namespace, disks}) =>
    config.repairs['namespace-query'] ? [namespace] : [namespace, ...disks],
  );
  const telling = (view: View): string => (observesReach(options) ? viewName(view) : quorums(hosts, objects, view));
  const standIns = new Map([...all].reverse().map(view => [telling(view), view]));
  const standsFor = (view: View): View => standIns.get(telling(view)) ?? view;
  const views = options.unreduced ? all : all.filter(view => standsFor(view) === view);
  const alike = hosts
    .slice(1)
    .filter(
      host =>
        options.topology === 'partitions' &&
        objects.every(({components}) => components.some(component => component.host === host)),
    );
  const relations = mutated(RELATIONS, MUTANTS, options.mutant);
  return {hosts, vms, alike, views: named(views), standsFor, configOf, relations};
};

/** Whether anybody looks at which hosts a storage module reaches, and not only at what is accessible. */
export const observesReach = ({subsets}: ProtectOptions): boolean =>
  subsets === 'complement' || subsets === 'partition';

/** What counts of a view: of each object that anybody asks about, which components each host reaches, if most. */
const quorums = (hosts: readonly HostId[], objects: readonly ObjectLayout[], view: View): string =>
  objects
    .map(({components}) =>
      hosts
        .map(host => {
          const reached = components.filter(component => reachableFrom(view, host).includes(component.host));
          return 2 * votesOf(reached) > votesOf(components) ? reached.map(component => component.host).join(' ') : '-';
        })
        .join(', '),
    )
    .join('; ');

/**
 * Every way in which some pairs of hosts are linked and the others are not: the sides are the largest sets of hosts
 * that are all linked to each other, so they overlap where a link is missing.
 */
const graphsOf = (hosts: readonly HostId[]): readonly View[] => {
  const sets = subsets(hosts).filter(({length}) => length > 0);
  return subsets(pairsOf(hosts)).map(cut => {
    const sides = sets.filter(side => !cut.some(([a, b]) => side.includes(a) && side.includes(b)));
    return sides.filter(side => !sides.some(other => other !== side && side.every(host => other.includes(host))));
  });
};

const pairsOf = (hosts: readonly HostId[]): readonly (readonly [HostId, HostId])[] =>
  hosts.flatMap((a, index) => hosts.slice(index + 1).map(b => [a, b] as const));

/** What the storage module of a host can access of a VM. */
export const accessAt = (
  {relations: {accessOf}}: Cluster,
  vm: VmLayout,
  register: Register,
  view: View,
  host: HostId,
): Access =>
  accessOf(
    vm,
    object =>
      object === vm.namespace.object
        ? register.current
        : vm.disks.flatMap(disk => (disk.object === object ? hostsOf(disk) : [])),
    reachableFrom(view, host),
  );
