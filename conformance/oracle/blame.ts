// Which rule a subject has broken. The specification is a relation, so "broken" is a diagnosis: which rule, if it had
// been kept, would have led to something that is allowed. The first of these questions that has an answer decides:
//
// 1. Does the nearest alternative ignore the stimulus, and the subject acts? Then the rule by which it is ignored.
// 2. Is the observation allowed once one repair is switched the other way? Then what depends on the repair: those rules
//    of the nearest alternative, or else those that call for the effects in question.
// 3. Does the subject do more than is allowed, and would that be allowed had one fact of the stimulus been different?
//    Then the rules that call for such effects in that situation: their condition was not met.
// 4. Does it leave something out, or do what has no counterpart, and is there an earlier step about which the subject
//    did nothing that could be seen, and without which everything since then would be allowed? Then the rules of that
//    step: it was forgotten, or not heard. What follows is added.
// 5. Where what is kept over a crash differs, the rules that speak of that part of it (`oracle/kept.ts`). For each
//    missing effect the rules that call for it, and in the end those by which it comes to that; for each surplus one
//    the rules under which alone there are such effects; for a wrong order or id the rule that speaks of it. Of all
//    these, those that the nearest alternative cites, if it cites any: the others only follow, as timers do.
//
// What is told adds as which other stimulus it takes the last one, if there is such; and last the rules of earlier
// steps that looked right and may have left behind something else (`oracle/earlier.ts`).

import {isApplicable, type Repairs, RULES, type RuleId} from '../../src/index.js';
import {at, isSame} from '../canonical.js';
import type {Specification} from '../specification.js';
import {
  AS_IF,
  explained,
  forgotten,
  isDemand,
  isSilent,
  misjudged,
  misremembered,
  mistaken,
  momentsOf,
  type Slip,
  type Step,
} from './earlier.js';
import {keptOtherwise} from './kept.js';
import {type Nearest, nearest} from './nearest.js';
import {type Alternative, alternatives, beginning, type Explanation, namesAfter} from './oracle.js';

/** A rule that is broken, and why it is thought so. */
export type Broken = {readonly rule: RuleId; readonly level: string; readonly because: string};

type Situation<Config, State, Stimulus, Effect> = {
  readonly specification: Specification<Config, State, Stimulus, Effect>;
  readonly config: Config;
  readonly explanation: Explanation<State>;
  readonly step: Step<Stimulus>;
  readonly found: Nearest<State, Stimulus, Effect>;
};

/** The rules broken by the last of these steps, the most likely first; it alone must be unexplained. */
export const blamed = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  steps: readonly Step<Stimulus>[],
): readonly Broken[] => {
  const step = steps.at(-1);
  const before = steps.slice(0, -1);
  const explanation = explained(specification, config, beginning(specification, config), before);
  if (step === undefined || explanation === null) return [];
  const situation = situationOf(specification, config, explanation, step);
  if (situation === null) return [];
  const here = first([ignored, overlooked], situation);
  const silent = momentsOf(specification, config, steps).filter(moment => isSilent(moment.step));
  const earlier = forgotten(silent).flatMap(brokenBy);
  if (here.length > 0) return distinct([...here, ...earlier]);
  const now = differing(situation);
  return distinct(isOtherwise(situation) ? [...now, ...earlier] : [...earlier, ...now]);
};

/** The same, and then the rules of earlier steps that may have left behind something else than it seemed. */
export const candidates = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  steps: readonly Step<Stimulus>[],
): readonly Broken[] => {
  const [likely, ...others] = blamed(specification, config, steps);
  if (likely === undefined) return [];
  const taken = mistaken(specification, config, steps, likely.rule);
  const because =
    taken === null || likely.because.includes(AS_IF) ? likely.because : `${likely.because}; ${taken.because}`;
  const heard = taken?.isMiscounted ? brokenBy(taken) : [];
  const moments = momentsOf(specification, config, steps);
  const left = [...forgotten(moments.filter(({step}) => !isSilent(step))), ...misjudged(moments)];
  const kept = misremembered(moments);
  return distinct([{...likely, because}, ...others, ...heard, ...[...left, ...kept].flatMap(brokenBy)]);
};

