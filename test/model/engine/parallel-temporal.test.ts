import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import type {System} from '../../../model/define/system.js';
import {keeperFor, NOT_KEPT} from '../../../model/engine/checkpoint/keeper.js';
import {paceFor, Stopped} from '../../../model/engine/graph/pace.js';
import {Crew} from '../../../model/engine/parallel/crew.js';
import {recruited} from '../../../model/engine/parallel/partner.js';
import {type Searched, searchUntil} from '../../../model/engine/search.js';
import {systemOf} from '../../../model/engine/system.js';
import {temporalVerdict} from '../../../model/engine/temporal/verdict.js';
import {check} from '../../../model/index.js';
import {flawsOf, type Sample, shortestStem} from '../temporal-referee.js';
import {modelOf, samples, stateOf} from '../temporal-sample.js';

const module = new URL('../temporal-sample.ts', import.meta.url).href;

/** A search of a random graph by several, from the level `from` on. */
const together = async (system: System, sample: Sample, workers: number, from: number): Promise<Searched> => {
  const threads = recruited({workers, source: {module, export: 'modelOf', argument: sample}}, {});
  await Promise.all(threads.map(({loaded}) => loaded));
  try {
    return await searchUntil(system, {}, {keeping: true}, NOT_KEPT, standing =>
      standing.depth < from ? null : new Crew(system, {}, NOT_KEPT, threads, standing).run(),
    );
  } finally {
    await Promise.all(threads.map(thread => thread.end()));
  }
};

test('what several have searched has the fair behaviours that trying every set of states finds', async t => {
  let shared = 0;
  const broken = new Set<boolean>();
  const property = fc.asyncProperty(
    samples({states: 7, actions: 5, steps: 12}),
    fc.constantFrom(2, 3),
    fc.constantFrom(1, 2),
    async (sample, workers, from) => {
      const {initial, allowed} = sample;
      fc.pre(initial.some(state => allowed.includes(state)));
      const system = systemOf(modelOf(sample), {});
      const searched = await together(system, sample, workers, from);
      if (searched.depth >= from) shared++;
      const {violation} = await temporalVerdict(system, searched, paceFor({}));
      const stem = shortestStem(sample);
      broken.add(violation !== null);
      t.is(violation?.loop ?? null, stem);
      t.deepEqual(violation === null ? [] : flawsOf(sample, violation, stateOf), []);
    },
  );
  await fc.assert(property, {numRuns: 14, seed: 5});
  t.true(shared > 5, `only ${shared} searches were shared`);
  t.is(broken.size, 2);
});

test('a search that every level interrupts and a checkpoint keeps has the same fair behaviours', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-'));
  let resumed = 0;
  const property = fc.asyncProperty(samples({states: 7, actions: 5, steps: 12}), async sample => {
    const {initial, allowed} = sample;
    fc.pre(initial.some(state => allowed.includes(state)));
    const file = join(folder, 'kept');
    const whole = await check(modelOf(sample));
    let result = await check(modelOf(sample), {}, {depth: 1, checkpoint: {file}});
    for (let depth = 2; result.verdict === 'incomplete'; depth++) {
      result = await check(modelOf(sample), {}, {depth, resume: file, checkpoint: {file}});
      resumed++;
    }
    const {verdict, distinct, generated, depth} = whole;
    t.deepEqual(
      [result.verdict, result.distinct, result.generated, result.depth],
      [verdict, distinct, generated, depth],
    );
    t.is(result.violation?.loop, whole.violation?.loop);
    t.is(result.violation?.loop ?? null, shortestStem(sample));
  });
  await fc.assert(property, {numRuns: 220, seed: 3});
  t.true(resumed > 150, `only ${resumed} were resumed`);
});

test('a checkpoint that several write holds the states in an order that one can go on from', async t => {
  const file = join(mkdtempSync(join(tmpdir(), 'holdfast-')), 'kept');
  const identity = () => ({version: '0', model: 'random', options: {}, fingerprint: ''});
  let resumed = 0;
  const property = fc.asyncProperty(samples({states: 7, actions: 5, steps: 14}), async sample => {
    const system = systemOf(modelOf(sample), {});
    fc.pre(sample.initial.some(state => sample.allowed.includes(state)));
    const threads = recruited({workers: 2, source: {module, export: 'modelOf', argument: sample}}, {});
    await Promise.all(threads.map(({loaded}) => loaded));
    const saving = keeperFor({checkpoint: {file}}, identity);
    const first = await searchUntil(system, {depth: 2}, {keeping: true}, saving, standing =>
      new Crew(system, {depth: 2}, saving, threads, standing).run(),
    );
    await Promise.all(threads.map(thread => thread.end()));
    if (first.cut === null) return;
    resumed++;
    const going = await searchUntil(system, {}, {keeping: true}, keeperFor({resume: file}, identity), () => null);
    const {violation} = await temporalVerdict(system, going, paceFor({}));
    t.is(violation?.loop ?? null, shortestStem(sample));
  });
  await fc.assert(property, {numRuns: 10, seed: 8});
  t.true(resumed > 2, `only ${resumed} were resumed`);
});

const LINE: Sample = {
  states: 12,
  initial: [0],
  actions: [{fair: 'weak', group: null, edges: Array.from({length: 11}, (_, i) => [i, i + 1] as const)}],
  allowed: Array.from({length: 12}, (_, i) => i),
  form: 'eventually',
  p: [11],
  q: [],
};

test('an interruption is heard wherever the temporal properties are, and tells no verdict', async t => {
  const system = systemOf(modelOf(LINE), {});
  const activities: string[] = [];
  /** Breathes whenever it is asked, and stops at breath number `last`. */
  const until = (last: number) => {
    let breaths = 0;
    return {
      isDue: () => true,
      breathe: (activity: string) => {
        if (++breaths === last) return Promise.reject(new Stopped('interrupted'));
        activities.push(activity);
        return Promise.resolve();
      },
    };
  };
  for (let last = 1; ; last++) {
    const searched = await searchUntil(system, {}, {keeping: true}, NOT_KEPT, () => null);
    const {violation, cut} = await temporalVerdict(system, searched, until(last));
    t.is(violation, null);
    if (cut === null) break;
    t.is(cut, 'interrupted before the temporal properties were checked');
  }
  t.deepEqual([...new Set(activities)].sort(), ['P', 'components', 'states of a property', 'steps between states']);
});

test('memory that is not to be had leaves the temporal properties unknown', async t => {
  const system = systemOf(modelOf(LINE), {});
  const searched = await searchUntil(system, {}, {keeping: true}, NOT_KEPT, () => null);
  // More steps than any array has places for.
  const {violation, cut} = await temporalVerdict(system, {...searched, generated: 2 ** 40}, paceFor({}));
  t.deepEqual({violation, cut}, {violation: null, cut: 'out of memory before the temporal properties were checked'});
});
