// What happens to the election, and what it orders, besides messages and timers.

import type {CancelTimer, Send, SetTimer} from '../kernel/orders.js';
import type {ElectionMessage} from './messages.js';

/**
 * `Election` ends a round of an election, `Silence` a secondary's patience with its primary; `Isolation` is the pause
 * of an isolated host until it looks again.
 */
export type ElectionTimer = {readonly type: 'Election'} | {readonly type: 'Silence'} | {readonly type: 'Isolation'};

/** The answer to `CheckIsolation`: whether the isolation address, such as a gateway, can be reached from this host. */
export type ElectionEvent = {readonly type: 'IsolationChecked'; readonly reachable: boolean};

/** What the election orders. Carried out in the order given. */
export type ElectionEffect =
  | Send<ElectionMessage>
  | SetTimer<ElectionTimer>
  | CancelTimer<ElectionTimer>
  | {readonly type: 'CheckIsolation'}
  /** To switch off, as if the user did, each VM that runs on this host. */
  | {readonly type: 'PowerOffVms'};
