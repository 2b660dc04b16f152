// How long each timer runs. The protocol never looks at it: it only has to be longer than a message takes there
// and back.

import {match, P} from 'ts-pattern';
import {delayBefore, type FailoverConfig} from '../failover/config.js';
import type {HostTimer} from './events.js';

/** In milliseconds. */
export type Durations = {
  /** Between two heartbeats of the primary. */
  readonly heartbeat: number;
  /** How long a host may be silent before it is looked at. */
  readonly host: number;
  /** How long a secondary waits for its primary. */
  readonly silence: number;
  readonly election: number;
  readonly isolation: number;
  /** How long the fallback waits for one answer. */
  readonly fallback: number;
  /** How long a primary waits for the hosts that it has asked for a place. */
  readonly placing: number;
  /** How long it waits for the host that it has commanded: longer than a power-on takes. */
  readonly starting: number;
  /** How long a VM waits for a place before its primary registers with the hosts again. */
  readonly waiting: number;
  readonly retrieval: number;
  /** How long a VM may be stalled before it is ended. */
  readonly ghost: number;
  /** How long a component may be absent before its votes are given up. */
  readonly absence: number;
};

/**
 * Heartbeats each second, failure after ten and a probe, an hour for an absent component: as the product documents
 * them. The others are our own choice.
 */
export const DURATIONS: Durations = {
  heartbeat: 1_000,
  host: 10_000,
  silence: 10_000,
  election: 5_000,
  isolation: 5_000,
  fallback: 5_000,
  placing: 5_000,
  starting: 120_000,
  waiting: 30_000,
  retrieval: 60_000,
  ghost: 30_000,
  absence: 3_600_000,
};

/** How long this timer runs, in milliseconds. The delays before attempts follow the schedule of the configuration. */
export const durationOf = (durations: Durations, config: Pick<FailoverConfig, 'schedule'>, timer: HostTimer): number =>
  match(timer)
    .with({type: 'Heartbeat'}, () => durations.heartbeat)
    .with({type: 'Host'}, () => durations.host)
    .with({type: 'Silence'}, () => durations.silence)
    .with({type: 'Election'}, () => durations.election)
    .with({type: 'Isolation'}, () => durations.isolation)
    .with({type: 'Fallback'}, () => durations.fallback)
    .with({type: 'Retrieval'}, () => durations.retrieval)
    .with({type: 'Ghost'}, () => durations.ghost)
    .with({type: 'Absence'}, () => durations.absence)
    .with({type: 'Failover', stage: 'delayed'}, ({attempt}) => delayBefore(config, attempt) * 60_000)
    .with({type: 'Failover', stage: P.union('placing', 'starting')}, ({stage}) => durations[stage])
    .with({type: 'Failover', stage: P.union('lacking', 'waiting', 'exhausted')}, () => durations.waiting)
    .exhaustive();
