import type {HostId} from '../../cluster/ids.js';
import type {VmLayout} from '../../cluster/layout.js';
import {hostListProblems, judged, layoutProblems, type Validation} from '../../cluster/validation.js';
import type {Repairs} from '../../profile/repairs.js';

/** Fixed for the life of a storage module. */
export type StorageConfig = {
  readonly self: HostId;
  /** Every host of the cluster, sorted. */
  readonly hosts: readonly HostId[];
  readonly vms: readonly VmLayout[];
  readonly repairs: Repairs;
  /** Whether a notification names the VM, or only says that something of some VM has changed. */
  readonly notices: 'per-vm' | 'coarse';
};

/** Doubts the values of a storage module's configuration; all problems are named at once. */
export const validateStorage = (config: StorageConfig): Validation<StorageConfig> =>
  judged(config, [...hostListProblems(config.self, config.hosts), ...layoutProblems(config.hosts, config.vms)]);
