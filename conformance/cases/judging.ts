// What the oracle says of a step, known where it has said so before: a search comes to the same step by many ways.

import {canonical, recalled, remembered} from '../canonical.js';
import {understood} from '../oracle/names.js';
import {type Explanation, type Judgement, judged} from '../oracle/oracle.js';
import type {Bench, Tally} from './bench.js';
import type {Offer} from './world.js';

export type Judged<State, Stimulus, Effect> = {
  /** The effects without those that change nothing. */
  readonly observed: readonly unknown[];
  readonly judgement: Judgement<State, Stimulus, Effect>;
  /** The stimulus in the ids of the first explaining state, as text. */
  readonly meaning: string;
};

/** So many explanations are kept, at most. */
const MOST_EXPLANATIONS = 20_000;

/** Explanations by what they say, and what was judged from each. */
type Memory<State, Stimulus, Effect> = {
  readonly explanations: Map<string, Explanation<State>>;
  readonly steps: WeakMap<Explanation<State>, Map<string, Judged<State, Stimulus, Effect>>>;
};

/** What is known belongs to one plan of one run. */
const MEMORIES = new WeakMap<Tally, Memory<unknown, unknown, unknown>>();

/** Judges what was heard after an offer. Equal explanations are the same object, until too many are known. */
export const judging = <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  explanation: Explanation<State>,
  {stimulus, sent}: Offer<Stimulus>,
  heard: string,
): Judged<State, Stimulus, Effect> => {
  const {specification, config, tally} = bench;
  const memory = memoryOf<State, Stimulus, Effect>(tally);
  const known = memory.steps.get(explanation) ?? new Map<string, Judged<State, Stimulus, Effect>>();
  memory.steps.set(explanation, known);
  const step = `${sent} ${heard}`;
  const before = known.get(step);
  if (before !== undefined) return before;
  const observed = specification.withoutNeedless(stimulus, JSON.parse(heard));
  const fresh = judged(specification, config, explanation, stimulus, observed);
  const judgement = fresh.type === 'Explained' ? {...fresh, next: theSame(memory.explanations, fresh.next)} : fresh;
  const made = {observed, judgement, meaning: recalled(meant(bench, explanation, stimulus))};
  known.set(step, made);
  return made;
};

const memoryOf = <State, Stimulus, Effect>(tally: Tally): Memory<State, Stimulus, Effect> => {
  const memory = MEMORIES.get(tally) ?? {explanations: new Map(), steps: new WeakMap()};
  MEMORIES.set(tally, memory);
  // Whoever has the tally of a plan has its states, stimuli and effects.
  return memory as Memory<State, Stimulus, Effect>;
};

const theSame = <State>(
  known: Map<string, Explanation<State>>,
  explanation: Explanation<State>,
): Explanation<State> => {
  const text = explanation.map(({state, names}) => `${remembered(state as object)} ${canonical(names)}`).join();
  const same = known.get(text);
  if (same !== undefined) return same;
  if (known.size >= MOST_EXPLANATIONS) known.clear();
  known.set(text, explanation);
  return explanation;
};

export type Reading<Config, State, Stimulus, Effect> = Pick<
  Bench<Config, State, Stimulus, Effect>,
  'specification' | 'config'
>;

/** A stimulus in the ids of the first explaining state. */
export const meant = <Config, State, Stimulus, Effect>(
  {specification, config}: Reading<Config, State, Stimulus, Effect>,
  [first]: Explanation<State>,
  stimulus: Stimulus,
): Stimulus =>
  first === undefined ? stimulus : understood(first.names, stimulus, specification.idsInStimulus(config, stimulus));
