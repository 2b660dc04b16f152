// What stops a search early makes it incomplete: nothing is said to hold. What does not stop it changes nothing.

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {anyOf, type Builder, type CheckLimits, check, next, type Result, range} from '../../../model/index.js';
import {emptyFolder} from '../command.js';
import {sample} from './sample.js';

/** Two counters up to 59: 3600 states in 119 levels. */
const square = sample(m => {
  const [a, b] = [m.slot('a', 0), m.slot('b', 0)];
  m.action('UpA', read => (read(a) < 59 ? [next(a.set(read(a) + 1))] : []));
  m.action('UpB', read => (read(b) < 59 ? [next(b.set(read(b) + 1))] : []));
  m.allowDeadlock();
});
const ALL = [3600, 1 + 2 * 59 * 60, 119];

/** A counter without end; only a limit stops it. */
const endless = (claim: (m: Builder) => void = () => {}) =>
  sample(m => {
    const slots = [m.slot('low', 0), m.slot('high', 0)] as const;
    m.action('Up', read => {
      const carries = read(slots[0]) === 999;
      return [next(slots[0].set(carries ? 0 : read(slots[0]) + 1), slots[1].set(read(slots[1]) + (carries ? 1 : 0)))];
    });
    claim(m);
  });

const counts = ({distinct, generated, depth}: Result) => [distinct, generated, depth];

test('without limits a search is complete', async t => {
  const result = await check(square);
  t.like(result, {verdict: 'holds', complete: true, reason: null, violation: null});
  t.deepEqual(counts(result), ALL);
});

test('a search that is cut at a depth is incomplete, with the counts of the levels that it expanded', async t => {
  for (const depth of [1, 2, 7, 59, 118]) {
    const result = await check(square, {}, {depth});
    t.like(result, {verdict: 'incomplete', complete: false, violation: null});
    t.regex(result.reason ?? '', new RegExp(`depth ${depth}$`));
    t.is(result.depth, depth);
  }
  // Level n has n states, and each has two successors, while both counters have room.
  t.deepEqual(counts(await check(square, {}, {depth: 7})), [36, 1 + 2 * 28, 7]);
  t.deepEqual(counts(await check(square, {}, {depth: 0})), [1, 1, 0]);
});

test('a depth that is not reached cuts nothing', async t => {
  for (const depth of [119, 120, 1000]) {
    const result = await check(square, {}, {depth});
    t.like(result, {verdict: 'holds', complete: true, reason: null});
    t.deepEqual(counts(result), ALL);
  }
});

test('a search that finds more states than it may is incomplete', async t => {
  for (const states of [0, 1, 100, 3599]) {
    const result = await check(square, {}, {states});
    t.like(result, {verdict: 'incomplete', complete: false, violation: null});
    t.regex(result.reason ?? '', new RegExp(`${states} states`));
    t.true(result.distinct > states);
  }
});

test('a number of states that is not exceeded cuts nothing', async t => {
  for (const states of [3600, 3601, 1e9]) {
    const result = await check(square, {}, {states});
    t.like(result, {verdict: 'holds', complete: true, reason: null});
    t.deepEqual(counts(result), ALL);
  }
});

test('a search without end is stopped by the number of states, by its depth, by memory or by a signal', async t => {
  const limits: readonly (readonly [CheckLimits, RegExp])[] = [
    [{states: 500}, /500 states/],
    [{depth: 300}, /depth 300/],
    [{memoryBytes: 1}, /memory/],
    [{signal: AbortSignal.abort()}, /interrupted/],
  ];
  for (const [limit, reason] of limits) {
    const result = await check(endless(), {}, limit);
    t.like(result, {verdict: 'incomplete', complete: false, violation: null});
    t.regex(result.reason ?? '', reason);
  }
});

test('where there is no memory to pack the states anew, the search is kept as it is and goes on elsewhere', async t => {
  const file = join(emptyFolder(), 'kept');
  const cut = await check(square, {}, {memoryBytes: 1, checkpoint: {file}});
  t.like(cut, {verdict: 'incomplete', complete: false, reason: 'out of memory'});
  t.regex(readFileSync(file, 'latin1'), /"bits":\[0,0\]/);
  t.deepEqual(counts(await check(square, {}, {resume: file})), ALL);
});

test('a signal that comes while the search runs stops it', async t => {
  const controller = new AbortController();
  const seen: number[] = [];
  const result = await check(
    endless(),
    {},
    {
      signal: controller.signal,
      onProgress: ({distinct}) => {
        if (seen.push(distinct) === 3) controller.abort();
      },
    },
  );
  t.like(result, {verdict: 'incomplete', complete: false, reason: 'interrupted'});
  t.deepEqual(
    seen,
    [...seen].sort((a, b) => a - b),
  );
  t.true(result.distinct >= (seen.at(-1) ?? 0));
});

test('memory that is not exceeded and a signal that does not come cut nothing', async t => {
  const result = await check(square, {}, {memoryBytes: 2 ** 50, signal: new AbortController().signal});
  t.like(result, {verdict: 'holds', complete: true, reason: null});
  t.deepEqual(counts(result), ALL);
});

test('a violation before the limit is a violation, and one behind it is not seen', async t => {
  const model = endless(m => m.invariant('Low', read => read({index: 0, name: 'low'}) !== 40));
  t.like(await check(model, {}, {depth: 41}), {verdict: 'violated', complete: false, depth: 41});
  t.like(await check(model, {}, {depth: 40}), {verdict: 'incomplete', complete: false, violation: null});
});

test('an incomplete search covers what it expanded', async t => {
  const {coverage, distinct} = await check(square, {}, {depth: 3});
  t.deepEqual(
    coverage.actions.map(({name, generated}) => [name, generated]),
    [
      ['UpA', 6],
      ['UpB', 6],
    ],
  );
  t.is(
    coverage.actions.reduce((sum, action) => sum + action.distinct, 1),
    distinct,
  );
});

test('while initial states are looked for, it tells what share was looked at, and may be interrupted', async t => {
  const assumed = sample(m => {
    const digits = m.slots('digit', range(14), anyOf([0, 1, 2, 3]));
    m.assume(read => digits.keys.every(n => read(digits(n)) === 3));
    m.allowDeadlock();
  });
  const interruption = new AbortController();
  const shares: number[] = [];
  const onProgress: CheckLimits['onProgress'] = ({activity}) => {
    shares.push(Number(/^initial states: (\d+) %$/.exec(activity ?? '')?.[1]));
    if (shares.length === 3) interruption.abort();
  };
  const result = await check(assumed, {}, {signal: interruption.signal, onProgress});
  t.like(result, {verdict: 'incomplete', reason: 'interrupted', distinct: 0, depth: 0});
  t.is(shares.length, 3);
  t.true(shares.every((share, i) => share >= (shares[i - 1] ?? 0) && share < 100));
});
