// The kill matrix: which case finds which mutant, and the fewest cases that find all of them and come to every rule.

import type {Repairs, RuleId} from '../../src/index.js';
import {newTally} from '../cases/bench.js';
import {POLICIES, type WrittenCase} from '../cases/cases.js';
import {covered} from '../cases/cover.js';
import {caseId} from '../cases/id.js';
import {conform} from '../conform.js';
import {driving} from '../driver.js';
import {beginning, judged} from '../oracle/oracle.js';
import type {Failure} from '../report/result.js';
import type {Specification} from '../specification.js';
import type {Subject} from '../subject.js';
import {referenceOf} from '../subjects.js';
import type {Plan, Suite} from '../suite.js';
import {type Mutant, subjectOf} from './mutant.js';
import {type Endless, product} from './product.js';
import {READS, type Read} from './reads.js';

/** What became of a mutant. */
export type Kill = {
  readonly mutant: string;
  readonly breaks: RuleId;
  /** Another rule that says as well what is wrong. */
  readonly reads: Read | null;
  /** How it was found, by the lane that covers the small bounds; null for one that it did not find. */
  readonly found: {
    /** The rules that may be broken, the most likely first. */
    readonly rules: readonly RuleId[];
    readonly plan: string;
    readonly case: string;
    readonly steps: number;
    /** Whether the core lane goes through that plan whole, and needs no case of it. */
    readonly isNarrow: boolean;
  } | null;
  /** How many situations show that nothing can find it; null where that was not shown. */
  readonly equivalent: number | null;
  /** The core cases that find it. */
  readonly core: readonly string[];
};

/** Which mutants a story finds. */
export type Telling = {
  readonly id: string;
  readonly name: string;
  readonly of: string;
  readonly finds: readonly string[];
  /** Those of them that leave something outstanding when a core has healed. */
  readonly owing: readonly string[];
};

export type Matrix = {
  readonly kills: readonly Kill[];
  readonly core: readonly WrittenCase[];
  readonly stories: readonly Telling[];
};

type Candidate<Config, Stimulus, Effect> = {
  readonly written: WrittenCase;
  readonly plan: Plan<Config, Stimulus, Effect>;
  readonly stimuli: readonly Stimulus[];
};

/** However many rules are broken, everything is told. */
const ALL = Number.POSITIVE_INFINITY;

/** How many situations a product may have. */
const MOST_SITUATIONS = 50_000;

