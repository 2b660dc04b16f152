import type {HostId, VmId} from '../cluster/ids.js';
import {countProblems, hostListProblems, judged, type Validation} from '../cluster/validation.js';
import type {Repairs} from '../profile/repairs.js';
import type {Scope} from '../storage/accessibility.js';

/** What failover has to know of a VM before it fails. */
export type Plan = {
  readonly vm: VmId;
  /** Whether its configuration file is in the object store. Its disks may lie elsewhere. */
  readonly stored: boolean;
  /** VMs with a higher number are started first. */
  readonly priority: number;
};

/**
 * How a primary finds a host for a VM: it asks all that are up, goes by what they publish of themselves, or just tries
 * one after another.
 */
export type Placement = 'ask' | 'publish' | 'try';

/** Fixed for the life of a host. */
export type FailoverConfig = {
  readonly self: HostId;
  /** Every host of the cluster, sorted. */
  readonly hosts: readonly HostId[];
  readonly repairs: Repairs;
  /** Sorted by VM. */
  readonly plans: readonly Plan[];
  readonly placement: Placement;
  /** Whether a VM counts as accessible where all its objects are, or where its namespace object is. */
  readonly scope: Scope;
  /** When each attempt is due, in minutes after the failure, rising from 0. As many attempts as there are numbers. */
  readonly schedule: readonly number[];
  /** How many VMs the primary places and starts at the same time. */
  readonly concurrency: number;
};

/** Attempts at 0, 2, 6, 14 and 30 minutes, and at most 32 power-ons at a time: what the product does. */
export const SCHEDULE: readonly number[] = [0, 2, 6, 14, 30];

/** How many power-ons the product has under way at a time. */
export const CONCURRENCY = 32;

/** Minutes to wait before the attempt of this number, after the one before it failed. */
export const delayBefore = ({schedule}: Pick<FailoverConfig, 'schedule'>, attempt: number): number =>
  (schedule[attempt] ?? 0) - (schedule[attempt - 1] ?? 0);

/** Doubts the values of failover's configuration; all problems are named at once. */
export const validateFailover = (config: FailoverConfig): Validation<FailoverConfig> => {
  const {self, hosts, plans, schedule, concurrency} = config;
  return judged(config, [
    ...hostListProblems(self, hosts),
    ...(schedule.length > 0 ? [] : [{field: 'schedule', reason: 'has no attempt'}]),
    ...schedule.flatMap((minutes, index) => {
      const before = schedule[index - 1];
      const rises = before === undefined ? minutes === 0 : minutes > before;
      return rises ? [] : [{field: `schedule[${index}]`, reason: `is ${minutes}: attempts begin at 0 and rise`}];
    }),
    ...countProblems('concurrency', concurrency, 1),
    ...plans.flatMap(({vm, priority}, index) => {
      const field = `plans[${index}]`;
      const before = plans[index - 1];
      return [
        ...(before === undefined || before.vm < vm
          ? []
          : [{field: `${field}.vm`, reason: `${vm} must come after ${before.vm}: VMs are sorted and named once`}]),
        ...(Number.isSafeInteger(priority)
          ? []
          : [{field: `${field}.priority`, reason: `is ${priority}: must be an integer`}]),
      ];
    }),
  ]);
};
