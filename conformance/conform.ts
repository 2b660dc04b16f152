import type {Repairs, RuleId} from '../src/index.js';
import {type Bench, type Ending, newTally, type Tally} from './cases/bench.js';
import {covered} from './cases/cover.js';
import {shrunk} from './cases/shrink.js';
import {walked} from './cases/walk.js';
import {failureOf, traced} from './report/failure.js';
import type {Coverage, Result} from './report/result.js';
import type {Subject} from './subject.js';
import type {Plan, Suite} from './suite.js';

export type Limits = {
  /** The most stimuli that a subject is given; shrinking a failure may take as many again. Default 500,000. */
  readonly steps?: number;
  /** What the random walks start from, an integer. Default 1. */
  readonly seed?: number;
};

/**
 * Tries a subject by every plan of a suite, up to the first thing that is wrong. It never throws for what a subject
 * does: that is in the verdict. A `pass` means that every plan was gone through whole; when the budget of steps ends
 * sooner, the verdict is `inconclusive`.
 */
export const conform = async <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  {specification, plans}: Suite<Config, State, Stimulus, Effect>,
  subject: Subject<Config, Stimulus>,
  {steps = 500_000, seed = 1}: Limits = {},
): Promise<Result> => {
  const tally = newTally(steps);
  for (const [index, plan] of plans.entries()) {
    const {config, world, recall} = plan;
    const bench = {specification, config, subject, world, recall, tally};
    const ending = await gone(bench, plan, seed);
    if (ending === null) continue;
    const coverage = coverageOf(tally, plans, index);
    const trail = ending.type === 'Stopped' ? [] : ending.trail;
    const common = {module: specification.module, seed, coverage};
    if (ending.type !== 'Rejected') {
      const verdict = ending.type === 'Broken' ? 'error' : 'inconclusive';
      return {...common, verdict, reason: ending.reason, trace: traced(bench, trail), failure: null};
    }
    const shortest = await shrunk({...bench, tally: newTally(steps)}, trail);
    const failure = failureOf(bench, shortest, plan.name);
    return {...common, verdict: 'fail', reason: reasonOf(failure.broken), trace: traced(bench, shortest), failure};
  }
  const coverage = coverageOf(tally, plans, plans.length);
  return {module: specification.module, verdict: 'pass', reason: null, seed, coverage, trace: [], failure: null};
};

const gone = async <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  {length, walks}: Plan<Config, Stimulus, Effect>,
  seed: number,
): Promise<Ending<Stimulus> | null> => {
  if (walks === null) return covered(bench, length);
  for (let walk = 0; walk < walks; walk++) {
    const ending = await walked(bench, length, seed + walk);
    if (ending !== null) return ending;
  }
  return null;
};

const coverageOf = (
  {steps, situations, pairs, rules}: Tally,
  plans: readonly {readonly name: string}[],
  done: number,
): Coverage => ({
  completed: plans.slice(0, done).map(({name}) => name),
  unfinished: plans.slice(done).map(({name}) => name),
  steps,
  situations,
  pairs: pairs.size,
  rules: [...rules].map(([id, count]) => ({id, steps: count})).sort((a, b) => (a.id < b.id ? -1 : 1)),
});

const reasonOf = (broken: readonly {readonly rule: RuleId}[]): string => {
  const [first] = broken;
  return first === undefined ? 'nothing that is allowed explains the last step' : `${first.rule} is broken`;
};
