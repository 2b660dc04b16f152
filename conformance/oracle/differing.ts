// How what was seen differs from the nearest alternative, and the rules that say so. Where what is kept over a crash
// differs, the rules that speak of that part of it. For each missing effect the rules that call for it, and in the end
// those by which it comes to that; for each surplus one the rules under which alone there are such effects, and in the
// end those that led to less; for a wrong order or id the rule that speaks of it. Of all these, those that the nearest
// alternative cites, if it cites any: the others only follow, as timers do.

import {RULES, type RuleId} from '../../src/index.js';
import {at, isSame} from '../canonical.js';
import type {Specification} from '../specification.js';
import {isDemand, type Step} from './earlier.js';
import {fieldsApart} from './fields.js';
import {keptOtherwise} from './kept.js';
import {misnaming} from './misnamed.js';
import type {Nearest} from './nearest.js';
import {type Explanation, isPersist} from './oracle.js';
import {partsApart} from './parts.js';

/** A rule that is broken, and why it is thought so. */
export type Broken = {readonly rule: RuleId; readonly level: string; readonly because: string};

/** A step that nothing allows, and what comes nearest to it. */
export type Situation<Config, State, Stimulus, Effect> = {
  readonly specification: Specification<Config, State, Stimulus, Effect>;
  readonly config: Config;
  readonly explanation: Explanation<State>;
  readonly step: Step<Stimulus>;
  readonly found: Nearest<State, Stimulus, Effect>;
};

export const broken = (rules: readonly RuleId[], because: string): readonly Broken[] =>
  rules.map(rule => ({rule, level: RULES[rule].level, because}));

/** Whether it does what it should, but with something else in it: then that is the matter. */
export const isOtherwise = <Config, State, Stimulus, Effect>({
  specification: {kindOf},
  found: {difference},
}: Situation<Config, State, Stimulus, Effect>): boolean => {
  const kinds = difference.surplus.map(kindOf);
  return difference.missing.some(effect => kinds.includes(kindOf(effect)));
};

/** The rules by which the difference is none, the most telling first. */
export const differing = <Config, State, Stimulus, Effect>(
  situation: Situation<Config, State, Stimulus, Effect>,
): readonly Broken[] => {
  const {
    specification,
    config,
    step: {observed},
    found,
  } = situation;
  const {callingFor, kindOf, idsInEffect, tellEffect, follows, addressing = [], deciding = {}} = specification;
  const {alternative, difference} = found;
  const {missing, surplus, misplaced, misnamed} = difference;
  const cited: readonly RuleId[] = alternative.outcome.rules;
  const kinds = surplus.map(kindOf);
  // It is done, with something else in it: one of the rules that lead to it says what stands there.
  const isDue = (effect: unknown): boolean => missing.some(due => due === effect) && kinds.includes(kindOf(effect));
  const calling = (effect: unknown): readonly RuleId[] => {
    const rules = callingFor(config, kindOf(effect));
    const here = rules.filter(rule => cited.includes(rule));
    const others = here.length === 0 && isDue(effect) ? cited.filter(isDemand).slice(0, FEW) : [];
    const far = rules.length > MANY ? akin(rules, cited) : lastOf(rules, isFar(cited));
    const all = here.length > 0 ? here : [...others, ...far];
    return isSpread(effect, alternative.outcome.effects, observed)
      ? all
      : lastOf(all, rule => addressing.includes(rule));
  };
  const alike = (effect: Effect): readonly unknown[] => surplus.filter(other => kindOf(other) === kindOf(effect));
  const decides = (effect: Effect): readonly RuleId[] => {
    const apart = alike(effect).flatMap(other => partsApart(effect, other, Object.keys(deciding)));
    return apart.flatMap(({part}) => deciding[part] ?? []).filter(rule => cited.includes(rule));
  };
  const changed = new Set(missing.map(kindOf));
  const missed = (effect: Effect): string => {
    const ids = idsInEffect(config, effect).map(({path}) => path);
    const ways = alike(effect).map(other => ({other, fields: fieldsApart(effect, other, ids)}));
    const [way] = ways.filter(({fields}) => fields.length > 0).sort((a, b) => a.fields.length - b.fields.length);
    return way === undefined ? `missing: ${tellEffect(effect)}` : `${way.fields.join(', ')} (${tellEffect(way.other)})`;
  };
  const kept = keptOtherwise(specification, found, observed);
  const naming = misnamed && misnaming(specification, config, alternative.before.names, misnamed);
  const isAfter = (effect: unknown): boolean => follows(effect) || (kept !== null && isPersist(effect));
  // Where it only stops or sets a timer, and nothing was to be done, it has taken itself to be elsewhere.
  const isIdle = alternative.outcome.effects.length === 0 && surplus.length > 0 && surplus.every(follows);
  const all = [
    ...(isIdle ? broken(cited, 'nothing is to be done here yet') : []),
    ...(kept === null ? [] : broken(kept.rules, kept.because)),
    ...lastOf(missing, isAfter).flatMap(effect => broken([...decides(effect), ...calling(effect)], missed(effect))),
    ...lastOf(surplus, isAfter)
      .filter(effect => !changed.has(kindOf(effect)))
      .flatMap(effect => {
        const rules = calling(effect);
        return broken(rules.length > 0 ? rules : cited, `not allowed here: ${tellEffect(effect)}`);
      }),
    ...misplaced.flatMap(({rule, early, late}) =>
      broken(rule === null ? calling(late) : [rule], `${tellEffect(late)}: must come before ${tellEffect(early)}`),
    ),
    ...(naming && misnamed
      ? broken([...naming.rules, ...comingTo(situation, misnamed.expected, naming.rules)], naming.because)
      : []),
  ];
  // What the nearest alternative cites is the matter itself; timers, say, only follow from it.
  const matter = all.filter(({rule}) => [cited, kept?.rules, naming?.rules].some(rules => rules?.includes(rule)));
  const here = matter.length > 0 && !isIdle ? matter : all;
  return [...here, ...leadingTo(situation), ...guarding(situation), ...insteadOf(situation)];
};

