// Where a subject is tried: it is given one stimulus at a time, and the oracle follows.

import type {RuleId} from '../../src/index.js';
import {canonical} from '../canonical.js';
import type {Step} from '../oracle/blame.js';
import {understood} from '../oracle/names.js';
import {beginning, type Explanation, judged} from '../oracle/oracle.js';
import type {Specification} from '../specification.js';
import {heard, restarted, type Subject} from '../subject.js';
import type {Offer, World} from './world.js';

export type Bench<Config, State, Stimulus, Effect> = {
  readonly specification: Specification<Config, State, Stimulus, Effect>;
  readonly config: Config;
  readonly subject: Subject<Config, Stimulus>;
  /** The world at the beginning of each case. */
  readonly world: World<Stimulus, Effect>;
  /** How many steps back situations are told apart by the rules that allowed them, besides by what explains them. */
  readonly recall: number;
  readonly tally: Tally;
};

/** What has been tried so far. It is added to in place. */
export type Tally = {
  /** Stimuli that the subject was given, repeated prefixes among them. */
  steps: number;
  readonly mostSteps: number;
  /** Situations told apart: explaining states, and what is open for an answer. */
  situations: number;
  /** Each pair of explaining states and a stimulus that was judged. */
  readonly pairs: Set<string>;
  /** How many judged steps each rule allowed. */
  readonly rules: Map<RuleId, number>;
};

export const newTally = (mostSteps: number): Tally => ({
  steps: 0,
  mostSteps,
  situations: 0,
  pairs: new Set(),
  rules: new Map(),
});

/** How far a case has come. */
export type Position<State, Stimulus, Effect> = {
  readonly explanation: Explanation<State>;
  readonly world: World<Stimulus, Effect>;
  readonly trail: readonly Step<Stimulus>[];
  /** By which rules each step was allowed. */
  readonly rules: readonly (readonly RuleId[])[];
};

/** Why a search ended before it was done. */
export type Ending<Stimulus> =
  | {readonly type: 'Rejected'; readonly trail: readonly Step<Stimulus>[]}
  | {readonly type: 'Broken'; readonly reason: string; readonly trail: readonly Step<Stimulus>[]}
  | {readonly type: 'Stopped'; readonly reason: string};

export type Moved<State, Stimulus, Effect> =
  | {readonly type: 'Moved'; readonly position: Position<State, Stimulus, Effect>}
  | Ending<Stimulus>;

/** Resets the subject and takes it along a trail that it has been along before; what it does must be the same. */
export const brought = async <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  trail: readonly Step<Stimulus>[],
): Promise<Ending<Stimulus> | null> => {
  const {subject, config, tally} = bench;
  const start = await restarted(subject, config);
  if (start.type === 'Broken') return {...start, trail: []};
  for (const [index, {stimulus, observed}] of trail.entries()) {
    const reply = await heard(subject, stimulus);
    tally.steps += 1;
    const before = trail.slice(0, index + 1);
    if (reply.type === 'Broken') return {...reply, trail: before};
    if (reply.text !== JSON.stringify(observed)) {
      return {type: 'Broken', reason: `step ${index + 1} was answered differently when it was repeated`, trail: before};
    }
  }
  return null;
};

export const beginningOf = <Config, State, Stimulus, Effect>({
  specification,
  config,
  world,
}: Bench<Config, State, Stimulus, Effect>): Position<State, Stimulus, Effect> => ({
  explanation: beginning(specification, config),
  world,
  trail: [],
  rules: [],
});

/** Puts one stimulus more to a subject that stands at this position. */
export const moved = async <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  {explanation, world, trail, rules}: Position<State, Stimulus, Effect>,
  offer: Offer<Stimulus>,
): Promise<Moved<State, Stimulus, Effect>> => {
  const {specification, config, subject, tally} = bench;
  if (tally.steps >= tally.mostSteps) {
    return {type: 'Stopped', reason: `the budget of ${tally.mostSteps} steps is used up`};
  }
  const {stimulus} = offer;
  const reply = await heard(subject, stimulus);
  tally.steps += 1;
  if (reply.type === 'Broken') return {...reply, trail: [...trail, {stimulus, observed: []}]};
  const observed: readonly unknown[] = JSON.parse(reply.text);
  const longer = [...trail, {stimulus, observed}];
  const judgement = judged(specification, config, explanation, stimulus, observed);
  tally.pairs.add(`${explanationKey(explanation)} ${canonical(meant(bench, explanation, stimulus))}`);
  if (judgement.type === 'Unexplained') return {type: 'Rejected', trail: longer};
  for (const rule of judgement.rules) tally.rules.set(rule, (tally.rules.get(rule) ?? 0) + 1);
  // What the oracle has explained has the form of the effects that it expected.
  const after = world.after(offer, observed as readonly Effect[]);
  return {
    type: 'Moved',
    position: {explanation: judgement.next, world: after, trail: longer, rules: [...rules, judgement.rules]},
  };
};

/** The explaining states as text. */
const explanationKey = <State>(explanation: Explanation<State>): string =>
  explanation
    .map(({state}) => canonical(state))
    .sort()
    .join();

/** A stimulus in the ids of the first explaining state. */
export const meant = <Config, State, Stimulus, Effect>(
  {specification, config}: Pick<Bench<Config, State, Stimulus, Effect>, 'specification' | 'config'>,
  [first]: Explanation<State>,
  stimulus: Stimulus,
): Stimulus =>
  first === undefined ? stimulus : understood(first.names, stimulus, specification.idsInStimulus(config, stimulus));

/** The stimuli of a trail in the relation's ids: the same for every subject that is led the same way. */
export const meantBy = <Config, State, Stimulus, Effect>(
  bench: Pick<Bench<Config, State, Stimulus, Effect>, 'specification' | 'config'>,
  trail: readonly Step<Stimulus>[],
): readonly Stimulus[] => {
  const {specification, config} = bench;
  let explanation = beginning(specification, config);
  return trail.map(({stimulus, observed}) => {
    const translated = meant(bench, explanation, stimulus);
    const judgement = judged(specification, config, explanation, stimulus, observed);
    explanation = judgement.type === 'Explained' ? judgement.next : [];
    return translated;
  });
};

/**
 * Equal for positions from which the same can happen, but for what is left of the bound. A faulty subject may still
 * remember how it got there: `recall` keeps ways apart that differ in their last steps.
 */
export const situationKey = <Config, State, Stimulus, Effect>(
  {specification, config, recall}: Bench<Config, State, Stimulus, Effect>,
  {explanation, world, rules}: Position<State, Stimulus, Effect>,
): string => {
  const views = explanation.map(({state, names}) => {
    const open = world.open.map(({effect, late, given}) => ({
      late,
      given,
      effect: understood(names, effect, specification.idsInEffect(config, effect)),
    }));
    return canonical({state, open});
  });
  const way = recall === 0 ? [] : rules.slice(-recall);
  return [canonical(world.facts), ...views.sort(), canonical(way)].join(' ');
};
