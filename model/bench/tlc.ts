import {copyFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Contestant, Counts, Tool} from './contestant.js';
import {numbersIn, versionOf} from './program.js';

const MODULE = 'TwoPhaseCommit';

/** Reads TLC's report. */
export const tlcCounts = (output: string): Counts => {
  if (!output.includes('Model checking completed. No error has been found.')) {
    throw new RangeError(`TLC did not complete: ${output.trim().slice(-500)}`);
  }
  const summary = /^([\d,]+) states generated, ([\d,]+) distinct states found, 0 states left on queue\.$/m;
  const [generated = 0, distinct = 0] = numbersIn(summary, output, 'TLC');
  return {distinct, generated};
};

const configuration = (managers: number): string =>
  [
    'SPECIFICATION Spec',
    `CONSTANT Managers = {${Array.from({length: managers}, (_, n) => n).join(', ')}}`,
    'INVARIANT Consistent',
    '',
  ].join('\n');

/** TLC as its documentation would have it run. */
const COMMAND = ['-XX:+UseParallelGC', '-cp', process.env['TLA2TOOLS_JAR'] ?? '', 'tlc2.TLC'];

export const tlc: Tool = {
  name: 'TLC',

  most: 8,
  presence: () => {
    if (process.env['TLA2TOOLS_JAR'] === undefined) return {type: 'Absent', why: 'TLA2TOOLS_JAR does not name its jar'};
    const java = versionOf('java', ['--version']);
    const own = versionOf('java', [...COMMAND, 'NoSuchModule'], /TLC2 Version (\S+)/);
    if (java === null || own === null) return {type: 'Absent', why: 'there is no command `java`'};
    return {type: 'Present', versions: {TLC: own, Java: java}};
  },

  prepare: (managers, folder) => {
    copyFileSync(join(import.meta.dirname, `${MODULE}.tla`), join(folder, `${MODULE}.tla`));
    writeFileSync(join(folder, `${MODULE}.cfg`), configuration(managers));
    return [1, 2].map(
      (workers): Contestant => ({
        name: 'TLC, breadth first, by fingerprints',
        workers,
        command: ['java', ...COMMAND, '-workers', `${workers}`, '-metadir', join(folder, 'states'), MODULE],
        folder,
        counts: tlcCounts,
        digits: null,
      }),
    );
  },
};
