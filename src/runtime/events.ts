// What happens to the VMs of one host, and what their runtime orders.

import type {Epoch, Generation, HostId, VmId} from '../cluster/ids.js';
import type {RequestId} from '../cluster/request.js';
import type {Access} from '../storage/accessibility.js';
import type {Attempt, Lock} from '../storage/lock.js';
import type {Protection} from '../storage/protection.js';

/** Who wants a VM to run: the user, or a primary that commands an attempt. It is handed back with the result. */
export type PowerOnRequest =
  | {readonly by: 'user'; readonly vm: VmId; readonly generation: Generation}
  | (RequestId & {readonly by: 'primary'; readonly from: HostId; readonly attempt: number});

/**
 * How a power-on went. `capacity`: no room, so nothing was tried. `refused`: the object says that the VM is not to run.
 * `locked`: another host holds the lock, or this one is about to. `inaccessible`: some object could not be used.
 * `failed`: anything else. All but `ok` are definite: the VM does not run here because of this request.
 */
export type PowerOnResult =
  | {readonly type: 'ok' | 'capacity' | 'refused' | 'inaccessible' | 'failed'}
  | {readonly type: 'locked'; readonly holder: HostId};

/** What the own storage module answers to the call for the lock. */
export type LockAnswer =
  | {readonly type: 'taken'; readonly epoch: Epoch}
  | {readonly type: 'locked'; readonly holder: HostId}
  | {readonly type: 'inaccessible'};

/** What the own storage module says at the instant of an event about the VM's namespace object, read from a quorum. */
export type Seen = {
  readonly access: Access;
  /** Null where the namespace object is not accessible. */
  readonly home: {readonly lock: Lock; readonly value: Protection; readonly generation: Generation} | null;
};

/** `MigratedIn` hands over a VM that ran elsewhere: `epoch` is that of its lock, as it is now held here. */
export type RuntimeEvent =
  | {readonly type: 'PowerOn'; readonly request: PowerOnRequest}
  | {readonly type: 'LockAnswered'; readonly vm: VmId; readonly answer: LockAnswer; readonly seen: Seen}
  | {readonly type: 'PowerOff'; readonly vm: VmId; readonly generation: Generation; readonly seen: Seen}
  | {readonly type: 'StorageChanged'; readonly vm: VmId; readonly seen: Seen}
  | {readonly type: 'GhostDue'; readonly vm: VmId; readonly seen: Seen}
  | {readonly type: 'Isolated'; readonly vm: VmId; readonly seen: Seen}
  | {readonly type: 'MigratedIn'; readonly vm: VmId; readonly generation: Generation; readonly epoch: Epoch}
  | {readonly type: 'MigratedOut'; readonly vm: VmId}
  | {readonly type: 'Crashed'};

/** How an instance ended, as its host tells the primary. */
export type Ending = {
  /** Without the repair `intent-generation`: the flag in the namespace object, as it is read there. */
  readonly clean: boolean;
  /** With it: the number of the user's intent that ended the VM, or null where none did. */
  readonly intent: Generation | null;
};

/**
 * `TakeLock` is answered by `LockAnswered`; it counts the attempt in the namespace object, if there is one to count.
 * The others are not answered: what cannot be written is lost. `ClearAttempts` writes there that no attempt counts any
 * more, `WriteIntent` the user's wish that the VM be off.
 */
export type RuntimeEffect =
  | {readonly type: 'TakeLock'; readonly vm: VmId; readonly attempt: Attempt | null}
  | {readonly type: 'ReleaseLock' | 'ClearAttempts'; readonly vm: VmId; readonly epoch: Epoch}
  | {readonly type: 'WriteIntent'; readonly vm: VmId; readonly generation: Generation}
  | {readonly type: 'Answer'; readonly request: PowerOnRequest; readonly result: PowerOnResult}
  | {readonly type: 'Ended'; readonly vm: VmId; readonly ending: Ending}
  | {readonly type: 'SetGhostTimer' | 'CancelGhostTimer'; readonly vm: VmId};
