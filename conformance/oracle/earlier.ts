// What an earlier step may have left behind. A slip that could not be seen when it was made is told by a later step:
// each step is looked at as if it had left something else, and if all that was seen since then fits, it is a candidate.

import {isApplicable, type Repairs, RULES, type RuleId} from '../../src/index.js';
import {at, canonical, type Path, replaced} from '../canonical.js';
import type {Specification} from '../specification.js';
import type {Nearest} from './nearest.js';
import {alternatives, beginning, type Explanation, judged, namesAfter} from './oracle.js';
import {partsApart, rearranged} from './parts.js';
import {supposed} from './supposed.js';

/** How whatever may have been mistaken begins to be told. */
export const AS_IF = 'it acts as if';

/** One step of a run: what was put to the subject, and what it did. */
export type Step<Stimulus> = {readonly stimulus: Stimulus; readonly observed: readonly unknown[]};

/** How the subject may have slipped at a step, and the rules that this step is allowed by. */
export type Slip = {
  readonly rules: readonly RuleId[];
  readonly because: string;
  /** The rules by which the last step would then be right; left out where that is not looked at. */
  readonly then?: readonly RuleId[];
};

/** One step that was allowed, and what came after it. */
export type Moment<Config, State, Stimulus, Effect> = {
  readonly specification: Specification<Config, State, Stimulus, Effect>;
  readonly config: Config;
  readonly number: number;
  readonly step: Step<Stimulus>;
  readonly before: Explanation<State>;
  readonly later: readonly Step<Stimulus>[];
};

/** Whether the subject did nothing at this step that could be seen. */
export const isSilent = ({observed}: Pick<Step<unknown>, 'observed'>): boolean => observed.length === 0;

/** Which of these the subject may not have heard (silent ones), or not have kept in mind, in their order. */
export const forgotten = <Config, State, Stimulus, Effect>(
  moments: readonly Moment<Config, State, Stimulus, Effect>[],
): readonly Slip[] =>
  moments.flatMap(moment => {
    const {config, step, number, before} = moment;
    const because = `${AS_IF} step ${number} had ${isSilent(step) ? 'not happened' : 'changed nothing'}`;
    const taken = fitting(moment, config, step.stimulus, before).map(({was, names}) => ({state: was, names}));
    const then = leadsTo(moment, taken);
    return then === null ? [] : [{rules: rulesAt(moment), because, then}];
  });

/** Which of these, messages that are settled by now, the subject still answers. */
export const stillAnswered = <Config, State, Stimulus, Effect>(
  moments: readonly Moment<Config, State, Stimulus, Effect>[],
  {alternative: {outcome, stimulus}, difference: {surplus}}: Nearest<State, Stimulus, Effect>,
): readonly Slip[] => {
  const isStale = (effect: unknown): boolean => ![stimulus, outcome.state].some(known => isToldBy(effect, known));
  return moments.flatMap(moment => {
    const {step, number} = moment;
    const answers = (effect: unknown): boolean =>
      at(effect, ['to']) === at(step.stimulus, ['from']) && isToldBy(effect, step.stimulus);
    const isStill = surplus.some(effect => answers(effect) && isStale(effect)) && !outcome.effects.some(answers);
    return isStill ? [{rules: rulesAt(moment), because: `it still answers step ${number}`}] : [];
  });
};

/** Whether a message about a VM says nothing but what is told there, each under the same name. */
const isToldBy = (effect: unknown, known: unknown): boolean => {
  const {type: _, ...said} = (at(effect, ['message']) ?? {}) as Readonly<Record<string, unknown>>;
  const told = seenIn([known]);
  return Object.hasOwn(said, 'vm') && Object.entries(said).every(([key, value]) => told.get(key)?.has(value as Scalar));
};

