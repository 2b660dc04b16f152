// `npm run bench -- [--sizes 8,9] [--rounds 5] [--long]`: two-phase commit, explored by holdfast and by every peer that
// is here, in turn; with --long also by those that it takes minutes. Writes results.json and the tables of the guide
// that are made from it.

import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {compete, enter} from './contest.js';
import {machine} from './machine.js';
import type {Results} from './results.js';
import {TINY, withTable} from './table.js';

const RESULTS = join(import.meta.dirname, 'results.json');
const GUIDE = join(import.meta.dirname, '..', 'README.md');

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

type Said = {readonly sizes: readonly number[]; readonly rounds: number; readonly long: boolean};

const saidOf = (words: readonly string[]): Said => {
  const options = {
    sizes: {type: 'string', default: '8,9'},
    rounds: {type: 'string', default: '5'},
    long: {type: 'boolean', default: false},
  } as const;
  const {values} = parseArgs({args: [...words], options});
  const sizes = values.sizes.split(',').map(Number);
  const rounds = Number(values.rounds);
  if (sizes.some(size => !Number.isInteger(size) || size <= TINY || size > 10) || !Number.isInteger(rounds)) {
    throw new RangeError(`--sizes are numbers from ${TINY + 1} to 10, joined by commas; --rounds is a number`);
  }
  return {sizes, rounds, long: values.long};
};

const {sizes, rounds, long} = saidOf(process.argv.slice(2));
const before = machine();
const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
try {
  const {versions, notRun, entries} = enter([TINY, ...sizes], folder, long);
  for (const {tool, why} of notRun) say(`${tool} does not take part: ${why}`);
  const series = await compete(entries, rounds, say);
  const date = new Date().toISOString().slice(0, 10);
  const results: Results = {date, machine: before, versions, rounds, series, notRun};
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(GUIDE, withTable(readFileSync(GUIDE, 'utf8'), results));
} finally {
  rmSync(folder, {recursive: true, force: true});
}
