// What happens to an HA module, and what it orders. Time, the networks and the storage module are outside.

import type {Generation, HostId, Round, Term, VmId} from '../cluster/ids.js';
import type {BusyPhase} from '../fallback/phase.js';
import type {Access} from '../storage/accessibility.js';
import type {Protection} from '../storage/protection.js';
import type {SetResult} from '../storage/register.js';
import type {Message} from './messages.js';
import type {Durable} from './state.js';

/** Whom a SET is for. The storage module hands it back with the answer, so that nobody has to remember it. */
export type Purpose =
  | {readonly type: 'Own'; readonly term: Term; readonly round: Round}
  | {readonly type: 'Command'; readonly from: HostId; readonly term: Term; readonly round: Round};

/** SET, as the HA module calls it on its own host's storage module. */
export type StorageCall = {
  readonly vm: VmId;
  readonly value: Protection;
  readonly generation: Generation;
  readonly purpose: Purpose;
};

/** One timer for each busy phase of a VM. Setting one that runs starts it anew. How long it runs is the driver's. */
export type Timer = {
  readonly vm: VmId;
  readonly phase: BusyPhase;
  readonly generation: Generation;
  readonly round: Round;
};

/**
 * `accessible` is what the own storage module answers at that instant about the VM that the event is about (a local,
 * synchronous query). For a message about no VM both are false.
 */
export type Event =
  | {readonly type: 'Request'; readonly vm: VmId; readonly value: Protection; readonly generation: Generation}
  | {readonly type: 'Received'; readonly from: HostId; readonly message: Message; readonly accessible: Access}
  | {
      readonly type: 'StorageReplied';
      readonly call: StorageCall;
      readonly result: SetResult;
      readonly accessible: Access;
    }
  | {readonly type: 'AccessibilityChanged'; readonly vm: VmId; readonly accessible: Access}
  | {readonly type: 'TimerFired'; readonly timer: Timer; readonly accessible: Access}
  | {readonly type: 'Elected'; readonly term: Term}
  | {readonly type: 'Crashed'}
  | {readonly type: 'Restarted'};

/** An event of one type. */
export type EventOf<T extends Event['type']> = Extract<Event, {readonly type: T}>;

/** Carried out in the order given. What is persisted before a message is sent survives a crash after it. */
export type Effect =
  | {readonly type: 'Persist'; readonly durable: Durable}
  | {readonly type: 'Send'; readonly to: HostId; readonly message: Message}
  | {readonly type: 'CallStorage'; readonly call: StorageCall}
  | {readonly type: 'Report'; readonly vm: VmId; readonly value: Protection; readonly generation: Generation}
  | {readonly type: 'SetTimer'; readonly timer: Timer}
  | {readonly type: 'CancelTimer'; readonly timer: Timer};
