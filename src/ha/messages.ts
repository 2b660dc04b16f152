// What HA modules say to each other: the messages of all parts. Each carries the sender's term.

import type {Term} from '../cluster/ids.js';
import type {FallbackMessage} from '../fallback/messages.js';

/** Only about terms: who is primary, and who is no longer. */
export type TermMessage =
  | {readonly type: 'Claim'; readonly term: Term}
  | {readonly type: 'Superseded'; readonly term: Term};

export type Message = TermMessage | FallbackMessage;

/** A message of one type. */
export type MessageOf<T extends Message['type']> = Extract<Message, {readonly type: T}>;