/** Rules that say what stands where something else does than should, of whatever it came to that, if they are few. */
export const saying = <Config, State, Stimulus, Effect>({
  specification: {kindOf, deciding = {}},
  found: {difference},
}: Situation<Config, State, Stimulus, Effect>): readonly Broken[] =>
  difference.missing
    .flatMap(effect => {
      const others = difference.surplus.filter(other => kindOf(other) === kindOf(effect));
      const apart = others.flatMap(other => partsApart(effect, other, Object.keys(deciding)));
      return apart.flatMap(({part}) => broken(deciding[part] ?? [], `it says what stands in ${part}`));
    })
    .slice(0, MANY);

/** Where more rules than these call for such effects, one of them says little about any. */
export const FEW = 3;

/** Where more rules than these do, those of the same chapter alone are named. */
const MANY = 5;

/** The rules under which alone there is what was done instead of something else, if they are few. */
const insteadOf = <Config, State, Stimulus, Effect>({
  specification: {callingFor, kindOf, follows, tellEffect},
  config,
  found,
}: Situation<Config, State, Stimulus, Effect>): readonly Broken[] => {
  const {missing, surplus} = found.difference;
  const kinds = missing.map(kindOf);
  const other = surplus.filter(effect => !follows(effect) && !isPersist(effect) && !kinds.includes(kindOf(effect)));
  return other.flatMap(effect => {
    const rules = callingFor(config, kindOf(effect));
    const isTelling = rules.length <= FEW;
    return isTelling ? broken(rules, `not allowed here: ${tellEffect(effect)}`) : [];
  });
};

/** Those of the same chapter as one of the others, if there is any. */
const akin = (rules: readonly RuleId[], others: readonly RuleId[]): readonly RuleId[] => {
  const chapter = rules.filter(rule => !isFar(others)(rule));
  return chapter.length > 0 ? chapter : rules;
};

/** Whether a rule is of another chapter than all of these. */
const isFar =
  (others: readonly RuleId[]) =>
  (rule: RuleId): boolean =>
    others.every(other => other.slice(0, 2) !== rule.slice(0, 2));

