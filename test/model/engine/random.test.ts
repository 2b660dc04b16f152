import test from 'ava';
import fc from 'fast-check';
import {systemOf} from '../../../model/engine/system.js';
import {model, type Result} from '../../../model/index.js';
import {explore} from '../referee.js';
import {agreed} from './agreement.js';
import {modelOf} from './random-model.js';
import {type Spec, smallSpec, wideSpec} from './random-spec.js';

/** The referee's patience, in states. */
const MOST = 1000;

/** The results of random models on which explorer and referee agree; those with more states are left out. */
const agreedOn = async (specs: fc.Arbitrary<Spec>, numRuns: number): Promise<readonly Result[]> => {
  const results: (Result | null)[] = [];
  const property = fc.asyncProperty(specs, async spec => {
    results.push(await agreed(modelOf(spec), {}, MOST));
  });
  await fc.assert(property, {numRuns});
  return results.filter(result => result !== null);
};

test('explorer and referee agree on random models', async t => {
  const results = await agreedOn(smallSpec, 300);
  t.true(results.length > 150, `only ${results.length} models were small enough`);
  t.true(results.some(({verdict, distinct}) => verdict === 'holds' && distinct > 100));
  t.true(results.some(({verdict}) => verdict === 'violated'));
});

test('explorer and referee agree on random models with wide slots and with many slots', async t => {
  const results = await agreedOn(wideSpec, 80);
  t.true(results.length > 30, `only ${results.length} models were small enough`);
  t.true(results.some(({distinct}) => distinct > 500));
});

/** The model without what it claims, and the claim that one of its states, or one way into it, is never taken. */
const withTarget = (spec: Spec, choice: number, onStep: boolean) => {
  const plain = modelOf({...spec, invariants: [], quiescent: [], steps: [], deadlockAllowed: true});
  const {slots} = systemOf(plain, {});
  const texts = [...(explore(systemOf(plain, {}), MOST)?.states ?? [])];
  const target = texts[choice % texts.length];
  const all = slots.map(({name}, index) => ({index, name}));
  return model({
    name: 'target',
    summary: 'A random model with a state to be found.',
    build(m) {
      plain.build(m, {});
      if (onStep) m.stepProperty('target', {of: all}, (_, read) => JSON.stringify(all.map(read)) !== target);
      else m.invariant('target', read => JSON.stringify(all.map(read)) !== target);
    },
  });
};

test('every state of a random model is found by a shortest way', async t => {
  const lengths: number[] = [];
  const property = fc.asyncProperty(smallSpec, fc.nat(MOST), fc.boolean(), async (spec, choice, onStep) => {
    const result = await agreed(withTarget(spec, choice, onStep), {}, MOST);
    if (result?.violation) lengths.push(result.violation.trace.length);
  });
  await t.notThrowsAsync(fc.assert(property, {numRuns: 100, seed: 7}));
  t.true(lengths.length > 50, `only ${lengths.length} targets`);
  t.true(
    lengths.some(length => length > 4),
    `the longest way has ${Math.max(...lengths)} states`,
  );
});
