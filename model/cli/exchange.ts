// What the main thread and the thread that searches say to each other. The main thread stays free for signals and
// progress, so that even a model that never returns can be interrupted.

import type {Audit} from '../report/audit.js';
import type {Progress, Result} from '../report/result.js';
import type {GraphFormat, Output} from './outputs.js';

/** Where a model comes from. */
export type Source = {readonly type: 'BuiltIn'; readonly name: string} | {readonly type: 'File'; readonly path: string};

/** An option of a model, without its parser: that stays with the model. */
export type OptionDescription = {
  readonly key: string;
  readonly kind: 'integer' | 'choice' | 'flag' | 'list';
  readonly about: string;
  readonly default: unknown;
  readonly values: readonly string[];
  readonly min: number | null;
  readonly max: number | null;
};

export type Description = {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionDescription[];
};

/** How far a simulation goes, and what its chance comes from; null where nothing was said. */
export type Walks = {
  readonly seed: number | null;
  readonly runs: number | null;
  readonly steps: number | null;
  readonly seconds: number | null;
};

/** Where a search must stop although states are left; null means nowhere. */
export type Limits = {
  readonly depth: number | null;
  readonly states: number | null;
  readonly memoryBytes: number | null;
};

/** Where a search must stop, how many threads search, and what they leave out. */
export type Bounds = Limits & {
  readonly workers: number;
  /** Are orders of independent steps left out? */
  readonly isReduced: boolean;
  /** Null for a search. */
  readonly walks: Walks | null;
};

/** Where a search is kept, and every how many seconds; and from where it goes on. Null where it is not, or does not. */
export type Keeping = {
  readonly checkpoint: string | null;
  readonly everySeconds: number | null;
  readonly resume: string | null;
};

/** The file for the graph of all states, and how many there may be. */
export type GraphOutput = Output<GraphFormat> & {readonly states: number};

/** What a search is to do. */
export type Task = {readonly bounds: Bounds; readonly keeping: Keeping; readonly graph: GraphOutput | null};

/** What was said for each option, by its key. */
export type Texts = Readonly<Record<string, string>>;

export type Request =
  | {readonly type: 'Load'; readonly source: Source}
  | {readonly type: 'Check'; readonly texts: Texts; readonly task: Task}
  | {readonly type: 'Audit'; readonly texts: Texts; readonly limits: Limits}
  | {readonly type: 'Abort'};

export type Answer =
  | {readonly type: 'Described'; readonly description: Description}
  | {readonly type: 'Started'; readonly options: Result['options']}
  | {readonly type: 'Progressed'; readonly progress: Progress}
  /** It has heard of the interruption and keeps what it has. */
  | {readonly type: 'Keeping'}
  | {readonly type: 'Finished'; readonly result: Result}
  | {readonly type: 'Audited'; readonly audit: Audit}
  /** Bad usage or a broken model. `detail` is for those who debug. */
  | {readonly type: 'Refused'; readonly line: string; readonly detail: string};
