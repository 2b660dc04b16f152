import type {Graph} from '../graph/graph.js';
import {type Pace, STRIDE} from '../graph/pace.js';

/** Where a behaviour that breaks a property may go, once it is on its way to break it. By state, 1 or 0. */
export type Region = {
  /** The states that it may visit. */
  readonly within: Uint8Array;
  /** The states in which it may begin to keep to these; each is one of them. */
  readonly entries: Uint8Array;
  /** The states of which it must visit some again and again; null where that does not matter. */
  readonly recurring: Uint8Array | null;
};

const NOT_REACHED = -1;

/**
 * The states of a region that can be reached through an entry, nearest to an initial state first, with shortest ways.
 */
export type Reach = {
  readonly states: Int32Array;
  /** The states at the same distance as the one at place `at` end before this place. */
  readonly endOfLevel: (at: number) => number;
  /** A shortest way from an initial state to this one: states, both included. */
  readonly wayTo: (state: number) => readonly number[];
};

export const reach = async (graph: Graph, {within, entries}: Region, pace: Pace): Promise<Reach> => {
  const {leaving, targets, parents, initial} = graph;
  const from = new Int32Array(graph.states).fill(NOT_REACHED);
  const found = new Int32Array(graph.states);
  const levels: number[] = [];
  let count = 0;
  const meet = (state: number, source: number): void => {
    from[state] = source;
    found[count++] = state;
  };

  // States are numbered level by level, so two fronts advance together: the states at a distance from the initial
  // ones, among which there may be entries, and the states of the region at the same distance.
  let [level, nextLevel] = [0, initial];
  for (let done = 0; level < graph.states || done < count; ) {
    for (let state = level; state < nextLevel; state++) {
      if (entries[state] === 1 && from[state] === NOT_REACHED) meet(state, state);
    }
    const front = count;
    levels.push(front);
    for (; done < front; done++) {
      if (done % STRIDE === 0 && pace.isDue()) await pace.breathe('states of a property', done / graph.states);
      const state = found[done]!;
      for (let step = leaving[state]!; step < leaving[state + 1]!; step++) {
        const target = targets[step]!;
        if (within[target] === 1 && from[target] === NOT_REACHED) meet(target, state);
      }
    }
    const end = nextLevel;
    while (nextLevel < graph.states && parents[nextLevel]! < end) nextLevel++;
    level = end;
  }

  return {
    states: found.subarray(0, count),
    endOfLevel: at => levels.find(end => end > at)!,
    wayTo: state => {
      const way: number[] = [state];
      let at = state;
      for (; from[at] !== at; at = from[at]!) way.push(from[at]!);
      for (; parents[at]! >= 0; at = parents[at]!) way.push(parents[at]!);
      return way.reverse();
    },
  };
};
