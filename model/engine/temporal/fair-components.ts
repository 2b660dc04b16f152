import type {Graph} from '../graph/graph.js';
import {type Pace, STRIDE} from '../graph/pace.js';
import {Components} from './components.js';
import {type Fairness, UNFAIR} from './fairness.js';

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
export const fairComponents = async (
  graph: Graph,
  {isStrong}: Fairness,
  states: Int32Array,
  recurring: Uint8Array | null,
  pace: Pace,
): Promise<Int32Array> => {
  const {leaving, targets, labels} = graph;
  const components = new Components(graph, states.length, pace);
  const of = new Int32Array(graph.states + 1);
  let last = OUTSIDE;
  const mark = (some: Int32Array, number: number): void => {
    for (let i = 0; i < some.length; i++) of[some[i]!] = number;
  };

  const enabledIn = new Int32Array(isStrong.length);
  const isTaken = new Uint8Array(isStrong.length);
  const countedAt = new Int32Array(isStrong.length);
  const met: number[] = [];
  /** Notes the conditions met in a state, in how many states each is enabled, and whether it is taken inside. */
  const tally = (state: number, number: number): void => {
    for (let step = leaving[state]!; step < leaving[state + 1]!; step++) {
      const condition = labels[step]!;
      if (condition === UNFAIR) continue;
      if (enabledIn[condition] === 0) met.push(condition);
      if (countedAt[condition] !== state + 1) enabledIn[condition]! += 1;
      countedAt[condition] = state + 1;
      if (of[targets[step]!] === number) isTaken[condition] = 1;
    }
  };
  const enables = (state: number, some: ReadonlySet<number>): boolean => {
    for (let step = leaving[state]!; step < leaving[state + 1]!; step++) if (some.has(labels[step]!)) return true;
    return false;
  };
  const isRecurring = (state: number): boolean => recurring === null || recurring[state] === 1;

  /** A state alone: every condition that it enables leads out of it. */
  const judgeOne = (state: number): void => {
    let isFair = isRecurring(state);
    for (let step = leaving[state]!; isFair && step < leaving[state + 1]!; step++) isFair = labels[step] === UNFAIR;
    of[state] = isFair ? ++last : OUTSIDE;
  };

  const left: {readonly states: Int32Array; readonly number: number}[] = [];
  const settle = (component: Int32Array, number: number): void => {
    const starved = met.filter(condition => isTaken[condition] === 0);
    const isHopeless =
      starved.some(condition => !isStrong[condition] && enabledIn[condition] === component.length) ||
      !component.some(isRecurring);
    const strong = new Set(starved.filter(condition => isStrong[condition]));
    for (const condition of met) enabledIn[condition] = isTaken[condition] = countedAt[condition] = 0;
    met.length = 0;
    if (!isHopeless && strong.size === 0) return;
    const rest = isHopeless ? NONE : component.filter(state => !enables(state, strong));
    mark(component, OUTSIDE);
    mark(rest, number);
    if (rest.length > 0) left.push({states: rest, number});
  };
  const judgeSlowly = async (component: Int32Array, number: number): Promise<void> => {
    for (let i = 0; i < component.length; i++) {
      tally(component[i]!, number);
      if (i % STRIDE === 0 && pace.isDue()) await pace.breathe('fairness in a component', i / component.length);
    }
    settle(component, number);
  };
  const judge = (component: Int32Array): Promise<void> | undefined => {
    if (component.length === 1) {
      judgeOne(component[0]!);
      return undefined;
    }
    const number = ++last;
    mark(component, number);
    if (component.length > STRIDE) return judgeSlowly(component, number);
    for (let i = 0; i < component.length; i++) tally(component[i]!, number);
    settle(component, number);
    return undefined;
  };

  mark(states, ++last);
  left.push({states, number: last});
  for (let next = left.pop(); next !== undefined; next = left.pop())
    await components.each(next.states, of, next.number, judge);
  return of;
};
