import type {Generation, HostId, Round, Term, VmId} from '../cluster/ids.js';
import type {Scope} from '../storage/accessibility.js';

/** What a secondary keeps of a registration: which primary to tell when its own host can access the VM. */
export type Watch = {
  readonly vm: VmId;
  readonly primary: HostId;
  readonly term: Term;
  readonly generation: Generation;
  readonly round: Round;
  readonly scope: Scope;
};