/** The places, among the rules that the nearest alternative cites, of those that call for such an effect. */
const placesOf = <Config, State, Stimulus, Effect>(
  {specification: {callingFor, kindOf}, config, found}: Situation<Config, State, Stimulus, Effect>,
  effect: unknown,
): readonly number[] => {
  const rules = callingFor(config, kindOf(effect));
  return found.alternative.outcome.rules.flatMap((rule, index) => (rules.includes(rule) ? [index] : []));
};

/** Rules by which it comes to the first effect that is missing, after all for which something that it does vouches. */
const leadingTo = <Config, State, Stimulus, Effect>(
  situation: Situation<Config, State, Stimulus, Effect>,
): readonly Broken[] => {
  const {specification, step, found} = situation;
  const {kindOf, follows, tellEffect} = specification;
  const {missing, surplus} = found.difference;
  const cited: readonly RuleId[] = found.alternative.outcome.rules;
  const calls = (effect: unknown): readonly number[] => placesOf(situation, effect);
  const [first] = lastOf(missing, follows);
  const due = first === undefined ? [] : calls(first);
  const end = Math.min(...due);
  // What is persisted comes first, whenever in the step it changed.
  const vouching = step.observed.filter(effect => !surplus.includes(effect) && !isPersist(effect));
  const vouched = vouching.flatMap(calls);
  const since = Math.max(-1, ...vouched.filter(index => index < end));
  // Where others of that kind are there, or it is there with something else in it, it has come to that.
  const hasCome =
    vouched.some(index => due.includes(index)) || surplus.some(effect => kindOf(effect) === kindOf(first));
  return first === undefined || due.length === 0 || hasCome
    ? []
    : broken(cited.slice(since + 1, end).filter(isDemand), `it leads to what is missing: ${tellEffect(first)}`);
};

/** Rules that are to be followed where something is done for which no rule calls: one of them was taken for more. */
const guarding = <Config, State, Stimulus, Effect>(
  situation: Situation<Config, State, Stimulus, Effect>,
): readonly Broken[] => {
  const {specification, config, step, found} = situation;
  const {callingFor, kindOf, follows, tellEffect} = specification;
  const {missing, surplus} = found.difference;
  const cited: readonly RuleId[] = found.alternative.outcome.rules;
  const changed = missing.map(kindOf);
  const extra = surplus.find(
    effect => !follows(effect) && !changed.includes(kindOf(effect)) && placesOf(situation, effect).length === 0,
  );
  if (extra === undefined) return [];
  const later = step.observed.slice(step.observed.indexOf(extra)).filter(effect => !surplus.includes(effect));
  const until = later.flatMap(effect => placesOf(situation, effect));
  const rules = cited.slice(0, Math.max(1, Math.min(cited.length, ...until))).filter(isDemand);
  return broken(akin(rules, callingFor(config, kindOf(extra))), `it leads to no such thing: ${tellEffect(extra)}`);
};

/** Rules of the same chapter as those that say what an id means, by which it comes to the effect that names it. */
const comingTo = <Config, State, Stimulus, Effect>(
  situation: Situation<Config, State, Stimulus, Effect>,
  named: Effect,
  rules: readonly RuleId[],
): readonly RuleId[] => {
  const cited: readonly RuleId[] = situation.found.alternative.outcome.rules;
  const before = cited.slice(0, Math.min(cited.length, ...placesOf(situation, named)));
  return before.filter(rule => isDemand(rule) && !isFar(rules)(rule));
};

/** Whether something about the same is sent at all where it has to be: to others, or with something else in it. */
const isSpread = (effect: unknown, expected: readonly unknown[], observed: readonly unknown[]): boolean => {
  const isAlike = (other: unknown): boolean =>
    isSame(at(other, ['message', 'type']), at(effect, ['message', 'type'])) &&
    isSame(at(other, ['message', 'vm']), at(effect, ['message', 'vm']));
  return expected.some(isAlike) && observed.some(isAlike);
};

/** The same, with these in the end. */
export const lastOf = <T>(all: readonly T[], isLast: (one: T) => boolean): readonly T[] => [
  ...all.filter(one => !isLast(one)),
  ...all.filter(isLast),
];