/** The rules broken by one step that is unexplained from these states. */
export const blamedAt = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  explanation: Explanation<State>,
  step: Step<Stimulus>,
): readonly Broken[] => {
  const situation = situationOf(specification, config, explanation, step);
  return situation === null ? [] : distinct(first([ignored, overlooked, differing], situation));
};

const situationOf = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  explanation: Explanation<State>,
  step: Step<Stimulus>,
): Situation<Config, State, Stimulus, Effect> | null => {
  const allowed = alternatives(specification, config, explanation, step.stimulus);
  const found = nearest(specification, config, allowed, step.observed);
  return found === null ? null : {specification, config, explanation, step, found};
};

/** Whether it does what it should, but with something else in it: then that is the matter. */
const isOtherwise = <Config, State, Stimulus, Effect>({
  specification: {kindOf},
  found: {difference},
}: Situation<Config, State, Stimulus, Effect>): boolean => {
  const kinds = difference.surplus.map(kindOf);
  return difference.missing.some(effect => kinds.includes(kindOf(effect)));
};

/** What the first question says that has an answer. */
const first = <Asked>(questions: readonly ((asked: Asked) => readonly Broken[])[], asked: Asked): readonly Broken[] =>
  questions.map(ask => ask(asked)).find(answer => answer.length > 0) ?? [];

const broken = (rules: readonly RuleId[], because: string): readonly Broken[] =>
  rules.map(rule => ({rule, level: RULES[rule].level, because}));

const brokenBy = ({rules, because}: Slip): readonly Broken[] => broken(rules, because);

const distinct = (all: readonly Broken[]): readonly Broken[] =>
  all.filter(({rule}, index) => all.findIndex(other => other.rule === rule) === index);

/** Question 1. */
const ignored = <Config, State, Stimulus, Effect>({
  found: {alternative},
}: Situation<Config, State, Stimulus, Effect>): readonly Broken[] => {
  const {before, outcome} = alternative;
  return outcome.effects.length === 0 && isSame(outcome.state, before.state)
    ? broken(outcome.rules, 'nothing is to be done here')
    : [];
};

/** Questions 2 and 3. */
const overlooked = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>({
  specification,
  config,
  explanation,
  step: {stimulus, observed},
  found,
}: Situation<Config, State, Stimulus, Effect>): readonly Broken[] => {
  const {missing, surplus} = found.difference;
  const rules: readonly RuleId[] = found.alternative.outcome.rules;
  const calling = (effects: readonly unknown[]): readonly RuleId[] =>
    effects.flatMap(effect => specification.callingFor(config, specification.kindOf(effect)));
  return specification.mistakes(config, stimulus).flatMap(mistake => {
    const because = `it acts as if ${mistake.asIf}`;
    const fitting = explains(specification, mistake.config, explanation, mistake.stimulus, observed);
    if (fitting === null) return [];
    if (mistake.rules === null) {
      const met: readonly RuleId[] = fitting.outcome.rules;
      const decides = (mistake.decides ?? []).filter(rule => isApplicable(rule, config.repairs));
      const followed = met.filter(rule => calling(surplus).includes(rule));
      return surplus.length === 0 ? [] : broken([...decides, ...followed], because);
    }
    const speaking = mistake.rules.filter(rule => isApplicable(rule, config.repairs));
    const kept = rules.filter(rule => speaking.includes(rule));
    const matter = [...missing, ...surplus].filter(effect => !specification.follows(effect));
    return broken(kept.length > 0 ? kept : calling(matter).filter(rule => speaking.includes(rule)), because);
  });
};

/** The outcome of another situation that the observation fits. */
const explains = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  explanation: Explanation<State>,
  stimulus: Stimulus,
  observed: readonly unknown[],
): Alternative<State, Stimulus, Effect> | null =>
  alternatives(specification, config, explanation, stimulus).find(
    ({before, outcome}) => namesAfter(specification, config, before, outcome.effects, observed) !== null,
  ) ?? null;

