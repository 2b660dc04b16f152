import type {Repairs, RuleId} from '../src/index.js';
import type {Outcome} from './adapter/breakdown.js';
import {type Bench, type Ending, newTally, type OnRejected, type Taken, type Tally} from './cases/bench.js';
import {ledThrough} from './cases/cases.js';
import {covered} from './cases/cover.js';
import {TIME_IS_OVER} from './cases/position.js';
import {walked} from './cases/random-walk.js';
import {oneByOne, type Task} from './cases/rehearsal.js';
import type {OnOwing, Owing} from './cases/settle.js';
import type {Healed, Settlement} from './cases/settlement.js';
import {shrunk, shrunkOwing} from './cases/shrink.js';
import {allTold, type StoryReport} from './cases/stories.js';
import {type Driver, driving} from './driver.js';
import {blamed} from './oracle/blame.js';
import {failureOf, owingOf, traced} from './report/failure.js';
import type {Coverage, Failure, PlanReport, Result} from './report/result.js';
import type {Subject} from './subject.js';
import type {Plan, Suite} from './suite.js';

/** Where a run of the suite must stop. */
export type Limits = {
  /** The most stimuli that a subject is given; shrinking a failure may take as many again. Default 1,000,000. */
  readonly steps?: number;
  /** What the random walks start from, an integer. Default 1. */
  readonly seed?: number;
  /** The run ends when so many different rules are broken, those in `expected` not counted. Default 1. */
  readonly failures?: number;
  readonly expected?: ReadonlySet<RuleId>;
  /** Aborted when somebody wants the run to stop: then it is `inconclusive`. */
  readonly signal?: AbortSignal | null;
};

/** What is told while a suite runs, as soon as it is known. */
export type Listener = {
  /** Called for each failure. */
  readonly onFailure: (failure: Failure) => void;
  /** Called when a plan is done. */
  readonly onPlan: (plan: PlanReport) => void;
  /** Called when a story has been told. */
  readonly onStory?: (story: StoryReport) => void;
};

/** A subject that breaks this much that is not expected of it is not looked at any further. */
const MOST_REJECTIONS = 2000;

const NOBODY: Listener = {onFailure: () => {}, onPlan: () => {}};

/**
 * Tries a subject by every plan of a suite. It never throws for what a subject does: that is in the verdict. A `pass`
 * means that every plan was gone through whole; when the budget of steps ends sooner, the verdict is `inconclusive`.
 * A step that nothing allows is gone round, and what can only be reached through it is looked at last: there a rule can
 * be found kept, and never broken.
 */
export const conform = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  suite: Suite<Config, State, Stimulus, Effect>,
  subject: Subject<Config, Stimulus>,
  limits?: Limits,
  listener?: Listener,
): Promise<Result> => judge(suite, driving(subject), limits, listener);

/** The same for a subject that is driven over some channel. */
export const judge = async <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  {specification, plans, settlement}: Suite<Config, State, Stimulus, Effect>,
  driver: Driver,
  {steps = 1_000_000, seed = 1, failures: mostFailures = 1, expected = new Set(), signal = null}: Limits = {},
  {onFailure, onPlan, onStory}: Listener = NOBODY,
): Promise<Result> => {
  const failures = new Map<string, Failure>();
  const tallies: Tally[] = [];
  const reports: PlanReport[] = [];
  const numbers = new Map<string, number>();
  const stories: StoryReport[] = [];
  let rejections = 0;
  let spent = 0;
  let end: {readonly ending: Ending<Stimulus>; readonly trace: Result['trace']} | null = null;

  for (const plan of plans) {
    const tally = newTally(steps - spent, signal, numbers);
    const bench = {specification, config: plan.config, driver, world: plan.world, recall: plan.recall, tally};
    const rejectionsBefore = rejections;
    const noted = async (key: string, make: () => Promise<Failure>): Promise<boolean> => {
      rejections += 1;
      const known = failures.get(key);
      const failure = known === undefined ? await make() : {...known, cases: known.cases + 1};
      failures.set(key, failure);
      if (known === undefined) onFailure(failure);
      const unexpected = [...failures.values()].filter(({broken: [first]}) => !first || !expected.has(first.rule));
      const cases = unexpected.reduce((sum, each) => sum + each.cases, 0);
      return unexpected.length < mostFailures && cases < MOST_REJECTIONS;
    };
    const onRejected: OnRejected<Stimulus> = (trail, healed = null) =>
      noted(keyOf(blamed(specification, plan.config, trail)), () => told(bench, plan.name, trail, healed));
    const onOwing: OnOwing<State, Stimulus, Effect> = found =>
      noted(`outstanding ${found.debts[0]?.rule}`, () => owed(bench, settlement, plan, found));
    const ending = await gone(bench, plan, {
      seed,
      steps,
      settlement: settlement ?? null,
      onRejected,
      onOwing,
      onStory: story => {
        stories.push(story);
        onStory?.(story);
      },
    });
    spent += tally.steps;
    tallies.push(tally);
    reports.push(reportOf(plan.name, tally, rejections - rejectionsBefore, ending));
    onPlan(reports.at(-1) as PlanReport);
    if (ending === null) continue;
    end = {ending, trace: ending.type === 'Stopped' ? [] : traced(bench, ending.trail)};
    break;
  }

  const found = [...failures.values()];
  const [first = null] = found;
  const verdict =
    end?.ending.type === 'Broken' ? 'error' : first !== null ? 'fail' : end !== null ? 'inconclusive' : 'pass';
  return {
    module: specification.module,
    verdict,
    reason: verdict === 'fail' ? reasonOf(first) : (end?.ending.reason ?? null),
    outcome: outcomeOf(end?.ending ?? null),
    seed,
    coverage: coverageOf(tallies, plans, reports),
    plans: reports,
    trace: verdict === 'error' ? (end?.trace ?? []) : (first?.trace ?? end?.trace ?? []),
    failure: verdict === 'fail' ? first : null,
    failures: found,
    stories,
  };
};

