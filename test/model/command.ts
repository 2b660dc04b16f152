// The command `holdfast` for the tests, compiled from today's sources.

import {type ChildProcessByStdio, spawn} from 'node:child_process';
import {mkdtempSync, rmSync, watch, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, dirname, join} from 'node:path';
import type {Readable} from 'node:stream';
import {commandFile, compiled} from '../compiled.js';

const elsewhere = mkdtempSync(join(tmpdir(), 'holdfast-models-'));
process.on('exit', () => rmSync(elsewhere, {recursive: true, force: true}));

/** The command's own file, for Node to run. */
export const main = commandFile('model');

export type Ended = {readonly code: number | null; readonly stdout: string; readonly stderr: string};

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Runs the command; `attend` may watch it. The code is null where a signal ended it. */
const run = (words: readonly string[], attend: (child: Child) => void): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...words], {cwd: compiled, stdio: ['ignore', 'pipe', 'pipe']});
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    attend(child);
    child.on('error', reject);
    child.on('close', code => resolve({code, stdout, stderr}));
  });

/** Runs the command. `onStderr` hears what is on standard error so far, and may send a signal. */
export const holdfast = (
  words: readonly string[],
  onStderr: (text: string, signal: (name: NodeJS.Signals) => void) => void = () => {},
): Promise<Ended> =>
  run(words, child => {
    let heard = '';
    child.stderr.on('data', (text: string) => {
      heard += text;
      onStderr(heard, name => child.kill(name));
    });
  });

/** Runs the command and sends it a signal as soon as it has written a file so many times. */
export const holdfastUntil = (
  file: string,
  times: number,
  signal: NodeJS.Signals,
  words: readonly string[],
): Promise<Ended> => {
  let left = times;
  return run(words, child => {
    const watcher = watch(dirname(file), (_, name) => {
      if (name === basename(file) && --left === 0) child.kill(signal);
    });
    child.on('close', () => watcher.close());
  });
};

/** A folder of its own for a test's files. */
export const emptyFolder = (): string => mkdtempSync(join(elsewhere, 'files-'));

/** Writes a model file where no package is near; `lines` come after the import of everything that a model needs. */
export const modelFile = (name: string, ...lines: readonly string[]): string => {
  const path = join(mkdtempSync(join(elsewhere, 'model-')), name);
  const names = ['by', 'flag', 'integer', 'list', 'model', 'next'];
  writeFileSync(path, [`import {${names.join(', ')}} from 'holdfast/model';`, ...lines, ''].join('\n'));
  return path;
};
