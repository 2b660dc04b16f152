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
  /** Save the search to this file every so many seconds (60 unless told otherwise), and when it is stopped. */
  readonly checkpoint?: {readonly file: string; readonly everySeconds?: number};
  /** Go on from this checkpoint, of the same model with the same options. */
  readonly resume?: string;
  /** Leave out what need not be followed, where that is sound; the result says whether it was. */
  readonly reduce?: 'partial-order';
  readonly signal?: AbortSignal;
  /** Called now and then while the search runs. */
  readonly onProgress?: (progress: Progress) => void;
};
