import {
  type HostId,
  hostId,
  mirrored,
  objectId,
  type StorageConfig,
  type VmLayout,
  validateStorage,
  vmId,
} from '../../../src/index.js';
import {range} from '../../index.js';
import {mutated} from '../../mutants/mutant.js';
import {MUTANTS, RELATIONS} from '../../mutants/storage.js';
import {repairsOf} from '../settings.js';
import {sound} from '../sound.js';
import type {StorageOptions} from './options.js';

/**
 * Who hears whom, by host: each list is sorted and has the host itself. Arbitrary, so reaching need not be
 * transitive.
 */
export type Links = Readonly<Record<string, readonly HostId[]>>;

/** Everything that does not change in one exploration. */
export type Cluster = {
  readonly hosts: readonly HostId[];
  readonly vm: VmLayout;
  /** The ways to cut the storage network, by name: the links that are up. */
  readonly cuts: ReadonlyMap<string, Links>;
  readonly whole: string;
  readonly configOf: (host: HostId) => StorageConfig;
  /** The library, or one of its mutants. */
  readonly relations: typeof RELATIONS;
};

export const clusterOf = (options: StorageOptions): Cluster => {
  const hosts = range(options.hosts).map(index => hostId(`h${index + 1}`));
  const [h1, h2, h3] = hosts;
  const [d1, d2, d3] = hosts.slice(-3);
  if (!h1 || !h2 || !h3 || !d1 || !d2 || !d3) throw new RangeError('three hosts');
  const vm = {
    vm: vmId('v'),
    namespace: mirrored(objectId('home'), 'namespace', [h1, h2, h3]),
    disks: options.disk ? [mirrored(objectId('disk'), 'disk', [d1, d2, d3])] : [],
  };
  const repairs = repairsOf(options);
  const configAt = (self: HostId): StorageConfig =>
    sound(validateStorage({self, hosts, vms: [vm], repairs, notices: options.notices}));
  const configs = new Map(hosts.map((self): [HostId, StorageConfig] => [self, configAt(self)]));
  const configOf = (host: HostId): StorageConfig => configs.get(host) ?? configAt(host);
  const graphs = graphsOf(hosts).filter(links => options.links === 'graphs' || isTransitive(links));
  const cuts = new Map(graphs.map(links => [cutName(hosts, links), links]));
  const whole = cutName(hosts, Object.fromEntries(hosts.map(host => [host, hosts])));
  const relations = mutated(RELATIONS, MUTANTS, options.mutant);
  return {hosts, vm, cuts, whole, configOf, relations};
};

/** Every undirected graph on the hosts. */
export const graphsOf = (hosts: readonly HostId[]): readonly Links[] => {
  const pairs = hosts.flatMap((a, index) => hosts.slice(index + 1).map(b => [a, b] as const));
  return range(2 ** pairs.length).map(mask => {
    const up = pairs.filter((_, index) => mask & (1 << index));
    const hears = (host: HostId): readonly HostId[] =>
      hosts.filter(other => other === host || up.some(pair => pair.includes(host) && pair.includes(other)));
    return Object.fromEntries(hosts.map(host => [host, hears(host)]));
  });
};

export const isTransitive = (links: Links): boolean =>
  Object.values(links).every(side => side.every(host => links[host]?.join() === side.join()));

/** `h1 h2|h3` where the links make sides, else the links themselves: `h1-h2 h2-h3`. */
export const cutName = (hosts: readonly HostId[], links: Links): string =>
  isTransitive(links)
    ? [...new Set(hosts.map(host => (links[host] ?? []).join(' ')))].join('|')
    : hosts
        .flatMap(host => (links[host] ?? []).filter(other => host < other).map(other => `${host}-${other}`))
        .join(' ');
