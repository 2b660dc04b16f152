// Partial-order reduction through the command line: what it leaves out, what it says, and where it is refused.

import {join} from 'node:path';
import test from 'ava';
import type {Result} from '../../model/report/result.js';
import {emptyFolder, holdfast, modelFile} from './command.js';

/** Four clocks of five hours each, which know nothing of each other; `parts` adds to the model. */
const clocks = (name: string, ...parts: readonly string[]): string =>
  modelFile(
    `${name}.mjs`,
    'const build = m => {',
    "  const clocks = m.slots('clock', [0, 1, 2, 3], 0);",
    "  m.action('Tick', {each: clocks.keys}, (read, n) =>",
    '    read(clocks(n)) < 5 ? [next(clocks(n).set(read(clocks(n)) + 1))] : []);',
    '  m.terminal(read => clocks.members.every(each => read(each) === 5));',
    ...parts,
    '};',
    `export default model({name: '${name}', summary: '', build});`,
  );

const holding = clocks('holding');

const resultOf = async (...words: readonly string[]): Promise<Result> =>
  JSON.parse((await holdfast(['check', ...words, '--json'])).stdout) as Result;

test('--por finds that a model holds among fewer states, and says that it left some out', async t => {
  const full = await resultOf(holding);
  t.deepEqual([full.verdict, full.distinct, full.reductions], ['holds', 1296, []]);
  const reduced = await resultOf(holding, '--por');
  t.deepEqual(reduced.reductions, [{name: 'partial-order', active: true, reason: null}]);
  t.is(reduced.verdict, 'holds');
  t.true(reduced.complete && reduced.distinct < 100, `${reduced.distinct} states`);

  const {code, stdout} = await holdfast(['check', holding, '--por']);
  t.is(code, 0);
  t.notRegex(stdout, /Every reachable state was explored/);
  t.regex(
    stdout.replaceAll(/\s+/g, ' '),
    /Independent steps were not taken in every order; .* lead to no other failure\. /,
  );
});

test('--por finds the same violation, and does not call its trace the shortest', async t => {
  const path = clocks('late', "  m.invariant('Early', read => read(clocks(3)) < 5);");
  const full = await holdfast(['check', path]);
  t.regex(full.stdout, /^violated: late: Early\n\nAfter 5 steps Early is false\. No shorter way leads there:/);
  const reduced = await holdfast(['check', path, '--por']);
  t.is(reduced.code, 1);
  t.regex(reduced.stdout, /^violated: late: Early\n\nAfter \d+ steps Early is false\. There may be a shorter way/);
});

/** What keeps a model from being reduced, and what the summary says of it. */
const OBSTACLES: readonly (readonly [string, string, RegExp])[] = [
  ['temporal', "m.eventually('Late', () => true);", /the model has temporal properties, which/],
  ['bounded', "m.constraint('Short', () => true);", /the model has constraints, beyond which/],
  ['rounded', "m.normalise('As it is', {of: clocks(0)}, value => value);", /the model has normalisers, which/],
  ['symmetric', 'm.symmetry(clocks.keys, {families: [clocks]});', /the model has symmetries, which/],
];

for (const [name, part, reason] of OBSTACLES) {
  test(`--por leaves nothing out of a model that is ${name}, and says why`, async t => {
    const path = clocks(name, part);
    const [full, asked] = [await resultOf(path), await resultOf(path, '--por')];
    t.is(full.distinct, name === 'symmetric' ? 126 : 1296);
    const counts = ({verdict, distinct, generated, depth}: Result) => [verdict, distinct, generated, depth];
    t.deepEqual(counts(asked), counts(full));
    t.like(asked.reductions?.[0], {name: 'partial-order', active: false});
    t.regex(asked.reductions?.[0]?.reason ?? '', reason);

    const {code, stdout} = await holdfast(['check', path, '--por']);
    t.is(code, 0);
    const text = stdout.replaceAll(/\s+/g, ' ');
    t.regex(text, /Every reachable state was explored\. Partial-order reduction left nothing out: /);
    t.regex(text, reason);
  });
}

const file = join(emptyFolder(), 'search.ckp');

for (const [words, reason] of [
  [
    ['--workers', '2'],
    /^holdfast: --workers does not go with --por: a thread does not know what others have queued\n$/,
  ],
  [
    ['--checkpoint', file],
    /^holdfast: --checkpoint does not go with --por: a search that goes on would leave out other/,
  ],
  [
    ['--resume', file],
    /^holdfast: --resume does not go with --por: a search that goes on would leave out other states\n$/,
  ],
  [['--simulate'], /^holdfast: --por does not go with --simulate\n$/],
] as const) {
  test(`--por does not go with ${words[0]}`, async t => {
    const {code, stdout, stderr} = await holdfast(['check', holding, '--por', ...words]);
    t.is(code, 2);
    t.is(stdout, '');
    t.regex(stderr, reason);
  });
}

test('one worker is no reason to refuse --por', async t => {
  t.true((await resultOf(holding, '--por', '--workers', '1')).reductions?.[0]?.active);
});
