// Which rule a subject has broken. The specification is a relation, so "broken" is a diagnosis: which rule, if it had
// been kept, would have led to something that is allowed. The first of these questions that has an answer decides:
//
// 1. Does the nearest alternative ignore the stimulus, and the subject acts? Then the rule by which it is ignored.
// 2. Is the observation allowed once one repair is switched the other way? Then what depends on the repair: those rules
//    of the nearest alternative, or else those that call for the effects in question.
// 3. Does the subject do more than is allowed, and would that be allowed had one fact of the stimulus been different?
//    Then the rules that call for such effects in that situation: their condition was not met.
// 4. Does it answer a message that is settled by now? Then the rules of the steps that it has forgotten since, and of
//    the one in which the message came. The same, but last, of any step without which all since would be allowed.
// 5. Does it leave something out, or do what has no counterpart, and is there such a step about which the subject did
//    nothing that could be seen? Then the rules of that step: it was not heard. What follows is added.
// 6. How does it differ from the nearest alternative (`oracle/differing.ts`)?
//
// What is told adds as which other stimulus it takes the last one, if there is such; where none of the questions has
// found what it takes for something else, what that may be (`oracle/otherwise.ts`); and last the rules of earlier steps
// that looked right and may have left behind something else (`oracle/earlier.ts`, `oracle/left-alone.ts`), and those by
// which it would then have been right, those that say what stands where something else does, and those of what was due.

import {isApplicable, type Repairs, type RuleId} from '../../src/index.js';
import {isSame} from '../canonical.js';
import type {Specification} from '../specification.js';
import {type Broken, broken, differing, FEW, isOtherwise, lastOf, type Situation, saying} from './differing.js';
import {
  AS_IF,
  explained,
  forgotten,
  isDemand,
  isSilent,
  type Moment,
  misjudged,
  misremembered,
  mistaken,
  momentsOf,
  type Slip,
  type Step,
  stillAnswered,
} from './earlier.js';
import {lost, meddled} from './left-alone.js';
import {nearest} from './nearest.js';
import {type Alternative, alternatives, beginning, type Explanation, isPersist, namesAfter} from './oracle.js';
import {otherwise} from './otherwise.js';

/** A run of which the last step alone is unexplained. */
type Run<Config, State, Stimulus, Effect> = {
  readonly situation: Situation<Config, State, Stimulus, Effect>;
  readonly moments: readonly Moment<Config, State, Stimulus, Effect>[];
};

/** The rules broken by the last of these steps, the most likely first; it alone must be unexplained. */
export const blamed = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  steps: readonly Step<Stimulus>[],
): readonly Broken[] => {
  const run = runOf(specification, config, steps);
  return run === null ? [] : carryingLast(run.situation, likeliest(run));
};

/** The same, and then the rules of earlier steps that may have left behind something else than it seemed. */
export const candidates = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  steps: readonly Step<Stimulus>[],
): readonly Broken[] => {
  const run = runOf(specification, config, steps);
  const [likely, ...others] = run === null ? [] : likeliest(run);
  if (run === null || likely === undefined) return [];
  const taken = mistaken(specification, config, steps, likely.rule);
  const because =
    taken === null || likely.because.includes(AS_IF) ? likely.because : `${likely.because}; ${taken.because}`;
  const heard = taken?.isMiscounted ? brokenBy(run.situation, taken) : [];
  const {situation, moments} = run;
  const seen = forgotten(moments.filter(({step}) => !isSilent(step)));
  // Where an id or the order is all that is wrong, nothing else was left behind.
  const {missing, surplus, misnamed} = situation.found.difference;
  const isDoneOtherwise = misnamed === null && missing.length + surplus.length > 0;
  const left = isDoneOtherwise
    ? [...seen, ...misjudged(moments), ...misremembered(moments), ...meddled(moments), ...lost(moments)]
    : [];
  const then = left.flatMap(slip => followed(situation, slip));
  const all = distinct([
    {...likely, because},
    ...(likely.because.startsWith(AS_IF) ? [] : otherwise(situation, moments)),
    ...others,
    ...heard,
    ...left.flatMap(slip => brokenBy(situation, slip)),
    ...then,
    ...saying(situation),
    ...(isDoneOtherwise ? due(situation) : []),
  ]);
  return carryingLast(situation, all);
};

