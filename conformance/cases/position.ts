// How far a case has come: what explains it, and what may be put to the subject next.

import type {RuleId} from '../../src/index.js';
import {at, canonical, recalled, remembered} from '../canonical.js';
import type {Step} from '../oracle/earlier.js';
import {isFormer, understood} from '../oracle/names.js';
import {beginning, type Explanation, judged} from '../oracle/oracle.js';
import type {Bench, Ending, Taken, Tally, Told} from './bench.js';
import {judging, meant, type Reading} from './judging.js';
import type {Offer, World} from './world.js';

export type Position<State, Stimulus, Effect> = {
  readonly explanation: Explanation<State>;
  readonly world: World<Stimulus, Effect>;
  readonly trail: readonly Taken<Stimulus>[];
  /** By which rules each step was allowed. */
  readonly rules: readonly (readonly RuleId[])[];
  /** The numbers of what explained the subject before each step. */
  readonly ways: readonly number[];
  /** Whether the trail holds a step that nothing allows, so that what explains is only supposed. */
  readonly isSupposed: boolean;
};

/** One stimulus of those that are offered here. */
export type Choice<Stimulus> = {readonly offer: Offer<Stimulus>; readonly choice: number; readonly sent: string};

export type Moved<State, Stimulus, Effect> =
  | {readonly type: 'Moved'; readonly position: Position<State, Stimulus, Effect>}
  | {readonly type: 'Rejected'; readonly trail: readonly Taken<Stimulus>[]}
  | Ending<Stimulus>;

export const beginningOf = <Config, State, Stimulus, Effect>({
  specification,
  config,
  world,
}: Bench<Config, State, Stimulus, Effect>): Position<State, Stimulus, Effect> => ({
  explanation: beginning(specification, config),
  world,
  trail: [],
  rules: [],
  ways: [],
  isSupposed: false,
});

export const choicesAt = <State, Stimulus, Effect>({
  world,
}: Position<State, Stimulus, Effect>): readonly Choice<Stimulus>[] =>
  world.offers().map((offer, choice) => ({offer, choice, sent: offer.sent}));

/** What is put to the subject to take one step more from a reset on. */
export const sentFor = <State, Stimulus, Effect>(
  {trail}: Position<State, Stimulus, Effect>,
  {sent}: Choice<Stimulus>,
): readonly string[] => [...trail.map(step => step.sent), sent];

/** Why a run ends whose time is over: what its signal was aborted with says so. */
export const TIME_IS_OVER = 'the time is over';

/** Why a case that long must not be begun; null where it may. */
export const stopped = <Config, State, Stimulus, Effect>(
  {tally}: Bench<Config, State, Stimulus, Effect>,
  length: number,
): Ending<Stimulus> | null => {
  if (tally.signal?.aborted)
    return {type: 'Stopped', reason: tally.signal.reason === TIME_IS_OVER ? TIME_IS_OVER : 'it was interrupted'};
  return tally.steps + length > tally.mostSteps
    ? {type: 'Stopped', reason: `the budget of ${tally.mostSteps} steps is used up`}
    : null;
};

/** Judges a case that was repeated up to this position and went one step on. What was repeated must be the same. */
export const repeated = <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  position: Position<State, Stimulus, Effect>,
  choice: Choice<Stimulus>,
  {answers, broken}: Told,
): Moved<State, Stimulus, Effect> => {
  const {trail} = position;
  const {tally} = bench;
  tally.steps += answers.length + (broken === null ? 0 : 1);
  const other = trail.findIndex(({heard}, index) => index < answers.length && heard !== answers[index]);
  if (other >= 0) {
    const reason = `step ${other + 1} was answered differently when it was repeated`;
    return {type: 'Broken', outcome: 'not-repeatable', reason, trail: trail.slice(0, other + 1)};
  }
  if (broken !== null) {
    const before = trail.slice(0, answers.length + 1);
    const whole = answers.length < trail.length ? before : [...trail, silent(choice)];
    return {...broken, trail: whole};
  }
  return moved(bench, position, choice, answers[trail.length] ?? '[]');
};

const silent = <Stimulus>({offer, choice, sent}: Choice<Stimulus>): Taken<Stimulus> => ({
  stimulus: offer.stimulus,
  observed: [],
  choice,
  sent,
  heard: '[]',
});

