// The semantics of temporal properties, once more and as plainly as possible, for graphs of a few states.

import type {TraceStep, Violation} from '../../model/index.js';

export type Fairness = 'weak' | 'strong' | null;
export type Form = 'eventually' | 'leadsTo' | 'alwaysEventually' | 'eventuallyAlways';

/**
 * Some actions between the states 0 to `states` - 1. Those of the same strength and `group` are treated fairly as
 * one.
 */
export type Sample = {
  readonly states: number;
  readonly initial: readonly number[];
  readonly actions: readonly {
    readonly fair: Fairness;
    readonly group: number | null;
    readonly edges: readonly (readonly [number, number])[];
  }[];
  /** The states that the constraint allows. */
  readonly allowed: readonly number[];
  readonly form: Form;
  readonly p: readonly number[];
  readonly q: readonly number[];
};

type Edges = readonly (readonly [number, number])[];
type Condition = {readonly isStrong: boolean; readonly edges: Edges};

const numbers = (count: number): readonly number[] => Array.from({length: count}, (_, i) => i);

/** The fairness conditions: steps that change the state, of one action or of all of a group. */
const conditionsOf = ({actions}: Sample): readonly Condition[] => {
  const names = actions.map(({fair, group}, i) => (fair === null ? null : `${fair} ${group ?? `alone ${i}`}`));
  return [...new Set(names)].flatMap(name =>
    name === null
      ? []
      : [
          {
            isStrong: name.startsWith('strong'),
            edges: actions.flatMap(({edges}, i) => (names[i] === name ? edges.filter(([a, b]) => a !== b) : [])),
          },
        ],
  );
};

const edgesOf = ({actions, allowed}: Sample): Edges =>
  actions.flatMap(({edges}) => edges.filter(edge => edge.every(state => allowed.includes(state))));

const isEnabled = ({edges}: Condition, state: number): boolean => edges.some(([from]) => from === state);
const isTakenIn = ({edges}: Condition, states: readonly number[]): boolean =>
  edges.some(edge => edge.every(state => states.includes(state)));

/** The distance of each state that can be reached from a state of `from` without leaving `within`. */
const distances = (edges: Edges, from: ReadonlyMap<number, number>, within: readonly number[]): Map<number, number> => {
  const found = new Map([...from].filter(([state]) => within.includes(state)));
  for (let changed = true; changed; ) {
    changed = false;
    for (const [a, b] of edges) {
      const [there, known] = [found.get(a), found.get(b)];
      if (there === undefined || !within.includes(b) || (known !== undefined && known <= there + 1)) continue;
      found.set(b, there + 1);
      changed = true;
    }
  }
  return found;
};

/** Where a behaviour that breaks the property stays in the end, and how far from an initial state that is. */
const goalOf = (sample: Sample): {readonly near: Map<number, number>; readonly recurring: readonly number[] | null} => {
  const {form, initial, allowed, p, q} = sample;
  const edges = edgesOf(sample);
  const start = new Map(initial.filter(state => allowed.includes(state)).map(state => [state, 0]));
  const reached = distances(edges, start, allowed);
  const no = (set: readonly number[]) => [...reached.keys()].filter(state => !set.includes(state));
  switch (form) {
    case 'eventually':
      return {near: distances(edges, start, no(p)), recurring: null};
    case 'alwaysEventually':
      return {near: distances(edges, reached, no(p)), recurring: null};
    case 'eventuallyAlways':
      return {near: reached, recurring: no(p)};
    case 'leadsTo': {
      const asked = new Map([...reached].filter(([state]) => p.includes(state)));
      return {near: distances(edges, asked, no(q)), recurring: null};
    }
  }
};

/** Can a behaviour visit exactly these states again and again? They lead to one another, and each condition is met. */
const isFairSet = (conditions: readonly Condition[], edges: Edges, set: readonly number[]): boolean => {
  const [first] = set;
  const inside = edges.filter(edge => edge.every(state => set.includes(state)));
  const there = distances(inside, new Map([[first!, 0]]), set).size === set.length;
  const back =
    distances(
      inside.map(([a, b]) => [b, a]),
      new Map([[first!, 0]]),
      set,
    ).size === set.length;
  return (
    there &&
    back &&
    conditions.every(condition => {
      const enabled = set.filter(state => isEnabled(condition, state));
      return isTakenIn(condition, set) || (condition.isStrong ? enabled.length === 0 : enabled.length < set.length);
    })
  );
};