/** Rules that only carry what others demand are the last, unless all that is wrong is that nothing is persisted. */
const carryingLast = <Config, State, Stimulus, Effect>(
  {specification: {carrying = []}, found: {difference}}: Situation<Config, State, Stimulus, Effect>,
  all: readonly Broken[],
): readonly Broken[] =>
  difference.surplus.length === 0 && difference.missing.every(isPersist)
    ? all
    : lastOf(all, ({rule}) => carrying.includes(rule));

const runOf = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  steps: readonly Step<Stimulus>[],
): Run<Config, State, Stimulus, Effect> | null => {
  const step = steps.at(-1);
  const before = explained(specification, config, beginning(specification, config), steps.slice(0, -1));
  const situation = step && before && situationOf(specification, config, before, step);
  return situation ? {situation, moments: momentsOf(specification, config, steps)} : null;
};

const likeliest = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>({
  situation,
  moments,
}: Run<Config, State, Stimulus, Effect>): readonly Broken[] => {
  const here = first([ignored, overlooked], situation);
  const now = here.length > 0 ? here : differing(situation);
  const still = stillAnswered(moments, situation.found);
  const slips = [...forgotten(still.length > 0 ? moments : moments.filter(({step}) => isSilent(step))), ...still];
  const earlier = slips.flatMap(slip => brokenBy(situation, slip));
  if (still.length > 0) return distinct([...earlier, ...now]);
  return distinct(here.length > 0 || isOtherwise(situation) ? [...now, ...earlier] : [...earlier, ...now]);
};

/** The rules by which something else was due, if they are few, else those of them that speak of the difference. */
const due = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  situation: Situation<Config, State, Stimulus, Effect>,
): readonly Broken[] => {
  const cited: readonly RuleId[] = situation.found.alternative.outcome.rules;
  const demands = cited.filter(isDemand);
  return [
    ...differing(situation).filter(({rule}) => cited.includes(rule)),
    ...(demands.length > FEW ? [] : broken(demands, 'by it something else is due')),
  ];
};

/** The rules that would call for what was done, had the subject been right at an earlier step. */
const followed = <Config, State, Stimulus, Effect>(
  {specification: {callingFor, kindOf}, config, found}: Situation<Config, State, Stimulus, Effect>,
  {because, then = []}: Slip,
): readonly Broken[] => {
  const calling = found.difference.surplus.flatMap(effect => callingFor(config, kindOf(effect)));
  const cited: readonly RuleId[] = found.alternative.outcome.rules;
  const rules = then.filter(rule => calling.includes(rule) && !cited.includes(rule));
  return broken(rules, `it would call for that, and ${because}`);
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

/** What the first question says that has an answer. */
const first = <Asked>(questions: readonly ((asked: Asked) => readonly Broken[])[], asked: Asked): readonly Broken[] =>
  questions.map(ask => ask(asked)).find(answer => answer.length > 0) ?? [];

/** The rules of a slip, first those that call for what is missing or too much. */
const brokenBy = <Config, State, Stimulus, Effect>(
  {specification: {callingFor, kindOf}, config, found: {difference}}: Situation<Config, State, Stimulus, Effect>,
  {rules, because}: Slip,
): readonly Broken[] => {
  const apart = [...difference.missing, ...difference.surplus];
  const calling = apart.flatMap(effect => callingFor(config, kindOf(effect)));
  return broken(
    lastOf(rules, rule => !calling.includes(rule)),
    because,
  );
};

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
      const called = met.filter(rule => calling(surplus).includes(rule));
      const followed = called.length > 0 ? called : met.filter(rule => isDemand(rule) && !rules.includes(rule));
      if (surplus.length === 0 || decides.length + followed.length === 0) return [];
      const passed = rules.filter(rule => isDemand(rule) && !met.includes(rule));
      const over = broken(passed, `${because}, and passes over what is to be done`);
      const instead = broken([...decides, ...followed], because);
      // Where no rule calls for what it does there, what it passes over is the matter.
      return called.length + decides.length > 0 ? [...instead, ...over] : [...over, ...instead.slice(0, 1)];
    }
    const speaking = mistake.rules.filter(rule => isApplicable(rule, config.repairs));
    const kept = rules.filter(rule => speaking.includes(rule));
    const ofSurplus = calling(surplus.filter(effect => !specification.follows(effect)));
    const ofMissing = calling(missing.filter(effect => !specification.follows(effect)));
    const called = [...ofMissing.filter(rule => rules.includes(rule)), ...ofSurplus];
    return broken(kept.length > 0 ? kept : called.filter(rule => speaking.includes(rule)), because);
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
