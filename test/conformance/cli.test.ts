// The command line of the suite: what it answers, with which exit code, and what its files hold.

import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {validate} from 'ctrf';
import {type Line, streamIn} from '../../conformance/report/stream.js';
import {holdfastConform, inTypeScript} from './conform-command.js';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-conform-'));
test.after.always(() => rmSync(folder, {recursive: true, force: true}));

const file = (name: string): string => join(folder, name);
/** An HA module as the subject. */
const [KIT, BROKEN] = ['main.ts', 'broken.ts'].map(name => ['--profile', 'ha', '--', ...inTypeScript(name)]) as [
  string[],
  string[],
];

const linesIn = (name: string): readonly Line[] => {
  const read = streamIn(readFileSync(file(name), 'utf8'));
  if (read.type === 'Refused') throw new Error(read.reason);
  return read.lines;
};

const FORMATS = ['ndjson', 'junit', 'ctrf', 'markdown', 'badge', 'html'];

test.serial('a failing run is written in every format, each of which says what is broken', async t => {
  const reports = FORMATS.flatMap(format => ['--report', `${format}=${file(`broken.${format}`)}`]);
  const {code} = await holdfastConform('test', '--run', 'registrations', ...reports, ...BROKEN);
  t.is(code, 1);
  t.is(linesIn('broken.ndjson').at(-1)?.e, 'end');
  for (const format of ['junit', 'ctrf', 'markdown', 'html']) {
    t.regex(readFileSync(file(`broken.${format}`), 'utf8'), /WT-05/, format);
  }
  t.regex(
    readFileSync(file('broken.html'), 'utf8'),
    /<pre>Step \d+ goes wrong: [\s\S]*Broken, the most likely first:[\s\S]*<svg/,
  );
  t.regex(
    readFileSync(file('broken.junit'), 'utf8'),
    /name="registrations"[^>]*>\s*<failure message="[^"]*WT-\d\d is broken/,
  );
  t.is(JSON.parse(readFileSync(file('broken.badge'), 'utf8')).message, 'fail');
  const ctrf: unknown = JSON.parse(readFileSync(file('broken.ctrf'), 'utf8'));
  t.deepEqual(validate(ctrf), {valid: true, errors: []}, 'the schema of the Common Test Report Format');
  t.false(validate({...(ctrf as object), results: {}}).valid);
});

test.serial(
  'what is broken in an adapter stands in its reports, and nothing that it says is taken for markup',
  async t => {
    const program = 'process.stdin.once("data", () => { console.error("<b>\\n```\\n# no"); console.log("{oops"); })';
    const reports = ['html', 'markdown'].flatMap(format => ['--report', `${format}=${file(`oops.${format}`)}`]);
    const {code} = await holdfastConform('test', ...reports, '--', process.execPath, '-e', program);
    t.is(code, 4);
    const html = readFileSync(file('oops.html'), 'utf8');
    t.regex(html, /<pre>The adapter looks broken \(not-json\)[\s\S]*&lt;b&gt;/);
    const markdown = readFileSync(file('oops.markdown'), 'utf8');
    t.regex(markdown, /\n````text\nThe adapter looks broken \(not-json\)[\s\S]*\n```\n[\s\S]*\n````\n/);
  },
);

test.serial('verify finds the same, and finds out a stream that was changed', async t => {
  t.is((await holdfastConform('verify', file('broken.ndjson'))).code, 0);
  const text = readFileSync(file('broken.ndjson'), 'utf8');
  const lines = text.trimEnd().split('\n');
  const forged: Readonly<Record<string, readonly string[]>> = {
    'a failure left out': lines.filter(line => !line.startsWith('{"e":"failure"')),
    'a verdict turned round': lines.map(line =>
      line.replace('"verdict":"fail","steps":0', '"verdict":"pass","steps":0'),
    ),
    'a level claimed': lines.map(line => line.replace('"level":null,"expired"', '"level":"L2","expired"')),
  };
  for (const [name, changed] of Object.entries(forged)) {
    t.notDeepEqual(changed, lines, name);
    writeFileSync(file('forged.ndjson'), `${changed.join('\n')}\n`);
    t.is((await holdfastConform('verify', file('forged.ndjson'))).code, 1, name);
  }
  writeFileSync(file('cut.ndjson'), text.slice(0, -20));
  const cut = await holdfastConform('verify', file('cut.ndjson'));
  t.regex(cut.stdout, /cut short/);
  t.is(cut.code, 1);
});

test.serial('a failure is replayed and shrunk by its choices, from the report or from one word', async t => {
  const failure = linesIn('broken.ndjson').find(({e}) => e === 'failure');
  if (failure?.e !== 'failure') throw new Error('no failure');
  const word = `${failure.plan}:${failure.choices.join('.')}`;
  for (const named of [word, `${file('broken.ndjson')}#${failure.case}`]) {
    const {code, stdout} = await holdfastConform('replay', named, ...BROKEN);
    t.is(code, 1);
    t.true(stdout.includes(failure.case));
    t.regex(stdout, /WT-05 \(MUST\)/);
  }
  t.is((await holdfastConform('replay', word, ...KIT)).code, 0, 'the kit that is not broken does it right');
  const shrunk = await holdfastConform('shrink', word, ...BROKEN);
  t.regex(shrunk.stdout, /^fail: registrations:/);
});