/** What of these the subject may have taken for something else, without showing it, in their order. */
export const misjudged = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  moments: readonly Moment<Config, State, Stimulus, Effect>[],
): readonly Slip[] =>
  moments.flatMap(moment => {
    const {specification, config, step, number, before} = moment;
    const lawful = new Set(fitting(moment, config, step.stimulus, before).map(({state}) => canonical(state)));
    return specification.mistakes(config, step.stimulus).flatMap(mistake => {
      const taken = fitting(moment, mistake.config, mistake.stimulus, before).filter(
        ({state}) => !lawful.has(canonical(state)),
      );
      const then = leadsTo(moment, taken);
      if (then === null) return [];
      const because = `${AS_IF} at step ${number} ${mistake.asIf}`;
      const rules = rulesAt(moment);
      const speaking = rules.filter(rule => mistake.rules?.includes(rule) && isApplicable(rule, config.repairs));
      return [{rules: speaking.length > 0 ? speaking : rules, because, then}];
    });
  });

/** Which part of what it remembers the subject may have left as it was, or noted otherwise, at one of these. */
export const misremembered = <Config, State, Stimulus, Effect>(
  moments: readonly Moment<Config, State, Stimulus, Effect>[],
): readonly Slip[] =>
  moments.flatMap(moment => {
    const {specification, config, step, number, before} = moment;
    const {remembering = {}} = specification;
    return fitting(moment, config, step.stimulus, before).flatMap(({was, state, names}) =>
      partsApart(was, state, Object.keys(remembering)).flatMap(({part, path, one, other}): readonly Slip[] => {
        const {what = part, rules: speaking = []} = remembering[part] ?? {};
        const here = rulesAt(moment);
        const rules = here.filter(rule => speaking.some(start => rule.startsWith(start)));
        const named = speaking.filter((start): start is RuleId => Object.hasOwn(RULES, start));
        const told = [rules, named, here].find(({length}) => length > 0) ?? [];
        const slip = (value: unknown, how: string): readonly Slip[] => {
          const then = leadsTo(moment, [{state: replaced(state, path, value), names}]);
          const because = `${AS_IF} step ${number} had ${how}`;
          return then === null ? [] : [{rules: told, because, then}];
        };
        const left = one === undefined ? [] : slip(one, `left it as it was ${what}`);
        if (left.length > 0) return left;
        const others = variations(other, NOTHING_SEEN).map(({path: within, value}) => replaced(other, within, value));
        const orders = isScalar(at(other, ['0'])) ? [] : rearranged(other);
        return [...others, ...orders].flatMap(value => slip(value, `noted otherwise ${what}`)).slice(0, 1);
      }),
    );
  });

/**
 * How the last step would be allowed had one value in its stimulus been another: what stood there before, or the next
 * number. Best one by whose rules of the same chapter as `near`; null where there is none.
 */
export const mistaken = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  steps: readonly Step<Stimulus>[],
  near: RuleId,
): Mistaken | null => {
  const step = steps.at(-1);
  const before = explained(specification, config, beginning(specification, config), steps.slice(0, -1));
  if (step === undefined || before === null) return null;
  const slips = variations(step.stimulus, seenIn(steps)).flatMap(({path, value}): readonly Mistaken[] => {
    const judgement = judged(specification, config, before, replaced(step.stimulus, path, value), step.observed);
    if (judgement.type === 'Unexplained') return [];
    const because = `${AS_IF} ${supposed(path.join('.'), at(step.stimulus, path), value)}`;
    const isMiscounted = isSilent(step) && typeof value === 'number';
    return [{rules: judgement.rules.filter(isDemand), because, isMiscounted}];
  });
  const isNear = ({rules}: Mistaken): boolean => rules.some(rule => rule.slice(0, 2) === near.slice(0, 2));
  return slips.find(isNear) ?? slips[0] ?? null;
};

/** Whether a number is mistaken, and what should count is passed over. */
type Mistaken = Slip & {readonly isMiscounted: boolean};

type Scalar = string | number | boolean;

/** The values that have stood under each key. */
type Seen = ReadonlyMap<string, ReadonlySet<Scalar>>;

const NOTHING_SEEN: Seen = new Map();

