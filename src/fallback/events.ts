// What happens to the fallback, and what it orders, besides messages and timers.

import type {Generation, HostId, Round, Term, VmId} from '../cluster/ids.js';
import type {CancelTimer, Send, SetTimer} from '../kernel/orders.js';
import type {Access} from '../storage/accessibility.js';
import type {Local} from '../storage/local.js';
import type {Protection} from '../storage/protection.js';
import type {SetResult} from '../storage/register.js';
import type {FallbackMessage} from './messages.js';
import type {BusyPhase} from './phase.js';

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

/** One timer for each busy phase of a VM. */
export type FallbackTimer = {
  readonly type: 'Fallback';
  readonly vm: VmId;
  readonly phase: BusyPhase;
  readonly generation: Generation;
  readonly round: Round;
};

/** What happens to the fallback, besides messages and timers. */
export type FallbackEvent =
  | {readonly type: 'Request'; readonly vm: VmId; readonly value: Protection; readonly generation: Generation}
  | (Local & {readonly type: 'StorageReplied'; readonly call: StorageCall; readonly result: SetResult})
  | {readonly type: 'AccessibilityChanged'; readonly vm: VmId; readonly accessible: Access};

/** What the fallback orders. Carried out in the order given. */
export type FallbackEffect =
  | Send<FallbackMessage>
  | SetTimer<FallbackTimer>
  | CancelTimer<FallbackTimer>
  | {readonly type: 'CallStorage'; readonly call: StorageCall}
  | {readonly type: 'Report'; readonly vm: VmId; readonly value: Protection; readonly generation: Generation};

/** An event of the fallback of one type. */
export type FallbackEventOf<T extends FallbackEvent['type']> = Extract<FallbackEvent, {readonly type: T}>;

/** A message of the fallback of one type. */
export type FallbackMessageOf<T extends FallbackMessage['type']> = Extract<FallbackMessage, {readonly type: T}>;
