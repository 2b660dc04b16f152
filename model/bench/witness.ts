// `npm run witness`: explores each configuration of the TLA+ modules in spec/tla with a checker that shares nothing
// with holdfast, and the scene that it belongs to with holdfast, and compares the distinct states.
//
// The checker is TLC, whose jar TLA2TOOLS_JAR names, or the program that TLA_CHECKER names, if it takes
// `MODULE.tla --config FILE` and reports `Reachable states: N`, as the crate tla-checker does.

import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {columns} from '../report/layout.js';
import {count} from '../report/numbers.js';
import {numbersIn, run} from './program.js';
import {tlcCounts} from './tlc.js';

const FOLDER = join(import.meta.dirname, '../../spec/tla');
const HOLDFAST = join(import.meta.dirname, '../../dist/model/cli/main.js');

/** A configuration: the module, the scene with its options, and the distinct states that the file promises. */
export type Configuration = {
  readonly file: string;
  readonly module: string;
  readonly words: readonly string[];
  readonly distinct: number;
};

/** Reads the head of a configuration file. Throws when it does not say what it is about. */
export const configurationIn = (file: string, text: string): Configuration => {
  const [, words = ''] = /^\\\* holdfast (check .+)$/m.exec(text) ?? [];
  const [, distinct = ''] = /^\\\* (\d+) distinct states$/m.exec(text) ?? [];
  if (words === '' || distinct === '') throw new RangeError(`${file} names no scene, or no number of states`);
  return {file, module: file.replace(/-.*$/, ''), words: words.split(' '), distinct: Number(distinct)};
};

export const configurations = (): readonly Configuration[] =>
  readdirSync(FOLDER)
    .filter(file => file.endsWith('.cfg'))
    .map(file => configurationIn(file, readFileSync(join(FOLDER, file), 'utf8')));

/** How many distinct states the other checker finds; null where there is none. */
const witness = (): ((of: Configuration) => number) | null => {
  const {TLA2TOOLS_JAR: jar, TLA_CHECKER: program} = process.env;
  if (jar !== undefined) return of => tlcFinds(jar, of);
  if (program === undefined) return null;
  return ({module, file}) => {
    const words = ['--allow-deadlock', '--max-states', '100000000'];
    const report = run(program, [`${module}.tla`, '--config', file, ...words], {cwd: FOLDER});
    if (!report.includes('No errors found')) throw new RangeError(`${program} found fault with ${file}:\n${report}`);
    const [distinct = 0] = numbersIn(/Reachable states: ([\d,]+)/, report, program);
    return distinct;
  };
};

/**
 * How many distinct states TLC finds. A run may end where nothing is left to do: its word for that, `-deadlock`, is
 * older than CHECK_DEADLOCK in a configuration, which TLC 2.15 does not know. Throws when TLC finds fault.
 */
export const tlcFinds = (jar: string, {module, file}: Configuration): number => {
  const states = mkdtempSync(join(tmpdir(), 'holdfast-tlc-'));
  try {
    const tlc = ['-XX:+UseSerialGC', '-cp', jar, 'tlc2.TLC', '-deadlock', '-metadir', states];
    return tlcCounts(run('java', [...tlc, '-config', file, module], {cwd: FOLDER})).distinct;
  } finally {
    rmSync(states, {recursive: true, force: true});
  }
};

const main = (): void => {
  const other = witness();
  if (other === null) {
    process.stderr.write('Name the jar of TLC in TLA2TOOLS_JAR, or another checker in TLA_CHECKER.\n');
    process.exitCode = 3;
    return;
  }
  const rows = configurations().map(configuration => {
    const report = run(process.execPath, [HOLDFAST, ...configuration.words, '--json'], {cwd: FOLDER});
    const found = (JSON.parse(report) as {readonly distinct: number}).distinct;
    const theirs = other(configuration);
    const isSame = found === theirs && found === configuration.distinct;
    if (!isSame) process.exitCode = 1;
    return [configuration.file, count(found), count(theirs), isSame ? 'the same' : 'DIFFERENT'];
  });
  process.stdout.write(`${columns([['', 'holdfast', 'witness', ''], ...rows], [1, 2]).join('\n')}\n`);
};

if (process.argv[1] === import.meta.filename) main();
