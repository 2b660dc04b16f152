import type {Progress} from '../report/result.js';

/** Where a search must stop although states are left. Whatever stops it makes the verdict `incomplete`. */
export type CheckLimits = {
  /** Stop when this many levels have been expanded. */
  readonly depth?: number;
  /** Stop when more than this many distinct states have been found. */
  readonly states?: number;
  /** Stop before the process holds more memory than this. */
  readonly memoryBytes?: number;
  readonly signal?: AbortSignal;
  /** Called now and then while the search runs. */
  readonly onProgress?: (progress: Progress) => void;
};
