import type {Model} from '../../define/model.js';
import {chosen, type Options} from '../../define/options.js';
import {duration} from '../../report/numbers.js';
import type {Result, Simulation} from '../../report/result.js';
import {coverageOf} from '../coverage.js';
import {slotsOf, systemOf} from '../system.js';
import {generatorOf} from './generator.js';
import type {SimulationLimits} from './limits.js';
import {startsOf} from './starts.js';
import {reasonOf, violationOf} from './telling.js';
import {Walker} from './walker.js';

/** Steps between two looks at the clock. */
const SLICE = 1024;
const BREATHE_MS = 40;

/** See `simulate` in on-demand.ts. */
export const simulate = async <O extends Options>(
  model: Model<O>,
  choices: Readonly<Record<string, unknown>> = {},
  limits: SimulationLimits = {},
): Promise<Result> => {
  const started = performance.now();
  const {seed = Math.floor(Math.random() * 2 ** 32), steps = 100, seconds = Number.POSITIVE_INFINITY} = limits;
  const {runs: most = limits.seconds === undefined ? 1000 : Number.POSITIVE_INFINITY, memoryBytes = 2 ** 30} = limits;
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`a seed is a whole number from 0, not ${seed}`);
  if (!(most >= 1 && steps >= 0 && seconds >= 0)) throw new RangeError('runs, steps and seconds cannot be negative');

  const system = systemOf(model, choices);
  const walker = new Walker(system, memoryBytes);
  const {expander, moves} = walker;
  const {store, successors, vector, properties} = expander;
  const starts = startsOf(system, vector);
  let [runs, depth] = [0, 0];
  let cut: string | null = null;

  let untilLook = SLICE;
  let breathed = started;
  const breathe = async (): Promise<void> => {
    untilLook = SLICE;
    const now = performance.now();
    if (now - started >= seconds * 1000) cut = `ended after ${duration(seconds)}`;
    if (limits.states !== undefined && store.distinct > limits.states) cut = `stopped at ${limits.states} states`;
    if (now - breathed < BREATHE_MS) return;
    breathed = now;
    limits.onProgress?.({
      distinct: store.distinct,
      generated: runs + moves.total,
      queue: 0,
      depth,
      seconds: (now - started) / 1000,
      memoryBytes: process.memoryUsage.rss(),
    });
    await new Promise(resolve => setImmediate(resolve));
    if (limits.signal?.aborted === true) cut = 'interrupted';
  };

  /** The walk at hand: where it began, and its moves; the last may be the one that failed. */
  let start: Int32Array = new Int32Array(0);
  const path: number[] = [];

  for (; runs < most && cut === null && properties.failures.length === 0; runs++) {
    if ((runs & (runs - 1)) === 0) vector.tracer.recall();
    const random = generatorOf(seed, runs);
    path.length = 0;
    const isWithin = walker.begin(starts(random));
    start = walker.after;
    if (!isWithin) continue;
    walker.enter(0);
    while (properties.failures.length === 0) {
      if (--untilLook <= 0) await breathe();
      walker.look();
      walker.rest();
      if (cut !== null || path.length === steps || properties.failures.length > 0) break;
      const move = walker.draw(random);
      if (move === 0) break;
      path.push(move);
      if (properties.failures.length === 0) walker.enter(move);
    }
    depth = Math.max(depth, path.length + 1);
    if (--untilLook <= 0) await breathe();
  }
  successors.flush();
  vector.tracer.recall();

  const [failure] = properties.failures;
  const simulation: Simulation = {seed, runs, steps, unseen: store.unseen, isCounted: !store.isFull};
  return {
    model: model.name,
    options: chosen(model.options, choices),
    slots: slotsOf(system),
    verdict: failure === undefined ? 'incomplete' : 'violated',
    complete: false,
    reason: reasonOf(system, simulation, cut),
    distinct: store.distinct,
    generated: runs + moves.total,
    depth,
    seconds: (performance.now() - started) / 1000,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    violation: failure === undefined ? null : violationOf(system, walker, failure, start, path),
    coverage: coverageOf(system, [moves.tally(system, successors.fresh)]),
    simulation,
  };
};