const outcomeOf = (ending: Ending<unknown> | null): Outcome | null =>
  ending?.type === 'Broken' ? ending.outcome : null;

/** Failures are told apart by the rule that is broken most likely. */
const keyOf = ([first]: ReturnType<typeof blamed>): string => first?.rule ?? 'unknown';

const told = async <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  plan: string,
  trail: readonly Taken<Stimulus>[],
  healed: Healed | null,
): Promise<Failure> => {
  // What comes once a core has healed is not chosen, so nothing of it can be left out.
  const shortest = healed === null ? await shrunk({...bench, tally: newTally(bench.tally.mostSteps)}, trail) : trail;
  return failureOf(bench, shortest, plan, healed);
};

/** A story stays as it is told; of a walk as much is left out as may be. */
const owed = async <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  settlement: Settlement<Config, State, Stimulus> | null | undefined,
  {name, stories}: Plan<Config, Stimulus, Effect>,
  found: Owing<State, Stimulus, Effect>,
): Promise<Failure> => {
  const isTold = stories !== undefined || settlement === null || settlement === undefined;
  const fresh = {...bench, tally: newTally(bench.tally.mostSteps)};
  return owingOf(bench, isTold ? found : await shrunkOwing(fresh, settlement, found), name);
};

type Going<Config, State, Stimulus, Effect> = {
  readonly seed: number;
  readonly steps: number;
  readonly settlement: Settlement<Config, State, Stimulus> | null;
  readonly onRejected: OnRejected<Stimulus>;
  readonly onOwing: OnOwing<State, Stimulus, Effect>;
  readonly onStory: (story: StoryReport) => void;
};

const gone = async <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  {length, walks, cases, stories}: Plan<Config, Stimulus, Effect>,
  going: Going<Config, State, Stimulus, Effect>,
): Promise<Ending<Stimulus> | null> => {
  const {steps, onRejected} = going;
  const ending = await (stories !== undefined
    ? allTold(bench, stories, going)
    : cases !== undefined
      ? ((await ledThrough(bench, cases, onRejected)) ??
        (await walkedOften(bench, length, walks ?? 0, {...going, settlement: null})))
      : walks === null
        ? covered(bench, length, onRejected)
        : walkedOften(bench, length, walks, going));
  const isBudget = ending?.type === 'Stopped' && ending.reason.startsWith('the budget');
  const isOver = isBudget || (ending?.type === 'Stopped' && ending.reason === TIME_IS_OVER);
  // Walks without an end are over when the budget is, or the time.
  if (isOver && walks === Number.POSITIVE_INFINITY) return null;
  return isBudget ? {type: 'Stopped', reason: `the budget of ${steps} steps is used up`} : ending;
};

/** A rehearsal goes on whatever it finds. */
const UNHEARD = {onRejected: () => Promise.resolve(true), onOwing: () => Promise.resolve(true)};

const walkedOften = <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  mostSteps: number,
  walks: number,
  {seed, ...going}: Going<Config, State, Stimulus, Effect>,
): Promise<Ending<Stimulus> | null> => {
  function* all(): Iterable<Task<Config, State, Stimulus, Effect>> {
    for (let walk = 0; walk < walks; walk++)
      yield (taken, isRehearsal) => walked(taken, seed + walk, {mostSteps, ...going, ...(isRehearsal ? UNHEARD : {})});
  }
  return oneByOne(bench, all());
};

const rulesOf = (rules: ReadonlyMap<RuleId, number>): PlanReport['rules'] =>
  [...rules].map(([id, count]) => ({id, steps: count})).sort((a, b) => (a.id < b.id ? -1 : 1));

const reportOf = (
  name: string,
  {steps, situations, pairs, rules, supposed, suspected}: Tally,
  rejected: number,
  ending: Ending<unknown> | null,
): PlanReport => ({
  name,
  isComplete: ending === null,
  steps,
  situations,
  pairs: pairs.size,
  rejected,
  rules: rulesOf(rules),
  supposed: rulesOf(supposed),
  suspected: [...suspected].sort(),
});

const coverageOf = (
  tallies: readonly Tally[],
  plans: readonly {readonly name: string}[],
  reports: readonly PlanReport[],
): Coverage => {
  const rules = new Map<RuleId, number>();
  const supposed = new Map<RuleId, number>();
  for (const tally of tallies) {
    for (const [id, count] of tally.rules) rules.set(id, (rules.get(id) ?? 0) + count);
    for (const [id, count] of tally.supposed) supposed.set(id, (supposed.get(id) ?? 0) + count);
  }
  const suspected = new Set(tallies.flatMap(tally => [...tally.suspected]));
  const completed = reports.filter(({isComplete}) => isComplete).map(({name}) => name);
  return {
    completed,
    unfinished: plans.map(({name}) => name).filter(name => !completed.includes(name)),
    steps: tallies.reduce((sum, {steps}) => sum + steps, 0),
    situations: tallies.reduce((sum, {situations}) => sum + situations, 0),
    pairs: new Set(tallies.flatMap(({pairs}) => [...pairs])).size,
    rules: rulesOf(rules),
    supposed: rulesOf(supposed),
    suspected: [...suspected].sort(),
  };
};

const reasonOf = (failure: Failure | null): string => {
  const [first] = failure?.broken ?? [];
  return first === undefined ? 'nothing that is allowed explains the last step' : `${first.rule} is broken`;
};
