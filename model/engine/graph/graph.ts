import type {System} from '../../define/system.js';
import {ModelError} from '../errors.js';
import {Expander} from '../expand.js';
import {unpack} from '../layout.js';
import {BLOCK} from '../queue.js';
import type {Searched} from '../search.js';
import type {Searcher} from '../searcher.js';
import type {Labels} from './labels.js';
import {type Pace, Stopped} from './pace.js';
import {type Notes, Recorder} from './recorder.js';

/**
 * The states that a search found and the steps between them. States are numbered in the order in which they were
 * found, breadth first, the initial ones first. The steps that leave state s are numbered `leaving[s]` to before
 * `leaving[s + 1]`.
 */
export type Graph = {
  readonly states: number;
  readonly initial: number;
  /** States whose steps are known: the first so many. */
  readonly expanded: number;
  readonly steps: number;
  readonly leaving: Int32Array;
  /** By step: the state that it leads to; the number `states` stands for all those that a constraint excludes. */
  readonly targets: Int32Array;
  /** By step: what is said of it. */
  readonly labels: Labels['values'];
  /** By state: one of those nearest to an initial state that lead to it, or -1. */
  readonly parents: Int32Array;
  readonly expander: Expander<Recorder>;
  readonly searcher: Searcher;
};

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
 * The graph of what a search found that kept every state: goes through the states that it expanded once more. Takes
 * four bytes for each state generated, and one where there are few labels. Where `pace` stops it, throws Stopped, or
 * with `partly` is content with the steps of some states.
 */
export const graphOf = async (
  system: System,
  {expander: searcher, generated, expanded, initial}: Searched,
  notes: Notes,
  pace: Pace,
  partly = false,
): Promise<Graph> => {
  const {queue} = searcher.store;
  const isBounded = system.constraints.length > 0;
  const expander: Expander<Recorder> = new Expander(
    bare(system),
    successors => new Recorder(searcher, successors, generated, isBounded, notes, () => expander.transitions),
    searcher.vector,
  );
  let done = 0;
  try {
    while (done < expanded) {
      if (done === 0 || pace.isDue()) await pace.breathe('steps between states', done / expanded);
      const count = Math.min(BLOCK, expanded - done);
      if (expander.run(queue.blockOf(done), 0, count, done) < count)
        throw new ModelError('a step leads to a value that the search did not find: the model is not deterministic');
      done += count;
    }
  } catch (error) {
    if (!partly || !(error instanceof Stopped)) throw error;
  }
  const {leaving, targets, labels, count, parents} = expander.store;
  expander.store.end();
  parents.fill(-1, 0, initial);
  for (let state = 0; state < queue.count; state++) leaving[state + 1]! += leaving[state]!;
  return {
    states: queue.count,
    initial,
    expanded: done,
    steps: count,
    leaving,
    targets: targets.subarray(0, count),
    labels: labels.values.subarray(0, count),
    parents,
    expander,
    searcher,
  };
};

/** Makes a state, given by its number, the one at hand in a recording search's vector; answers the ids of its slots. */
export const enter = ({store, successors, vector}: Searcher, state: number): Int32Array => {
  const {layout} = successors;
  unpack(layout, store.queue.blockOf(state), (state % BLOCK) * layout.words, vector.ids);
  vector.forget(0);
  return vector.ids.subarray(0, vector.slotCount);
};