/** Tries every mutant by the plans of the suite, which must not walk at random; `heed` comes before each of them. */
export const matrixOf = async <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  suite: Suite<Config, State, Stimulus, Effect>,
  mutants: readonly Mutant<Config, State, Stimulus, Effect>[],
  endless: Endless<Config, Stimulus, Effect> | null,
  heed: () => Promise<void>,
): Promise<Matrix> => {
  const {specification} = suite;
  const plans = suite.plans.filter(({stories}) => stories === undefined);
  const candidates = new Map<string, Candidate<Config, Stimulus, Effect>>();
  const add = (
    plan: Plan<Config, Stimulus, Effect>,
    policy: WrittenCase['policy'],
    stimuli: readonly Stimulus[],
  ): string => {
    const id = caseId(specification.module, plan.name, stimuli);
    const choices = choicesFor(specification, plan, policy, stimuli);
    if (choices !== null && !plan.isNarrow && !candidates.has(id)) {
      candidates.set(id, {written: {id, plan: plan.name, policy, choices}, plan, stimuli});
    }
    return id;
  };
  const costs = new Map<string, number>();
  for (const plan of plans) {
    for (const [name, policy] of Object.entries(POLICIES)) {
      const {first, steps} = await firstTo(specification, plan, referenceOf(specification, policy));
      for (const stimuli of first) add(plan, name as WrittenCase['policy'], stimuli);
      costs.set(plan.name, Math.max(steps, costs.get(plan.name) ?? 0));
    }
  }
  const cheapest = [...plans].sort((a, b) => (costs.get(a.name) ?? 0) - (costs.get(b.name) ?? 0));
  const kills: Kill[] = [];
  for (const mutant of mutants) {
    await heed();
    const failure = await found(suite, cheapest, mutant, [...candidates.values()]);
    const plan = plans.find(({name}) => name === failure?.plan);
    const verdict =
      failure === null && endless !== null ? product(specification, mutant, endless, MOST_SITUATIONS) : null;
    if (failure !== null && plan !== undefined) {
      for (const policy of Object.keys(POLICIES) as WrittenCase['policy'][])
        add(
          plan,
          policy,
          failure.trace.map(({stimulus}) => stimulus as Stimulus),
        );
    }
    kills.push({
      mutant: mutant.name,
      breaks: mutant.breaks,
      reads: READS.get(mutant.name) ?? null,
      found:
        failure === null
          ? null
          : {
              rules: failure.broken.map(({rule}) => rule),
              plan: failure.plan,
              case: failure.case,
              steps: failure.trace.length,
              isNarrow: plan?.isNarrow === true,
            },
      equivalent: verdict?.type === 'Equivalent' ? verdict.situations : null,
      core: [],
    });
  }
  const all = [...candidates.values()];
  const finds = all.map(each => [
    ...rulesIn(specification, each),
    ...mutants.filter(mutant => isFoundBy(specification, mutant, each)).map(({name}) => name),
  ]);
  const chosen = greedyCover(
    finds,
    all.map(({stimuli}) => stimuli.length),
  );
  return {
    core: chosen.map(index => all[index]?.written).filter(written => written !== undefined),
    stories: await toldOf(suite, mutants),
    kills: kills.map(kill => ({
      ...kill,
      core: chosen.flatMap(index => (finds[index]?.includes(kill.mutant) ? [all[index]?.written.id ?? ''] : [])),
    })),
  };
};

/**
 * The failure of a mutant. The shortest case known by now that finds it says in which plan to look for it first; where
 * there is none, all plans are gone through. So the matrix depends on nothing but what is tried, and in which order.
 */
const found = async <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  suite: Suite<Config, State, Stimulus, Effect>,
  plans: readonly Plan<Config, Stimulus, Effect>[],
  mutant: Mutant<Config, State, Stimulus, Effect>,
  known: readonly Candidate<Config, Stimulus, Effect>[],
): Promise<Failure | null> => {
  const {specification} = suite;
  const [hint] = known
    .filter(each => isFoundBy(specification, mutant, each))
    .sort((a, b) => a.stimuli.length - b.stimuli.length);
  const stories = suite.plans.filter(plan => plan.stories !== undefined);
  const tried = [...(hint === undefined ? [] : [[hint.plan]]), plans, stories];
  for (const each of tried) {
    const {failure} = await conform({...suite, plans: each}, subjectOf(specification, mutant));
    if (failure !== null) return failure;
  }
  return null;
};

/** Every story is told to every mutant. */
const toldOf = async <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  suite: Suite<Config, State, Stimulus, Effect>,
  mutants: readonly Mutant<Config, State, Stimulus, Effect>[],
): Promise<readonly Telling[]> => {
  const plans = suite.plans.filter(({stories}) => stories !== undefined);
  const found = new Map<string, Telling>();
  for (const mutant of mutants) {
    const {stories} = await conform({...suite, plans}, subjectOf(suite.specification, mutant), {failures: ALL});
    for (const {id, name, of, verdict, settled} of stories) {
      const known = found.get(id) ?? {id, name, of, finds: [], owing: []};
      const isOwing = (settled?.outstanding ?? []).length > 0;
      found.set(id, {
        ...known,
        finds: verdict === 'fail' ? [...known.finds, mutant.name] : known.finds,
        owing: isOwing ? [...known.owing, mutant.name] : known.owing,
      });
    }
  }
  return [...found.values()];
};

