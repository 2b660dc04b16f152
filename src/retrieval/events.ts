// What happens to the retrieval of protection states, and what it orders, besides messages.

import type {HostId, Term} from '../cluster/ids.js';
import type {Retrieval} from '../failover/events.js';
import type {CancelTimer, Send, SetTimer} from '../kernel/orders.js';
import type {RetrievalMessage} from './messages.js';

/** Whom a GET is for. The storage module hands it back with the answer. */
export type GetPurpose =
  | {readonly type: 'Own'; readonly term: Term}
  | {readonly type: 'Command'; readonly from: HostId; readonly term: Term};

/** When the primary reads everything back once more. */
export type RetrievalTimer = {readonly type: 'Retrieval'};

/** What happens to the primary's part. */
export type RetrievalEvent =
  | {readonly type: 'Elected'}
  /** The own storage module announces that some VM has become accessible or inaccessible. */
  | {readonly type: 'AccessibilityChanged'}
  | {readonly type: 'GetReplied'; readonly purpose: GetPurpose; readonly retrievals: readonly Retrieval[]}
  | {readonly type: 'Received'; readonly message: RetrievalMessage}
  | {readonly type: 'TimerFired'; readonly timer: RetrievalTimer};

/** What retrieval orders. Carried out in the order given. */
export type RetrievalEffect =
  | Send<RetrievalMessage>
  | SetTimer<RetrievalTimer>
  | CancelTimer<RetrievalTimer>
  /** GET of all VMs that are accessible now, as the own host's in-memory database has them. */
  | {readonly type: 'CallGet'; readonly purpose: GetPurpose}
  /** Failover is told in the same step: its event `Retrieved`. */
  | {readonly type: 'Learned'; readonly retrieval: Retrieval};
