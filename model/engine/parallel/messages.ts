// What the coordinator and the members of a parallel search say to each other, and what they share.

import type {PropertyKind} from '../../report/result.js';
import type {Tally} from '../coverage.js';
import type {Filled, Segment} from './level.js';
import type {SharedValues} from './shared-log.js';
import type {SharedTable} from './shared-table.js';

/**
 * Where a thread finds the model: a module's export, either a model or a function that is given `argument` and
 * answers one.
 */
export type ModelSource = {readonly module: string; readonly export?: string; readonly argument?: unknown};

/** Places of the shared control words. */
export const STOP = 0;
export const CLAIMED = 1;
export const COUNT = 2;
export const CONTROL_WORDS = 3;

/** What a thread is started with: it loads the model while the search begins without it. */
export type Start = {
  readonly source: ModelSource;
  readonly choices: Readonly<Record<string, unknown>>;
  readonly thread: number;
};

/** What the threads share. */
export type Shared = {
  readonly values: SharedValues;
  readonly control: SharedArrayBuffer;
  /** By member: generated and expanded so far, for progress. */
  readonly counters: SharedArrayBuffer;
  readonly table: SharedTable;
};

export type Order =
  | {readonly type: 'Begin'; readonly shared: Shared}
  | {
      readonly type: 'Expand';
      /** The number of the level, and that of the first of which somebody may still read the states. */
      readonly depth: number;
      readonly kept: number;
      readonly level: readonly Filled[];
      readonly segments: readonly Segment[];
      readonly limit: number;
    }
  | {
      readonly type: 'Rebuild';
      readonly table: SharedTable;
      readonly from: number;
      readonly to: number;
      readonly blocks: readonly Int32Array[];
    }
  | {readonly type: 'Tell'};

export type Mishap = {readonly property: string; readonly kind: PropertyKind; readonly onStep: boolean};

export type Report =
  /** The model is loaded. */
  | {readonly type: 'Ready'}
  | {readonly type: 'Joined'}
  | {
      readonly type: 'Paused';
      readonly left: Segment | null;
      readonly outgrown: boolean;
      readonly stuck: boolean;
      readonly found: readonly Filled[];
      readonly mishaps: readonly Mishap[];
    }
  | {readonly type: 'Rebuilt'; readonly blocks: readonly Int32Array[]; readonly stuck: boolean}
  | {readonly type: 'Told'; readonly tally: Tally; readonly generated: number}
  | {readonly type: 'Broken'; readonly message: string};
