// Whole hosts as one simulated cluster: kits of different languages, the reference, and hosts with one fault.

import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {isSame} from '../../conformance/canonical.js';
import {driving} from '../../conformance/driver.js';
import {wholeHost} from '../../conformance/host/specification.js';
import {hostConfigOf, hostSimulation} from '../../conformance/interop/host/simulation.js';
import {interop} from '../../conformance/interop/interop.js';
import {run, type Seat} from '../../conformance/interop/run.js';
import {choicesIn} from '../../conformance/interop/told.js';
import {subjectOf} from '../../conformance/mutants/mutant.js';
import {wholeHostMutants} from '../../conformance/mutants/whole-host.js';
import {blamed} from '../../conformance/oracle/blame.js';
import {referenceOf} from '../../conformance/subjects.js';
import {
  eager,
  type HostConfig,
  type HostEffect,
  type HostId,
  hostId,
  profile,
  type Repair,
  type RuleId,
  validateHost,
} from '../../src/index.js';
import {go, hasPython, holdfastConform, inPython, inTypeScript, makeInGo} from './conform-command.js';

const HOSTS = ['h1', 'h2', 'h3'].map(hostId);
const EXTENT = {length: 150, seed: 1, story: null, choices: null, signal: null};

/** The reference on each host, but for the mutant of that name on one of them. */
const seatsWith = (off: readonly Repair[] = [], at: HostId | null = null, name = ''): readonly Seat<HostConfig>[] => {
  const repairs = {...profile('hardened'), ...Object.fromEntries(off.map(repair => [repair, false]))};
  const mutant = wholeHostMutants.find(each => each.name === name);
  if (at !== null && mutant === undefined) throw new Error(`no mutant ${name}`);
  return HOSTS.map(host => ({
    host,
    name: host === at ? name : 'reference',
    config: hostConfigOf(HOSTS, ['v1'], host, repairs),
    driver: driving(host === at && mutant !== undefined ? subjectOf(wholeHost, mutant) : referenceOf(wholeHost, eager)),
  }));
};

const simulationOf = (seats: readonly Seat<HostConfig>[]) => hostSimulation(seats.map(({config}) => config));

/** The rule that is thought broken, by the host that is thought wrong. */
const blame = (seats: readonly Seat<HostConfig>[], {course}: Pick<Awaited<ReturnType<typeof interop>>, 'course'>) => {
  if (course?.ending.type !== 'Unexplained') return course?.ending.type ?? 'nothing';
  const {host, trail} = course.ending;
  const seat = seats.find(each => each.host === host);
  return seat === undefined ? host : `${host} ${blamed(wholeHost, seat.config, trail as never)[0]?.rule}`;
};

test('what whole hosts are told of their cluster is sound, however many they are', t => {
  for (const size of [3, 4, 5, 9]) {
    const hosts = Array.from({length: size}, (_, index) => hostId(`h${index + 1}`));
    const config = hostConfigOf(hosts, ['v1', 'v2', 'v3'], hosts[0] ?? t.fail(), profile('hardened'));
    t.is(validateHost(config).type, 'Valid', `${size} hosts`);
  }
});

test('the reference keeps what a cluster owes in every story and whatever fails; fallback and failover come about', async t => {
  const seats = seatsWith();
  const {verdict, stories, runs, rules} = await interop(simulationOf(seats), seats, {...EXTENT, runs: 1});
  t.is(verdict, 'pass');
  t.is(stories, simulationOf(seats).stories.length);
  t.is(runs, 1);
  const fired = rules.map(({id}) => id);
  for (const rule of ['FB-14', 'FB-18', 'WT-05', 'FO-26', 'RS-12', 'RS-20', 'LK-03', 'TM-02', 'FO-55'] as const)
    t.true(fired.includes(rule), rule);
});

test('a host with a fault is found in a story, and it is the one that is blamed', async t => {
  const seats = seatsWith([], hostId('h2'), 'lets a VM run from memory for ever');
  const found = await interop(simulationOf(seats), seats, {...EXTENT, runs: 1});
  t.is(found.verdict, 'fail');
  t.is(found.story, 'partition 2: the storage network is split, and the host of the VM is cut off');
  t.is(blame(seats, found), 'h2 RS-12');
});

test('a fault that no story shows is found at random, made short, and its choices lead there again', async t => {
  const seats = seatsWith([], hostId('h2'), 'refuses a reign in the number that it has promised');
  const simulation = {...simulationOf(seats), stories: []};
  const found = await interop(simulation, seats, {...EXTENT, length: 200, seed: 8, runs: 1});
  t.is(found.verdict, 'fail');
  t.is(blame(seats, found), 'h2 DR-09');
  const choices = found.course === null ? [] : choicesIn(found.course);
  t.true(choices.length <= 8, `${choices.length} choices`);
  const again = await interop(simulation, seats, {...EXTENT, runs: 1, choices});
  t.deepEqual(again.course, found.course);
});

test('a VM that migrates lets its lock go, and comes with a new one; a disk that fails is made good', async t => {
  const seats = seatsWith();
  const surprises = ['migrate', 'lose a disk'];
  const {happened, ending} = await run(simulationOf(seats), seats, (moves, number) => {
    if (number === 60) return 'settle';
    const index = moves.findIndex(({kind}) => kind === surprises[0]);
    if (index >= 0) surprises.shift();
    return index >= 0 ? index : 'next';
  });
  t.is(ending.type, 'Settled');
  const firing = (rule: RuleId) => happened.filter(({rules}) => rules.includes(rule)).map(({move}) => move.kind);
  t.deepEqual(firing('RS-16'), ['migrate', 'arrive']);
  t.deepEqual(firing('OB-20'), ['lose a disk']);
});

