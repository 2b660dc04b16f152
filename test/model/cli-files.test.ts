import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {emptyFolder, holdfast, main, modelFile} from './command.js';
import {readItf} from './itf.js';

/** Two hosts, one of which tells the other; whoever says `--quiet` finds nothing wrong. */
const messenger = modelFile(
  'messenger.mjs',
  "const quiet = flag({about: 'nothing is ever wrong'});",
  "export default model({name: 'messenger', summary: '', options: {quiet}, build: (m, {quiet}) => {",
  "  const told = m.slots('told', ['a', 'b'], false);",
  "  const inbox = m.channel('inbox', ['a', 'b'], {kind: 'set'});",
  "  m.action('Tell', read => (read(told('b')) ? [] : [by('T-1', inbox('b').send({from: 'a', text: 'news'}))]));",
  "  m.receive(inbox, {name: 'Hear'}, (read, host) => [next(told(host).set(true))]);",
  "  m.invariant('Untold', read => quiet || !read(told('b')));",
  '  m.allowDeadlock();',
  '}});',
);

/** Runs the command with these files, each by its name in a folder of the test's own. */
const inFolder = async (...words: readonly string[]) => {
  const folder = emptyFolder();
  const ended = await holdfast(words.map(word => word.replace('@', `${folder}/`)));
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return {...ended, folder, read, files: readdirSync(folder).sort()};
};

test('a counterexample is written in every format that is asked for, by the ending of the file or by name', async t => {
  const names = ['t.txt', 't.json', 't.itf.json', 't.mmd'];
  const traces = [...names.map(name => `@${name}`), 'json=@named', 'mermaid=@m.txt'].flatMap(file => ['--trace', file]);
  const {code, stdout, stderr, files, read} = await inFolder('check', messenger, ...traces);
  t.is(code, 1);
  t.is(stderr, '');
  t.regex(stdout, /^violated: messenger: Untold\n/);
  t.deepEqual(files, [...names, 'm.txt', 'named'].sort());
  t.regex(read('t.txt'), /^messenger: Untold\n\nAfter 2 steps Untold is false\./);
  t.true(stdout.includes(read('t.txt').split('\n').slice(2).join('\n').trimEnd()));
  t.is(JSON.parse(read('t.json')).steps.length, 3);
  t.is(read('named'), read('t.json'));
  t.deepEqual(readItf(read('t.itf.json')).actions, [null, 'Tell', 'Hear']);
  t.regex(read('t.mmd'), /^sequenceDiagram\n/);
  t.is(read('m.txt'), read('t.mmd'));
});

test('without a violation no trace is written, and that is said in one line', async t => {
  const {code, stderr, files} = await inFolder('check', messenger, '--quiet', '--trace', '@t.txt');
  t.is(code, 0);
  t.regex(stderr, /^holdfast: no violation was found, so there is no trace in \S*t\.txt\n$/);
  t.deepEqual(files, []);
});

test('with --json standard output is the document alone, and the files are written all the same', async t => {
  const {code, stdout, stderr, files} = await inFolder(
    'check',
    messenger,
    '--json',
    '--trace',
    '@t.txt',
    '--report',
    '@r',
  );
  t.is(code, 1);
  t.is(stderr, '');
  t.is(JSON.parse(stdout).verdict, 'violated');
  t.deepEqual(files, ['r', 't.txt']);
});

test('the report is a page, whatever the verdict', async t => {
  const {read} = await inFolder('check', messenger, '--report', '@page.html');
  t.regex(read('page.html'), /^<!doctype html>\n[\s\S]*<title>violated: messenger: Untold<\/title>/);
  const quiet = await inFolder('check', messenger, '--quiet', '--report', '@page.html');
  t.regex(quiet.read('page.html'), /<title>holds: messenger --quiet<\/title>/);
});

test('the graph holds every state, although a violation ends the search', async t => {
  const {code, read} = await inFolder('check', messenger, '--graph', '@g.aut');
  t.is(code, 1);
  t.is(read('g.aut').split('\n')[0], 'des (0, 3, 3)');
  const {read: readJson} = await inFolder('check', 'two-phase-commit', '--rms', '2', '--graph', '@g.json');
  const {states, steps, complete} = JSON.parse(readJson('g.json'));
  t.deepEqual({states: states.length, steps: steps.length, complete}, {states: 56, steps: 153, complete: true});
});

test('a graph of a bounded search says that it is incomplete', async t => {
  const {code, read} = await inFolder('check', 'two-phase-commit', '--depth', '2', '--graph', '@g.json');
  t.is(code, 3);
  t.is(JSON.parse(read('g.json')).reason, 'stopped at depth 2');
});

test('a graph of too many states is refused, and nothing is written', async t => {
  const words = ['check', 'two-phase-commit', '--graph', '@g.dot', '--graph-limit', '287'] as const;
  const {code, stdout, stderr, files} = await inFolder(...words);
  t.is(code, 2);
  t.is(stdout, '');
  t.regex(
    stderr,
    /^holdfast: --graph \S*g\.dot: the graph has more than 287 states; --graph-limit allows more, [^\n]*\n$/,
  );
  t.deepEqual(files, []);
  t.is((await inFolder(...words.slice(0, -1), '288')).code, 0);
  t.is((await inFolder('check', 'two-phase-commit', '--rms', '6', '--graph', '@g.dot')).code, 2);
});

test('Graphviz draws a graph as it is written', async t => {
  const {folder} = await inFolder('check', messenger, '--graph', '@g.dot');
  const {status, stdout, error} = spawnSync('dot', ['-Tsvg', join(folder, 'g.dot')], {encoding: 'utf8'});
  if (error !== undefined) {
    t.log('not drawn: there is no Graphviz here');
    t.pass();
    return;
  }
  t.is(status, 0);
  t.is(stdout.match(/class="node"/g)?.length, 3);
  t.is(stdout.match(/class="edge"/g)?.length, 3);
});

