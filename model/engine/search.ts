import type {System} from '../define/system.js';
import type {Snapshot} from './checkpoint/file.js';
import {type Keeper, NOT_KEPT, type Resumed} from './checkpoint/keeper.js';
import {type Tally, tallyOf} from './coverage.js';
import {checkEquivariance} from './equivariance.js';
import {isOutOfMemory, ModelError} from './errors.js';
import {Expander} from './expand.js';
import {combinations} from './initial.js';
import {unpack} from './layout.js';
import type {CheckLimits} from './limits.js';
import type {Mishap} from './parallel/messages.js';
import type {Plan} from './por/plan.js';
import {BLOCK} from './queue.js';
import type {Searcher} from './searcher.js';
import {Store} from './store.js';

/** How a search ended. */
export type Found = {
  readonly distinct: number;
  readonly generated: number;
  /** Levels that were expanded; for a complete search the depth of the state space, in states. */
  readonly depth: number;
  /** Why states were left unexpanded, or null when none was. */
  readonly cut: string | null;
  /** Of the level in which a property failed first; empty when none did. */
  readonly failures: readonly Mishap[];
  readonly tallies: readonly Tally[];
  /** What the visited states, the queue and the predecessors took at most, in bytes. */
  readonly tableBytes: number;
};

/** A sequential search: what it found, and the expander that holds it. */
export type Searched = Found & {
  readonly expander: Searcher;
  /** States all of whose successors were found: the first so many. */
  readonly expanded: number;
  /** The first so many states are initial ones. */
  readonly initial: number;
};

/**
 * Where a sequential search stands: of the queue `expanded` states are done, those before number `end` are what is
 * left of the level, the others the next one so far.
 */
export type Standing = {
  readonly expander: Searcher;
  readonly expanded: number;
  readonly end: number;
  readonly depth: number;
  readonly started: number;
  readonly isKeeping: boolean;
  readonly initial: number;
  /** What was found before the checkpoint that it went on from. */
  readonly resumed: Resumed;
};

type Manner = {
  /** Keep every state in the order in which they were found? */
  readonly keeping?: boolean;
  /** Keep every state, and its predecessor? */
  readonly recording?: boolean;
  /** Asked now and then: is what was looked for found? */
  readonly isEnough?: (expander: Searcher) => boolean;
  /** How to leave out what need not be followed; null for a search in full. */
  readonly plan?: Plan | null;
};

/** Asked now and then: who goes on from here, if not this search? `soon`: those who will are on their way. */
export type HandOver = (standing: Standing) => Promise<Found> | 'soon' | null;

/** States between two looks at the clock: few at first, and while the model is slow to answer. */
const FIRST_SLICE = 16;
const MAX_SLICE = 2048;
/** So many of the first states are all compared with themselves under symmetry; one of each slice later on. */
const FEW_STATES = 64;
/** Milliseconds between two looks at the limits and the signal. */
const BREATHE_MS = 100;
/** The same while others are on their way, who are heard of at such a look. */
const BREATHE_SOON_MS = 10;

/** The ids of the state with this number. */
export const stateAt = ({store, successors, vector}: Searcher, number: number): Int32Array => {
  const ids = new Int32Array(vector.slotCount);
  const {layout} = successors;
  unpack(layout, store.queue.blockOf(number), (number % BLOCK) * layout.words, ids);
  return ids;
};

/**
 * Queues the initial states that meet the assumptions. Combinations may be many and such states few: `breathe` is told
 * now and then what share of them was looked at, and says why to stop. Answers why it stopped, or null.
 */
const begin = async (
  system: System,
  expander: Searcher,
  breathe: (share: number) => Promise<string | null>,
): Promise<string | null> => {
  const all = system.slots.reduce((product, {initial}) => product * initial.length, 1);
  let looked = 0;
  for (const initial of combinations(system, expander.vector)) {
    if (++looked % MAX_SLICE === 0) {
      const cut = await breathe(Math.min(1, looked / all));
      if (cut !== null) return cut;
    }
    while (initial !== null && !expander.begin(initial)) {
      expander.successors.flush();
      expander.store.relay();
    }
  }
  expander.successors.flush();
  if (expander.generated === 0) throw new ModelError('it has no initial state');
  return null;
};

/**
 * Breadth-first search, level by level. A level in which a property fails is finished, so that the counts do not
 * depend on the order of expansion; then the search ends. It breathes now and then, so that signals and progress come
 * through.
 */
export const search = (system: System, limits: CheckLimits, manner: Manner): Promise<Searched> =>
  run(system, limits, manner, NOT_KEPT, () => null);

/** As `search`, until `handOver` lets others go on; `keeper` saves it, and brings it back. */
export const searchUntil = (
  system: System,
  limits: CheckLimits,
  manner: Manner,
  keeper: Keeper,
  handOver: HandOver,
): Promise<Searched> => run(system, limits, manner, keeper, handOver);