const seenIn = (values: readonly unknown[]): Map<string, Set<Scalar>> => {
  const seen = new Map<string, Set<Scalar>>();
  JSON.stringify(values, (key, value) => {
    if (isScalar(value)) seen.set(key, (seen.get(key) ?? new Set()).add(value));
    return value;
  });
  return seen;
};

const isScalar = (value: unknown): value is Scalar => ['string', 'number', 'boolean'].includes(typeof value);

/** The words of a stimulus that are names, of which another is as good; any other word says what kind it is. */
const NAMES = ['from', 'host', 'vm'];

/** The same stimulus but for one value. */
const variations = (
  value: unknown,
  seen: Seen,
  key = 'type',
): readonly {readonly path: Path; readonly value: Scalar}[] => {
  if (isScalar(value)) {
    const next = typeof value === 'number' ? [Math.max(0, value - 1), value + 1] : [!value];
    const others = typeof value === 'string' && !NAMES.includes(key) ? [] : [...(seen.get(key) ?? []), ...next];
    return [...new Set(others)]
      .filter(other => other !== value && typeof other === typeof value)
      .map(other => ({path: [], value: other}));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    variations(part, seen, name).map(({path, value: other}) => ({path: [name, ...path], value: other})),
  );
};

export const isDemand = (rule: RuleId): boolean => RULES[rule].level !== 'MAY';

/** Every step but the last, which nothing allows. */
export const momentsOf = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  steps: readonly Step<Stimulus>[],
): readonly Moment<Config, State, Stimulus, Effect>[] => {
  let before: Explanation<State> | null = beginning(specification, config);
  const moments: Moment<Config, State, Stimulus, Effect>[] = [];
  for (const [index, step] of steps.slice(0, -1).entries()) {
    if (before === null) return moments;
    moments.push({specification, config, number: index + 1, step, before, later: steps.slice(index + 1)});
    before = explained(specification, config, before, [step]);
  }
  return moments;
};

/** The rules by which the last step is allowed, if all later steps are allowed from these states; else null. */
export const leadsTo = <Config, State, Stimulus, Effect>(
  {specification, config, later}: Moment<Config, State, Stimulus, Effect>,
  from: Explanation<State>,
): readonly RuleId[] | null => {
  const last = later.at(-1);
  const until = from.length === 0 ? null : explained(specification, config, from, later.slice(0, -1));
  if (until === null || last === undefined) return null;
  const judgement = judged(specification, config, until, last.stimulus, last.observed);
  return judgement.type === 'Explained' ? judgement.rules : null;
};

/** What was allowed at this moment and fits what was seen, had the stimulus been this one. */
export const fitting = <Config, State, Stimulus, Effect>(
  {specification, step}: Moment<Config, State, Stimulus, Effect>,
  config: Config,
  stimulus: Stimulus,
  before: Explanation<State>,
) =>
  alternatives(specification, config, before, stimulus).flatMap(({before: was, outcome}) => {
    const names = namesAfter(specification, config, was, outcome.effects, step.observed);
    return names === null ? [] : [{was: was.state, state: outcome.state, names}];
  });

/** The rules by which the step was allowed, but for those that allow and demand nothing. */
export const rulesAt = <Config, State, Stimulus, Effect>({
  specification,
  config,
  before,
  step: {stimulus, observed},
}: Moment<Config, State, Stimulus, Effect>): readonly RuleId[] => {
  const judgement = judged(specification, config, before, stimulus, observed);
  return judgement.type === 'Explained' ? judgement.rules.filter(isDemand) : [];
};

/** The states that explain all of these steps from there on; null if there is none. */
export const explained = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  from: Explanation<State>,
  steps: readonly Step<Stimulus>[],
): Explanation<State> | null =>
  steps.reduce<Explanation<State> | null>((explanation, {stimulus, observed}) => {
    if (explanation === null) return null;
    const judgement = judged(specification, config, explanation, stimulus, observed);
    return judgement.type === 'Explained' ? judgement.next : null;
  }, from);
