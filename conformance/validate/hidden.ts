// Steps that were not logged. They are moves of the specification like any other; what they did can only be guessed,
// and is told by the lines that follow.

import {at, canonical} from '../canonical.js';
import {understood} from '../oracle/names.js';
import {type Explaining, type Explanation, judged, namesAfter, withoutIdle} from '../oracle/oracle.js';
import type {Facts, Follow} from './facts.js';
import type {Follower, Step} from './follower.js';
import {malformation} from './form.js';
import type {Law} from './law.js';

/** How many moves are tried before it is given up. */
const MOST_TRIED = 20_000;

/** States after some hidden moves, each with one way to get there. */
type Reached<State, Stimulus> = {
  readonly explaining: Explaining<State>;
  readonly moves: readonly Stimulus[];
  readonly follow: Follow;
};

export type Bridge<State, Stimulus> =
  | {
      readonly type: 'Bridged';
      readonly explanation: Explanation<State>;
      /** One of the ways, in order. */
      readonly moves: readonly Stimulus[];
      /** How many states explain the line after that. */
      readonly ways: number;
    }
  | {readonly type: 'Broken'; readonly isBound: boolean};

/**
 * The states from which this step is explained, after exactly so many hidden moves. `isBound`: not everything that is
 * known was tried.
 */
export const bridged = <Config, State, Stimulus, Effect>(
  {law, config, explanation}: Follower<Config, State, Stimulus, Effect>,
  follow: Follow,
  factsOf: (follow: Follow) => Facts,
  step: Step<Stimulus>,
  depth: number,
): Bridge<State, Stimulus> => {
  const {specification} = law;
  let tried = 0;
  let reached: readonly Reached<State, Stimulus>[] = explanation.map(explaining => ({explaining, moves: [], follow}));
  for (let move = 0; move < depth; move++) {
    const next = new Map<string, Reached<State, Stimulus>>();
    for (const each of reached) {
      for (const stimulus of guessed(law, config, factsOf(each.follow))) {
        tried += 1;
        if (tried > MOST_TRIED) return {type: 'Broken', isBound: true};
        for (const after of outcomesOf(each, stimulus)) {
          const key = canonical(after.explaining);
          if (!next.has(key)) next.set(key, after);
        }
      }
    }
    reached = [...next.values()];
  }
  const fitting = reached.filter(({explaining}) => explains(explaining));
  const [first] = fitting;
  return first === undefined
    ? {type: 'Broken', isBound: false}
    : {
        type: 'Bridged',
        explanation: fitting.map(({explaining}) => explaining),
        moves: first.moves,
        ways: fitting.length,
      };

  function explains(explaining: Explaining<State>): boolean {
    const heard = specification.withoutNeedless(step.stimulus, step.observed);
    return judged(specification, config, [explaining], step.stimulus, heard).type === 'Explained';
  }

  /** What was not logged is taken to have used the specification's own ids. */
  function outcomesOf(
    {explaining: {state, names}, moves, follow}: Reached<State, Stimulus>,
    stimulus: Stimulus,
  ): readonly Reached<State, Stimulus>[] {
    const meant = understood(names, stimulus, specification.idsInStimulus(config, stimulus));
    return specification.outcomes(config, state, meant).map(({state: after, effects}) => {
      const ordered = withoutIdle(specification, config, state, effects);
      const known = namesAfter(specification, config, {state, names}, ordered, ordered) ?? names;
      const onward = follow.copy();
      onward.step(stimulus as object, effects);
      return {explaining: {state: after, names: known}, moves: [...moves, stimulus], follow: onward};
    });
  }
};

/** The events that would explain what was done, if it was one of them that happened; the most like this one first. */
export const fittingEvents = <Config, State, Stimulus, Effect>(
  {law, config, explanation}: Follower<Config, State, Stimulus, Effect>,
  facts: Facts,
  {stimulus: told, observed}: Step<Stimulus>,
): readonly Stimulus[] =>
  guessed(law, config, facts)
    .filter(stimulus => {
      const heard = law.specification.withoutNeedless(stimulus, observed);
      return judged(law.specification, config, explanation, stimulus, heard).type === 'Explained';
    })
    .map(stimulus => ({stimulus, distance: distanceOf(stimulus, told)}))
    .filter(({distance}) => distance > 0)
    .sort((a, b) => a.distance - b.distance)
    .map(({stimulus}) => stimulus);

/** Not all that peers have sent is an event here: a log may be of a module of another kind, or tell nonsense. */
const guessed = <Config, State, Stimulus, Effect>(
  {forms, guesses}: Law<Config, State, Stimulus, Effect>,
  config: Config,
  facts: Facts,
): readonly Stimulus[] => guesses(config, facts).filter(stimulus => malformation(forms.event, stimulus) === null);

/** How many parts of two values differ. */
const distanceOf = (a: unknown, b: unknown): number => {
  if (!isObject(a) || !isObject(b)) return canonical(a) === canonical(b) ? 0 : 1;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].reduce((sum, key) => sum + distanceOf(at(a, [key]), at(b, [key])), 0);
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
