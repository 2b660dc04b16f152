import type {HostId} from '../../cluster/ids.js';
import type {VmLayout} from '../../cluster/layout.js';
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
