import test from 'ava';
import fc from 'fast-check';
import {check, ModelError, model, next, range} from '../../../model/index.js';
import {agreed, type Counts} from './agreement.js';
import {someLooks, someProcesses} from './random-processes.js';

/** The referee's patience, in states. */
const MOST = 1500;

test('a reduced search finds what the full search finds, of random processes', async t => {
  const results: Counts[] = [];
  const property = fc.asyncProperty(someProcesses, fc.nat(MOST), someLooks, async (spec, choice, looks) => {
    const counts = await agreed(spec, choice, looks, MOST);
    if (counts !== null) results.push(counts);
  });
  await t.notThrowsAsync(fc.assert(property, {numRuns: 300, seed: 7}));
  const sum = (of: keyof Counts) => results.reduce((all, each) => all + each[of], 0);
  t.true(results.length > 200, `only ${results.length} models were small enough`);
  t.true(results.filter(({full, reduced}) => 2 * reduced < full).length > 20, 'some models become much smaller');
  t.log(`${sum('full')} states without, ${sum('reduced')} with the reduction`);
});

test('a model that answers the search otherwise than the analysis before is blamed', async t => {
  let asked = 0;
  const fickle = model({
    name: 'fickle',
    summary: 'Two count, one of them from 0 on only while it is asked the first time.',
    build(m) {
      const [a, b] = [m.slot('a', 0), m.slot('b', 0)];
      const others = m.slots('other', range(3), 0);
      m.action('A', read => {
        const isStart = read(a) === 0 && read(b) === 0;
        return read(a) < 5 && !(asked++ > 10 && isStart) ? [next(a.set(read(a) + 1))] : [];
      });
      m.action('B', read => (read(b) < 5 + 0 * read(a) ? [next(b.set(read(b) + 1))] : []));
      m.action('Other', {each: others.keys}, (read, n) =>
        read(others(n)) < 3 ? [next(others(n).set(read(others(n)) + 1))] : [],
      );
      m.allowDeadlock();
    },
  });
  await t.throwsAsync(check(fickle, {}, {reduce: 'partial-order'}), {
    instanceOf: ModelError,
    message: 'in A: it answered differently for the same values',
  });
});
