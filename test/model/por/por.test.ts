import test from 'ava';
import fc from 'fast-check';
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
