import test from 'ava';
import {holdfast, modelFile} from './command.js';

const file = (name: string, ...lines: readonly string[]): string => modelFile(`${name}.mjs`, ...lines);
const built = (name: string, body: string, options = '{}'): string =>
  file(name, `export default model({name: '${name}', summary: '', options: ${options}, build: m => {${body}}});`);

const integer = "integer({default: 1, min: 1, max: 2, about: ''})";
const wordy = built(
  'wordy',
  'm.slot("x", 0); m.allowDeadlock();',
  `{hosts: ${integer}, without: list(['term', 'generation'], {about: ''})}`,
);

/** Bad usage: what is said, and the one line that answers it. */
const USAGE: readonly (readonly [string, readonly string[], RegExp])[] = [
  [
    'a number below the range',
    ['check', 'two-phase-commit', '--rms', '0'],
    /^--rms is a whole number from 1 to 12, not "0"$/,
  ],
  [
    'a number that is none',
    ['check', 'two-phase-commit', '--rms', 'abc'],
    /^--rms is a whole number from 1 to 12, not "abc"$/,
  ],
  ['a number that is missing', ['check', 'two-phase-commit', '--rms'], /--rms <n>' argument missing$/],
  [
    'an unknown option of a model',
    ['check', 'two-phase-commit', '--rsm', '3'],
    /^unknown option '--rsm' \(Did you mean --rms\?\)$/,
  ],
  [
    'an unknown option of no model',
    ['check', '--hosts', '4'],
    /^unknown option '--hosts'; options of a model come after its name$/,
  ],
  ['a misspelt option of no model', ['check', '--jsn'], /^unknown option '--jsn'; did you mean "--json"\?$/],
  [
    'an unknown word of a list',
    ['check', wordy, '--without', 'term,generatoin'],
    /^--without has no "generatoin".*did you mean "generation"\?$/,
  ],
  [
    'an unknown model',
    ['check', 'two-phase-comit'],
    /^there is no model "two-phase-comit" \(there are .*did you mean "two-phase-commit"\?$/,
  ],
  ['an unknown command', ['chekc'], /^unknown command 'chekc' \(Did you mean check\?\)$/],
  [
    'a bound that is none',
    ['check', 'two-phase-commit', '--depth', '0'],
    /^--depth is a whole number from 1, not "0"$/,
  ],
  [
    'memory without a unit',
    ['check', 'two-phase-commit', '--memory', '4'],
    /^--memory is a number with a unit, as 512m or 4g, not "4"$/,
  ],
  ['two models', ['check', 'two-phase-commit', 'another'], /^too many arguments\./],
  ['a file that does not exist', ['check', './no-such-model.ts'], /^there is no file \.\/no-such-model\.ts$/],
];

const step = (body: string): string => `const x = m.slot('x', 0); m.action('Step', read => {${body}});`;

/** Broken models: what is wrong with one, and what the line must say. */
const BROKEN: readonly (readonly [string, string, RegExp])[] = [
  [
    'throws while it is loaded',
    file('throws', "throw new Error('boom\\nand more');"),
    /throws\.mjs cannot be loaded: boom and more$/,
  ],
  ['is not TypeScript', modelFile('syntax.ts', 'const = 1;'), /syntax\.ts cannot be loaded: .*ERROR/],
  [
    'imports what is not there',
    file('lost', "import './nowhere.js';"),
    /lost\.mjs cannot be loaded: Cannot find module/,
  ],
  ['exports nothing', file('silent'), /silent\.mjs is not a model: its default export must be what model\(/],
  ['exports something else', file('odd', "export default {name: 'odd'};"), /odd\.mjs is not a model/],
  [
    'throws while it is built',
    built('unbuilt', "throw new Error('no hosts');"),
    /^the model unbuilt is broken: it cannot be built: no hosts$/,
  ],
  [
    'throws in an action',
    built('thrower', step("throw new Error('no vote');")),
    /^the model thrower is broken: .*Step.*no vote/,
  ],
  ['answers no list', built('mute', step('read(x);')), /^the model mute is broken: .*Step.*undefined/],
  [
    'stores a Map',
    built('mapper', step('return [next(x.set(new Map()))];')),
    /^the model mapper is broken: .*Step.*Map/,
  ],
  [
    'leaves the process',
    built('leaver', step('process.exit(0);')),
    /^the model leaver is broken: it ended the search$/,
  ],
  [
    'rejects a promise',
    file('late', "Promise.reject(new Error('too late'));", 'setInterval(() => {}, 1); await new Promise(() => {});'),
    /late\.mjs is broken: too late$/,
  ],
  [
    'takes a flag of the explorer',
    built('taker', '', `{depth: ${integer}}`),
    /^the model taker is broken: its option "depth" would be --depth/,
  ],
  [
    'has an option that is no flag',
    built('spaced', '', `{'two words': ${integer}}`),
    /^the model spaced is broken: its option "two words" cannot be a flag; /,
  ],
];

const isRefused = async (words: readonly string[], expected: RegExp): Promise<readonly string[]> => {
  const {code, stdout, stderr} = await holdfast(words);
  const [line = '', ...more] = stderr.trimEnd().split('\n');
  return [
    ...(code === 2 ? [] : [`exit code ${code}`]),
    ...(stdout === '' ? [] : ['something on standard output']),
    ...(more.length === 0 ? [] : [`${more.length} lines too many`]),
    ...(line.startsWith('holdfast: ') && expected.test(line.slice('holdfast: '.length)) ? [] : [line]),
  ];
};

for (const [title, words, line] of USAGE) {
  test(`${title} is refused in one line`, async t => t.deepEqual(await isRefused(words, line), []));
}

for (const [title, path, line] of BROKEN) {
  test(`a model that ${title} is refused in one line`, async t =>
    t.deepEqual(await isRefused(['check', path], line), []));
}

test('a broken model leaves standard output empty with --json too', async t => {
  const [, path, line] = BROKEN[6] ?? t.fail();
  t.deepEqual(await isRefused(['check', path, '--json'], line), []);
});
