import type {Graph} from '../graph/graph.js';
import type {Fairness} from './fairness.js';
import {obligations} from './obligations.js';

const NOWHERE = -1;

/** A way back to where it begins, as steps of the graph; without any, nothing happens for ever. */
export type Loop = readonly number[];

/**
 * A short fair loop through `start` inside its component: goes to the nearest state or step that meets an obligation
 * until none is left, then back; then leaves out every detour that is not needed. The shortest of all would take too
 * long to find.
 */
export const fairLoop = (
  graph: Graph,
  fairness: Fairness,
  component: Int32Array,
  start: number,
  recurring: Uint8Array | null,
): Loop => {
  const {labels, targets} = graph;
  const path = pathsIn(graph, component);
  const owed = obligations(graph, fairness, recurring);
  const loop: number[] = [];
  let at = start;
  const go = (steps: readonly number[]): void => {
    for (const step of steps) {
      owed.take(at, targets[step]!);
      at = targets[step]!;
      owed.visit(at);
      loop.push(step);
    }
  };
  owed.visit(start);
  while (!owed.areMet() || at !== start) {
    const isThere = owed.areMet()
      ? (step: number) => targets[step] === start
      : (step: number) => owed.areMetBy(targets[step]!) || owed.areTakenBy(labels[step]!);
    go(path(at, isThere));
  }
  return withoutDetours(graph, fairness, start, loop, recurring);
};

/** Finds shortest ways inside the component of a state, to the first step that `isThere`. */
const pathsIn = ({leaving, targets, states}: Graph, component: Int32Array) => {
  const stepTo = new Int32Array(states).fill(NOWHERE);
  const cameFrom = new Int32Array(states);
  return (from: number, isThere: (step: number) => boolean): readonly number[] => {
    const met = [from];
    stepTo[from] = from;
    const back = (last: number): readonly number[] => {
      const steps: number[] = [];
      for (let at = last; at !== from; at = cameFrom[at]!) steps.push(stepTo[at]!);
      return steps.reverse();
    };
    try {
      for (const state of met) {
        for (let step = leaving[state]!; step < leaving[state + 1]!; step++) {
          const target = targets[step]!;
          if (component[target] !== component[from]) continue;
          if (isThere(step)) return [...back(state), step];
          if (stepTo[target] !== NOWHERE) continue;
          stepTo[target] = step;
          cameFrom[target] = state;
          met.push(target);
        }
      }
    } finally {
      for (const state of met) stepTo[state] = NOWHERE;
    }
    throw new RangeError('a fair component has no way to meet its obligations');
  };
};

/** The loop without the parts that begin and end in one state and that no obligation needs. Longer parts go first. */
const withoutDetours = (
  graph: Graph,
  fairness: Fairness,
  start: number,
  loop: Loop,
  recurring: Uint8Array | null,
): Loop => {
  const {targets} = graph;
  const isFair = (steps: Loop): boolean => {
    const owed = obligations(graph, fairness, recurring);
    owed.visit(start);
    let at = start;
    for (const step of steps) {
      owed.take(at, targets[step]!);
      at = targets[step]!;
      owed.visit(at);
    }
    return owed.areMet();
  };
  const shortened = (steps: Loop): Loop | null => {
    const states = [start, ...steps.map(step => targets[step]!)];
    for (let from = 0; from < steps.length; from++) {
      for (let to = steps.length; to > from; to--) {
        if (states[from] !== states[to]) continue;
        const shorter = [...steps.slice(0, from), ...steps.slice(to)];
        if (isFair(shorter)) return shorter;
      }
    }
    return null;
  };
  let kept = loop;
  for (let shorter = shortened(kept); shorter !== null; shorter = shortened(kept)) kept = shorter;
  return kept;
};
