import type {Progress} from '../report/result.js';
import type {ModelSource} from './parallel/messages.js';

/** Where a search must stop although states are left. Whatever stops it makes the verdict `incomplete`. */
export type CheckLimits = {
  /** Stop when this many levels have been expanded. */
  readonly depth?: number;
  /** Stop when more than this many distinct states have been found. */
  readonly states?: number;
  /** Stop before the process holds more memory than this. */
  readonly memoryBytes?: number;
  /** How many threads search; 1 unless told otherwise. More need to be told where the model is. */
  readonly workers?: number;
  /** Where each thread finds the model. */
  readonly source?: ModelSource;
  readonly signal?: AbortSignal;
  /** Called now and then while the search runs. */
  readonly onProgress?: (progress: Progress) => void;
};
