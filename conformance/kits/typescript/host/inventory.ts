// What a primary knows of the VMs that it knows to be, or to have been, protected: spec/failover.md.

import {type Config, planOf} from './config.js';
import type {Protection, Standing, Timer, Wanted} from './wire.js';

export type Stage =
  | 'watched'
  | 'checking'
  | 'queued'
  | 'placing'
  | 'starting'
  | 'rechecking'
  | 'delayed'
  | 'lacking'
  | 'waiting'
  | 'exhausted';

/** What a primary knows of a VM. */
export type Vm = {
  readonly vm: string;
  readonly stored: boolean;
  readonly priority: number;
  value: Protection;
  generation: number;
  /** Where it is taken to run. */
  host: string | null;
  /** Failed attempts. */
  attempts: number;
  stage: Stage;
  round: number;
  timer: Timer | null;
  /** Placing: who has not answered yet, and what the others said. */
  awaited: Set<string>;
  standings: Map<string, Standing>;
  commanded: string | null;
  /** While it waits: for what, as it is registered. */
  wanted: Wanted;
  /** Whether the last attempt failed in a way that another host need not share (FO-31). */
  isHopeful: boolean;
};

/** On the wait list, or on the restart list without a place. */
export const isWaiting = ({stage}: Vm): boolean => stage === 'waiting' || stage === 'exhausted' || stage === 'lacking';

/** A VM that a primary hears of for the first time. */
export const newVm = (config: Config, vm: string, value: Protection, generation: number, attempts: number): Vm => ({
  vm,
  ...planOf(config, vm),
  value,
  generation,
  host: null,
  attempts,
  stage: 'watched',
  round: 0,
  timer: null,
  awaited: new Set(),
  standings: new Map(),
  commanded: null,
  wanted: {capacity: false, level: true},
  isHopeful: false,
});
