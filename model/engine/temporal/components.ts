import type {Graph} from '../graph/graph.js';

const UNSEEN = 0;

/** Finds strongly connected components inside sets of states. Tarjan's algorithm, without recursion. */
export class Components {
  readonly #graph: Graph;
  /** By state: when it was met, counted from 1. */
  readonly #met: Int32Array;
  /** By state: the earliest met of those that it is known to lead back to. */
  readonly #low: Int32Array;
  /** By state on the path: the next of its steps to follow. */
  readonly #step: Int32Array;
  readonly #path: Int32Array;
  /** States met whose component is still open. */
  readonly #open: Int32Array;

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#met = new Int32Array(graph.states);
    this.#low = new Int32Array(graph.states);
    this.#step = new Int32Array(graph.states);
    this.#path = new Int32Array(graph.states);
    this.#open = new Int32Array(graph.states);
  }

  /**
   * Calls `found` with each component of the states that `within` marks with `mark`; `within` has a place for state
   * number `graph.states` too. The states are lent until the next call. `found` may mark them anew.
   */
  each(states: Int32Array, within: Int32Array, mark: number, found: (component: Int32Array) => void): void {
    for (const state of states) this.#met[state] = UNSEEN;
    let clock = 0;
    for (const root of states) if (this.#met[root] === UNSEEN) clock = this.#from(root, clock, within, mark, found);
  }

  #from(root: number, start: number, within: Int32Array, mark: number, found: (component: Int32Array) => void): number {
    const {leaving, targets} = this.#graph;
    const [met, low, step, path, open] = [this.#met, this.#low, this.#step, this.#path, this.#open];
    let clock = start;
    let depth = 0;
    let opened = 0;
    const enter = (state: number): void => {
      met[state] = low[state] = ++clock;
      step[state] = leaving[state]!;
      path[depth++] = state;
      open[opened++] = state;
    };
    enter(root);
    while (depth > 0) {
      const state = path[depth - 1]!;
      if (step[state]! < leaving[state + 1]!) {
        const target = targets[step[state]!++]!;
        // A state whose component was found lies in no open one any more: it was marked anew, or lost its mark.
        if (within[target] !== mark) continue;
        if (met[target] === UNSEEN) enter(target);
        else if (met[target]! < low[state]!) low[state] = met[target]!;
        continue;
      }
      depth--;
      if (depth > 0 && low[state]! < low[path[depth - 1]!]!) low[path[depth - 1]!] = low[state]!;
      if (low[state] !== met[state]) continue;
      let first = opened - 1;
      while (open[first] !== state) first--;
      found(open.subarray(first, opened));
      opened = first;
    }
    return clock;
  }
}
