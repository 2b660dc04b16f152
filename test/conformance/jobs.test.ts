// Several of a subject at once: whatever their number, what is told is what one alone is told, in the same order.

import test from 'ava';
import {TIME_IS_OVER} from '../../conformance/cases/position.js';
import {judge, type Limits, type Listener} from '../../conformance/conform.js';
import {type Driver, driving, type Heard} from '../../conformance/driver.js';
import {haModule, haMutants, haSuite, type Result, referenceOf, subjectOf} from '../../conformance/index.js';
import {withModule} from '../../conformance/suites.js';
import {eager, profile, type RuleId} from '../../src/index.js';
import {holdfastConform} from './conform-command.js';

type Told = {readonly told: readonly unknown[]; readonly result: Result};

/** A search, walks, stories and written cases: each goes through its cases in a way of its own. */
const trying = withModule('ha', profile('hardened'), 'core', core => {
  const {plans, ...suite} = haSuite();
  const some = plans.flatMap(plan => {
    if (plan.name === 'questions and commands') return [{...plan, length: 2}];
    return plan.walks === null && plan.stories === undefined ? [] : [{...plan, walks: plan.walks && 3}];
  });
  const tried = {...suite, plans: [...some, ...core.plans.slice(0, 3)]} as const;
  return async (driver: Driver, limits: Limits): Promise<Told> => {
    const told: unknown[] = [];
    const listener: Listener = {
      onFailure: failure => told.push(failure.case),
      onPlan: plan => told.push(plan),
      onStory: story => told.push(story),
    };
    return {result: await judge(tried as ReturnType<typeof haSuite>, driver, limits, listener), told};
  };
});

/** How many cases are under way, and how many were at most. */
type Count = {now: number; most: number};

/** As the subject, but each answer comes some turns later, in its order. */
const slow = (driver: Driver, turns: number, window: number, count: Count): Driver => {
  let last: Promise<unknown> = Promise.resolve();
  const late = (answer: () => Heard | Promise<Heard>): Promise<Heard> => {
    count.now += 1;
    count.most = Math.max(count.most, count.now);
    const told = last.then(async () => {
      for (let turn = 0; turn < turns; turn++) await null;
      count.now -= 1;
      return answer();
    });
    last = told;
    return told;
  };
  return {
    window,
    reset: config => late(() => driver.reset(config)),
    step: stimulus => late(() => driver.step(stimulus)),
  };
};

const mutant = (name: string): Driver => {
  const found = haMutants.find(each => each.name === name);
  if (found === undefined) throw new Error(`no mutant ${name}`);
  return driving(subjectOf(haModule, found));
};

const reference = (): Driver => driving(referenceOf(haModule, eager));

/** Breaks down at its tenth step in one case. */
const fragile = (): Driver => {
  const whole = reference();
  let steps = 0;
  return {
    ...whole,
    reset: config => {
      steps = 0;
      return whole.reset(config);
    },
    step: stimulus => {
      steps += 1;
      return steps < 10 ? whole.step(stimulus) : {type: 'Broken', outcome: 'threw', reason: 'it threw'};
    },
  };
};

const SUBJECTS: Readonly<Record<string, () => Driver>> = {
  'does all right': reference,
  'answers twice': () => mutant('answers twice'),
  'does nothing': () => driving({reset: () => {}, step: () => ({effects: []})}),
  'breaks down at its tenth step': fragile,
};

for (const [name, make] of Object.entries(SUBJECTS)) {
  test(`of one that ${name} three at once tell what one tells, whatever ends the run`, async t => {
    const alike = async (window: number, limits: Limits): Promise<Told> => {
      const alone = await trying(make(), limits);
      const count = {now: 0, most: 0};
      // The first is the slowest, so that cases end in another order than they began in.
      const crew = [9, 1, 3].map(turns => slow(make(), turns, window, count));
      const together = await trying({...make(), window, crew}, limits);
      t.deepEqual(together, alone, JSON.stringify({window, ...limits}));
      t.true(count.most > 1, 'several were under way at once');
      t.is(count.now, 0, 'none is left under way');
      return alone;
    };
    const {steps} = (await alike(64, {failures: 3})).result.coverage;
    await alike(1, {steps: Math.floor(0.9 * steps), failures: 2, expected: new Set<RuleId>(['FB-13'])});
  });
}

test('a run that is stopped leaves nothing under way', async t => {
  const stop = new AbortController();
  const count = {now: 0, most: 0};
  let steps = 0;
  const make = (): Driver => {
    const {step, ...driver} = reference();
    return {
      ...driver,
      step: stimulus => {
        steps += 1;
        if (steps === 150) stop.abort();
        return step(stimulus);
      },
    };
  };
  const crew = [1, 2, 3].map(turns => slow(make(), turns, 64, count));
  const {result} = await trying({...make(), window: 64, crew}, {signal: stop.signal});
  t.is(result.verdict, 'inconclusive');
  t.is(result.reason, 'it was interrupted');
  t.is(count.now, 0);
});

test('walks without an end are over when the time is, which is no interruption', async t => {
  const {plans, ...suite} = haSuite();
  const over = new AbortController();
  const {step, ...driver} = reference();
  let steps = 0;
  const watched: Driver['step'] = stimulus => {
    steps += 1;
    if (steps === 100) over.abort(TIME_IS_OVER);
    return step(stimulus);
  };
  const endless = plans.flatMap(plan => (plan.walks === null ? [] : [{...plan, walks: Number.POSITIVE_INFINITY}]));
  const walk = (walked: typeof plans) =>
    judge({...suite, plans: walked}, {...driver, step: watched}, {signal: over.signal});
  const {verdict, coverage} = await walk(endless);
  t.deepEqual([verdict, coverage.steps], ['pass', 100]);
  const {reason} = await walk(plans.slice(0, 1));
  t.is(reason, 'the time is over');
});

test('a number of jobs that is none is bad usage', async t => {
  const {code, stderr} = await holdfastConform('test', '--jobs', '0', '--', 'node');
  t.is(code, 2);
  t.regex(stderr, /--jobs is a whole number from 1, not "0"/);
});
