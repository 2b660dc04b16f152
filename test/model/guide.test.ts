// The guide's examples, as they stand there: compiled, run, and answered as it says. A file is a block that begins
// with its name; any other code is the body of a model's `build`, and must hold. `...` in an answer stands for any
// lines.

import {spawnSync} from 'node:child_process';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import test from 'ava';
import typescript from 'typescript';
import * as names from '../../model/index.js';
import {main} from './command.js';

const root = join(import.meta.dirname, '..', '..');
/** Within the package that the command belongs to, so that its name leads there for programs too. */
const folder = join(dirname(main), '..', '..', '..', 'guide');

type Block = {readonly language: string; readonly text: string; readonly line: number};

const guide = readFileSync(join(root, 'model', 'README.md'), 'utf8');
const blocks: readonly Block[] = [...guide.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(
  ({1: language = '', 2: text = '', index}) => ({language, text, line: guide.slice(0, index).split('\n').length}),
);

const nameOf = ({text}: Block): string | null => /^\/\/ (\S+\.ts)\n/.exec(text)?.[1] ?? null;
const code = blocks.filter(({language}) => language === 'ts');
const fragments = code.filter(block => nameOf(block) === null);

const fragmentName = ({line}: Block): string => `line-${line}.ts`;
const fragmentText = ({text, line}: Block): string =>
  [
    `import {${Object.keys(names).join(', ')}, type Read} from 'holdfast/model';`,
    `export default model({name: 'line-${line}', summary: '', build(m) {`,
    `${text}}});`,
    '',
  ].join('\n');

mkdirSync(folder, {recursive: true});
for (const block of code) {
  const name = nameOf(block);
  writeFileSync(join(folder, name ?? fragmentName(block)), name === null ? fragmentText(block) : block.text);
}

test('every block of the guide is code, or a console', t => {
  t.true(code.length > fragments.length && fragments.length > 0);
  t.deepEqual(
    blocks.filter(({language}) => !['ts', 'console'].includes(language)),
    [],
  );
});

const FLAGS: typescript.CompilerOptions = {
  target: typescript.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts'],
  module: typescript.ModuleKind.NodeNext,
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitReturns: true,
  noEmit: true,
  types: ['node'],
  typeRoots: [join(root, 'node_modules', '@types')],
  paths: {'holdfast/model': [join(root, 'model', 'index.ts')]},
};

/** What the compiler has to say of these files. */
const complaints = (files: readonly string[], flags: typescript.CompilerOptions): readonly string[] => {
  const program = typescript.createProgram(
    files.map(file => join(folder, file)),
    {...FLAGS, ...flags},
  );
  return files.flatMap(file =>
    typescript
      .getPreEmitDiagnostics(program, program.getSourceFile(join(folder, file)))
      .map(({messageText}) => `${file}: ${typescript.flattenDiagnosticMessageText(messageText, ' ')}`),
  );
};

test('every example compiles under the strictest flags', t => {
  const files = code.flatMap(block => nameOf(block) ?? []);
  t.deepEqual(complaints(files, {noUnusedLocals: true, noUnusedParameters: true}), []);
  t.deepEqual(complaints(fragments.map(fragmentName), {}), []);
});

type Ran = {readonly code: number | null; readonly output: string};

const run = (...words: readonly string[]): Ran => {
  const {status, stdout, stderr} = spawnSync(process.execPath, words, {cwd: folder, encoding: 'utf8'});
  return {code: status, output: `${stdout}${stderr}`};
};

/** Runs what the guide says, with today's command. */
const said = (command: string): Ran => {
  const [npx, program, ...words] = command.split(' ');
  if (npx === 'npx' && program === 'holdfast') return run(main, ...words);
  if (npx === 'npx' && program === 'tsx') return run('--import=tsx', ...words);
  throw new Error(`the guide says "${command}", which nobody can run here`);
};

/** The exit code that goes with the first word of an answer of the command. */
const CODES: Readonly<Record<string, number>> = {holds: 0, proved: 0, violated: 1, holdfast: 2, incomplete: 3};

const literally = (line: string): string => line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const patternOf = (answer: string): RegExp =>
  new RegExp(
    `^${answer
      .trimEnd()
      .split('\n')
      .map(line => (line === '...' ? '(?:.*\\n)*?' : `${literally(line)}\\n`))
      .join('')}$`,
  );

test('an answer must be as it is shown, but for the lines left out', t => {
  t.regex('a\nb\nc\n', patternOf('a\n...\nc'));
  t.regex('a\nc\n', patternOf('a\n...\nc'));
  t.regex('a.\n', patternOf('a.\n'));
  for (const other of ['a\nb\n', 'a\nb\nc\nd\n', 'x\na\nb\nc\n', 'ab\nc\n']) t.notRegex(other, patternOf('a\n...\nc'));
  t.notRegex('ab\n', patternOf('a.\n'));
});

for (const {text} of blocks.filter(({language}) => language === 'console')) {
  for (const {1: command = '', 2: answer = ''} of text.matchAll(/^\$ (.*)\n((?:(?!\$ ).*\n)*)/gm)) {
    test.serial(command, t => {
      const {code, output} = said(command);
      t.regex(output, patternOf(answer));
      t.is(code, command.startsWith('npx holdfast') ? (CODES[/^\w+/.exec(output)?.[0] ?? ''] ?? null) : 0);
    });
  }
}

for (const fragment of fragments) {
  test.serial(`the model at line ${fragment.line} of the guide holds`, t => {
    const {code, output} = run(main, 'check', `./${fragmentName(fragment)}`);
    t.is(code, 0, output);
  });
}
