import type {WriteStream} from 'node:tty';
import test from 'ava';
import fc from 'fast-check';
import {flagOf, titleOf} from '../../model/cli/flag.js';
import {nearest} from '../../model/cli/nearest.js';
import {progressLine} from '../../model/cli/progress-line.js';
import {memorySize, wholeNumber} from '../../model/cli/quantity.js';
import {resolve} from '../../model/cli/resolution.js';

test('a misspelt word is taken for the nearest one, a strange word for none', t => {
  const words = ['two-phase-commit', 'protect', 'paxos'];
  t.is(nearest('protetc', words), 'protect');
  t.is(nearest('PAXOS', words), 'paxos');
  t.is(nearest('elephant', words), null);
  t.is(nearest('anything', []), null);
});

test('every word is nearest to itself, and to itself with one letter missing', t => {
  const word = fc.stringMatching(/^[a-z]{4,12}$/);
  t.notThrows(() =>
    fc.assert(
      fc.property(word, word, fc.nat(3), (mine, other, at) => {
        const found = nearest(mine.slice(0, at) + mine.slice(at + 1), [mine]);
        return nearest(mine, [other, mine]) === mine && found === mine;
      }),
      {numRuns: 300},
    ),
  );
});

test('memory is said in binary units', t => {
  const size = memorySize('--memory');
  t.deepEqual(['512m', '4g', '1.5G', '64KB', '1TiB'].map(size), [2 ** 29, 2 ** 32, 1.5 * 2 ** 30, 2 ** 16, 2 ** 40]);
  for (const bad of ['', '4', 'g', '-1g', '0m', '4x', '1e3m']) t.throws(() => size(bad), {message: /^--memory is/});
});

test('a bound is a whole number from 1', t => {
  const depth = wholeNumber('--depth');
  t.is(depth('12'), 12);
  t.is(wholeNumber('--workers', 64)('64'), 64);
  t.throws(() => wholeNumber('--workers', 64)('65'), {message: '--workers is a whole number from 1 to 64, not "65"'});
  for (const bad of ['0', '-1', '1.5', 'x', '']) t.throws(() => depth(bad), {message: /^--depth is a whole number/});
});

const option = (key: string, kind: 'integer' | 'flag' | 'list', value: unknown) =>
  ({key, kind, about: '', default: value, values: [], min: null, max: null}) as const;

test('a title names the options that are not at their defaults, as one would say them', t => {
  const options = [option('maxClock', 'integer', 6), option('noLoss', 'flag', false), option('without', 'list', [])];
  const description = {name: 'sample', summary: '', options};
  t.is(flagOf('maxClock'), '--max-clock');
  t.is(titleOf(description, {maxClock: 6, noLoss: false, without: []}), 'sample');
  t.is(
    titleOf(description, {maxClock: 7, noLoss: true, without: ['term', 'retry']}),
    'sample --max-clock 7 --no-loss --without term,retry',
  );
});

/** A terminal of 40 columns, or a file, that keeps what is written to it. */
const stream = (isTTY: boolean): {readonly written: string[]; readonly stream: WriteStream} => {
  const written: string[] = [];
  const write = (text: string): boolean => written.push(text) > 0;
  return {written, stream: {isTTY, columns: 40, write} as WriteStream};
};

const progress = {distinct: 10, generated: 1000, queue: 5, depth: 2, seconds: 1, memoryBytes: 2 ** 26};

test('progress is one line of a terminal, shown now and then, and is gone in the end', t => {
  const terminal = stream(true);
  const line = progressLine(terminal.stream);
  line.show('sample', progress);
  line.show('sample', {...progress, seconds: 1.1});
  line.clear();
  line.clear();
  t.deepEqual(terminal.written, [
    '\u001b[1G',
    'sample: 1,000 states, 10 distinct, 5 qu',
    '\u001b[0K',
    '\u001b[1G',
    '\u001b[2K',
  ]);
});

test('progress is silent where nobody watches', t => {
  const file = stream(false);
  const line = progressLine(file.stream);
  line.show('sample', progress);
  line.clear();
  t.deepEqual(file.written, []);
});

test('a model file finds this package wherever it lies, and other packages where it lies', async t => {
  const context = {conditions: [], importAssertions: {}, importAttributes: {}, parentURL: 'file:///elsewhere/model.ts'};
  const asked: string[] = [];
  const next = (specifier: string, {parentURL = ''}: {parentURL?: string | undefined} = {}) => {
    asked.push(`${specifier} from ${parentURL === context.parentURL ? 'the file' : 'this package'}`);
    return {url: `file:///found/${specifier}`};
  };
  for (const specifier of ['holdfast/model', 'holdfast', 'holdfast-extras', './parts.ts']) {
    const {format} = await resolve(specifier, context, next);
    t.is(format, specifier.endsWith('.ts') ? 'module' : undefined);
  }
  t.deepEqual(asked, [
    'holdfast/model from this package',
    'holdfast from this package',
    'holdfast-extras from the file',
    './parts.ts from the file',
  ]);
});
