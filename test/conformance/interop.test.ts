// Several subjects as the hosts of one simulated cluster: kits of different languages, and the reference.

import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {driving} from '../../conformance/driver.js';
import {haModule} from '../../conformance/ha/specification.js';
import {haConfigOf, haSimulation} from '../../conformance/interop/ha/simulation.js';
import {interop} from '../../conformance/interop/interop.js';
import type {Seat} from '../../conformance/interop/run.js';
import {choicesIn} from '../../conformance/interop/told.js';
import {referenceOf} from '../../conformance/subjects.js';
import {type Config, eager, type HostId, hostId, profile, type Repair} from '../../src/index.js';
import {go, hasPython, holdfastConform, inPython, inTypeScript, makeInGo} from './conform-command.js';

const HOSTS = ['h1', 'h2', 'h3'].map(hostId);
const VMS = ['v1'];
const EXTENT = {length: 80, seed: 1, story: null, choices: null, signal: null};

/** The reference on each host, without these repairs. */
const seatsWithout = (...off: readonly Repair[]): readonly Seat<Config>[] => {
  const repairs = {...profile('hardened'), ...Object.fromEntries(off.map(repair => [repair, false]))};
  const seat = (host: HostId): Seat<Config> => ({
    host,
    name: 'reference',
    config: haConfigOf(HOSTS, VMS, host, repairs),
    driver: driving(referenceOf(haModule, eager)),
  });
  return HOSTS.map(seat);
};

test('the reference keeps what a cluster owes, whatever fails, and every rule of the fallback is met', async t => {
  const {verdict, runs, moves, rules} = await interop(haSimulation(HOSTS, VMS), seatsWithout(), {...EXTENT, runs: 60});
  t.is(verdict, 'pass');
  t.is(runs, 60);
  t.true(moves > 1000);
  const fired = rules.map(({id}) => id);
  for (const rule of ['FB-06', 'FB-14', 'FB-18', 'TM-03', 'TO-01', 'TO-02', 'TO-03', 'WT-05', 'WT-07'] as const)
    t.true(fired.includes(rule), rule);
});

const OWED: Readonly<Record<string, Repair>> = {
  SingleCommander: 'terms',
  EventuallyCommitted: 'timeouts',
  EventuallyReported: 'level-triggered',
  ReportedImpliesDurable: 'completion-report',
};

for (const [property, repair] of Object.entries(OWED)) {
  test(`${property} is not kept by hosts without ${repair}, though each keeps its own rules`, async t => {
    const simulation = haSimulation(HOSTS, VMS);
    const {verdict, course} = await interop(simulation, seatsWithout(repair), {...EXTENT, runs: 60});
    t.is(verdict, 'fail');
    t.like(course?.ending, {type: 'Violated', property});
    const choices = course === null ? [] : choicesIn(course);
    const again = await interop(simulation, seatsWithout(repair), {...EXTENT, runs: 1, choices});
    t.deepEqual(again.course, course, 'its choices lead there again');
  });
}

test('the same seed makes the same runs', async t => {
  const once = () => interop(haSimulation(HOSTS, VMS), seatsWithout('timeouts'), {...EXTENT, runs: 3, seed: 7});
  t.deepEqual(await once(), await once());
});

test('a host that sends what no rule allows is found, by name and rule', async t => {
  const [first, second, third] = seatsWithout();
  if (first === undefined || second === undefined || third === undefined) throw new Error('three hosts');
  const deaf: Seat<Config> = {
    ...second,
    name: 'deaf',
    driver: {...second.driver, step: async sent => (sent.includes('AccessQuery') ? NOTHING : second.driver.step(sent))},
  };
  const {verdict, course} = await interop(haSimulation(HOSTS, VMS), [first, deaf, third], {...EXTENT, runs: 60});
  t.is(verdict, 'fail');
  t.like(course?.ending, {type: 'Unexplained', host: 'h2'});
  t.true((course?.happened.length ?? 99) <= 12, `${course?.happened.length} moves`);
});

const NOTHING = {type: 'Drained', text: '[]'} as const;

test.serial('kits of different languages are one cluster', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-interop-'));
  try {
    if (go !== null) makeInGo(folder, ['kit']);
    const typescript = inTypeScript('main.ts').join(' ');
    const kits = {
      h1: hasPython ? inPython('ha_module.py').join(' ') : typescript,
      h2: typescript,
      h3: go === null ? typescript : join(folder, 'kit'),
      h4: typescript,
    };
    const subjects = Object.entries(kits).flatMap(([host, command]) => ['--subject', `${host}=${command}`]);
    const {code, stdout} = await holdfastConform('interop', '--hosts', '4', '--vms', '2', '--runs', '5', ...subjects);
    t.regex(stdout, /^pass: 4 hosts: a cluster that keeps what it owes\n/);
    t.regex(stdout, / {2}h2 {2}starter kit in TypeScript 1\.0\.0\n/);
    if (hasPython) t.regex(stdout, / {2}h1 {2}starter kit in Python 1\.0\.0\n/);
    if (go !== null) t.regex(stdout, / {2}h3 {2}starter kit in Go 1\.0\.0\n/);
    t.is(code, 0);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
});

test.serial('a host that nobody plays, or a subject that is not there, is named', async t => {
  const refused = await holdfastConform('interop', '--subject', 'h1=true');
  t.is(refused.code, 2);
  t.regex(refused.stderr, /nobody plays h2/);
  const absent = await holdfastConform('interop', '--', 'there-is-no-such-program');
  t.is(absent.code, 4);
  t.regex(absent.stdout, /not-started/);
});
