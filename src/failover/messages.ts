// What HA modules say to each other about restarts. Each message is about one VM; a list in the patents is a batch. A
// primary is a host like any other: what it asks of its own host it sends to itself.

import type {Generation, HostId, Term, VmId} from '../cluster/ids.js';
import type {PowerOnResult} from '../runtime/events.js';

/** Names one attempt at a restart. An answer echoes it. */
export type AttemptId = {
  readonly term: Term;
  readonly vm: VmId;
  /** Of the protection state under which the VM is to be restarted. */
  readonly generation: Generation;
  /** Counts the failed power-ons since the last change for the better, from 0. */
  readonly attempt: number;
};

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

/** What HA modules say to each other about restarts; each message names one attempt. */
export type FailoverMessage =
  | (AttemptId & {readonly type: 'PlaceQuery'})
  | (AttemptId & {readonly type: 'PlaceAnswer'; readonly standing: Standing})
  | (AttemptId & {readonly type: 'RestartCommand'})
  | (AttemptId & {readonly type: 'RestartResult'; readonly result: PowerOnResult})
  | (AttemptId & {readonly type: 'PlaceRegister'; readonly wanted: Wanted})
  | (AttemptId & {readonly type: 'BecamePlaceable'});

/** A message of failover of one type. */
export type FailoverMessageOf<T extends FailoverMessage['type']> = Extract<FailoverMessage, {readonly type: T}>;
