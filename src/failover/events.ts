// What happens to failover, and what it orders, besides messages.

import type {Generation, HostId, Round, VmId} from '../cluster/ids.js';
import type {CancelTimer, Send, SetTimer} from '../kernel/orders.js';
import type {Ending, PowerOnRequest, PowerOnResult} from '../runtime/events.js';
import type {Protection} from '../storage/protection.js';
import type {FailoverMessage, Standing} from './messages.js';

/** How a host says that one of its VMs fares. It says so again and again, with its heartbeats. */
export type VmReport =
  | {readonly type: 'running'}
  | {readonly type: 'storageLost'}
  | {readonly type: 'ended'; readonly ending: Ending}
  | {readonly type: 'absent'};

/** What a GET, on whichever host, said of one VM. */
export type Retrieval = {
  readonly vm: VmId;
  readonly value: Protection;
  readonly generation: Generation;
  /** How many attempts are counted in the object. */
  readonly attempts: number;
};

/**
 * One at a time for each VM. Of one that is *placing* or *starting* it ends the patience with silent hosts; of one that
 * waits it repeats the registrations; of one that is *delayed* it ends the delay before the attempt, and `delayBefore`
 * says how long it runs.
 */
export type FailoverTimer = {
  readonly type: 'Failover';
  readonly vm: VmId;
  readonly stage: 'placing' | 'starting' | 'delayed' | 'lacking' | 'waiting' | 'exhausted';
  readonly round: Round;
  readonly attempt: number;
};

/** What the other parts of the HA module tell the primary's failover, besides messages. */
export type FailoverEvent =
  | {readonly type: 'Protected'; readonly vm: VmId; readonly generation: Generation; readonly host: HostId | null}
  | {readonly type: 'Unprotected'; readonly vm: VmId; readonly generation: Generation}
  | {readonly type: 'Retrieved'; readonly retrieval: Retrieval}
  | {readonly type: 'HostChanged'; readonly host: HostId; readonly running: boolean}
  | {readonly type: 'VmReported'; readonly from: HostId; readonly vm: VmId; readonly report: VmReport}
  /** Only where places are published: how a VM stands on a host, as that host says. */
  | {readonly type: 'Published'; readonly from: HostId; readonly vm: VmId; readonly standing: Standing}
  | {readonly type: 'TimerFired'; readonly timer: FailoverTimer}
  | {readonly type: 'Received'; readonly from: HostId; readonly message: FailoverMessage};

/** What happens to the part that every host has: it answers, obeys and watches for a primary. */
export type AttendantEvent =
  | {
      readonly type: 'Received';
      readonly from: HostId;
      readonly message: FailoverMessage;
      /** What this host says, at this instant, of the VM that the message is about. */
      readonly standing: Standing;
    }
  | {readonly type: 'StandingChanged'; readonly vm: VmId; readonly standing: Standing}
  | {readonly type: 'PowerOnEnded'; readonly request: PowerOnRequest; readonly result: PowerOnResult};

/** What both parts of failover order. Carried out in the order given. */
export type FailoverEffect =
  | Send<FailoverMessage>
  | SetTimer<FailoverTimer>
  | CancelTimer<FailoverTimer>
  | {readonly type: 'PowerOn'; readonly request: PowerOnRequest};