/** No more pairs are counted: walks may go on for hours. */
const MOST_PAIRS = 250_000;

/** One step on: what the subject has answered to a stimulus more. */
export const moved = <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  {explanation, world, trail, rules, ways, isSupposed}: Position<State, Stimulus, Effect>,
  {offer, choice, sent}: Choice<Stimulus>,
  heard: string,
): Moved<State, Stimulus, Effect> => {
  const {tally} = bench;
  const {stimulus} = offer;
  const {observed, judgement, meaning} = judging(bench, explanation, offer, heard);
  const longer = [...trail, {stimulus, observed, choice, sent, heard}];
  const from = numberOf(explanation, tally);
  if (!isSupposed && tally.pairs.size < MOST_PAIRS) tally.pairs.add(`${from} ${meaning}`);
  if (judgement.type === 'Unexplained') return {type: 'Rejected', trail: longer};
  const counted = isSupposed ? tally.supposed : tally.rules;
  for (const rule of judgement.rules) counted.set(rule, (counted.get(rule) ?? 0) + 1);
  // What the oracle has explained has the form of the effects that it expected.
  const effects = observed as readonly Effect[];
  const after = world.after(offer, effects, formerly(bench, judgement.next, effects));
  return {
    type: 'Moved',
    position: {
      explanation: judgement.next,
      world: after,
      trail: longer,
      rules: [...rules, judgement.rules],
      ways: [...ways, from],
      isSupposed,
    },
  };
};

/**
 * What was called by a name that the subject has given up in this step: of two calls that are one and the same to the
 * relation, a subject may tell the first from the second, and look for an answer to the second alone.
 */
const formerly = <Config, State, Stimulus, Effect>(
  {specification: {idsInEffect}, config}: Bench<Config, State, Stimulus, Effect>,
  explanation: Explanation<State>,
  effects: readonly Effect[],
): ((effect: Effect) => boolean) | undefined =>
  effects.some(effect => idsInEffect(config, effect).some(({use}) => use === 'adds'))
    ? effect =>
        idsInEffect(config, effect).some(use =>
          explanation.some(({names}) => isFormer(names, use, at(effect, use.path))),
        )
    : undefined;

/** A number for the explaining states, the same for equal ones. */
export const numberOf = <State>(explanation: Explanation<State>, {numbers}: Tally): number => {
  const known = NUMBERED.get(explanation);
  if (known?.numbers === numbers) return known.number;
  const key = explanation
    .map(({state}) => (isFixed(state) ? remembered(state) : canonical(state)))
    .sort()
    .join();
  const number = numbers.get(key) ?? numbers.size;
  numbers.set(key, number);
  NUMBERED.set(explanation, {numbers, number});
  return number;
};

/** States are plain data that nobody changes. */
const isFixed = (state: unknown): state is object => typeof state === 'object' && state !== null;

const NUMBERED = new WeakMap<object, {readonly numbers: Tally['numbers']; readonly number: number}>();

/** The stimuli of a trail in the relation's ids: the same for every subject that is led the same way. */
export const meantBy = <Config, State, Stimulus, Effect>(
  bench: Reading<Config, State, Stimulus, Effect>,
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
 * remember how it got there: `recall` keeps ways apart whose last steps other rules allowed, or that come from
 * elsewhere.
 */
export const situationKey = <Config, State, Stimulus, Effect>(
  {specification, config, recall}: Bench<Config, State, Stimulus, Effect>,
  {explanation, world, rules, ways}: Position<State, Stimulus, Effect>,
): string => {
  const views = explanation.map(({state, names}) => {
    const open = world.open.map(({effect, late, given}) => ({
      late,
      given,
      effect: understood(names, effect, specification.idsInEffect(config, effect)),
    }));
    return `${isFixed(state) ? remembered(state) : canonical(state)} ${recalled(open)}`;
  });
  const way = recall === 0 ? [] : [...ways.slice(-recall), ...rules.slice(-recall)];
  return [isFixed(world.facts) ? remembered(world.facts) : canonical(world.facts), ...views.sort(), way.join()].join(
    ' ',
  );
};
