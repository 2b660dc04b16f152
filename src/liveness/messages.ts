import type {Term} from '../cluster/ids.js';

/** A secondary's heartbeat: the answer to each Claim, which is its primary's. */
export type LivenessMessage = {readonly type: 'Alive'; readonly term: Term};
