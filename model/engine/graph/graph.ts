import type {System} from '../../define/system.js';
import {ModelError} from '../errors.js';
import {Expander} from '../expand.js';
import {unpack} from '../layout.js';
import {BLOCK} from '../queue.js';
import type {Searched} from '../search.js';
import type {Searcher} from '../searcher.js';
import type {Effect} from '../transitions.js';
import {Recorder} from './recorder.js';

/** What a step does: which action instance takes it, with which of its outcomes. */
export type Label = {readonly instance: number; readonly effect: Effect};

/**
 * The states that a search found and the steps between them. States are numbered in the order in which they were
 * found, breadth first, the initial ones first. The steps that leave state s are numbered `leaving[s]` to before
 * `leaving[s + 1]`.
 */
export type Graph = {
  readonly states: number;
  readonly initial: number;
  /** States whose steps are known: the first so many; all of them when the search was complete. */
  readonly expanded: number;
  readonly steps: number;
  readonly leaving: Int32Array;
  /** By step: the state that it leads to; the number `states` stands for all those that a constraint excludes. */
  readonly targets: Int32Array;
  /** By step: what it does, as a number into `meanings`. */
  readonly labels: Int32Array;
  readonly meanings: readonly Label[];
  /** By state: the one that it was found from, or -1. */
  readonly parents: Int32Array;
  readonly expander: Expander<Recorder>;
  readonly searcher: Searcher;
};

const BREATHE_MS = 40;

/** Only what shapes the graph, whole states and all: nothing that it is said to satisfy. */
export const bare = (system: System): System => ({
  ...system,
  invariants: [],
  steps: [],
  quiescent: [],
  terminal: [],
  temporal: [],
  symmetries: [],
  deadlockAllowed: true,
});

/**
 * The graph of what a recording search found: goes through the states that it expanded once more, or through some of
 * them when the signal stops it. Takes eight bytes for each state generated.
 */
export const graphOf = async (
  system: System,
  {expander: searcher, generated, expanded}: Searched,
  signal?: AbortSignal,
): Promise<Graph> => {
  const {queue, parents} = searcher.store;
  const isBounded = system.constraints.length > 0;
  const expander = new Expander(
    bare(system),
    sizes => new Recorder(searcher.store, sizes, generated, isBounded),
    searcher.vector,
  );
  let breathed = performance.now();
  let done = 0;
  while (done < expanded && signal?.aborted !== true) {
    const count = Math.min(BLOCK, expanded - done);
    if (expander.run(queue.blockOf(done), 0, count, done) < count)
      throw new ModelError('a step leads to a value that the search did not find: the model is not deterministic');
    done += count;
    if (performance.now() - breathed < BREATHE_MS) continue;
    await new Promise(resolve => setImmediate(resolve));
    breathed = performance.now();
  }
  const {leaving, targets, labels, count, outcomes} = expander.store;
  for (let state = 0; state < queue.count; state++) leaving[state + 1]! += leaving[state]!;
  const {leaves} = expander.transitions;
  return {
    states: queue.count,
    initial: initialOf(parents!, queue.count),
    expanded: done,
    steps: count,
    leaving,
    targets: targets.subarray(0, count),
    labels: labels.subarray(0, count),
    meanings: outcomes.map(({leaf, outcome}) => {
      const {instance, effects} = leaves[leaf]!;
      return {instance, effect: effects[outcome]!};
    }),
    parents: parents!,
    expander,
    searcher,
  };
};

/** How many states were not found from another one; they come first. */
const initialOf = (parents: Int32Array, states: number): number => {
  let initial = 0;
  while (initial < states && parents[initial]! < 0) initial++;
  return initial;
};

/** Makes a state, given by its number, the one at hand in a recording search's vector; answers the ids of its slots. */
export const enter = ({store, vector}: Searcher, state: number): Int32Array => {
  unpack(store.layout, store.queue.blockOf(state), (state % BLOCK) * store.layout.words, vector.ids);
  vector.forget(0);
  return vector.ids.subarray(0, vector.slotCount);
};
