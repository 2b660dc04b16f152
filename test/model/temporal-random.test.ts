import test from 'ava';
import fc from 'fast-check';
import {check, type Violation} from '../../model/index.js';
import {flawsOf, isBroken, shortestStem} from './temporal-referee.js';
import {modelOf, samples, stateOf} from './temporal-sample.js';

test('verdicts and lengths of stems are those of trying every set of states', async t => {
  await fc.assert(
    fc.asyncProperty(samples({states: 6, actions: 5, steps: 6}), async sample => {
      const {verdict, violation} = await check(modelOf(sample));
      const stem = shortestStem(sample);
      t.is(verdict, stem === null ? 'holds' : 'violated');
      t.is(violation?.loop ?? null, stem);
    }),
    {numRuns: 3000},
  );
});

test('verdicts are those of a fixpoint, on larger graphs', async t => {
  await fc.assert(
    fc.asyncProperty(samples({states: 30, actions: 8, steps: 25}), async sample => {
      const {verdict} = await check(modelOf(sample));
      t.is(verdict, isBroken(sample) ? 'violated' : 'holds');
    }),
    {numRuns: 1000},
  );
});

/**
 * The counterexample without one part of its loop that begins and ends in the same state: every way to leave one out.
 */
const withoutDetours = (violation: Violation): readonly Violation[] => {
  const {trace, loop} = violation;
  const last = trace.length - 1;
  const states = trace.map(stateOf);
  const pairs = states.flatMap((state, to) =>
    states.flatMap((other, from) =>
      loop !== null && from >= loop && from < to && state === other ? [[from, to]] : [],
    ),
  );
  return pairs
    .filter(([from, to]) => from !== loop || to !== last)
    .map(([from = 0, to = 0]) => ({...violation, trace: [...trace.slice(0, from + 1), ...trace.slice(to + 1)]}));
};

test('no counterexample makes a detour that it could leave out', async t => {
  await fc.assert(
    fc.asyncProperty(samples({states: 12, actions: 8, steps: 16}), async sample => {
      const {violation} = await check(modelOf(sample));
      for (const shorter of violation === null ? [] : withoutDetours(violation))
        t.not(flawsOf(sample, shorter, stateOf).length, 0);
    }),
    {numRuns: 1000},
  );
});

test('every counterexample is a fair behaviour that breaks its property', async t => {
  await fc.assert(
    fc.asyncProperty(samples({states: 24, actions: 8, steps: 25}), async sample => {
      const {violation} = await check(modelOf(sample));
      t.deepEqual(violation === null ? [] : flawsOf(sample, violation, stateOf), []);
    }),
    {numRuns: 1500},
  );
});
