import type {Term} from '../cluster/ids.js';

/** A host stands for election. */
export type ElectionMessage = {readonly type: 'Candidacy'; readonly term: Term; readonly datastores: number};
