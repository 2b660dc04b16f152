// What the coordinator and the threads of a parallel search say to each other, and the numbers that they share.

import type {PropertyKind} from '../../report/result.js';
import type {Tally} from '../coverage.js';
import type {Layout} from '../layout.js';
import type {SharedValues} from './shared-log.js';

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

/** States of one block that are expanded together. */
export type Segment = {readonly block: number; readonly from: number; readonly to: number};

export type SharedTable = {
  readonly layout: Layout;
  readonly log: number;
  readonly buffer: SharedArrayBuffer;
  readonly isCompact: boolean;
};

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
  /** By thread: generated and expanded so far, for progress. */
  readonly counters: SharedArrayBuffer;
  readonly table: SharedTable;
};

export type Order =
  | {readonly type: 'Begin'; readonly shared: Shared}
  | {
      readonly type: 'Expand';
      readonly blocks: readonly Int32Array[];
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

/** New states, packed; only the first `count` places of the block are filled. */
export type Filled = {readonly block: Int32Array; readonly count: number};

export type Report =
  | {readonly type: 'Ready'}
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