/** The moves of these kinds as soon as each is on offer, and what comes by itself meanwhile. */
const inTurn = (kinds: readonly string[]) => {
  const left = [...kinds];
  return (moves: readonly {readonly kind: string}[]) => {
    if (left.length === 0) return 'settle';
    const index = moves.findIndex(({kind}) => kind === left[0]);
    if (index >= 0) left.shift();
    return index >= 0 ? index : 'next';
  };
};

test('the user may switch a VM off while it starts: it does not, and he is told', async t => {
  const seats = seatsWith();
  const wishes = ['power off', 'power on', 'power off'];
  const {happened, ending} = await run(simulationOf(seats), seats, inTurn(wishes));
  t.is(ending.type, 'Settled');
  const answers = happened.flatMap(({move, effects}) =>
    move.kind === 'power off' ? effects.filter(effect => (effect as HostEffect).type === 'PoweredOn') : [],
  );
  t.like(answers, [{type: 'PoweredOn', vm: 'v1', result: {type: 'failed'}}]);
});

test('a VM that is created anew counts on and can be switched on; a host that has it count from 0 is blamed', async t => {
  const anew = ['power off', 'create', 'power on'];
  const seats = seatsWith();
  const {happened, ending} = await run(simulationOf(seats), seats, inTurn(anew));
  t.is(ending.type, 'Settled');
  const fired = happened.flatMap(({rules}) => rules);
  for (const rule of ['RS-06', 'ST-10', 'RS-01'] as const) t.true(fired.includes(rule), rule);
  const calls = JSON.stringify(happened.map(({effects}) => effects));
  t.regex(
    calls,
    /"type":"Set","identity":2,"value":"protected","generation":3|"value":"protected","generation":3,"identity":2/,
  );
  const others = seatsWith([], hostId('h1'), 'counts the generations of a VM that is created anew from 0');
  const found = await run(simulationOf(others), others, inTurn(anew));
  t.is(blame(others, {course: found}), 'h1 ST-10');
});

test('what a quorum has committed is not lost while its votes are counted anew', async t => {
  const seats = seatsWith();
  const absence = {type: 'Absence', object: 'v1-namespace'};
  const surprises: Readonly<Record<string, unknown>>[] = [
    {kind: 'split storage network', sides: [['h1', 'h3'], ['h2']]},
    {kind: 'fire', host: 'h1', timer: absence},
    {kind: 'split storage network', sides: [HOSTS]},
    {kind: 'fire', host: 'h1', timer: absence},
  ];
  const {happened, ending} = await run(simulationOf(seats), seats, (moves, number) => {
    if (number === 400) return 'settle';
    const index = number % 40 < 35 ? -1 : moves.findIndex(move => isSame(move, surprises[0] ?? null));
    if (index >= 0) surprises.shift();
    return index >= 0 ? index : 'next';
  });
  t.deepEqual(surprises, []);
  t.deepEqual(
    happened.flatMap(({rules}) => rules.filter(rule => rule === 'OB-16')),
    ['OB-16', 'OB-16'],
  );
  t.is(ending.type, 'Settled');
});

test('hosts that do without a repair may break a promise to users, though each keeps its own rules', async t => {
  const seats = seatsWith(['ghost-kill']);
  const found = await interop(simulationOf(seats), seats, {...EXTENT, runs: 1});
  t.is(found.verdict, 'fail');
  t.like(found.course?.ending, {type: 'Violated', property: 'GhostsEnd'});
});

test('hosts that register once leave a VM down where the word that it can be started is lost', async t => {
  const seats = seatsWith(['timeouts']);
  const story = 'nobody can start the VM, and when somebody can, the word of it gets lost';
  const found = await interop(simulationOf(seats), seats, {...EXTENT, story, runs: 1});
  t.like(found.course?.ending, {type: 'Violated', property: 'EventuallyServing'});
});

test.serial('whole hosts of different languages are one cluster', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-interop-'));
  try {
    if (go !== null) makeInGo(folder, ['kit']);
    const kits = {
      h1: hasPython ? inPython('whole_host.py').join(' ') : 'reference',
      h2: go === null ? 'reference' : join(folder, 'kit'),
      h3: inTypeScript('main.ts').join(' '),
    };
    const subjects = Object.entries(kits).flatMap(([host, command]) => ['--subject', `${host}=${command}`]);
    const words = ['interop', '--profile', 'host', '--story', 'the host of the VM fails'];
    const {code, stdout} = await holdfastConform(...words, ...subjects);
    t.regex(stdout, /^pass: 3 hosts: a cluster that keeps what it owes\n/);
    t.regex(stdout, / {2}h3 {2}starter kit in TypeScript 1\.0\.0\n/);
    if (hasPython) t.regex(stdout, / {2}h1 {2}starter kit in Python 1\.0\.0\n/);
    if (go !== null) t.regex(stdout, / {2}h2 {2}starter kit in Go 1\.0\.0\n/);
    t.regex(stdout, /\n1 story and 0 runs to the end/);
    t.is(code, 0);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
});
