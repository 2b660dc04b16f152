// From a rejected trace to what a person needs to know of it.

import {type Repairs, RULES} from '../../src/index.js';
import {canonical} from '../canonical.js';
import type {Bench, Taken} from '../cases/bench.js';
import {caseId} from '../cases/id.js';
import {meantBy} from '../cases/position.js';
import type {Owing} from '../cases/settle.js';
import type {Healed} from '../cases/settlement.js';
import {candidates} from '../oracle/blame.js';
import type {Step} from '../oracle/earlier.js';
import {fieldsApart} from '../oracle/fields.js';
import {misnaming} from '../oracle/misnamed.js';
import {type Nearest, nearest} from '../oracle/nearest.js';
import {type Alternative, alternatives, beginning, type Explanation, judged} from '../oracle/oracle.js';
import type {Specification} from '../specification.js';
import type {Allowed, Failure, TracedStep} from './result.js';
import {persistedBy, since} from './since.js';
import {standing} from './standing.js';

type Tried<Config, State, Stimulus, Effect> = Pick<Bench<Config, State, Stimulus, Effect>, 'specification' | 'config'>;

/** Every step in words, with the rules that allow it. */
export const traced = <Config, State, Stimulus, Effect>(
  {specification, config}: Tried<Config, State, Stimulus, Effect>,
  trail: readonly Taken<Stimulus>[],
): readonly TracedStep[] => {
  let explanation = beginning(specification, config);
  let last: unknown = null;
  return trail.map(({stimulus, observed, heard}) => {
    const judgement = judged(specification, config, explanation, stimulus, observed);
    explanation = judgement.type === 'Explained' ? judgement.next : [];
    const effects: readonly unknown[] = JSON.parse(heard);
    const {tellStimulus, tellEffect} = since(specification, last);
    last = persistedBy(effects, last);
    return {
      stimulus,
      effects,
      told: {stimulus: tellStimulus(stimulus), effects: effects.map(tellEffect)},
      rules: judgement.type === 'Explained' ? judgement.rules : [],
    };
  });
};

/** The last step of the trail is the one that nothing allows. */
export const failureOf = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  tried: Tried<Config, State, Stimulus, Effect>,
  trail: readonly Taken<Stimulus>[],
  plan: string,
  healed: Healed | null = null,
): Failure => {
  const {config} = tried;
  const last = trail.at(-1);
  const before = trail.slice(0, -1).reduce<unknown>((persisted, {observed}) => persistedBy(observed, persisted), null);
  const specification = since(tried.specification, before);
  const options =
    last === undefined ? [] : alternatives(specification, config, explaining(tried, trail), last.stimulus);
  const best = nearest(specification, config, options, last?.observed ?? []);
  return {
    ...caseOf(tried, trail, plan, healed),
    broken: candidates(specification, config, trail),
    ...allowedAt(specification, config, options, best),
    standing: standingOf(specification, best),
    settled: healed === null ? null : {core: healed.core, steps: trail.length - healed.after, bound: null},
  };
};

const standingOf = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  found: Nearest<State, Stimulus, Effect> | null,
): readonly string[] => {
  if (found === null) return [];
  const {state} = found.alternative.before;
  return specification.standing?.(state) ?? standing(state as object);
};

/** Every step is allowed, or gone round, and something has not come about since a core healed. */
export const owingOf = <Config, State, Stimulus, Effect>(
  tried: Tried<Config, State, Stimulus, Effect>,
  {position: {trail}, healed, steps, bound, debts}: Owing<State, Stimulus, Effect>,
  plan: string,
): Failure => ({
  ...caseOf(tried, trail, plan, healed),
  broken: debts.map(({rule, what}) => ({
    rule,
    level: RULES[rule].level,
    because: `outstanding after ${bound} steps with nothing in the way: ${what}`,
  })),
  allowed: [],
  standing: [],
  differences: debts.map(({what}) => what),
  settled: {core: healed.core, steps, bound},
});

const caseOf = <Config, State, Stimulus, Effect>(
  tried: Tried<Config, State, Stimulus, Effect>,
  trail: readonly Taken<Stimulus>[],
  plan: string,
  healed: Healed | null,
): Pick<Failure, 'case' | 'plan' | 'config' | 'choices' | 'cases' | 'trace'> => ({
  case: caseId(tried.specification.module, plan, meantBy(tried, trail)),
  plan,
  config: {...(tried.config as object)},
  choices: trail.slice(0, healed?.after).map(({choice}) => choice),
  cases: 1,
  trace: traced(tried, trail),
});

