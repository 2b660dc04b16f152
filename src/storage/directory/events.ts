// What happens to a storage module, and what it orders.

import type {Configuration, Epoch, HostId, ObjectId, VmId} from '../../cluster/ids.js';
import type {CallResult, ObjectCall} from '../namespace.js';
import type {StorageMessage} from './messages.js';
import type {StorageDurable} from './state.js';

/**
 * `reachable`: the hosts whose storage modules are heard, sorted, this host's own among them. `AbsenceLasted`: the
 * timer that runs while a component of the object is absent has run out. `ComponentLost`: the disk under this host's
 * component of the object has failed, and the next one is empty.
 */
export type StorageEvent =
  | {readonly type: 'ViewChanged'; readonly reachable: readonly HostId[]}
  | {readonly type: 'Received'; readonly from: HostId; readonly message: StorageMessage}
  | {readonly type: 'Called'; readonly vm: VmId; readonly call: ObjectCall}
  | {readonly type: 'ComponentLost'; readonly object: ObjectId}
  | {readonly type: 'AbsenceLasted'; readonly object: ObjectId}
  | {readonly type: 'Crashed'}
  | {readonly type: 'Restarted'; readonly reachable: readonly HostId[]};

/**
 * Carried out in the order given. `number` is that of the reign in which the call was answered, and so made. `Changed`
 * is the change notification; without a VM it is the coarse one.
 */
export type StorageEffect =
  | {readonly type: 'Persist'; readonly durable: StorageDurable}
  | {readonly type: 'Send'; readonly to: HostId; readonly message: StorageMessage}
  | {
      readonly type: 'Answer';
      readonly vm: VmId;
      readonly number: Configuration;
      readonly call: ObjectCall;
      readonly result: CallResult;
      readonly epoch: Epoch;
    }
  | {readonly type: 'Changed'; readonly vm: VmId | null};
