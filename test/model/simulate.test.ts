import test from 'ava';
import fc from 'fast-check';
import {systemOf} from '../../model/engine/system.js';
import {dieHard} from '../../model/examples/die-hard.js';
import {twoPhaseCommit} from '../../model/examples/two-phase-commit.js';
import {anyOf, by, check, next, type Read, range, type SimulationLimits, simulate} from '../../model/index.js';
import {assertIsWay} from './engine/agreement.js';
import {forgetful} from './engine/forgetful.js';
import {modelOf} from './engine/random-model.js';
import {smallSpec} from './engine/random-spec.js';
import {sample} from './engine/sample.js';
import {explore} from './referee.js';

/** A result without what differs from run to run. */
const repeatable = <R extends {readonly seconds: number; readonly peakMemoryBytes: number}>(result: R) => ({
  ...result,
  seconds: 0,
  peakMemoryBytes: 0,
});

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

/** The referee's patience, in states. */
const MOST = 1000;

test('what a simulation tells of a random model is true, and never that it holds', async t => {
  let calm = 0;
  const property = fc.asyncProperty(smallSpec, fc.nat(), async (spec, seed) => {
    const model = modelOf(spec);
    const system = systemOf(model, {});
    const explored = explore(system, MOST);
    if (explored === null) return;
    const limits = {seed, runs: 30, steps: 30};
    if (explored.generated === 0) {
      await t.throwsAsync(simulate(model, {}, limits), {name: 'ModelError', message: /no initial state/});
      return;
    }
    const result = await simulate(model, {}, limits);
    t.deepEqual(repeatable(result), repeatable(await simulate(model, {}, limits)));
    const {verdict, violation, distinct, generated, coverage, simulation, depth} = result;
    t.is(verdict, violation === null ? 'incomplete' : 'violated');
    t.false(result.complete);
    t.true(depth <= 31);
    t.is(sum(coverage.actions.map(each => each.generated)), generated - (simulation?.runs ?? 0));
    t.true(sum(coverage.actions.map(each => each.distinct)) <= distinct);
    if (violation !== null) {
      assertIsWay(system, violation);
      t.not(explored.failing.size, 0);
    } else if (explored.failing.size === 0) {
      t.true(distinct <= explored.states.size);
      for (const {name, generated} of coverage.actions) t.true(generated === 0 || explored.actions.get(name) !== 0);
      for (const {id, generated} of coverage.rules) t.true(generated === 0 || explored.rules.get(id) !== 0);
      if (distinct === explored.states.size && distinct > 20) calm++;
    }
  });
  await fc.assert(property, {numRuns: 200, seed: 7});
  t.true(calm > 0, 'no model of some size was walked through completely');
});

test('a violation of a random model is a way that there is, without loops', async t => {
  let [violations, long] = [0, 0];
  const property = fc.asyncProperty(smallSpec, fc.nat(), fc.boolean(), async (spec, seed, onStep) => {
    const plain = modelOf({...spec, invariants: [], quiescent: [], steps: [], deadlockAllowed: true});
    const {slots} = systemOf(plain, {});
    const texts = [...(explore(systemOf(plain, {}), MOST)?.states ?? [])];
    if (texts.length === 0) return;
    const all = slots.map(({name}, index) => ({index, name}));
    const isTarget = (read: Read) => JSON.stringify(all.map(read)) === texts[seed % texts.length];
    const model = sample(m => {
      plain.build(m, {});
      if (onStep) m.stepProperty('target', {of: all}, (_, after) => !isTarget(after));
      else m.invariant('target', read => !isTarget(read));
    });
    const {violation} = await simulate(model, {}, {seed, runs: 100, steps: 50});
    if (violation === null) return;
    assertIsWay(systemOf(model, {}), violation);
    const states = violation.trace.map(({state}) => JSON.stringify(state));
    if (onStep) states.pop();
    t.is(new Set(states).size, states.length);
    violations++;
    if (states.length > 3) long++;
  });
  await fc.assert(property, {numRuns: 200, seed: 7});
  t.true(violations > 50, `only ${violations} violations`);
  t.true(long > 0);
});

test('a walk depends on the seed and on its number only', async t => {
  const solve = (limits: SimulationLimits) => simulate(dieHard, {}, {seed: 5, steps: 30, ...limits});
  const all = await solve({});
  const runs = all.simulation?.runs ?? 0;
  t.true(all.verdict === 'violated' && runs > 1);
  t.is((await solve({runs: runs - 1})).verdict, 'incomplete');
  t.deepEqual(repeatable(await solve({runs})), repeatable(all));
  t.notDeepEqual((await solve({seed: 6})).violation?.trace, (await solve({seed: 7})).violation?.trace);
});

