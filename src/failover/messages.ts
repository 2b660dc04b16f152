// What HA modules say to each other about restarts. Each message is about one VM; a list in the patents is a batch. A
// primary is a host like any other: what it asks of its own host it sends to itself.

import type {HostId} from '../cluster/ids.js';
import type {RequestId} from '../cluster/request.js';
import type {PowerOnResult} from '../runtime/events.js';

/** What a host says of one VM, at one moment. */
export type Standing = {
  /** Whether the objects that failover asks about can be accessed from this host. */
  readonly accessible: boolean;
  /** Whether this host has room for the VM. */
  readonly capacity: boolean;
  /** Who holds the VM's lock and renews it, as far as this host's storage module can see the lock; else null. */
  readonly holder: HostId | null;
};

/** What a registration waits for. */
export type Wanted = {
  /** Whether room is waited for as well as access. */
  readonly capacity: boolean;
  /** Whether a host that can be used already says so at once, or only one that becomes usable. */
  readonly level: boolean;
};

/**
 * What HA modules say to each other about restarts. Each message names a round of the primary: a search for a place,
 * the command that follows from it, and the registrations where that comes to nothing. `attempt` counts the failed
 * power-ons since the last change for the better, from 0.
 */
export type FailoverMessage =
  | (RequestId & {readonly type: 'PlaceQuery'})
  | (RequestId & {readonly type: 'PlaceAnswer'; readonly standing: Standing})
  | (RequestId & {readonly type: 'RestartCommand'; readonly attempt: number})
  | (RequestId & {readonly type: 'RestartResult'; readonly result: PowerOnResult})
  | (RequestId & {readonly type: 'PlaceRegister'; readonly wanted: Wanted})
  | (RequestId & {readonly type: 'BecamePlaceable'});

/** A message of failover of one type. */
export type FailoverMessageOf<T extends FailoverMessage['type']> = Extract<FailoverMessage, {readonly type: T}>;
