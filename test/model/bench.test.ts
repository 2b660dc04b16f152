// The benchmarks' own parts. Nothing here is timed.

import {readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {type Contestant, requireSame} from '../../model/bench/contestant.js';
import {holdfastCounts} from '../../model/bench/holdfast.js';
import {measure, meterHere, procfs} from '../../model/bench/measure.js';
import {promelaOf} from '../../model/bench/promela.js';
import {median, type Results} from '../../model/bench/results.js';
import {spinCounts} from '../../model/bench/spin.js';
import {staterightCounts} from '../../model/bench/stateright.js';
import {withTable} from '../../model/bench/table.js';
import {tlcCounts} from '../../model/bench/tlc.js';

const folder = join(import.meta.dirname, '..', '..', 'model');
const EIGHT = {distinct: 1745408, generated: 18507778};

test('the tables of the guide are those that its results make', t => {
  const guide = readFileSync(join(folder, 'README.md'), 'utf8');
  const results: Results = JSON.parse(readFileSync(join(folder, 'bench', 'results.json'), 'utf8'));
  t.is(withTable(guide, results), guide);
});

/** Ends of reports: SPIN's verifier, TLC as it is documented, and what is wrong with each. */
const SPIN_REPORT = [
  'State-vector 36 byte, depth reached 25, errors: 0',
  '  1745408 states, stored',
  ' 16762370 states, matched',
  ' 18507778 transitions (= stored+matched)',
].join('\n');
const TLC_REPORT = [
  'Model checking completed. No error has been found.',
  'Progress(26) at 2026-11-22 12:00:00: 18,507,778 states generated, 1,745,408 distinct states found, 0 states left on queue.',
  '18507778 states generated, 1745408 distinct states found, 0 states left on queue.',
  'The depth of the complete state graph search is 26.',
].join('\n');
const HOLDFAST_REPORT = JSON.stringify({...EIGHT, verdict: 'holds', complete: true});

test('the counts are read off every tool’s report', t => {
  t.deepEqual(spinCounts(SPIN_REPORT), EIGHT);
  t.deepEqual(tlcCounts(TLC_REPORT), EIGHT);
  t.deepEqual(staterightCounts(JSON.stringify(EIGHT)), EIGHT);
  t.deepEqual(holdfastCounts(HOLDFAST_REPORT), EIGHT);
});

test('a report of a search that was cut short or found something has no counts', t => {
  t.throws(() => spinCounts(SPIN_REPORT.replace('errors: 0', 'errors: 1')), {instanceOf: RangeError});
  t.throws(() => spinCounts(`error: max search depth too small\n${SPIN_REPORT}`), {instanceOf: RangeError});
  t.throws(() => spinCounts(''), {instanceOf: RangeError});
  t.throws(() => tlcCounts(TLC_REPORT.replace('completed', 'stopped')), {instanceOf: RangeError});
  t.throws(() => tlcCounts(TLC_REPORT.replaceAll(' 0 states left', ' 9 states left')), {instanceOf: RangeError});
  t.throws(() => holdfastCounts(HOLDFAST_REPORT.replace('holds', 'incomplete')), {instanceOf: RangeError});
});

const contestant: Contestant = {
  name: 'somebody',
  workers: 1,
  command: ['true'],
  folder: '.',
  counts: staterightCounts,
  digits: null,
};

test('explorers that do not count the same are not compared', t => {
  t.notThrows(() => requireSame(EIGHT, EIGHT, contestant));
  for (const other of [
    {...EIGHT, distinct: 1526983},
    {...EIGHT, generated: 18507777},
  ]) {
    const {message} = t.throws(() => requireSame(EIGHT, other, contestant), {instanceOf: RangeError});
    t.regex(message, /^somebody counts 1\d+ (distinct|generated) states, not 1\d+: nothing to compare$/);
  }
});

test('counts are compared in as many digits as the tool prints', t => {
  const nine = {distinct: 10340352, generated: 123558402};
  const printed = spinCounts(
    ['errors: 0', ' 10340352 states, stored', '1.235584e+08 transitions (= stored+matched)'].join('\n'),
  );
  t.notThrows(() => requireSame(nine, printed, {...contestant, digits: 8}));
  t.throws(() => requireSame(nine, printed, contestant));
  t.throws(() => requireSame({...nine, generated: 123558451}, printed, {...contestant, digits: 8}));
});

test('the median has as many values above it as below', t => {
  fc.assert(
    fc.property(fc.array(fc.integer(), {minLength: 1}), values => {
      const middle = median(values) ?? Number.NaN;
      const above = values.filter(value => value > middle).length;
      const below = values.filter(value => value < middle).length;
      return above <= values.length / 2 && below <= values.length / 2;
    }),
  );
  t.is(median([1, null, 3]), null);
  t.is(median([]), null);
});

for (const [name, meterFor] of Object.entries({'the best meter here': meterHere(), procfs})) {
  test(`${name} lets a command print, and tells of one that fails`, async t => {
    const script = "process.stdout.write('done')";
    const {output, sample} = await measure([process.execPath, '--eval', script], tmpdir(), meterFor);
    t.is(output, 'done');
    t.true(sample.peakBytes === null || sample.peakBytes > 2 ** 20);
    const failing = measure([process.execPath, '--eval', "throw new Error('no')"], tmpdir(), meterFor);
    await t.throwsAsync(failing, {message: /ended with 1: .*Error: no/s});
  });
}

test('the model for SPIN has five options for each manager and two more', t => {
  for (const managers of [1, 2, 9]) t.is(promelaOf(managers).match(/^ {2}:: d_step/gm)?.length, 5 * managers + 2);
});
