// What happens to the watch over other hosts, and what it orders, besides messages and timers.

import type {HostId} from '../cluster/ids.js';
import type {CancelTimer, Send, SetTimer} from '../kernel/orders.js';
import type {Probe} from './host-state.js';
import type {LivenessMessage} from './messages.js';

/** `Heartbeat` is the time to the primary's next heartbeat, `Host` its patience with one host. */
export type LivenessTimer = {readonly type: 'Heartbeat'} | {readonly type: 'Host'; readonly host: HostId};

/** The answer to `Probe`. */
export type LivenessEvent = {readonly type: 'Probed'; readonly host: HostId} & Probe;

/** What the watch over other hosts orders. Carried out in the order given. */
export type LivenessEffect =
  | Send<LivenessMessage>
  | SetTimer<LivenessTimer>
  | CancelTimer<LivenessTimer>
  /** To ping the host, and to look for its heartbeat in the datastores. */
  | {readonly type: 'Probe'; readonly host: HostId};
