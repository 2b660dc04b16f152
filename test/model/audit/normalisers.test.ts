import test from 'ava';
import fc from 'fast-check';
import {systemOf} from '../../../model/engine/system.js';
import {audit, check, type Model, model, next, range} from '../../../model/index.js';
import {modelOf as randomModel} from '../engine/random-model.js';
import {smallSpec} from '../engine/random-spec.js';
import {areRight} from './brute-forms.js';
import {deadMailSpec, modelOf, type Spec, TAKES, type Take} from './dead-mail.js';

/** The referee's patience, in states. */
const MOST = 400;

const unnormalised = (build: Model): Model =>
  model({
    name: 'unnormalised',
    summary: 'A model without its normalisers.',
    build: m => build.build({...m, normalise: () => {}}, {}),
  });

test('taking out messages that nobody will ever read changes no verdict, and the audit proves it', async t => {
  let saved = 0;
  const property = fc.asyncProperty(deadMailSpec, async spec => {
    const normalised = modelOf(spec, 'stale');
    const full = await check(unnormalised(normalised));
    const reduced = await check(normalised);
    t.is(reduced.verdict, full.verdict);
    t.is(reduced.violation?.property, full.violation?.property);
    const {verdict, reductions} = await audit(normalised);
    t.is(verdict, 'proved', JSON.stringify(reductions));
    if (full.complete) t.deepEqual([reductions[0]?.full, reductions[0]?.reduced], [full.distinct, reduced.distinct]);
    if (reduced.distinct < full.distinct) saved++;
  });
  await fc.assert(property, {numRuns: 80, seed: 7});
  t.true(saved > 10, `only ${saved} models became smaller`);
});

/** Compares an audit with what the referee says of the normalisers; null where that has too many states. */
const judged = async (subject: Model): Promise<{readonly right: boolean; readonly verdict: string} | null> => {
  const truth = areRight(systemOf(subject, {}), MOST);
  if (truth === null) return null;
  const {verdict, reductions} = await audit(subject);
  if (verdict === 'proved' && reductions[0]?.full !== truth.full) return {right: truth.right, verdict: 'miscounted'};
  return {right: truth.right, verdict};
};

for (const take of TAKES) {
  test(`an audit refutes a normaliser exactly where it is wrong: ${take}`, async t => {
    const counts = {right: 0, wrong: 0};
    const property = fc.asyncProperty(deadMailSpec, async (spec: Spec) => {
      const found = await judged(modelOf(spec, take));
      if (found === null) return;
      t.is(found.verdict, found.right ? 'proved' : 'refuted');
      counts[found.right ? 'right' : 'wrong']++;
    });
    await fc.assert(property, {numRuns: 40, seed: 7});
    const expected = (take satisfies Take) === 'stale' ? 'right' : 'wrong';
    t.true(counts[expected] > 5, JSON.stringify(counts));
    if (take === 'stale') t.is(counts.wrong, 0);
  });
}

test('an audit refutes the normalisers of random models exactly where they are wrong', async t => {
  const counts = {right: 0, wrong: 0};
  const property = fc.asyncProperty(smallSpec, async spec => {
    if (spec.normalisers.length === 0) return;
    const subject = randomModel(spec);
    if (systemOf(subject, {}).normalisers.length === 0) return;
    const found = await judged(subject).catch(error => {
      t.regex(String(error), /no initial state/);
      return null;
    });
    if (found === null) return;
    t.is(found.verdict, found.right ? 'proved' : 'refuted');
    counts[found.right ? 'right' : 'wrong']++;
  });
  await fc.assert(property, {numRuns: 200, seed: 7});
  t.true(counts.right > 5 && counts.wrong > 5, JSON.stringify(counts));
});

test('a refutation shows the state that the normaliser is wrong about', async t => {
  const forgetful = model({
    name: 'forgetful',
    summary: 'It forgets what it would need.',
    build(m) {
      const at = m.slot('at', 0);
      const notes = m.set<number>('notes');
      m.action('Note', {each: range(2)}, (read, n) => (read(at) === 0 ? [next(at.set(1), notes.add(n))] : []));
      m.action('Use', read => (read(notes).includes(1) ? [next(at.set(2))] : []));
      m.allowDeadlock();
      m.normalise('forget', {of: notes}, (values, read) =>
        read(at) === 1 ? values.filter(each => each !== 1) : values,
      );
    },
  });
  const {verdict, reductions} = await audit(forgetful);
  t.is(verdict, 'refuted');
  t.deepEqual(reductions[0]?.flaw, {
    claim: 'the reduced search does not find the normal form of a state that can be reached',
    states: [
      {what: 'reachable', state: {at: 2, notes: [1]}},
      {what: 'normal form', state: {at: 2, notes: [1]}},
    ],
  });
});

test('a normaliser that hides a violation is refuted although the same states are found', async t => {
  const hiding = model({
    name: 'hiding',
    summary: 'Only ever seen in passing.',
    build(m) {
      const x = m.slot('x', 0);
      m.action('Turn', read => [next(x.set((read(x) + 1) % 3))]);
      m.stepProperty('OneAtATime', {of: [x]}, (before, after) => after(x) !== 1 || before(x) === 0);
      m.stepProperty('NeverTwo', {of: [x]}, (_, after) => after(x) !== 2);
      m.normalise('round', {of: x}, value => (value === 2 ? 0 : value));
    },
  });
  const {reductions} = await audit(hiding);
  t.is(reductions[0]?.flaw?.claim, 'in the full search step NeverTwo fails, in the reduced one it does not');
});

test('a normaliser that never comes to rest is refuted', async t => {
  const restless = model({
    name: 'restless',
    summary: 'Round and round.',
    build(m) {
      const x = m.slot('x', 0);
      m.action('Turn', read => (read(x) === 0 ? [next(x.set(1))] : []));
      m.allowDeadlock();
      m.normalise('turn', {of: x}, value => (value === 0 ? 0 : 3 - value));
    },
  });
  const {verdict, reductions} = await audit(restless);
  t.is(verdict, 'refuted');
  t.regex(reductions[0]?.flaw?.claim ?? '', /undo each other's work|not idempotent/);
});
