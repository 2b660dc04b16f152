// The package as a user has it: packed, installed in an empty project, and used as the README says.

import {execFileSync, spawnSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, relative} from 'node:path';
import test from 'ava';
import * as conformance from '../conformance/index.js';
import * as model from '../model/index.js';
import * as driver from '../src/driver/index.js';
import * as library from '../src/index.js';

const root = join(import.meta.dirname, '..');

const run = (cwd: string, command: string, ...parameters: string[]): string =>
  execFileSync(command, parameters, {cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']});

const folder = mkdtempSync(join(tmpdir(), 'holdfast-package-'));
const checkout = join(folder, 'checkout');
const project = join(folder, 'project');
const installed = join(project, 'node_modules', 'holdfast');

/** A copy of the checkout, so that packing builds from today's sources and leaves the checkout's own build alone. */
const copyCheckout = (): void => {
  const leftBehind = new Set(['node_modules', 'dist', '.git']);
  cpSync(root, checkout, {recursive: true, filter: path => !leftBehind.has(relative(root, path))});
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'), 'dir');
};

/** Fills an empty project with nothing but the packed package and what it depends on. */
const installPacked = (): void => {
  copyCheckout();
  run(checkout, 'npm', 'pack', '--silent', '--pack-destination', folder);
  const packed = readdirSync(folder).filter(name => name.endsWith('.tgz'));
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({name: 'empty', private: true, type: 'module'}));
  run(project, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', ...packed.map(name => `../${name}`));
};

test.after.always('the temporary folder goes', () => rmSync(folder, {recursive: true, force: true}));

installPacked();

const ENTRY_POINTS = {
  holdfast: library,
  'holdfast/driver': driver,
  'holdfast/model': model,
  'holdfast/conformance': conformance,
};

for (const [name, source] of Object.entries(ENTRY_POINTS)) {
  test(`${name} exports in an empty project what it exports here`, t => {
    const program = `console.log(JSON.stringify(Object.keys(await import('${name}')).sort()))`;
    const names: unknown = JSON.parse(run(project, process.execPath, '--input-type=module', '--eval', program));
    t.deepEqual(names, Object.keys(source).sort());
  });
}

const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

test('the types of every entry point compile in a strict project without other types', t => {
  const exports = Object.keys(ENTRY_POINTS).map((name, index) => `export * as entry${index} from '${name}';\n`);
  const compilerOptions = {strict: true, module: 'nodenext', target: 'es2023', types: [], noEmit: true};
  writeFileSync(join(project, 'user.ts'), exports.join(''));
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({compilerOptions, files: ['user.ts']}));
  t.notThrows(() => run(project, process.execPath, compiler));
});

test('the command holdfast runs, in the built checkout and where it is installed', t => {
  const {version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {readonly version: string};
  for (const place of [checkout, project])
    t.is(run(place, 'npx', '--no-install', 'holdfast', '--version').trim(), version);
});

test('the package carries its licence and its specification, and neither tests nor sources but those of the kits', t => {
  const files = readdirSync(installed, {recursive: true, encoding: 'utf8'});
  for (const expected of ['LICENSE', 'README.md', 'CHANGELOG.md', 'spec']) t.true(files.includes(expected), expected);
  t.deepEqual(
    files.filter(path => /(^|\/)test(\/|$)|(?<!\.d)\.ts$/.test(path) && !path.startsWith('conformance/kits/')),
    [],
  );
});

const EXAMPLES = ['library.ts', 'lamp.ts', 'suite.ts'];
const codes = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)];
EXAMPLES.forEach((name, index) => {
  writeFileSync(join(project, name), codes[index]?.[1] ?? '');
});

const started = (...words: readonly string[]) => spawnSync(process.execPath, words, {cwd: project, encoding: 'utf8'});

test('every example of the README compiles under the strictest flags', t => {
  t.is(codes.length, EXAMPLES.length);
  const flags = ['strict', 'noUncheckedIndexedAccess', 'exactOptionalPropertyTypes', 'noUnusedLocals', 'noEmit'];
  const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules', '@types')];
  const target = ['--module', 'nodenext', '--target', 'es2023', '--ignoreConfig', ...types];
  const {stdout, status} = started(compiler, ...flags.map(flag => `--${flag}`), ...target, ...EXAMPLES);
  t.is(stdout, '');
  t.is(status, 0);
});

test('README: the library asks the other hosts when its own storage module fails', t => {
  const {stdout} = started('--import=tsx', 'library.ts');
  t.regex(stdout, /^b AccessQuery\nc AccessQuery\n.*FB-/);
});

test('README: the explorer breaks the lamp, shortest way first, with exit code 1', t => {
  const command = join(installed, 'dist', 'conformance', 'cli', 'main.js');
  const {stdout, status} = started(command, 'check', './lamp.ts');
  t.is(status, 1);
  t.regex(stdout, /EveryPressCounts/);
});

test('README: the suite names the rule that the subject breaks', t => {
  const {stdout} = started('--import=tsx', 'suite.ts');
  t.regex(stdout, /^fail: ha: FB-06 is broken\n/);
});
