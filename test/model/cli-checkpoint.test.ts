import {execFileSync} from 'node:child_process';
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {Result} from '../../model/index.js';
import {emptyFolder, holdfast, holdfastUntil, modelFile} from './command.js';

/** Eight resource managers: large enough to be interrupted on any machine, small enough to be searched many times. */
const SEARCH = ['check', 'two-phase-commit', '--rms', '8', '--json'] as const;

/** As TLC counts it. */
const COUNTS = {distinct: 1745408, generated: 18507778, depth: 26};

const keeping = (file: string): readonly string[] => ['--checkpoint', file, '--checkpoint-every', '0.05'];

const isWhole = (t: ExecutionContext, {code, stdout, stderr}: Awaited<ReturnType<typeof holdfast>>): void => {
  t.is(stderr, '');
  t.is(code, 0);
  const {verdict, distinct, generated, depth, coverage}: Result = JSON.parse(stdout);
  t.deepEqual({verdict, distinct, generated, depth}, {verdict: 'holds', ...COUNTS});
  t.is(
    coverage.actions.reduce((sum, action) => sum + action.generated, 1),
    generated,
  );
};

for (const workers of ['1', '2']) {
  const search = [...SEARCH, '--workers', workers];

  test.serial(`a search of ${workers} that is interrupted goes on from its checkpoint to the same counts`, async t => {
    const file = join(emptyFolder(), 'kept');
    const cut = await holdfastUntil(file, 1, 'SIGINT', [...search, ...keeping(file)]);
    t.is(cut.code, 3);
    t.is(cut.stderr, `holdfast: --resume ${file} goes on from here\n`);
    const {reason, distinct}: Result = JSON.parse(cut.stdout);
    t.is(reason, 'interrupted');
    t.true(distinct < COUNTS.distinct);
    isWhole(t, await holdfast([...search, '--resume', file]));
  });

  test.serial(`a search of ${workers} that is killed goes on from its last checkpoint to the same counts`, async t => {
    const file = join(emptyFolder(), 'kept');
    const cut = await holdfastUntil(file, 2, 'SIGKILL', [...search, ...keeping(file)]);
    t.deepEqual(cut, {code: null, stdout: '', stderr: ''});
    isWhole(t, await holdfast([...search, '--resume', file]));
  });
}

test.serial(
  'a search may be interrupted again and again, go on with another number of workers, and keep its file',
  async t => {
    const file = join(emptyFolder(), 'kept');
    const first = await holdfastUntil(file, 1, 'SIGINT', [...SEARCH, ...keeping(file)]);
    const going = [...SEARCH, '--resume', file, ...keeping(file), '--workers', '2'];
    const second = await holdfastUntil(file, 1, 'SIGTERM', going);
    const [before, after]: Result[] = [first, second].map(({stdout}) => JSON.parse(stdout));
    t.deepEqual([first.code, second.code], [3, 3]);
    t.true((before?.generated ?? 0) < (after?.generated ?? 0));
    t.true((before?.seconds ?? 0) < (after?.seconds ?? 0));
    isWhole(t, await holdfast([...SEARCH, '--resume', file]));
  },
);

test.serial('a search that a bound stops is kept as well', async t => {
  const file = join(emptyFolder(), 'kept');
  const bounded = await holdfast(['check', 'two-phase-commit', '--depth', '3', '--checkpoint', file]);
  t.is(bounded.code, 3);
  t.is(bounded.stderr, `holdfast: --resume ${file} goes on from here\n`);
  const {stdout} = await holdfast(['check', 'two-phase-commit', '--resume', file]);
  t.regex(stdout, /^holds: two-phase-commit\n\n288 distinct states, 1,146 generated, depth 11\. /);
});

/** Counts up, and says that it is wrong when it has come so far. */
const counter = modelFile(
  'counter.mjs',
  "const limit = integer({default: 9, min: 1, max: 9, about: ''});",
  "export default model({name: 'counter', summary: '', options: {limit}, build: (m, {limit}) => {",
  "  const x = m.slot('x', 0);",
  "  m.action('Up', read => [next(x.set(read(x) + 1))]);",
  "  m.invariant('Small', read => read(x) < limit);",
  '}});',
);

