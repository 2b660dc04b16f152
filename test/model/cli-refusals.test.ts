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
    /^there is no model "two-phase-comit"; did you mean "two-phase-commit"\?$/,
  ],
  [
    'a model that is like none',
    ['check', 'xyzzy'],
    /^there is no model "xyzzy"; there are protect, .*; a file of your own is named by its path, as \.\/model\.ts$/,
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
  ['two models', ['check', 'two-phase-commit', 'another'], /^"another" is one word too many: there is one model/],
  [
    'a flag with a value',
    ['check', 'two-phase-commit', '--symmetry=no'],
    /^--symmetry takes no value: it is said or not, so not "--symmetry=no"$/,
  ],
  ['what is no file', ['check', '/dev/null'], /^\/dev\/null is no file, as a model is$/],
  ['a folder', ['check', './'], /^\.\/ is a folder; a model is a file$/],
  ['a file that does not exist', ['check', './no-such-model.ts'], /^there is no file \.\/no-such-model\.ts$/],
];

const step = (body: string, initial = '0'): string =>
  `const x = m.slot('x', ${initial}); m.action('Step', read => {${body}});`;

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
  [
    'exports models by name only',
    file('named', "export const one = model({name: 'one', summary: '', build: () => {}});", 'export const two = one;'),
    /named\.mjs exports one and two, but no model as its default$/,
  ],
  [
    'has no build',
    file('unable', "export default model({name: 'unable', summary: ''});"),
    /unable\.mjs cannot be loaded: build of model unable needs a function, not undefined$/,
  ],
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
    'changes what it read',
    built('mutator', "const x = m.slot('x', {a: [1]}); m.action('Step', read => [read(x).a.push(2), next()]);"),
    /^the model mutator is broken: in Step: .*not extensible \(x = \{"a":\[1\]\}\)$/,
  ],
  [
    'changes what its update is given',
    built('updater', step("return [next(x.update('set a', value => Object.assign(value, {a: 1}), 0))];", '{a: 0}')),
    /^the model updater is broken: in an update of x \(set a 0\): .*read only property 'a'.*\(value \{"a":0\}\)$/,
  ],
  [
    'stores what bites its own tail',
    built('ouroboros', step('const v = []; v.push(v); return [next(x.set(v))];')),
    /^the model ouroboros is broken: in Step: x was given something .*in a circle/,
  ],
  [
    'stores what throws when it is looked at',
    built('trap', step("return [next(x.set({get a() { throw new Error('caught'); }}))];")),
    /^the model trap is broken: in Step: x was given a getter at \.a, which is not plain data: \{ a: \[Getter\] \}$/,
  ],
  [
    'never comes back from calling itself',
    built('caller', step('const f = () => 1 + f(); return [next(x.set(f()))];')),
    /^the model caller is broken: in Step: Maximum call stack size exceeded$/,
  ],
  [
    'takes chances',
    built('gambler', step('return [next(x.set(Math.random()))];')),
    /^the model gambler is broken: in Step: it asked Math\.random, which is no part of the state$/,
  ],
  [
    'writes one record in two orders',
    built('twins', step('return [next(x.set({a: 1, b: 2})), next(x.set({b: 2, a: 1}))];')),
    /^the model twins is broken: in Step: x was given two values that differ in the order of keys only: /,
  ],
  [
    'sets and updates a slot at once',
    built('both', step("return [next(x.set(1), x.update('keep', value => value, 0))];")),
    /^the model both is broken: in Step: it set and updated x in one outcome$/,
  ],
  [
    'answers with a promise',
    built('waiter', "m.action('Step', async () => { throw new Error('late'); });"),
    /^the model waiter is broken: in Step: it returned a promise; nothing in a model may be async$/,
  ],
  [
    'claims neither true nor false',
    built('shrug', "m.slot('x', 0); m.invariant('Claim', () => undefined);"),
    /^the model shrug is broken: in Claim: it returned undefined, not true or false$/,
  ],
  [
    'throws nothing at all',
    built('nothing', step('throw undefined;')),
    /^the model nothing is broken: in Step: it threw undefined$/,
  ],
  [
    'throws what cannot be looked at',
    built('sphinx', step("throw new (class extends Error { get message() { throw new Error('riddle'); } })();")),
    /^the model sphinx is broken: in Step: it threw something that cannot be looked at$/,
  ],
  [
    'leaves the process',
    built('leaver', step('process.exit(0);')),
    /^the model leaver is broken: it ended the search, as process\.exit does$/,
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
    'has two options that are one flag',
    built('doubled', '', `{lostReplies: ${integer}, 'lost-replies': ${integer}}`),
    /^the model doubled is broken: its option "lost-replies" would be --lost-replies, which it has already$/,
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

test('a model that breaks where several threads search is refused in one line', async t => {
  const axis = (name: string) => `const ${name} = m.slot('${name}', 0);
    m.action('${name} up', read => (read(${name}) < 60 ? [next(${name}.set(read(${name}) + 1))] : []));`;
  const late = "if (read(x) + read(y) + read(z) === 150) throw new Error('too far');";
  const path = built(
    'deep',
    `${['x', 'y', 'z'].map(axis).join('\n')} m.action('Look', read => { ${late} return []; });`,
  );
  t.deepEqual(await isRefused(['check', path, '--workers', '2'], /^the model deep is broken: in Look: too far/), []);
});

test('a broken model leaves standard output empty with --json too', async t => {
  const [, path, line] = BROKEN[6] ?? t.fail();
  t.deepEqual(await isRefused(['check', path, '--json'], line), []);
});