/**
 * By trying every set of states: the length of the shortest stem of a fair behaviour that breaks the property, or
 * null. A behaviour's set of states that it visits again and again is strongly connected, and the larger the set of
 * steps that it takes there the fairer it is; so every set is tried with all its steps.
 */
export const shortestStem = (sample: Sample): number | null => {
  const {near, recurring} = goalOf(sample);
  const conditions = conditionsOf(sample);
  const edges = edgesOf(sample);
  const places = [...near.keys()];
  const sets = numbers(2 ** places.length).slice(1);
  const stems = sets.flatMap(bits => {
    const set = places.filter((_, i) => ((bits >> i) & 1) === 1);
    if (recurring !== null && !set.some(state => recurring.includes(state))) return [];
    return isFairSet(conditions, edges, set) ? [Math.min(...set.map(state => near.get(state)!))] : [];
  });
  return stems.length === 0 ? null : Math.min(...stems);
};

/**
 * By a fixpoint, as Kesten, Pnueli and Raviv compute it: is there a fair behaviour that breaks the property? Takes
 * away states from which a condition cannot be met, until none is left to take away.
 */
export const isBroken = (sample: Sample): boolean => {
  const {near, recurring} = goalOf(sample);
  const edges = edgesOf(sample);
  const conditions = conditionsOf(sample);
  let left: readonly number[] = [...near.keys()];
  const reaching = (targets: readonly number[]): readonly number[] => {
    const backwards = edges.map(([a, b]): readonly [number, number] => [b, a]);
    const found = distances(backwards, new Map(targets.map(state => [state, 0])), left);
    return left.filter(state => found.has(state));
  };
  const sources = ({edges: steps}: Condition) =>
    steps.filter(edge => edge.every(state => left.includes(state))).map(([from]) => from);
  for (let before = -1; before !== left.length; ) {
    before = left.length;
    for (const condition of conditions) {
      const disabled = left.filter(state => !isEnabled(condition, state));
      if (!condition.isStrong) left = reaching([...disabled, ...sources(condition)]);
      else {
        const able = reaching(sources(condition));
        left = left.filter(state => disabled.includes(state) || able.includes(state));
      }
    }
    if (recurring !== null) left = reaching(recurring.filter(state => left.includes(state)));
  }
  return left.length > 0;
};

/** What is wrong with a counterexample, in words; nothing if it is a fair behaviour that breaks the property. */
export const flawsOf = (
  sample: Sample,
  {trace, loop}: Violation,
  stateOf: (step: TraceStep) => number,
): readonly string[] => {
  const states = trace.map(stateOf);
  const [start = -1, end = -1] = [states[loop ?? -1], states.at(-1)];
  const steps = states.slice(1).map((to, i) => [states[i]!, to] as const);
  const round = states.slice(loop ?? 0);
  const stepsOfLoop = steps.slice(loop ?? 0);
  const isLate = (set: readonly number[], from: number) => !states.slice(from).some(state => set.includes(state));
  const breaks = {
    eventually: () => isLate(sample.p, 0),
    alwaysEventually: () => !round.some(state => sample.p.includes(state)),
    eventuallyAlways: () => round.some(state => !sample.p.includes(state)),
    leadsTo: () => states.some((state, i) => i <= (loop ?? 0) && sample.p.includes(state) && isLate(sample.q, i)),
  } satisfies Record<Form, () => boolean>;
  return [
    ...(start === end ? [] : ['the loop does not close']),
    ...(sample.initial.includes(states[0]!) ? [] : ['it does not begin in an initial state']),
    ...(states.every(state => sample.allowed.includes(state)) ? [] : ['it leaves the constraint']),
    ...steps.flatMap(([from, to], i) => {
      const action = sample.actions[Number(trace[i + 1]!.action?.slice(1))];
      return action?.edges.some(([a, b]) => a === from && b === to) === true ? [] : [`step ${i + 1} is no step`];
    }),
    ...(breaks[sample.form]() ? [] : ['it does not break the property']),
    ...conditionsOf(sample).flatMap(condition => {
      const isTaken = condition.edges.some(([a, b]) => stepsOfLoop.some(([from, to]) => a === from && b === to));
      const enabled = round.filter(state => isEnabled(condition, state));
      const isUnfair = condition.isStrong ? enabled.length > 0 : enabled.length === round.length;
      return !isTaken && isUnfair ? [`it is not fair to ${JSON.stringify(condition)}`] : [];
    }),
  ];
};
