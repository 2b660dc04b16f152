// What HA modules say to each other: the messages of all parts. Each carries the sender's term.

import type {Term} from '../cluster/ids.js';
import type {ElectionMessage} from '../election/messages.js';
import type {FallbackMessage} from '../fallback/messages.js';
import type {LivenessMessage} from '../liveness/messages.js';

/** Only about terms: who is primary, and who is no longer. A primary repeats its Claim as its heartbeat. */
export type TermMessage =
  | {readonly type: 'Claim'; readonly term: Term}
  | {readonly type: 'Superseded'; readonly term: Term};

/** What HA modules say to each other. */
export type Message = TermMessage | ElectionMessage | LivenessMessage | FallbackMessage;

/** A message of one type. */
export type MessageOf<T extends Message['type']> = Extract<Message, {readonly type: T}>;
