// What a thread is asked for, and what comes of it.

import type {Audit} from '../report/audit.js';
import type {Progress, Result} from '../report/result.js';
import type {Answer, Description, Limits, Request, Task, Texts} from './exchange.js';

/** What is known of a search while it runs. */
export type Known = {
  /** Is the model loaded? */
  readonly isDescribed: boolean;
  readonly description: Description;
  readonly options: Result['options'];
  readonly progress: Progress | null;
};

export type Work<R> = {
  /** How much memory it may hold; null for no limit. */
  readonly memoryBytes: number | null;
  readonly request: (texts: Texts) => Request;
  /** Null where an answer is not the last. */
  readonly resultIn: (answer: Answer) => R | null;
  /** The result of a search that was ended before it could report. */
  readonly cutShort: (known: Known, reason: string, seconds: number) => R;
};

/** To explore a model. */
export const checking = (task: Task): Work<Result> => ({
  memoryBytes: task.bounds.memoryBytes,
  request: texts => ({type: 'Check', texts, task}),
  resultIn: answer => (answer.type === 'Finished' ? answer.result : null),
  cutShort: ({description, options, progress}, reason, seconds) => ({
    model: description.name,
    options,
    slots: [],
    verdict: 'incomplete',
    complete: false,
    reason,
    distinct: progress?.distinct ?? 0,
    generated: progress?.generated ?? 0,
    depth: progress?.depth ?? 0,
    seconds,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    violation: null,
    coverage: {actions: [], rules: [], neverFired: {actions: [], rules: []}},
    simulation: null,
  }),
});

/** To audit its reductions. */
export const auditing = (limits: Limits): Work<Audit> => ({
  memoryBytes: limits.memoryBytes,
  request: texts => ({type: 'Audit', texts, limits}),
  resultIn: answer => (answer.type === 'Audited' ? answer.audit : null),
  cutShort: ({description, options}, reason, seconds) => ({
    model: description.name,
    options,
    verdict: 'incomplete',
    reason,
    reductions: [],
    seconds,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  }),
});
