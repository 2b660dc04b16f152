// What HA modules say to each other about protection states that are to be read back (US 10,417,032).

import type {Term} from '../cluster/ids.js';
import type {Retrieval} from '../failover/events.js';

/** What HA modules say to each other about reading protection states back. */
export type RetrievalMessage =
  /** Call GET on your host, and tell me what it says. */
  | {readonly type: 'Retrieve'; readonly term: Term}
  /** What GET said on the sender's host: one entry for each VM that is accessible there, sorted by VM. */
  | {readonly type: 'Retrieved'; readonly term: Term; readonly retrievals: readonly Retrieval[]};
