import type {HostId, VmId} from '../../cluster/ids.js';
import type {PlaceWatches} from '../../failover/attendant.js';
import {type FailoverState, noFailover} from '../../failover/module.js';
import type {Knowledge} from '../../retrieval/module.js';
import {type Durable, restart, type State} from '../state.js';

/** What a primary keeps to restart VMs. It starts empty, and a primary that steps down forgets it. */
export type Lead = {
  readonly failover: FailoverState;
  readonly knowledge: Knowledge;
  /** Which host said last that it runs the VM, sorted by VM. */
  readonly whereabouts: readonly {readonly vm: VmId; readonly host: HostId}[];
};

export const noLead: Lead = {failover: noFailover, knowledge: [], whereabouts: []};

/** The state of one host's whole HA module. */
export type RecoveryState = {
  /** Term, role, and the parts that know of both: election, liveness, fallback. */
  readonly ha: State;
  /** Null where this host is not primary. */
  readonly lead: Lead | null;
  /** What primaries wait for on this host. */
  readonly placeWatches: PlaceWatches;
};

/** A host that starts, for the first time or again. */
export const recoveryRestart = (durable: Durable): RecoveryState => ({
  ha: restart(durable),
  lead: null,
  placeWatches: [],
});
