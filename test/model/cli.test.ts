import {spawnSync} from 'node:child_process';
import test from 'ava';
import {CATALOGUE} from '../../model/catalogue.js';
import {holdfast, main, modelFile} from './command.js';

const COUNTER = [
  'const build = (m, {limit}) => {',
  "  const x = m.slot('x', 0);",
  "  m.action('Up', read => (read(x) < limit ? [by('UP-1', x.set(read(x) + 1))] : []));",
  "  m.invariant('Small', read => read(x) < 3);",
  "  m.rules(['UP-1', 'UP-2']);",
  '  m.allowDeadlock();',
  '};',
  "const limit = integer({default: 2, min: 0, max: 9, about: 'where to stop'});",
  "const noLoss = flag({about: 'nothing is lost'});",
  "const without = list(['alpha', 'beta'], {about: 'parts to leave out'});",
  "export default model({name: 'counter', summary: 'It counts.', options: {limit, noLoss, without}, build});",
];

const counter = modelFile('counter.ts', ...COUNTER);

test('a model that holds ends with 0', async t => {
  const {code, stdout, stderr} = await holdfast(['check', 'two-phase-commit', '--rms', '2']);
  t.is(code, 0);
  t.is(stderr, '');
  t.regex(stdout, /^holds: two-phase-commit --rms 2\n\n56 distinct states, 154 generated, depth 8\. /);
});

test('a violated property ends with 1, and with its shortest trace', async t => {
  const {code, stdout} = await holdfast(['check', counter, '--limit', '4']);
  t.is(code, 1);
  t.regex(stdout, /^violated: counter --limit 4: Small\n/);
  t.regex(stdout, / {2}3 {2}Up \[UP-1\]\n {5}x: 2 -> 3\n\n/);
  t.notRegex(stdout, / {2}4 {2}Up/);
  t.regex(stdout, /Never fired, of 2 rules: UP-2\./);
});

test('a bounded search ends with 3 unless it was complete before', async t => {
  const cut = await holdfast(['check', counter, '--depth', '2']);
  t.is(cut.code, 3);
  t.regex(cut.stdout, /^incomplete: counter: stopped at depth 2\n/);
  const complete = await holdfast(['check', counter, '--depth', '20']);
  t.is(complete.code, 0);
});

test('--json prints one document and nothing else, even of a model that prints', async t => {
  const talkative = modelFile('talkative.ts', "console.log('noise');", ...COUNTER);
  const {code, stdout, stderr} = await holdfast(['check', talkative, '--limit', '4', '--json']);
  t.is(code, 1);
  t.is(stderr, 'noise\n');
  const {violation, seconds, peakMemoryBytes, coverage, ...rest} = JSON.parse(stdout);
  t.like(rest, {
    model: 'counter',
    options: {limit: 4, noLoss: false, without: []},
    slots: [{name: 'x', family: null, key: null, holds: 'value', isInbox: false}],
    verdict: 'violated',
    complete: false,
    reason: 'stopped at the first violation',
    distinct: 5,
    generated: 5,
    depth: 4,
    simulation: null,
  });
  t.true(seconds >= 0 && peakMemoryBytes > 0);
  t.deepEqual(coverage.neverFired, {actions: [], rules: ['UP-2']});
  t.is(violation.property, 'Small');
  t.deepEqual(violation.trace.at(-1).changes, [{slot: 'x', before: 2, after: 3}]);
});

test('flags are what the model calls its options, and lists are joined or said again', async t => {
  const words = ['--no-loss', '--without', 'beta', '--without', 'alpha'];
  const {stdout} = await holdfast(['check', counter, ...words, '--json']);
  t.deepEqual(JSON.parse(stdout).options, {limit: 2, noLoss: true, without: ['alpha', 'beta']});
  const joined = await holdfast(['check', '--json', counter, '--without=alpha,beta']);
  t.deepEqual(JSON.parse(joined.stdout).options, {limit: 2, noLoss: false, without: ['alpha', 'beta']});
});

test('the help of a model lists its options with their ranges', async t => {
  const {code, stdout, stderr} = await holdfast(['check', counter, '--help']);
  t.is(code, 0);
  t.is(stderr, '');
  t.regex(stdout, /--limit <n> +where to stop \(0 to 9, default 2\)\n/);
  t.regex(stdout, /--no-loss +nothing is lost \(default off\)\n/);
  t.regex(stdout, /--without <words> +parts to leave out \(any of alpha, beta; /);
});

test('the help of the command lists every built-in model', async t => {
  const {code, stdout} = await holdfast(['check', '--help']);
  t.is(code, 0);
  for (const {name} of CATALOGUE) t.regex(stdout, new RegExp(`^  ${name}  `, 'm'));
});

test('help is asked for as a word or as a flag, of the command and of what it does', async t => {
  for (const words of [[], ['check'], ['audit'], ['check', counter]]) {
    const flag = await holdfast([...words, '--help']);
    t.regex(flag.stdout, /^Usage: holdfast/);
    t.deepEqual(await holdfast(['help', ...words]), {code: 0, stdout: flag.stdout, stderr: ''});
  }
  t.regex((await holdfast(['help'])).stdout, /^ {2}check \[.*explore every reachable state of a model$/m);
});

test('without a model, every trial is made, and a bound makes the whole incomplete', async t => {
  const {code, stdout} = await holdfast(['check', '--depth', '1', '--json']);
  t.is(code, 3);
  const rows: readonly {model: string; verdict: string; expected: string}[] = JSON.parse(stdout);
  const trials = CATALOGUE.flatMap(({name, trials}) => trials.map(({expected}) => ({model: name, expected})));
  t.deepEqual(
    rows.map(({model, expected}) => ({model, expected})),
    trials,
  );
  t.is(rows.find(({model}) => model === 'two-phase-commit')?.verdict, 'incomplete');
});

test('a reader that has seen enough makes neither noise nor another exit code', t => {
  const pipeline = '{ "$0" "$1" check two-phase-commit --json; echo "$?" >&2; } | head -c 1';
  const {stdout, stderr} = spawnSync('sh', ['-c', pipeline, process.execPath, main], {encoding: 'utf8'});
  t.deepEqual({stdout, stderr}, {stdout: '{', stderr: '0\n'});
});
