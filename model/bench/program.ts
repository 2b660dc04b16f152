import {execFileSync, spawnSync} from 'node:child_process';

type Settings = {readonly cwd: string; readonly env?: Readonly<Record<string, string>>};

/** Runs a program to its end and answers what it printed. Throws when it is not there or fails. */
export const run = (program: string, words: readonly string[], {cwd, env}: Settings): string =>
  execFileSync(program, words, {
    cwd,
    env: {...process.env, ...env},
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** The version that a program prints, whether or not it likes the words; null when the program is not there. */
export const versionOf = (
  program: string,
  words: readonly string[],
  pattern: RegExp = /(\d+(?:\.\d+)+)/,
): string | null => {
  const {error, stdout} = spawnSync(program, words, {encoding: 'utf8'});
  return error === undefined ? (pattern.exec(stdout)?.[1] ?? 'of unknown version') : null;
};

/** What the groups of a pattern match in a tool's report, as numbers. Throws when it does not match. */
export const numbersIn = (pattern: RegExp, report: string, tool: string): readonly number[] => {
  const found = pattern.exec(report);
  if (found === null) throw new RangeError(`${tool} did not report that it is done: ${report.trim().slice(-500)}`);
  return found.slice(1).map(digits => Number(digits.replaceAll(',', '')));
};
