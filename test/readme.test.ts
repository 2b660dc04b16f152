// The README's examples, as they stand there: compiled, run, and answered as it says.

import {execFileSync, spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';

const root = join(import.meta.dirname, '..');
const [library, explorer, suite] = [
  ...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g),
].map(([, code]) => code ?? '');

/** Today's sources, compiled into a project of their own in which the package's name means them. */
const project = (() => {
  mkdirSync(join(root, 'node_modules/.cache'), {recursive: true});
  const folder = mkdtempSync(join(root, 'node_modules/.cache/readme-'));
  const at = (...path: string[]) => join(folder, ...path);
  mkdirSync(at('node_modules/holdfast'), {recursive: true});
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [
    compiler,
    '-p',
    join(root, 'tsconfig.build.json'),
    '--outDir',
    at('node_modules/holdfast/dist'),
  ]);
  writeFileSync(at('node_modules/holdfast/package.json'), readFileSync(join(root, 'package.json')));
  writeFileSync(at('package.json'), '{"type": "module"}');
  const write = (name: string, code: string | undefined) => writeFileSync(at(name), code ?? '');
  write('library.ts', library);
  write('lamp.ts', explorer);
  write('suite.ts', suite);
  return {folder, compiler, command: at('node_modules/holdfast/dist/model/cli/main.js')};
})();

test.after.always(() => rmSync(project.folder, {recursive: true}));

const run = (...words: string[]) => spawnSync(process.execPath, words, {cwd: project.folder, encoding: 'utf8'});

test('every example compiles under the strictest flags', t => {
  const flags = [
    '--strict',
    '--noUncheckedIndexedAccess',
    '--exactOptionalPropertyTypes',
    '--noUnusedLocals',
    '--noEmit',
  ];
  const target = ['--module', 'nodenext', '--target', 'es2023', '--types', 'node', '--ignoreConfig'];
  const files = ['library.ts', 'lamp.ts', 'suite.ts'];
  const {stdout, status} = run(project.compiler, ...flags, ...target, ...files);
  t.is(stdout, '');
  t.is(status, 0);
});

test('the library asks the other hosts when its own storage module fails', t => {
  const {stdout} = run('--import=tsx', 'library.ts');
  t.regex(stdout, /^b AccessQuery\nc AccessQuery\n.*FB-/);
});

test('the explorer breaks the lamp, shortest way first, with exit code 1', t => {
  const {stdout, status} = run(project.command, 'check', './lamp.ts');
  t.is(status, 1);
  t.regex(stdout, /EveryPressCounts/);
});

test('the suite names the rule that the subject breaks', t => {
  const {stdout} = run('--import=tsx', 'suite.ts');
  t.regex(stdout, /^fail: ha: FB-06 is broken\n/);
});
