// The command `holdfast` for the tests: compiled from today's sources into a folder of its own, so that no test depends
// on whether or when the checkout was built.

import {type ChildProcessByStdio, spawn} from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, dirname, join} from 'node:path';
import type {Readable} from 'node:stream';
import typescript from 'typescript';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'holdfast-command-'));
const elsewhere = mkdtempSync(join(tmpdir(), 'holdfast-models-'));

process.on('exit', () => {
  for (const path of [folder, elsewhere]) rmSync(path, {recursive: true, force: true});
});

const compilerOptions = {
  target: typescript.ScriptTarget.ES2023,
  module: typescript.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
};

const compile = (path: string): void => {
  const {outputText} = typescript.transpileModule(readFileSync(join(root, path), 'utf8'), {compilerOptions});
  const target = join(folder, 'dist', path.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), {recursive: true});
  writeFileSync(target, outputText);
};

for (const part of ['model', 'src']) {
  const files = readdirSync(join(root, part), {recursive: true, encoding: 'utf8'});
  for (const file of files.filter(name => name.endsWith('.ts'))) compile(join(part, file));
}
cpSync(join(root, 'package.json'), join(folder, 'package.json'));
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');

/** The command's own file, for Node to run. */
export const main = join(folder, 'dist', 'model', 'cli', 'main.js');

export type Ended = {readonly code: number | null; readonly stdout: string; readonly stderr: string};

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Runs the command; `attend` may watch it. The code is null where a signal ended it. */
const run = (words: readonly string[], attend: (child: Child) => void): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...words], {cwd: folder, stdio: ['ignore', 'pipe', 'pipe']});
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
