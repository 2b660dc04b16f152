// What happens to a host, and what it orders. Whatever its modules say to each other stays inside.

import type {Epoch, Generation, HostId, Identity, ObjectId, VmId} from '../cluster/ids.js';
import type {ElectionEffect, ElectionEvent} from '../election/events.js';
import type {FallbackEffect, FallbackEvent} from '../fallback/events.js';
import type {RecoveryTimer} from '../ha/recovery/events.js';
import type {RecoveryMessage} from '../ha/recovery/messages.js';
import type {LivenessEffect, LivenessEvent} from '../liveness/events.js';
import type {PowerOnResult} from '../runtime/events.js';
import type {StorageMessage} from '../storage/directory/messages.js';
import type {HostDurable} from './state.js';

/** `Ghost`: how long a VM may be stalled. `Absence`: how long a component may be absent and keep its votes. */
export type HostTimer =
  | RecoveryTimer
  | {readonly type: 'Ghost'; readonly vm: VmId}
  | {readonly type: 'Absence'; readonly object: ObjectId};

/** A message, and the network that carries it. */
export type Carried =
  | {readonly network: 'ha'; readonly message: RecoveryMessage}
  | {readonly network: 'storage'; readonly message: StorageMessage};

/**
 * `ViewChanged`: the hosts whose storage modules are heard, sorted, this host's own among them. `Request` is the
 * platform's; `PowerOn`, `PowerOff`, `MigratedIn`, `MigratedOut` and `Created` are the user's doings on this host.
 */
export type HostEvent =
  | (Carried & {readonly type: 'Received'; readonly from: HostId})
  | {readonly type: 'TimerFired'; readonly timer: HostTimer}
  | {readonly type: 'ViewChanged'; readonly reachable: readonly HostId[]}
  | {readonly type: 'ComponentLost'; readonly object: ObjectId}
  | ElectionEvent
  | LivenessEvent
  | Extract<FallbackEvent, {readonly type: 'Request'}>
  | {readonly type: 'PowerOn' | 'PowerOff'; readonly vm: VmId; readonly generation: Generation}
  | {readonly type: 'MigratedIn'; readonly vm: VmId; readonly generation: Generation; readonly epoch: Epoch}
  | {readonly type: 'MigratedOut'; readonly vm: VmId}
  | {readonly type: 'Created'; readonly vm: VmId; readonly identity: Identity}
  | {readonly type: 'Crashed'}
  | {readonly type: 'Restarted'; readonly reachable: readonly HostId[]};

/**
 * Carried out in the order given. `Persist` leads. `CheckIsolation` and `Probe` are answered by events, `PoweredOn` is
 * the answer to the user's PowerOn, and `Report` goes to the platform.
 */
export type HostEffect =
  | {readonly type: 'Persist'; readonly durable: HostDurable}
  | (Carried & {readonly type: 'Send'; readonly to: HostId})
  | {readonly type: 'SetTimer' | 'CancelTimer'; readonly timer: HostTimer}
  | Extract<ElectionEffect, {readonly type: 'CheckIsolation'}>
  | Extract<LivenessEffect, {readonly type: 'Probe'}>
  | Extract<FallbackEffect, {readonly type: 'Report'}>
  | {
      readonly type: 'PoweredOn';
      readonly vm: VmId;
      readonly generation: Generation;
      readonly result: PowerOnResult;
    };