/** Files that no run could write: what is said, and the one line that answers it. `@` is a folder of the test's own. */
const REFUSED: readonly (readonly [string, readonly string[], RegExp])[] = [
  [
    'a trace of no known format',
    ['--trace', '@t.yaml'],
    /^--trace \S*t\.yaml: its ending tells no format; end it in \.itf\.json, \.json, \.txt, \.mmd, or say itf=/,
  ],
  ['a trace without a name', ['--trace', 'json='], /^--trace needs the name of a file$/],
  ['a folder that does not exist', ['--report', '@none/r.html'], /^--report \S*: there is no folder \S*none$/],
  ['a file in the place of a folder', ['--report', '@a.txt/r.html'], /^--report \S*: there is no folder \S*a\.txt$/],
  ['a folder in the place of a file', ['--trace', 'text=@sub'], /^--trace \S*sub: it is a folder$/],
  [
    'one file for two outputs',
    ['--trace', '@b.json', '--graph', '@b.json'],
    /^--trace and --graph name the same file: /,
  ],
  ['one file by two names', ['--trace', '@a.txt', '--report', '@link'], /^--trace and --report name the same file: /],
  ['one file by two ways', ['--trace', '@x.txt', '--report', '@sub/../x.txt'], /name the same file: /],
  [
    'the checkpoint that is resumed',
    ['--resume', '@a.txt', '--trace', '@a.txt'],
    /^--resume and --trace name the same/,
  ],
  ['the file of the model', ['--report', messenger], /^the model and --report name the same file: /],
  [
    'a checkpoint that is a device',
    ['--checkpoint', '/dev/null'],
    /^--checkpoint \/dev\/null: it is no file that could/,
  ],
  ['a limit without a graph', ['--graph-limit', '9'], /^--graph-limit needs --graph$/],
  ['an interval without a checkpoint', ['--checkpoint-every', '9'], /^--checkpoint-every needs --checkpoint$/],
  [
    'an interval of no time',
    ['--checkpoint', '@c', '--checkpoint-every', '0'],
    /^--checkpoint-every is a number of seconds/,
  ],
  ['a graph of random walks', ['--simulate', '--graph', '@g.aut'], /^--graph does not go with --simulate$/],
];

for (const [title, words, line] of REFUSED) {
  test(`${title} is refused before anything is searched`, async t => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'a.txt'), 'as it was');
    mkdirSync(join(folder, 'sub'));
    symlinkSync(join(folder, 'a.txt'), join(folder, 'link'));
    const {code, stdout, stderr} = await holdfast([
      'check',
      messenger,
      ...words.map(word => word.replace('@', `${folder}/`)),
    ]);
    t.is(code, 2);
    t.is(stdout, '');
    t.is(stderr.split('\n').length, 2, stderr);
    t.regex(stderr.replace(/^holdfast: /, '').trimEnd(), line);
    t.is(readFileSync(join(folder, 'a.txt'), 'utf8'), 'as it was');
    t.deepEqual(readdirSync(folder).sort(), ['a.txt', 'link', 'sub']);
  });
}

for (const flag of ['--trace', '--report', '--graph', '--checkpoint', '--resume']) {
  test(`${flag} without a model is refused`, async t => {
    const {code, stdout, stderr} = await holdfast(['check', flag, '/nowhere/x.json']);
    t.deepEqual({code, stdout, stderr}, {code: 2, stdout: '', stderr: `holdfast: ${flag} needs a model\n`});
  });
}

test('a file that fails while it is written is one line and 2, after the verdict', async t => {
  if (!existsSync('/dev/full')) {
    t.log('not tried: there is no device that is always full here');
    t.pass();
    return;
  }
  for (const words of [
    ['--trace', 'text=/dev/full'],
    ['--report', '/dev/full'],
    ['--graph', 'dot=/dev/full'],
  ]) {
    const {code, stderr} = await holdfast(['check', messenger, ...words]);
    t.is(code, 2);
    t.regex(stderr, /^holdfast: --\w+ \/dev\/full cannot be written: ENOSPC[^\n]*\n$/);
  }
  const full = spawnSync('sh', ['-c', '"$0" "$1" check "$2" > /dev/full', process.execPath, main, messenger]);
  t.deepEqual([full.status, String(full.stderr).split('\n').length], [2, 2]);
});

test('a reader that has seen enough of the report does not keep the files from being written', t => {
  const folder = emptyFolder();
  const words = ['check', messenger, '--json', '--report', join(folder, 'r.html')];
  const pipeline = '{ "$0" "$@"; echo "$?" >&2; } | head -c 1';
  const {stdout, stderr} = spawnSync('sh', ['-c', pipeline, process.execPath, main, ...words], {encoding: 'utf8'});
  t.deepEqual({stdout, stderr}, {stdout: '{', stderr: '1\n'});
  t.true(existsSync(join(folder, 'r.html')));
});

test('a verdict does not depend on whether anybody reads standard error', t => {
  const folder = emptyFolder();
  const command = '"$0" "$1" check "$2" --quiet --trace "$3/t.txt" 2>&1 >"$3/out"; echo "$?" >"$3/code"';
  spawnSync('sh', ['-c', `{ ${command}; } | true`, process.execPath, main, messenger, folder]);
  t.is(readFileSync(join(folder, 'code'), 'utf8'), '0\n');
  t.regex(readFileSync(join(folder, 'out'), 'utf8'), /^holds: messenger --quiet\n/);
});
