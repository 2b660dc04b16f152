import type {Repairs} from '../profile/repairs.js';
import type {HostId} from './ids.js';
import type {VmLayout} from './layout.js';
import {countProblems, hostListProblems, judged, layoutProblems, type Validation} from './validation.js';

/**
 * Which subsets of the hosts not asked yet a primary may ask next: any, single hosts, all at once, all that the own
 * storage module does not reach, or single hosts of storage partitions that nobody has answered from.
 */
export const SUBSET_RULES = ['any', 'one', 'all', 'complement', 'partition'] as const;

/** One of `SUBSET_RULES`. */
export type SubsetRule = (typeof SUBSET_RULES)[number];

/** Fixed for the life of a host, so not part of its state. */
export type Config = {
  readonly self: HostId;
  /** Every host of the cluster, sorted. */
  readonly hosts: readonly HostId[];
  readonly vms: readonly VmLayout[];
  readonly repairs: Repairs;
  /**
   * Who elects a primary, and who says which hosts are up: somebody outside, whose word is handed in as events, or the
   * HA modules among themselves.
   */
  readonly elector: 'external' | 'builtin';
  /** How many datastores this host is connected to: those with more are preferred as primary. */
  readonly datastores: number;
  /** What an isolated host does about the VMs that run on it. */
  readonly isolationResponse: 'leave' | 'power-off';
  readonly subsets: SubsetRule;
};

/** Doubts the values of a configuration, not its form: that is the types' part. All problems are named at once. */
export const validate = (config: Config): Validation<Config> => {
  const {self, hosts, vms, elector, datastores} = config;
  return judged(config, [
    ...hostListProblems(self, hosts),
    ...(elector === 'builtin' && hosts.length < 2
      ? [{field: 'hosts', reason: `has ${hosts.length}: an election needs at least two`}]
      : []),
    ...countProblems('datastores', datastores, 0),
    ...layoutProblems(hosts, vms),
  ]);
};