/** Question 5. */
const differing = <Config, State, Stimulus, Effect>({
  specification,
  config,
  step: {observed},
  found,
}: Situation<Config, State, Stimulus, Effect>): readonly Broken[] => {
  const {callingFor, kindOf, idsInEffect, tellEffect, follows, addressing = []} = specification;
  const {alternative, difference} = found;
  const cited: readonly RuleId[] = alternative.outcome.rules;
  const calling = (effect: unknown): readonly RuleId[] => {
    const rules = callingFor(config, kindOf(effect));
    const here = rules.filter(rule => cited.includes(rule));
    const chapter = rules.filter(rule => cited.some(other => other.slice(0, 2) === rule.slice(0, 2)));
    const all = here.length > 0 ? here : chapter.length > 0 ? chapter : rules;
    return isSpread(effect, alternative.outcome.effects, observed)
      ? all
      : lastOf(all, rule => addressing.includes(rule));
  };
  const changed = new Set(difference.missing.map(kindOf));
  const {misnamed} = difference;
  const {surplus} = difference;
  const kept = keptOtherwise(specification, found);
  const isAfter = (effect: unknown): boolean => follows(effect) || (kept !== null && kindOf(effect) === 'Persist');
  // Where it only stops or sets a timer, and nothing was to be done, it has taken itself to be elsewhere.
  const isIdle = alternative.outcome.effects.length === 0 && surplus.length > 0 && surplus.every(follows);
  const all = [
    ...(isIdle ? broken(cited, 'nothing is to be done here yet') : []),
    ...(kept === null ? [] : broken(kept.rules, kept.because)),
    ...lastOf(difference.missing, isAfter).flatMap(effect => broken(calling(effect), `missing: ${tellEffect(effect)}`)),
    ...lastOf(difference.surplus, isAfter)
      .filter(effect => !changed.has(kindOf(effect)))
      .flatMap(effect => {
        const rules = calling(effect);
        return broken(rules.length > 0 ? rules : cited, `not allowed here: ${tellEffect(effect)}`);
      }),
    ...difference.misplaced.flatMap(({rule, early, late}) =>
      broken(rule === null ? calling(late) : [rule], `${tellEffect(late)}: must come before ${tellEffect(early)}`),
    ),
    ...(misnamed === null
      ? []
      : broken(
          idsInEffect(config, misnamed.expected).map(({rule}) => rule),
          `an id stands for two things, or one thing has two: ${tellEffect(misnamed.observed)}`,
        )),
  ];
  // What the nearest alternative cites is the matter itself; timers, say, only follow from it.
  const matter = all.filter(({rule}) => cited.includes(rule) || kept?.rules.includes(rule));
  return [...(matter.length > 0 ? matter : all), ...leadingTo(specification, config, found, observed)];
};

/** Rules by which it comes to the first effect that is missing, after all for which something that it does vouches. */
const leadingTo = <Config, State, Stimulus, Effect>(
  {callingFor, kindOf, follows, tellEffect}: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  {alternative: {outcome}, difference: {missing, surplus}}: Nearest<State, Stimulus, Effect>,
  observed: readonly unknown[],
): readonly Broken[] => {
  const cited: readonly RuleId[] = outcome.rules;
  const calls = (effect: unknown): readonly number[] => {
    const rules = callingFor(config, kindOf(effect));
    return cited.flatMap((rule, index) => (rules.includes(rule) ? [index] : []));
  };
  const [first] = missing.filter(effect => !follows(effect));
  const due = first === undefined ? [] : calls(first);
  const end = Math.min(...due);
  const vouched = observed.filter(effect => !surplus.includes(effect)).flatMap(calls);
  const since = Math.max(-1, ...vouched.filter(index => index < end));
  return first === undefined || due.length === 0
    ? []
    : broken(cited.slice(since + 1, end).filter(isDemand), `it leads to what is missing: ${tellEffect(first)}`);
};

/** Whether something about the same is sent at all where it has to be: to others, or with something else in it. */
const isSpread = (effect: unknown, expected: readonly unknown[], observed: readonly unknown[]): boolean => {
  const isAlike = (other: unknown): boolean =>
    isSame(at(other, ['message', 'type']), at(effect, ['message', 'type'])) &&
    isSame(at(other, ['message', 'vm']), at(effect, ['message', 'vm']));
  return expected.some(isAlike) && observed.some(isAlike);
};

/** The same, with these in the end. */
const lastOf = <T>(all: readonly T[], isLast: (one: T) => boolean): readonly T[] => [
  ...all.filter(one => !isLast(one)),
  ...all.filter(isLast),
];