/** What was allowed, each once, the nearest to the observation first; and how the observation differs from that. */
export const allowedAt = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  options: readonly Alternative<State, Stimulus, Effect>[],
  best: Nearest<State, Stimulus, Effect> | null,
): Pick<Failure, 'allowed' | 'differences'> => {
  if (best === null) return {allowed: [], differences: []};
  const ordered = [best.alternative, ...options.filter(option => option !== best.alternative)];
  const allowed = ordered.map(
    ({outcome}): Allowed => ({
      effects: outcome.effects,
      told: outcome.effects.map(specification.tellEffect),
      rules: outcome.rules.map(id => ({id, level: RULES[id].level})),
    }),
  );
  return {
    allowed: [...new Map(allowed.map(option => [canonical(option), option])).values()],
    differences: inWords(specification, config, best),
  };
};

/** The states that explain all but the last step. */
const explaining = <Config, State, Stimulus, Effect>(
  {specification, config}: Tried<Config, State, Stimulus, Effect>,
  trail: readonly Step<Stimulus>[],
): Explanation<State> =>
  trail.slice(0, -1).reduce(
    (explanation, {stimulus, observed}) => {
      const judgement = judged(specification, config, explanation, stimulus, observed);
      return judgement.type === 'Explained' ? judgement.next : [];
    },
    beginning(specification, config),
  );

/** How an observation differs from what was expected, in words. */
const inWords = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  {alternative: {before}, difference: {missing, surplus, misplaced, misnamed}}: Nearest<State, Stimulus, Effect>,
): readonly string[] => {
  const {kindOf, tellEffect} = specification;
  const kinds = (effects: readonly unknown[]): readonly string[] => effects.map(kindOf);
  const changed = missing.filter(effect => kinds(surplus).includes(kindOf(effect)));
  const lost = missing.filter(effect => !changed.includes(effect));
  const added = surplus.filter(effect => !kinds(changed).includes(kindOf(effect)));
  const others = surplus.filter(effect => !added.includes(effect));
  const pairs = pairsOf(specification, config, changed, others);
  const paired = new Set<unknown>(pairs.map(({expected}) => expected));
  return [
    ...lost.map(effect => `missing: ${tellEffect(effect)}`),
    ...added.map(effect => `not allowed: ${tellEffect(effect)}`),
    ...changed.filter(effect => !paired.has(effect)).map(effect => `missing: ${tellEffect(effect)}`),
    ...pairs.flatMap(({observed, expected, fields}) => [
      `${expected === null ? 'instead' : 'wrong'}: ${tellEffect(observed)}`,
      ...fields.map(field => `   ${field}`),
    ]),
    ...misplaced.map(
      ({early, late}) => `in the wrong order: ${tellEffect(late)} must come before ${tellEffect(early)}`,
    ),
    ...(misnamed === null
      ? []
      : [
          `an id that means something else: ${tellEffect(misnamed.observed)}`,
          `   ${misnaming(specification, config, before.names, misnamed).because}`,
        ]),
  ];
};

/** What was done, and what was due instead: of its kind, each once, that from which it differs in the fewest fields. */
const pairsOf = <Config, State, Stimulus, Effect>(
  {kindOf, idsInEffect}: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  expected: readonly Effect[],
  observed: readonly unknown[],
): readonly {
  readonly observed: unknown;
  readonly expected: Effect | null;
  readonly fields: readonly string[];
}[] => {
  const left = new Set(expected);
  return observed.map(effect => {
    const ways = [...left]
      .filter(each => kindOf(each) === kindOf(effect))
      .map(each => {
        const ids = idsInEffect(config, each).map(({path}) => path);
        return {observed: effect, expected: each, fields: fieldsApart(each, effect, ids)};
      });
    const [fewest] = ways.filter(({fields}) => fields.length > 0).sort((a, b) => a.fields.length - b.fields.length);
    if (fewest === undefined) return {observed: effect, expected: null, fields: []};
    left.delete(fewest.expected);
    return fewest;
  });
};
