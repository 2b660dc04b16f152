// The package as it is built, from today's sources: no test depends on whether or when the checkout was built. Compiled
// once for all test files, and kept until a source changes.

import {createHash} from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {dirname, join} from 'node:path';
import typescript from 'typescript';

const root = join(import.meta.dirname, '..');
const cache = join(root, 'node_modules', '.cache', 'holdfast-test');

const compilerOptions = {
  target: typescript.ScriptTarget.ES2023,
  module: typescript.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
};

const sources = (): ReadonlyMap<string, string> =>
  new Map(
    ['src', 'model', 'conformance'].flatMap(part =>
      readdirSync(join(root, part), {recursive: true, encoding: 'utf8'})
        .filter(name => name.endsWith('.ts') && !name.startsWith('kits'))
        .sort()
        .map(name => [join(part, name), readFileSync(join(root, part, name), 'utf8')] as const),
    ),
  );

const compileInto = (folder: string, texts: ReadonlyMap<string, string>): void => {
  for (const [path, text] of texts) {
    const target = join(folder, 'dist', path.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), {recursive: true});
    writeFileSync(target, typescript.transpileModule(text, {compilerOptions}).outputText);
  }
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  for (const kept of ['node_modules', 'spec']) symlinkSync(join(root, kept), join(folder, kept), 'dir');
  mkdirSync(join(folder, 'conformance'));
  for (const kept of ['kits', 'schemas', 'README.md']) {
    symlinkSync(join(root, 'conformance', kept), join(folder, 'conformance', kept));
  }
};

/** The folder of the compiled package. Test files that run at once make it at most once each; one of them is kept. */
const compiledAs = (texts: ReadonlyMap<string, string>): string => {
  const hash = createHash('sha256')
    .update(JSON.stringify([typescript.version, readFileSync(join(root, 'package.json'), 'utf8'), ...texts]))
    .digest('hex');
  const folder = join(cache, hash.slice(0, 16));
  if (existsSync(folder)) return folder;
  mkdirSync(cache, {recursive: true});
  const fresh = mkdtempSync(join(cache, 'new-'));
  compileInto(fresh, texts);
  try {
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, {recursive: true, force: true});
    if (!existsSync(folder)) throw error;
  }
  for (const name of readdirSync(cache)) if (isOld(join(cache, name))) rmSync(join(cache, name), {recursive: true});
  return folder;
};

const isOld = (path: string): boolean => Date.now() - statSync(path).mtimeMs > 86_400_000;

/** The package, compiled. */
export const compiled = compiledAs(sources());

/** The file of a command, for Node to run. */
export const commandFile = (part: 'model' | 'conformance'): string => join(compiled, 'dist', part, 'cli', 'main.js');