test('walks enough come through every state of a small model, and every action, as a search does', async t => {
  const searched = await check(twoPhaseCommit);
  const walked = await simulate(twoPhaseCommit, {}, {seed: 1, runs: 5000});
  t.is(walked.verdict, 'incomplete');
  t.is(walked.distinct, searched.distinct);
  t.is(walked.depth, 11);
  t.deepEqual(walked.coverage.neverFired, {actions: [], rules: []});
  t.is(walked.reason, 'simulated 5,000 runs of at most 100 steps with seed 1');
  t.true((walked.simulation?.unseen ?? 1) < 0.001);
});

test('each outcome is as likely as any other, whichever action it belongs to', async t => {
  const model = sample(m => {
    const x = m.slot('x', 0);
    m.action('One', read => (read(x) === 0 ? [next(x.set(1))] : []));
    m.action('Three', read => (read(x) === 0 ? [2, 3, 4].map(value => next(x.set(value))) : []));
    m.allowDeadlock();
  });
  const {coverage, generated, distinct} = await simulate(model, {}, {seed: 3, runs: 40_000});
  const [one, three] = coverage.actions.map(each => each.generated);
  t.true(Math.abs((one ?? 0) - 10_000) < 500, `${one} of 40000`);
  t.is((one ?? 0) + (three ?? 0), 40_000);
  t.deepEqual([generated, distinct], [80_000, 5]);
});

test('each initial state that is assumed is as likely as any other, be it one of many', async t => {
  const count = async (assumed: (a: number, b: number) => boolean) => {
    const model = sample(m => {
      const a = m.slot('a', anyOf(range(40)));
      const b = m.slot('b', anyOf(range(40)));
      m.assume(read => assumed(read(a), read(b)));
      m.action('Low', read => (read(a) < 20 ? [next(a.set(100))] : []));
      m.action('High', read => (read(a) >= 20 && read(a) < 40 ? [next(a.set(200))] : []));
      m.allowDeadlock();
    });
    const {coverage, generated} = await simulate(model, {}, {seed: 3, runs: 4000, steps: 1});
    t.is(generated, 8000);
    return coverage.actions[0]?.generated ?? 0;
  };
  t.true(Math.abs((await count(() => true)) - 2000) < 200);
  t.true(Math.abs((await count((a, b) => a === b && a % 10 === 0)) - 2000) < 200);
});

test('what a walk comes through is cut short to its loops and detours', async t => {
  const model = sample(m => {
    const x = m.slot('x', 0);
    m.action('Around', read => (read(x) < 9 ? [next(x.set((read(x) + 1) % 9)), next(x.set((read(x) + 5) % 9))] : []));
    m.action('Out', read => (read(x) === 8 ? [by('R', x.set(9))] : []));
    m.invariant('Inside', read => read(x) < 9);
  });
  for (const seed of range(20)) {
    const {violation, depth} = await simulate(model, {}, {seed, steps: 1000});
    const states = violation?.trace.map(({state}) => state['x']) ?? [];
    t.is(new Set(states).size, states.length);
    t.is(states.at(-1), 9);
    t.true(states.length <= depth && states.length <= 10);
  }
});

test('a walk ends at a deadlock, and where nothing but idle steps is left', async t => {
  const model = sample(m => {
    const x = m.slot('x', 0);
    m.action('Up', read => (read(x) < 3 ? [next(x.set(read(x) + 1))] : []));
    m.action('Idle', () => [next(), next(x.update('same', (value: number) => value, 0))]);
  });
  const idle = await simulate(model, {}, {seed: 1, runs: 10});
  t.deepEqual([idle.verdict, idle.depth, idle.distinct], ['incomplete', 4, 4]);
  t.is(idle.coverage.actions.find(({name}) => name === 'Up')?.generated, 30);

  const stuck = sample(m => {
    const x = m.slot('x', 0);
    m.action('Up', read => (read(x) < 3 ? [next(x.set(read(x) + 1))] : []));
  });
  const {violation, generated} = await simulate(stuck, {}, {seed: 1});
  t.deepEqual([violation?.kind, violation?.trace.length, generated], ['deadlock', 4, 4]);
});

test('states beyond a constraint are looked at and not entered', async t => {
  const bounded = (holds: (x: number) => boolean) =>
    sample(m => {
      const x = m.slot('x', 0);
      m.action('Up', read => [next(x.set(read(x) + 1))]);
      m.action('Down', read => [next(x.set(Math.max(0, read(x) - 1)))]);
      m.constraint('Low', read => read(x) < 3);
      m.invariant('Small', read => holds(read(x)));
    });
  const {verdict, distinct} = await simulate(
    bounded(() => true),
    {},
    {seed: 1, runs: 20},
  );
  t.deepEqual([verdict, distinct], ['incomplete', 3]);
  const {violation} = await simulate(
    bounded(x => x < 3),
    {},
    {seed: 1, runs: 20},
  );
  t.deepEqual(
    violation?.trace.map(({state}) => state['x']),
    [0, 1, 2, 3],
  );
});

