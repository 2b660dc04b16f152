// What happens to an HA module, and what it orders: the events and effects of all parts. Time, the networks and the
// storage module are outside.

import type {HostId, Term} from '../cluster/ids.js';
import type {ElectionEffect, ElectionEvent, ElectionTimer} from '../election/events.js';
import type {FallbackEffect, FallbackEvent, FallbackTimer} from '../fallback/events.js';
import type {CancelTimer, Send, SetTimer} from '../kernel/orders.js';
import type {LivenessEffect, LivenessEvent, LivenessTimer} from '../liveness/events.js';
import type {Local} from '../storage/local.js';
import type {Message} from './messages.js';
import type {Durable} from './state.js';

/** The timers of all parts. How long each runs is the driver's. */
export type Timer = ElectionTimer | LivenessTimer | FallbackTimer;

/**
 * `accessible` is what the own storage module answers at that instant about the VM that the event is about (a local,
 * synchronous query). For an event about no VM both are false.
 */
export type Event =
  | (Local & {readonly type: 'Received'; readonly from: HostId; readonly message: Message})
  | (Local & {readonly type: 'TimerFired'; readonly timer: Timer})
  | {readonly type: 'Elected'; readonly term: Term}
  | {readonly type: 'Crashed'}
  | {readonly type: 'Restarted'}
  | ElectionEvent
  | LivenessEvent
  | FallbackEvent;

/** An event of one type. */
export type EventOf<T extends Event['type']> = Extract<Event, {readonly type: T}>;

/** Carried out in the order given. What is persisted before a message is sent survives a crash after it. */
export type Effect =
  | {readonly type: 'Persist'; readonly durable: Durable}
  | Send<Message>
  | SetTimer<Timer>
  | CancelTimer<Timer>
  | ElectionEffect
  | LivenessEffect
  | FallbackEffect;
