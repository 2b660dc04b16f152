// What happens to a whole HA module, and what it orders.

import type {HostId, VmId} from '../../cluster/ids.js';
import type {FailoverEffect, FailoverTimer, VmReport} from '../../failover/events.js';
import type {Standing} from '../../failover/messages.js';
import type {Send} from '../../kernel/orders.js';
import type {RetrievalEffect, RetrievalEvent, RetrievalTimer} from '../../retrieval/events.js';
import type {PowerOnRequest, PowerOnResult} from '../../runtime/events.js';
import type {Local} from '../../storage/local.js';
import type {Effect, Event, Timer} from '../events.js';
import type {PlacePublished, RecoveryMessage, VmStatus} from './messages.js';

/** The timers of retrieval and failover. */
export type RecoveryTimer = Timer | FailoverTimer | RetrievalTimer;

/** How one VM fares on its host. */
export type VmReported = {readonly vm: VmId; readonly report: VmReport};

/**
 * `standing` is what the own host says of the VM that the message is about. For a message about no VM it is false,
 * false and null. `HostChanged` is an external elector's word; with the builtin one liveness says so by itself.
 */
export type RecoveryEvent =
  | Exclude<Event, {readonly type: 'Received' | 'TimerFired'}>
  | (Local & {
      readonly type: 'Received';
      readonly from: HostId;
      readonly message: RecoveryMessage;
      readonly standing: Standing;
    })
  | (Local & {readonly type: 'TimerFired'; readonly timer: RecoveryTimer})
  | Extract<RetrievalEvent, {readonly type: 'GetReplied'}>
  /** Where places are published, it comes with each heartbeat as well. */
  | {readonly type: 'StandingChanged'; readonly vm: VmId; readonly standing: Standing}
  | {readonly type: 'PowerOnEnded'; readonly request: PowerOnRequest; readonly result: PowerOnResult}
  | {readonly type: 'HostChanged'; readonly host: HostId; readonly running: boolean}
  /** How the VMs of the own host fare: with each heartbeat, and when that has changed. */
  | {readonly type: 'VmsReported'; readonly reports: readonly VmReported[]};

/** An event of one type. */
export type RecoveryEventOf<T extends RecoveryEvent['type']> = Extract<RecoveryEvent, {readonly type: T}>;

/** Carried out in the order given. What is sent to the own host is received by it. */
export type RecoveryEffect =
  | Effect
  | FailoverEffect
  | Exclude<RetrievalEffect, {readonly type: 'Learned'}>
  | Send<VmStatus | PlacePublished>;