/** The choices by which the reference comes to these stimuli; null where it does not. */
const choicesFor = <Config, State, Stimulus, Effect>(
  {start, outcomes, withoutNeedless}: Specification<Config, State, Stimulus, Effect>,
  {config, world: first}: Plan<Config, Stimulus, Effect>,
  policy: WrittenCase['policy'],
  stimuli: readonly Stimulus[],
): string | null => {
  let [state, world] = [start(config), first];
  const choices: number[] = [];
  for (const stimulus of stimuli) {
    const offers = world.offers();
    const choice = offers.findIndex(offer => JSON.stringify(offer.stimulus) === JSON.stringify(stimulus));
    const offer = offers[choice];
    if (offer === undefined) return null;
    choices.push(choice);
    const did = POLICIES[policy](outcomes(config, state, stimulus));
    state = did.state;
    world = world.after(offer, withoutNeedless(stimulus, did.effects) as readonly Effect[]);
  }
  return choices.join('.');
};

/** For each rule the first, and so a shortest, case that comes to it; and how many steps all cases have together. */
const firstTo = async <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  {config, world, length}: Plan<Config, Stimulus, Effect>,
  subject: Subject<Config, Stimulus>,
): Promise<{readonly first: readonly (readonly Stimulus[])[]; readonly steps: number}> => {
  let now: Stimulus[] = [];
  const first = new Map<RuleId, readonly Stimulus[]>();
  const rules = new (class extends Map<RuleId, number> {
    override set(rule: RuleId, count: number): this {
      if (!first.has(rule)) first.set(rule, [...now]);
      return super.set(rule, count);
    }
  })();
  const recording: Subject<Config, Stimulus> = {
    reset: given => {
      now = [];
      return subject.reset(given);
    },
    step: stimulus => {
      now.push(stimulus);
      return subject.step(stimulus);
    },
  };
  const tally = {...newTally(Number.POSITIVE_INFINITY), rules};
  await covered({specification, config, driver: driving(recording), world, recall: 0, tally}, length, () =>
    Promise.resolve(false),
  );
  return {first: [...first.values()], steps: tally.steps};
};

const rulesIn = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  {written, plan: {config}, stimuli}: Candidate<Config, Stimulus, Effect>,
): readonly string[] => {
  let state = specification.start(config);
  const rules = new Set<string>();
  for (const stimulus of stimuli) {
    const did = POLICIES[written.policy](specification.outcomes(config, state, stimulus));
    for (const rule of did.rules) rules.add(`rule ${rule}`);
    state = did.state;
  }
  return [...rules];
};

/** Whether these stimuli lead the mutant to what nothing allows. */
const isFoundBy = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  {fault, policy}: Mutant<Config, State, Stimulus, Effect>,
  {plan: {config}, stimuli}: Candidate<Config, Stimulus, Effect>,
): boolean => {
  const faulty = fault(specification.outcomes);
  let [state, explanation] = [specification.start(config), beginning(specification, config)];
  for (const stimulus of stimuli) {
    const did = policy(faulty(config, state, stimulus));
    const observed = specification.withoutNeedless(stimulus, did.effects);
    const judgement = judged(specification, config, explanation, stimulus, observed);
    if (judgement.type === 'Unexplained') return true;
    state = did.state;
    explanation = judgement.next;
  }
  return false;
};

/** Indices of sets that together hold all that any does: each time one that adds most, the shortest of these. */
const greedyCover = (sets: readonly (readonly string[])[], lengths: readonly number[]): readonly number[] => {
  const left = new Set(sets.flat());
  const chosen: number[] = [];
  while (left.size > 0) {
    const gains = sets.map(set => set.filter(element => left.has(element)).length);
    const best = Math.max(...gains);
    const [index] = gains
      .flatMap((gain, each) => (gain === best ? [each] : []))
      .sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || a - b);
    if (index === undefined || best === 0) break;
    chosen.push(index);
    for (const element of sets[index] ?? []) left.delete(element);
  }
  return chosen.sort((a, b) => a - b);
};
