import {Worker} from 'node:worker_threads';
import {ModelError} from '../errors.js';
import type {CheckLimits} from '../limits.js';
import type {Order, Report, Start} from './messages.js';

/** Starts a thread. Run from the sources, it needs a loader of its own: threads do not inherit tsx's. */
const threadOf = (start: Start): Worker => {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./thread.js', import.meta.url), {workerData: start});
  }
  const entry = JSON.stringify(new URL('./thread.ts', import.meta.url).href);
  const code = `import('tsx/esm/api').then(({register}) => { register(); return import(${entry}); })`;
  return new Worker(code, {eval: true, workerData: start});
};

/** A member of the crew as a partner in conversation: one order, one report. */
export type Partner = {
  readonly ask: <T extends Report['type']>(order: Order, type: T) => Promise<Extract<Report, {type: T}>>;
};

/** A partner in another thread. */
export class Thread implements Partner {
  readonly #worker: Worker;
  /** Settles when the thread has loaded the model, or is broken; never rejects: the next order will. */
  readonly loaded: Promise<void>;
  isLoaded = false;
  #waiting: {readonly hear: (report: Report) => void; readonly fail: (error: Error) => void} | null = null;
  #broken: Error | null = null;

  constructor(start: Start) {
    this.#worker = threadOf(start);
    this.#worker.on('message', (report: Report) =>
      report.type === 'Broken' ? this.#fail(new ModelError(report.message)) : this.#hear(report),
    );
    this.#worker.on('error', error => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new ModelError('it ended a thread of the search')));
    const settle = (): void => {
      this.isLoaded = true;
    };
    this.loaded = this.#next('Ready').then(settle, settle);
  }

  #hear(report: Report): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.hear(report);
  }

  /** Whoever is broken once stays so. */
  #fail(error: Error): void {
    this.#broken ??= error;
    this.#waiting?.fail(this.#broken);
    this.#waiting = null;
  }

  /** The next report, which is to be of this type. */
  #next<T extends Report['type']>(type: T): Promise<Extract<Report, {type: T}>> {
    return new Promise((resolve, fail) => {
      const hear = (report: Report): void =>
        report.type === type
          ? resolve(report as Extract<Report, {type: T}>)
          : fail(new Error(`a thread answered ${report.type} instead of ${type}`));
      if (this.#broken !== null) fail(this.#broken);
      else this.#waiting = {hear, fail};
    });
  }

  ask<T extends Report['type']>(order: Order, type: T): Promise<Extract<Report, {type: T}>> {
    const answer = this.#next(type);
    this.#worker.postMessage(order);
    return answer;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** The threads that the limits ask for, besides the one that asks; none for a search by one alone. */
export const recruited = (
  {workers = 1, source}: CheckLimits,
  choices: Readonly<Record<string, unknown>>,
): readonly Thread[] => {
  if (!Number.isInteger(workers) || workers < 1)
    throw new RangeError(`workers is a whole number from 1, not ${workers}`);
  if (workers === 1) return [];
  if (source === undefined) throw new RangeError('several workers need to be told where the model is: limits.source');
  return Array.from({length: workers - 1}, (_, thread) => new Thread({source, choices, thread}));
};