test.serial('a search that goes on from a checkpoint finds the whole counterexample', async t => {
  const file = join(emptyFolder(), 'kept');
  await holdfast(['check', counter, '--depth', '5', '--checkpoint', file]);
  const {code, stdout} = await holdfast(['check', counter, '--resume', file, '--json']);
  t.is(code, 1);
  const {violation, generated}: Result = JSON.parse(stdout);
  t.is(violation?.trace.length, 10);
  t.is(generated, 11);
});

test.serial('what cannot be resumed is refused in one line that says why', async t => {
  const folder = emptyFolder();
  const file = join(folder, 'kept');
  await holdfast(['check', counter, '--depth', '5', '--checkpoint', file]);
  const kept = readFileSync(file);
  const write = (name: string, bytes: Uint8Array): string => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const unnamed = Buffer.from(kept.toString('latin1').replace('"words"', '"vords"'), 'latin1');
  const damaged = Buffer.from(kept);
  damaged[kept.length - 40] = (damaged.at(-40) ?? 0) ^ 1;
  const edited = modelFile(
    'edited.mjs',
    readFileSync(counter, 'utf8').split('\n').slice(1).join('\n').replace('+ 1', '+ 2'),
  );
  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    [counter, [join(folder, 'none')], / cannot be read: ENOENT/],
    [counter, [folder], / is no file$/],
    [counter, [pipe], / is no file$/],
    [counter, [write('short', kept.subarray(0, kept.length - 50))], / is truncated$/],
    [counter, [write('damaged', damaged)], / is damaged$/],
    [counter, [write('unnamed', unnamed)], / is damaged$/],
    [counter, [write('foreign', Buffer.from('something else altogether'))], / is no checkpoint of holdfast$/],
    [counter, [file, '--limit', '8'], / was made with the options \{"limit":9\}, not \{"limit":8\}$/],
    [edited, [file], / is of an earlier text of the model$/],
    ['two-phase-commit', [file], / is of model counter, not two-phase-commit$/],
  ];
  for (const [model, [from = '', ...words], line] of cases) {
    const {code, stdout, stderr} = await holdfast(['check', model, '--resume', from, ...words]);
    t.deepEqual([code, stdout, stderr.split('\n').length], [2, '', 2], stderr);
    t.true(stderr.startsWith(`holdfast: the checkpoint ${from} `), stderr);
    t.regex(stderr.trimEnd(), line);
  }
});

test.serial('a model with temporal properties is kept, and goes on to the same verdict and loop', async t => {
  const file = join(emptyFolder(), 'kept');
  const words = ['check', 'dining-philosophers', '--json', '--workers', '2'];
  const whole: Result = JSON.parse((await holdfast(words)).stdout);
  const bounded = await holdfast([...words, '--depth', '3', '--checkpoint', file]);
  t.is(bounded.code, 3);
  t.is(bounded.stderr, `holdfast: --resume ${file} goes on from here\n`);
  const resumed: Result = JSON.parse((await holdfast([...words, '--resume', file])).stdout);
  const told = ({verdict, complete, distinct, generated, depth}: Result) => ({
    verdict,
    complete,
    distinct,
    generated,
    depth,
  });
  t.deepEqual(told(resumed), told(whole));
  t.is(resumed.violation?.loop, whole.violation?.loop);
  t.true(resumed.complete);
});

test.serial('a checkpoint that cannot be written ends the search with one line, and the one before stays', async t => {
  const folder = emptyFolder();
  const file = join(folder, 'kept');
  await holdfast(['check', counter, '--depth', '5', '--checkpoint', file]);
  const kept = readFileSync(file);
  // A folder in the way of the file that is written first.
  mkdirSync(`${file}.part`);
  const {code, stderr} = await holdfast(['check', counter, '--depth', '4', '--checkpoint', file]);
  t.is(code, 2);
  t.regex(stderr, /^holdfast: the checkpoint \S+ cannot be written: EISDIR[^\n]*\n$/);
  t.deepEqual(readFileSync(file), kept);
  t.deepEqual(readdirSync(folder).sort(), ['kept', 'kept.part']);
});