test('a property of steps and one of rest are found on the way', async t => {
  const stepping = sample(m => {
    const x = m.slot('x', 0);
    m.action('On', read => [next(x.set((read(x) + 1) % 5))]);
    m.stepProperty('Grows', {of: [x]}, (before, after) => after(x) > before(x));
  });
  const {violation} = await simulate(stepping, {}, {seed: 1});
  t.deepEqual(
    violation?.trace.map(({state}) => state['x']),
    [0, 1, 2, 3, 4, 0],
  );

  const resting = sample(m => {
    const x = m.slot('x', 0);
    m.action('Settle', {fair: 'weak'}, read => (read(x) % 2 === 1 ? [next(x.set(read(x) + 1))] : []));
    m.action('Stir', read => (read(x) < 4 ? [next(x.set(read(x) + 1))] : []));
    m.action('Hum', {fair: 'weak'}, () => [next()]);
    m.quiescent('Calm', read => read(x) !== 2);
  });
  const rest = await simulate(resting, {}, {seed: 1});
  t.deepEqual([rest.violation?.kind, rest.violation?.trace.map(({state}) => state['x'])], ['quiescent', [0, 1, 2]]);
});

test('the share of unseen states is estimated by those seen once', async t => {
  const model = sample(m => {
    const x = m.slot('x', anyOf(range(1000)));
    m.action('None', read => (read(x) < 0 ? [next(x.set(0))] : []));
    m.allowDeadlock();
  });
  for (const runs of [100, 1000, 3000]) {
    const {distinct, simulation} = await simulate(model, {}, {seed: 8, runs});
    t.true(Math.abs((simulation?.unseen ?? 0) - (1 - distinct / 1000)) < 0.06);
  }
});

test('states that memory has no room for are not counted, and that is said', async t => {
  const model = sample(m => {
    const x = m.slot('x', 0);
    m.action('On', read => [next(x.set((read(x) + 1) % 5000))]);
  });
  const {distinct, generated, simulation} = await simulate(model, {}, {seed: 1, runs: 1, steps: 6000, memoryBytes: 1});
  t.false(simulation?.isCounted);
  t.true(distinct > 0 && distinct < 5000);
  t.is(generated, 6001);
  const roomy = await simulate(model, {}, {seed: 1, runs: 1, steps: 6000});
  t.true(roomy.simulation?.isCounted);
  t.is(roomy.distinct, 5000);
});

test('a limit ends a simulation that would go on, and says so', async t => {
  const endless = sample(m => {
    const x = m.slot('x', 0);
    m.action('On', read => [next(x.set(read(x) + 1))]);
  });
  const limited = async (limits: SimulationLimits) => (await simulate(endless, {}, {seed: 1, ...limits})).reason;
  t.regex((await limited({seconds: 0.01, steps: 1e9})) ?? '', /^simulated 1 run of .*; ended after 0.01 s$/);
  t.regex((await limited({states: 3000, steps: 1e9})) ?? '', /; stopped at 3000 states$/);
  const interruption = new AbortController();
  const interrupted = limited({steps: 1e9, signal: interruption.signal, onProgress: () => interruption.abort()});
  t.regex((await interrupted) ?? '', /; interrupted$/);
});

test('limits that make no sense are refused', async t => {
  for (const limits of [{seed: -1}, {seed: 0.5}, {seed: 2 ** 53}, {runs: 0}, {steps: -1}, {seconds: -1}]) {
    await t.throwsAsync(simulate(dieHard, {}, limits), {instanceOf: RangeError});
  }
});

test('temporal properties are not evaluated, and that is said', async t => {
  const model = sample(m => {
    const x = m.slot('x', 0);
    m.action('On', read => (read(x) < 2 ? [next(x.set(read(x) + 1))] : []));
    m.allowDeadlock();
    m.eventually('Far', read => read(x) > 5);
  });
  const {verdict, reason} = await simulate(model, {}, {seed: 1, runs: 2});
  t.is(verdict, 'incomplete');
  t.regex(reason ?? '', /temporal properties were not evaluated/);
});

test('what a model remembers outside the state is found out in the midst of the walks', async t => {
  await t.throwsAsync(simulate(forgetful(), {}, {seed: 1, runs: 3, steps: 300}), {
    name: 'ModelError',
    message: /in Up: it answered differently when asked again/,
  });
});
