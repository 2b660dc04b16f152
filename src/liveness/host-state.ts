import {match, P} from 'ts-pattern';
import type {HostId} from '../cluster/ids.js';

/** What a primary takes another host to be. It may be wrong: nobody can tell a silent host from one that failed. */
export type HostState = 'running' | 'unreachable' | 'isolated' | 'partitioned' | 'failed';

/** A host that the primary does not hear. */
export type SilentHost = {readonly host: HostId; readonly state: Exclude<HostState, 'running'>};

/**
 * What a host that is silent has written into the heartbeat datastores of late: that it is isolated, that it is well,
 * or nothing. Where all storage is in the object store there are no such datastores, and it is always nothing.
 */
export type DatastoreHeartbeat = 'isolated' | 'well' | 'none';

/** What a look at a silent host has shown. */
export type Probe = {readonly ping: boolean; readonly heartbeat: DatastoreHeartbeat};

/** What to make of it, and by which rule. */
export const classify = (probe: Probe) =>
  match(probe)
    .with({ping: true}, () => ({state: 'unreachable', rule: 'LV-05'}) as const)
    .with({heartbeat: 'isolated'}, () => ({state: 'isolated', rule: 'LV-06'}) as const)
    .with({heartbeat: 'well'}, () => ({state: 'partitioned', rule: 'LV-07'}) as const)
    .with({ping: false, heartbeat: P.union('none')}, () => ({state: 'failed', rule: 'LV-08'}) as const)
    .exhaustive();
