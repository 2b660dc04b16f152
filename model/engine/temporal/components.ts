import type {Graph} from '../graph/graph.js';
import {type Pace, STRIDE} from '../graph/pace.js';
import {grown} from '../grown.js';

const UNSEEN = 0;
const ACTIVITY = 'components';

/**
 * Finds strongly connected components inside sets of states, without recursion: Tarjan's algorithm in the form of
 * Pearce, who needs one number a state, and one more for those that wait (Information Processing Letters 116, 2016).
 */
export class Components {
  readonly #graph: Graph;
  readonly #pace: Pace;
  /** By state: when the earliest state was met that it is known to lead back to, counted from 1. */
  readonly #low: Int32Array;
  /** From the front: the path; from the back: states left whose component is still open. No state is both. */
  readonly #waiting: Int32Array;
  /** By place on the path: the next step to follow, from below zero where the state leads back to an earlier one. */
  #step = new Int32Array(1 << 10);

  /** For sets of at most `most` states. */
  constructor(graph: Graph, most: number, pace: Pace) {
    this.#graph = graph;
    this.#pace = pace;
    this.#low = new Int32Array(graph.states);
    this.#waiting = new Int32Array(most + 1);
  }

  /**
   * Calls `found` with each component of the states that `within` marks with `mark`; `within` has a place for state
   * number `graph.states` too. The states are lent until the next call. `found` marks them anew; where it takes its
   * time it answers a promise.
   */
  async each(
    states: Int32Array,
    within: Int32Array,
    mark: number,
    found: (component: Int32Array) => Promise<void> | undefined,
  ): Promise<void> {
    const {leaving, targets} = this.#graph;
    const [low, waiting, pace] = [this.#low, this.#waiting, this.#pace];
    for (let i = 0; i < states.length; i++) low[states[i]!] = UNSEEN;
    let step = this.#step;
    let clock = 0;
    let top = waiting.length;
    for (let i = 0; i < states.length; i++) {
      const root = states[i]!;
      if (low[root] !== UNSEEN || within[root] !== mark) continue;
      let depth = 0;
      let entered = root;
      for (;;) {
        if (entered >= 0) {
          if (clock % STRIDE === 0 && pace.isDue()) await pace.breathe(ACTIVITY, clock / states.length);
          low[entered] = ++clock;
          if (depth === step.length) step = this.#step = grown(step, depth);
          step[depth] = leaving[entered]!;
          waiting[depth++] = entered;
          entered = -1;
        }
        const state = waiting[depth - 1]!;
        const told = step[depth - 1]!;
        let isRoot = told >= 0;
        let at = isRoot ? told : ~told;
        const end = leaving[state + 1]!;
        let least = low[state]!;
        for (; at < end; at++) {
          const target = targets[at]!;
          // A state whose component was found lies in no open one any more: it was marked anew, or lost its mark.
          if (within[target] !== mark) continue;
          const met = low[target]!;
          if (met === UNSEEN) {
            entered = target;
            break;
          }
          if (met >= least) continue;
          least = met;
          isRoot = false;
        }
        low[state] = least;
        // The step is looked at once more when the state that it leads to is done.
        step[depth - 1] = isRoot ? at : ~at;
        if (entered >= 0) continue;
        depth--;
        waiting[--top] = state;
        if (isRoot) {
          let last = top + 1;
          while (last < waiting.length && low[waiting[last]!]! >= least) last++;
          const wait = found(waiting.subarray(top, last));
          if (wait !== undefined) await wait;
          top = last;
        }
        if (depth === 0) break;
      }
    }
  }
}
