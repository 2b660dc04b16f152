import type {Graph} from '../graph/graph.js';
import {type Fairness, UNFAIR} from './fairness.js';

/** What a loop still owes to be a fair one: kept up to date while the loop is walked. */
export type Obligations = {
  readonly visit: (state: number) => void;
  readonly take: (state: number, target: number) => void;
  readonly areMet: () => boolean;
  /** Does a visit to the state meet one? */
  readonly areMetBy: (state: number) => boolean;
  /** Does a step with this label meet one? */
  readonly areTakenBy: (label: number) => boolean;
};

/**
 * Weak conditions that are enabled in every state visited, and strong ones that are enabled in some, are to be taken;
 * the weak ones may be found disabled instead. With `recurring`, a state that it marks is to be visited.
 */
export const obligations = (graph: Graph, fairness: Fairness, recurring: Uint8Array | null): Obligations => {
  const {leaving, targets, labels} = graph;
  const {isStrong} = fairness;
  const due = new Set<number>();
  const taken = new Set<number>();
  let isFirst = true;
  let hasRecurred = recurring === null;

  const enabledIn = (state: number): ReadonlySet<number> => {
    const enabled = new Set<number>();
    for (let step = leaving[state]!; step < leaving[state + 1]!; step++) {
      const condition = labels[step]!;
      if (condition !== UNFAIR) enabled.add(condition);
    }
    return enabled;
  };
  const isWeakAndDisabled = (condition: number, enabled: ReadonlySet<number>): boolean =>
    !isStrong[condition] && !enabled.has(condition);

  return {
    visit: state => {
      const enabled = enabledIn(state);
      for (const condition of due) if (isWeakAndDisabled(condition, enabled)) due.delete(condition);
      for (const condition of enabled) {
        if ((isFirst || isStrong[condition]) && !taken.has(condition)) due.add(condition);
      }
      isFirst = false;
      if (recurring?.[state] === 1) hasRecurred = true;
    },
    take: (state, target) => {
      // A step is a pair of states: it takes every condition of which some action leads from the one to the other.
      for (let step = leaving[state]!; step < leaving[state + 1]!; step++) {
        const condition = labels[step]!;
        if (targets[step] !== target || condition === UNFAIR) continue;
        taken.add(condition);
        due.delete(condition);
      }
    },
    areMet: () => due.size === 0 && hasRecurred,
    areMetBy: state => {
      if (!hasRecurred && recurring?.[state] === 1) return true;
      if (![...due].some(condition => !isStrong[condition])) return false;
      const enabled = enabledIn(state);
      return [...due].some(condition => isWeakAndDisabled(condition, enabled));
    },
    areTakenBy: label => due.has(label),
  };
};
