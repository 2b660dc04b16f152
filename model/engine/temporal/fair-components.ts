import type {Graph} from '../graph/graph.js';
import {Components} from './components.js';
import type {Fairness} from './fairness.js';

const OUTSIDE = 0;
const NONE = new Int32Array(0);

/**
 * The largest sets among `states` in which a fair behaviour may stay for ever and go everywhere again and again: by
 * state, the number of its set, above 0, or 0 where it is in none; with a place for the number `graph.states` too.
 * Such a set is strongly connected (a single state always is, as nothing need happen), and each condition is either
 * taken inside, or, where it is weak, disabled in some state, where strong, disabled in all. With `recurring`, it
 * contains a state that it marks.
 *
 * A component that fails a weak condition has no fair part. One that fails a strong condition may have one in which
 * the condition is disabled: what is left without the states that enable it is decomposed again (Lichtenstein and
 * Pnueli).
 */
export const fairComponents = (
  graph: Graph,
  fairness: Fairness,
  states: Int32Array,
  recurring: Uint8Array | null,
): Int32Array => {
  const {leaving, targets, labels} = graph;
  const {isStrong, conditionOf} = fairness;
  const components = new Components(graph);
  const of = new Int32Array(graph.states + 1);
  let last = OUTSIDE;
  const mark = (some: Int32Array, number: number): void => {
    for (const state of some) of[state] = number;
  };

  const enabledIn = new Int32Array(fairness.count);
  const isTaken = new Uint8Array(fairness.count);
  const countedAt = new Int32Array(fairness.count);
  /**
   * Counts, for each condition met, in how many states of a component it is enabled, and whether it is taken inside.
   */
  const tally = (component: Int32Array, number: number): readonly number[] => {
    const met: number[] = [];
    for (const state of component) {
      for (let step = leaving[state]!; step < leaving[state + 1]!; step++) {
        const condition = conditionOf[labels[step]!]!;
        const target = targets[step]!;
        if (condition < 0 || target === state) continue;
        if (enabledIn[condition] === 0) met.push(condition);
        if (countedAt[condition] !== state + 1) enabledIn[condition]! += 1;
        countedAt[condition] = state + 1;
        if (of[target] === number) isTaken[condition] = 1;
      }
    }
    return met;
  };
  const enables = (state: number, some: ReadonlySet<number>): boolean => {
    for (let step = leaving[state]!; step < leaving[state + 1]!; step++) {
      if (targets[step] !== state && some.has(conditionOf[labels[step]!]!)) return true;
    }
    return false;
  };

  const left: {readonly states: Int32Array; readonly number: number}[] = [];
  const judge = (component: Int32Array): void => {
    const number = ++last;
    mark(component, number);
    const met = tally(component, number);
    const starved = met.filter(condition => isTaken[condition] === 0);
    const isHopeless =
      starved.some(condition => !isStrong[condition] && enabledIn[condition] === component.length) ||
      (recurring !== null && !component.some(state => recurring[state] === 1));
    const strong = new Set(starved.filter(condition => isStrong[condition]));
    for (const condition of met) enabledIn[condition] = isTaken[condition] = countedAt[condition] = 0;
    if (!isHopeless && strong.size === 0) return;
    const rest = isHopeless ? NONE : component.filter(state => !enables(state, strong));
    mark(component, OUTSIDE);
    mark(rest, number);
    if (rest.length > 0) left.push({states: rest, number});
  };

  mark(states, ++last);
  left.push({states, number: last});
  for (let next = left.pop(); next !== undefined; next = left.pop())
    components.each(next.states, of, next.number, judge);
  return of;
};
