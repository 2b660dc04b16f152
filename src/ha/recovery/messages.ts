// What whole HA modules say to each other: all that their parts do, and how the VMs of a host fare.

import type {Term, VmId} from '../../cluster/ids.js';
import type {VmReport} from '../../failover/events.js';
import type {FailoverMessage, Standing} from '../../failover/messages.js';
import type {RetrievalMessage} from '../../retrieval/messages.js';
import type {Message} from '../messages.js';

/** A host tells its primary how one VM fares there, with every heartbeat. */
export type VmStatus = {readonly type: 'VmStatus'; readonly term: Term; readonly vm: VmId; readonly report: VmReport};

/** Only where places are published: a host tells its primary how one VM stands there. */
export type PlacePublished = {
  readonly type: 'PlacePublished';
  readonly term: Term;
  readonly vm: VmId;
  readonly standing: Standing;
};

/** What HA modules say to each other about retrieval and failover. */
export type RecoveryMessage = Message | FailoverMessage | RetrievalMessage | VmStatus | PlacePublished;
