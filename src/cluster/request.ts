import type {Generation, Round, Term, VmId} from './ids.js';

/**
 * Names a request that a primary makes about one VM, and never makes again; an answer echoes it. `generation` is the
 * platform's, `round` counts what the primary has begun anew.
 */
export type RequestId = {
  readonly term: Term;
  readonly vm: VmId;
  readonly generation: Generation;
  readonly round: Round;
};
