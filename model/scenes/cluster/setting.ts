import {
  composedOf,
  type HostConfig,
  type HostId,
  type HostRelation,
  hostId,
  MODULES,
  mirrored,
  objectId,
  SCHEDULE,
  type VmId,
  type VmLayout,
  validateHost,
  vmId,
} from '../../../src/index.js';
import {range} from '../../index.js';
import {MUTANTS, type Relations} from '../../mutants/cluster.js';
import {mutated} from '../../mutants/mutant.js';
import {repairsOf} from '../settings.js';
import {sound} from '../sound.js';
import {cutName, graphsOf, isTransitive, type Links} from '../storage/cluster.js';
import type {ClusterOptions} from './options.js';

/** Everything that does not change in one exploration. */
export type Setting = {
  readonly hosts: readonly HostId[];
  readonly vms: readonly VmLayout[];
  /** What a network may become, by name, the whole one among them. */
  readonly networks: ReadonlyMap<string, Links>;
  readonly whole: string;
  readonly configOf: (host: HostId) => HostConfig;
  /** Where each VM runs at first. */
  readonly homeOf: (vm: VmId) => HostId;
  /** The library's relation of whole hosts, or a mutant's. */
  readonly hostOutcomes: HostRelation;
};

/**
 * Each namespace object is on h1 to h3. With four hosts each VM has a disk too, on h2 to h4, so that the two can have
 * their quorums on different sides.
 */
export const settingOf = (options: ClusterOptions): Setting => {
  const hosts = range(options.hosts).map(index => hostId(`h${index + 1}`));
  const [h1, h2, h3, h4] = hosts;
  if (h1 === undefined || h2 === undefined || h3 === undefined) throw new RangeError('three hosts');
  const vms = ['v', 'w'].slice(0, options.vms).map(
    (name): VmLayout => ({
      vm: vmId(name),
      namespace: mirrored(objectId(`${name} home`), 'namespace', [h1, h2, h3]),
      disks: h4 === undefined ? [] : [mirrored(objectId(`${name} disk`), 'disk', [h2, h3, h4])],
    }),
  );
  const configs = new Map(hosts.map(self => [self, configOf(self, hosts, vms, options)]));
  const graphs = graphsOf(hosts).filter(links => options.topology === 'graphs' || isTransitive(links));
  const networks = new Map(graphs.map(links => [cutName(hosts, links), links]));
  const {hostOutcomes, ...modules} = mutated<Relations>(MODULES, MUTANTS, options.mutant);
  return {
    hosts,
    vms,
    networks,
    whole: cutName(hosts, Object.fromEntries(hosts.map(host => [host, hosts]))),
    configOf: host => configs.get(host) ?? configOf(host, hosts, vms, options),
    homeOf: vm => (vm === vms[0]?.vm ? h2 : h3),
    hostOutcomes: hostOutcomes ?? composedOf(modules),
  };
};

const configOf = (
  self: HostId,
  hosts: readonly HostId[],
  vms: readonly VmLayout[],
  options: ClusterOptions,
): HostConfig => {
  return sound(
    validateHost({
      self,
      hosts,
      vms,
      repairs: repairsOf(options),
      elector: 'builtin',
      datastores: 0,
      isolationResponse: options.isolation ? 'power-off' : 'leave',
      subsets: options.subsets,
      plans: vms.map(({vm}) => ({vm, stored: !options.elsewhere, priority: 0})),
      placement: options.placement,
      scope: options.query,
      schedule: SCHEDULE.slice(0, options.attempts),
      concurrency: 1,
      notices: options.coarse ? 'coarse' : 'per-vm',
      capacity: options.capacity,
      cleanByDefault: !options.dirty,
    }),
  );
};
