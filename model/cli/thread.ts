// Threads that search. The first is started before anything else is read, because starting takes a while.

import {totalmem} from 'node:os';
import {Worker} from 'node:worker_threads';

/** A search may fill most of what there is; Node's own limit for a heap is a fraction of that. */
const heapMegabytes = (): number => {
  const constrained = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  return Math.floor((0.75 * Math.min(totalmem(), constrained)) / 2 ** 20);
};

const started = (): Worker => {
  const thread = new Worker(new URL('./worker.js', import.meta.url), {
    stdout: true, // what a model prints must not mix with the report
    resourceLimits: {maxOldGenerationSizeMb: heapMegabytes()},
  });
  thread.unref();
  return thread;
};

const spare: Worker[] = [];

/** Starts a thread that the next search will take. */
export const prepare = (): void => {
  spare.push(started());
};

/** A thread for one search. It keeps the process alive until it is terminated. */
export const take = (): Worker => {
  const thread = spare.pop() ?? started();
  thread.ref();
  thread.stdout.pipe(process.stderr, {end: false});
  return thread;
};