const run = async (
  system: System,
  limits: CheckLimits,
  {recording = false, keeping = false, isEnough, plan = null}: Manner,
  keeper: Keeper,
  handOver: HandOver,
): Promise<Searched> => {
  const expander = new Expander(system, successors => new Store(successors, recording));
  const {store, properties} = expander;
  const runner = plan === null ? expander : new (await import('./por/reducer.js')).Reducer(expander, plan);
  const started = performance.now();
  const resumed = keeper.resume(expander, keeping);
  let breathed = started;
  let slices = 0;
  let slice = FIRST_SLICE;
  let tableBytes = 0;
  let growthAsked = 0;
  let {depth, expanded, end, initial} = resumed;
  const found = (cut: string | null): Searched => ({
    expander,
    expanded,
    initial,
    distinct: store.visited.count,
    generated: resumed.generated + expander.generated,
    depth,
    cut,
    failures: [
      ...resumed.failures,
      ...properties.failures.map(({property, kind, successor}) => ({property, kind, onStep: successor !== null})),
    ],
    tallies: [...resumed.tallies, tallyOf(system, expander)],
    tableBytes: Math.max(tableBytes, store.bytes),
  });
  /** Does the process stay within its memory with so many bytes more? */
  const hasRoomFor = (bytes: number): boolean =>
    limits.memoryBytes === undefined || process.memoryUsage.rss() + bytes <= limits.memoryBytes;
  const tell = (activity?: string): void => {
    breathed = performance.now();
    limits.onProgress?.({
      distinct: store.visited.count,
      generated: resumed.generated + expander.generated,
      queue: store.queue.count - expanded,
      depth,
      seconds: (breathed - started) / 1000,
      memoryBytes: process.memoryUsage.rss(),
      ...(activity === undefined ? {} : {activity}),
    });
  };
  const complete = (): Searched => {
    expander.vector.tracer.recall();
    return found(null);
  };
  const save = (): void => keeper.save(() => snapshotOf(expander, end, found(null), keeping));
  const stop = (cut: string): Searched => {
    save();
    return found(cut);
  };
  if (!resumed.isUnderWay) {
    const cut = await begin(system, expander, async share => {
      if (performance.now() - breathed < BREATHE_MS) return null;
      tell(`initial states: ${Math.floor(100 * share)} %`);
      await new Promise(resolve => setImmediate(resolve));
      return limits.signal?.aborted === true ? 'interrupted' : null;
    });
    if (cut !== null) return found(cut);
    initial = store.queue.count;
  }
  for (;;) {
    if (expanded === end) {
      if (resumed.failures.length + properties.failures.length > 0) return complete();
      if (end === store.queue.count) {
        // Those who want every state have more to do with them, which may be interrupted.
        if (keeping) save();
        return complete();
      }
      if (limits.depth !== undefined && depth >= limits.depth) return stop(`stopped at depth ${depth}`);
      depth++;
      end = store.queue.count;
    }
    const handed = handOver({expander, expanded, end, depth, started, isKeeping: keeping, initial, resumed});
    if (handed !== null && handed !== 'soon') {
      const together = await handed;
      expanded = end = store.queue.count;
      const searched: Searched = {...together, expander, expanded, initial};
      const {cut, failures} = together;
      if (keeping && cut === null && failures.length === 0) {
        keeper.save(() => snapshotOf(expander, end, searched, keeping));
      }
      return searched;
    }
    const began = performance.now();
    const from = expanded % BLOCK;
    const to = Math.min(BLOCK, from + Math.min(slice, end - expanded));
    if ((slices & (slices - 1)) === 0) expander.vector.tracer.recall();
    if (slices < 32 || slices % 64 === 0) {
      const looked = expander.symmetry.isDeclared ? (expanded < FEW_STATES ? to - from : 1) : 0;
      for (let n = expanded; n < expanded + looked; n++) checkEquivariance(expander, stateAt(expander, n));
    }
    slices++;
    try {
      const done = runner.run(store.queue.blockOf(expanded), from, to, expanded, store.queue.asleepIn(expanded));
      expanded += done - from;
      if (done < to) {
        if (!hasRoomFor(store.bytes)) return stop('out of memory');
        store.relay();
      }
    } catch (error) {
      if (isOutOfMemory(error)) return found('out of memory');
      throw error;
    }
    tableBytes = Math.max(tableBytes, store.bytes);
    if (!recording && !keeping) store.queue.release(expanded);
    if (isEnough?.(expander) === true) return found('enough was found');
    if (limits.states !== undefined && store.visited.count > limits.states) {
      return stop(`stopped at ${limits.states} states`);
    }
    const now = performance.now();
    slice = now - began < BREATHE_MS / 4 ? Math.min(MAX_SLICE, slice * 2) : Math.max(1, slice >> 1);
    const {growthBytes} = store.visited;
    const isTight = limits.memoryBytes !== undefined && growthBytes > growthAsked;
    if (now - breathed < (handed === 'soon' ? BREATHE_SOON_MS : BREATHE_MS) && !isTight) continue;
    growthAsked = growthBytes;
    tell();
    await new Promise(resolve => setImmediate(resolve));
    if (limits.signal?.aborted === true) return stop('interrupted');
    if (!hasRoomFor(growthBytes)) return stop('out of memory');
    if (keeper.isDue(now)) save();
  }
};

const snapshotOf = (
  {store, successors, vector}: Searcher,
  end: number,
  {depth, generated, failures, tallies, expanded, initial}: Searched,
  isKeeping: boolean,
): Omit<Snapshot, 'seconds'> => ({
  depth,
  generated,
  failures,
  tallies,
  initial,
  words: successors.layout.words,
  bits: [...successors.layout.bits],
  texts: vector.packedSorts.map(sort => (sort === null ? null : [...sort.texts])),
  level: store.queue.blocks(expanded, end),
  next: store.queue.blocks(end, store.queue.count),
  visited: isKeeping ? store.queue.blocks(0, store.queue.count) : store.visited.blocks(),
});
