import test from 'ava';
import {compared} from '../../../model/engine/audit/compared.js';
import {ordersOf} from '../../../model/engine/audit/orders.js';
import {planFor} from '../../../model/engine/por/plan.js';
import {systemOf} from '../../../model/engine/system.js';
import {twoPhaseCommit} from '../../../model/examples/two-phase-commit.js';
import {audit, check, next} from '../../../model/index.js';
import {sample} from '../engine/sample.js';

/** What the audit says of a system when its reduction is planned so. */
const auditedWith = (system: ReturnType<typeof systemOf>, planned: typeof planFor) => {
  const orders = ordersOf(system, {}, planned);
  return orders && compared('partial-order', system, {}, orders);
};

const KEYS = ['a', 'b', 'c'];

/** Three counters that know nothing of each other, and what is claimed of all of them. */
const counters = (most: number) =>
  sample(m => {
    const of = m.slots('of', KEYS, 0);
    m.action('Up', {each: KEYS}, (read, key) => (read(of(key)) < 3 ? [next(of(key).set(read(of(key)) + 1))] : []));
    m.allowDeadlock();
    m.invariant('Few', read => read(of('c')) - read(of('a')) < most);
    m.invariant('Small', {each: KEYS}, (read, key) => read(of(key)) < 4);
  });

test('the order of independent actions is audited where a model can be searched so', async t => {
  const {verdict, reductions} = await audit(counters(4));
  t.is(verdict, 'proved');
  const {distinct} = await check(counters(4), {}, {reduce: 'partial-order'});
  t.deepEqual(
    reductions.map(({reduction, full, reduced}) => ({reduction, full, reduced})),
    [{reduction: 'partial-order', full: 64, reduced: distinct}],
  );
  t.true(distinct < 64);
});

test('what fails is looked for by itself, and what does not fail is searched to the end', async t => {
  const {verdict, reductions} = await audit(counters(2));
  t.is(verdict, 'proved');
  t.is(reductions[0]?.full, 64);
  t.true((reductions[0]?.reduced ?? 64) < 64);
});

test('an example without other reductions is audited for its orders', async t => {
  const {reductions} = await audit(twoPhaseCommit, {rms: 3});
  t.deepEqual(
    reductions.map(({reduction, verdict, full}) => ({reduction, verdict, full})),
    [{reduction: 'partial-order', verdict: 'proved', full: 288}],
  );
});

test('a plan that overlooks what a claim reads is refuted', async t => {
  const blind: typeof planFor = (system, limits) => planFor({...system, invariants: []}, limits);
  const audited = await auditedWith(systemOf(counters(2), {}), blind);
  t.is(audited?.verdict, 'refuted');
  t.is(audited?.flaw?.claim, 'in the full search invariant Few fails, in the reduced one it does not');
});

test('a plan for another model is refuted', async t => {
  const idle = sample(m => {
    const x = m.slot('x', 0);
    const y = m.slot('y', 0);
    m.action('Raise', read => (read(x) === 0 ? [next(x.set(1))] : []));
    m.action('Look', read => (read(x) === 0 && read(y) === 0 ? [next(y.set(1))] : []));
    m.allowDeadlock();
  });
  const apart = sample(m => {
    const x = m.slot('x', 0);
    const y = m.slot('y', 0);
    m.action('Raise', read => (read(x) === 0 ? [next(x.set(1))] : []));
    m.action('Look', read => (read(y) === 0 ? [next(y.set(1))] : []));
    m.allowDeadlock();
  });
  const wrong: typeof planFor = (_, limits) => planFor(systemOf(apart, {}), limits);
  const audited = await auditedWith(systemOf(idle, {}), wrong);
  t.is(audited?.flaw?.claim, 'action Look fires in the full search, in the reduced one it does not');
});
