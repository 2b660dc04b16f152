import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {basename, join, relative} from 'node:path';
import test from 'ava';

const SELF = 'test/tidy.test.ts';

/** The one file under src/ that is run as a program. */
const PROGRAM = 'src/driver/example/main.ts';
const FOLDERS = ['spec', 'src', 'model', 'conformance', 'test'];
const root = join(import.meta.dirname, '..');

type Entry = {readonly path: string; readonly isFolder: boolean};

const entries: readonly Entry[] = FOLDERS.filter(folder => existsSync(join(root, folder))).flatMap(folder =>
  readdirSync(join(root, folder), {recursive: true, withFileTypes: true}).map(entry => ({
    path: relative(root, join(entry.parentPath, entry.name)),
    isFolder: entry.isDirectory(),
  })),
);

const sources = entries
  .filter(({path, isFolder}) => !isFolder && path.endsWith('.ts'))
  .map(({path}) => ({path, lines: readFileSync(join(root, path), 'utf8').trimEnd().split('\n')}));

/** Each line of the sources under a folder that matches, as `path:line: text`. */
const linesThatMatch = (pattern: RegExp, under: string): string[] =>
  sources
    .filter(({path}) => path.startsWith(under) && path !== SELF && path !== PROGRAM)
    .flatMap(({path, lines}) =>
      lines.flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
    );

/** What no line may hold, under a folder ('' is every folder), and samples that the pattern must know. */
const BANS: readonly {
  readonly title: string;
  readonly under: string;
  readonly pattern: RegExp;
  readonly caught: readonly string[];
  readonly allowed: readonly string[];
}[] = [
  {
    title: 'no work is left for later in a comment',
    under: '',
    pattern: /\b(TODO|FIXME|XXX|HACK)\b/,
    caught: ['// TODO: the second host', '/* FIXME */'],
    allowed: ['const todo = [];'],
  },
  {
    title: 'the type checker is never told to look away',
    under: '',
    pattern: /\bas any\b(?! [a-z*])|@ts-(ignore|nocheck)\b|\bas unknown as\b/,
    caught: ['const host = name as any;', '// @ts-ignore', 'return state as unknown as Host;'],
    allowed: ['// @ts-expect-error: a client is not a host'],
  },
  {
    // A title, a template or a pattern cannot be wrapped, so a line that is one may be wider.
    title: 'no line is wider than 120 columns',
    under: '',
    pattern: /^(?!\s*(?:return |test\()?(?:['"`]|\/[^/*])).{121}/,
    caught: ['x'.repeat(121), `/** ${'x'.repeat(121)} */`],
    allowed: ['x'.repeat(120), `test('${'x'.repeat(121)}', t => {`],
  },
  {
    title: 'the library reads no clock',
    under: 'src/',
    pattern: /\bnew Date\b|\bDate\.now\b|\bperformance\.|\bhrtime\b/,
    caught: ['const now = Date.now();', 'new Date().toISOString()', 'performance.now()'],
    allowed: ['/** Date of the claim. */'],
  },
  {
    title: 'the library takes no chances',
    under: 'src/',
    pattern: /\bMath\.random\b|\bcrypto\.|\brandomUUID\b/,
    caught: ['Math.random() < 0.5', 'crypto.getRandomValues(bytes)'],
    allowed: ['Math.floor(votes / 2)'],
  },
  {
    title: 'the library touches no platform',
    under: 'src/',
    pattern:
      /\bprocess\.|['"]node:|\bconsole\.|\b(set(Timeout|Interval|Immediate)|queueMicrotask|fetch)\(|\bglobalThis\b/,
    caught: [
      'process.env.HOME',
      "import {readFileSync} from 'node:fs';",
      'console.log(state);',
      'setTimeout(retry, 5)',
    ],
    allowed: ["{type: 'setTimer', timer: 'retry'}", "| 'inProcess'"],
  },
  {
    title: 'the library waits for nothing',
    under: 'src/',
    pattern: /^[^/*]*\b(async|await)\b|\bnew Promise\b/,
    caught: ['export const ask = async () => {};', '  await reply;'],
    allowed: [' * The callers await the reply.'],
  },
  {
    title: 'the library has no classes',
    under: 'src/',
    pattern: /^[^/*]*\bclass(\s+[A-Z]\w*)?\s*(extends\b[^{]*)?\{/,
    caught: ['export class Host {', 'abstract class Store extends Base {', 'const Vote = class {'],
    allowed: [' * One class of fault {a host}', "readonly class: 'disk'"],
  },
];

for (const {title, under, pattern, caught, allowed} of BANS) {
  test(title, t => {
    for (const line of caught) t.regex(line, pattern);
    for (const line of allowed) t.notRegex(line, pattern);
    t.deepEqual(linesThatMatch(pattern, under), []);
  });
}

test('a source file has at most 300 lines', t => {
  t.true(sources.length > 0);
  t.deepEqual(
    sources.filter(({lines}) => lines.length > 300).map(({path, lines}) => `${path}: ${lines.length} lines`),
    [],
  );
});

/** Names that say nothing of what lives behind them. */
const isVague = (path: string): boolean => /^(utils?|helpers?|common|misc)(\.|$)/i.test(basename(path));

test('no file or folder has a name that says nothing', t => {
  t.true(['src/utils', 'model/helpers.ts', 'test/common.test.ts', 'spec/misc.md'].every(isVague));
  t.deepEqual(entries.map(({path}) => path).filter(isVague), []);
});