test.serial('what is expected to be broken is no failure, and what is expected in vain is one', async t => {
  const expect = (text: string): readonly string[] => {
    writeFileSync(file('expect.yaml'), text);
    return ['--expect', file('expect.yaml'), '--run', 'registrations'];
  };
  const rules = ['WT-03', 'WT-05', 'WT-08'];
  const known = `expect:\n${rules.map(rule => `  - {rule: ${rule}, verdict: fail, why: not done yet}\n`).join('')}`;
  const reports = ['html', 'markdown', 'junit'].flatMap(format => [
    '--report',
    `${format}=${file(`excused.${format}`)}`,
  ]);
  const excused = await holdfastConform('test', ...expect(known), ...reports, ...BROKEN);
  t.regex(readFileSync(file('excused.html'), 'utf8'), />WT-0\d \(expected\)/);
  t.regex(readFileSync(file('excused.markdown'), 'utf8'), /### WT-0\d \(expected\), T-/);
  t.notRegex(readFileSync(file('excused.junit'), 'utf8'), /<failure/, 'what is expected turns no plan red');
  t.is(excused.code, 0, excused.stdout);
  t.regex(excused.stdout, /3 broken as expected \(WT-03, WT-05, WT-08\)/);
  const stale = await holdfastConform('test', ...expect(known), ...KIT);
  t.is(stale.code, 1);
  t.regex(stale.stdout, /kept, though expected to be broken: WT-03, WT-05, WT-08/);
  const late = await holdfastConform(
    'test',
    ...expect('expect: [{rule: WT-*, verdict: fail, why: soon, until: 2020-01-01}]'),
    ...BROKEN,
  );
  t.is(late.code, 1);
  t.regex(late.stdout, /WT-\* was expected until 2020-01-01/);
  for (const wrong of [
    'expect: [{rule: "*", verdict: fail, why: all}]',
    `${known}  - {rule: WT-05, verdict: fail, why: twice}\n`,
    'expect: [',
    'expect: [{rule: WT-99, verdict: fail, why: there is no such rule}]',
  ]) {
    t.is((await holdfastConform('test', ...expect(wrong), ...KIT)).code, 2, wrong);
  }
});

test.serial('the same subject with the same options gives the same stream, but for times', async t => {
  const texts: string[] = [];
  for (const name of ['one', 'two']) {
    await holdfastConform('test', '--lane', 'core', '--report', `ndjson=${file(name)}`, ...BROKEN);
    texts.push(readFileSync(file(name), 'utf8').replace(/"(started|seconds)":("[^"]*"|[\d.]+)/g, ''));
  }
  t.is(texts[0], texts[1]);
});

test.serial('a run that is cut short is inconclusive, and a demanded level that is not proven a failure', async t => {
  t.is((await holdfastConform('test', '--budget-steps', '500', ...KIT)).code, 3);
  t.is((await holdfastConform('test', '--lane', 'core', '--level', 'L2', ...KIT)).code, 1);
  const part = await holdfastConform('test', '--shard', '2/7', ...KIT);
  t.is(part.code, 0);
  t.regex(part.stdout, /^pass: ha: starter kit in TypeScript 1\.0\.0\n/, 'a part proves no level');
});

test('a command that waits for its subject is interrupted all the same', async t => {
  const program = 'process.kill(process.ppid, "SIGINT"); setInterval(() => {}, 1000)';
  const {code, stderr} = await holdfastConform('doctor', '--timeout', '60', '--', process.execPath, '-e', program);
  t.deepEqual({code, stderr}, {code: 3, stderr: 'holdfast: interrupted\n'});
});

test('a subject that cannot be tried is exit code 4', async t => {
  const {code, stdout} = await holdfastConform('test', '--', process.execPath, '--eval', 'console.log("hello")');
  t.is(code, 4);
  t.regex(stdout, /The adapter looks broken \(not-json\)/);
  const examined = await holdfastConform('doctor', '--', process.execPath, '--eval', 'process.exit(7)');
  t.is(examined.code, 4);
  t.regex(examined.stdout, /^not ok it starts, and answers hello\n {2}exited/);
});

const REFUSED: Readonly<Record<string, readonly [words: readonly string[], says: RegExp]>> = {
  'without a subject': [['test'], /there is no subject/],
  'with two': [['test', '--connect', 'tcp:localhost:1', '--', 'node'], /two subjects/],
  'with an address that is none': [['test', '--connect', 'localhost'], /tcp:HOST:PORT/],
  'with a format that is none': [['test', '--report', 'xml=a', '--', 'node'], /--report is FORMAT=FILE/],
  'with a folder that cannot be made': [['init', 'python', '/proc/a'], /cannot be written/],
  'with a report that cannot be written': [['test', '--report', 'html=/nowhere/a', '--', 'node'], /cannot be written/],
  'with a shard that is none': [['test', '--shard', '3/2', '--', 'node'], /--shard is i\/n/],
  'with a rule that does not exist': [['explain', 'FB-60'], /did you mean "FB-/],
  'with a case that is none': [['replay', 'roles', '--', 'node'], /a case is written as/],
  'with an unknown command': [['tests'], /unknown command/],
  'with an unknown option': [['test', '--lanes', 'core'], /unknown option/],
};

for (const [name, [words, says]] of Object.entries(REFUSED)) {
  test(`bad usage is refused on one line, with exit code 2: ${name}`, async t => {
    const {code, stderr} = await holdfastConform(...words);
    t.regex(stderr, says);
    t.is(code, 2);
    t.is(stderr.trimEnd().split('\n').length, 1, stderr);
  });
}

test('explain shows the text of a rule and the faults that it finds', async t => {
  const {code, stdout} = await holdfastConform('explain', 'fb-06');
  t.is(code, 0);
  t.regex(
    stdout,
    /^FB-06 \(MUST\)\nThe primary reports a request[\s\S]*Hazard:[\s\S]*Repair:[\s\S]*Known to find: one that/,
  );
});

test('init copies a template that is not there yet', async t => {
  const to = file('mine');
  t.is((await holdfastConform('init', 'python', to)).code, 0);
  t.true(existsSync(join(to, 'template.py')));
  t.is((await holdfastConform('init', 'python', to)).code, 2);
});
