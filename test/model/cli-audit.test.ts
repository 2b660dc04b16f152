import test from 'ava';
import {holdfast, modelFile} from './command.js';

const ELECTION = [
  'const build = (m, {wrong}) => {',
  "  const leader = m.slot('leader', null);",
  "  m.action('Elect', {each: wrong ? [0, 1] : [0, 1, 2]}, (read, p) =>",
  '    read(leader) === null ? [next(leader.set(p))] : []);',
  '  m.allowDeadlock();',
  '  const renamed = (p, rename) => (p === null ? p : rename(p));',
  '  m.symmetry([0, 1, 2], {renamed: [{slots: [leader.index], value: renamed}]});',
  '};',
  "const wrong = flag({about: 'one cannot be elected'});",
  "export default model({name: 'election', summary: 'It elects.', options: {wrong}, build});",
];

const election = modelFile('election.ts', ...ELECTION);

test('a proved audit ends with 0', async t => {
  const {code, stdout, stderr} = await holdfast(['audit', election]);
  t.deepEqual([code, stderr], [0, '']);
  t.regex(stdout, /^proved: election: what is left out changes nothing\n\nsymmetry: proved, 4 states as 2\n/);
});

test('a refuted audit ends with 1 and shows why', async t => {
  const {code, stdout} = await holdfast(['audit', election, '--wrong']);
  t.is(code, 1);
  t.regex(stdout, /^refuted: election --wrong: a reduction is wrong\n/);
  t.regex(stdout, / {2}exchanging 1 and 2 leads to a state that cannot be reached:\n {2}reachable:\n {4}leader: 1\n/);
});

test('an audit that its limits cut short ends with 3', async t => {
  const {code, stdout} = await holdfast(['audit', 'two-phase-commit', '--symmetry', '--states', '100']);
  t.is(code, 3);
  t.regex(stdout, /^incomplete: two-phase-commit --symmetry: the full search is incomplete: stopped at 100 states\n/);
});

test('a model without reductions ends with 0 and a line that says so', async t => {
  const {code, stdout} = await holdfast(['audit', 'peterson']);
  t.is(code, 0);
  t.is(
    stdout,
    'nothing to audit: peterson declares no symmetry and no normalisers, and its orders cannot be reduced\n',
  );
});

test('--json prints what the library answers', async t => {
  const {code, stdout} = await holdfast(['audit', election, '--json']);
  t.is(code, 0);
  const {seconds, peakMemoryBytes, ...rest} = JSON.parse(stdout);
  t.true(seconds >= 0 && peakMemoryBytes > 0);
  t.deepEqual(rest, {
    model: 'election',
    options: {wrong: false},
    verdict: 'proved',
    reason: null,
    reductions: [{reduction: 'symmetry', verdict: 'proved', reason: null, full: 4, reduced: 2, flaw: null}],
  });
});

test('an audit takes the options of a model and no flag of a search', async t => {
  const refused = async (...words: readonly string[]) => (await holdfast(['audit', ...words])).stderr;
  t.is(await refused(), 'holdfast: audit needs a model: holdfast audit <model | file>\n');
  t.is(await refused(election, '--workers', '2'), "holdfast: unknown option '--workers'\n");
  t.regex(await refused('two-phase-comit'), /^holdfast: there is no model "two-phase-comit"/);
  const {code, stdout} = await holdfast(['audit', '--help']);
  t.is(code, 0);
  t.regex(stdout, /^Usage: holdfast audit <model \| file> \[options\]\n/);
  t.regex((await holdfast(['audit', election, '--help'])).stdout, /--wrong {2,}one cannot be elected/);
});

test('an interrupted audit ends with 3', async t => {
  const lines = [
    'const build = m => {',
    "  const x = m.slot('x', 0);",
    "  m.action('Up', read => { process.stderr.write(read(x) === 3000 ? 'far' : ''); return [next(x.set(read(x) + 1))]; });",
    "  m.normalise('same', {of: x}, value => value);",
    '};',
    "export default model({name: 'endless', summary: 'It counts for ever.', build});",
  ];
  let isSent = false;
  const {code, stdout} = await holdfast(['audit', modelFile('endless.ts', ...lines)], (text, signal) => {
    if (!text.includes('far') || isSent) return;
    isSent = true;
    signal('SIGINT');
  });
  t.is(code, 3);
  t.regex(stdout, /^incomplete: endless: the full search is incomplete: interrupted\n/);
});
