// What a person reads. The failures are golden texts; UPDATE_FAILURES=1 writes what the suite says now: read the diff.

import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {
  conform,
  haModule,
  haMutants,
  haSuite,
  type Result,
  referenceOf,
  resultText,
  storageMutants,
  storageSuite,
  subjectOf,
} from '../../conformance/index.js';
import {diagramOf} from '../../conformance/report/diagram.js';
import {ruleText} from '../../conformance/report/rule-text.js';
import {failureText, wrongText} from '../../conformance/report/text.js';
import {PLAIN} from '../../model/report/paint.js';
import {eager, RULES, type RuleId} from '../../src/index.js';

const root = join(import.meta.dirname, '../..');
const folder = join(import.meta.dirname, 'failures');
const RULE_IDS = Object.keys(RULES) as RuleId[];

/** What the suite says of the mutant of that name. */
const judged = (name: string): Promise<Result> => {
  const ha = haMutants.find(mutant => mutant.name === name);
  if (ha !== undefined) return conform(haSuite(), subjectOf(haModule, ha));
  const storage = storageMutants.find(mutant => mutant.name === name);
  if (storage === undefined) throw new Error(`no mutant ${name}`);
  const suite = storageSuite();
  return conform(suite, subjectOf(suite.specification, storage));
};

for (const file of readdirSync(folder)) {
  const name = file.replace('.txt', '').replaceAll('-', ' ');
  test(`a failure tells what is wrong with one that ${name}`, async t => {
    const path = join(folder, file);
    // What was tried comes last and changes with every bound.
    const text = `${resultText(await judged(name))
      .split('\n\n')
      .slice(0, -1)
      .join('\n\n')}\n`;
    if (process.env['UPDATE_FAILURES'] !== undefined) writeFileSync(path, text);
    t.is(readFileSync(path, 'utf8'), text);
  });
}

test('a result is plain data, and its trace ends with the step that nothing allows', async t => {
  const result = await judged('answers twice');
  t.deepEqual(JSON.parse(JSON.stringify(result)), result);
  t.deepEqual(result.trace.at(-1)?.rules, []);
  t.true(result.trace.slice(0, -1).every(({rules}) => rules.length > 0));
});

const ODD: Readonly<Record<string, () => Promise<Result>>> = {
  ha: () => conform(haSuite(), odd),
  storage: () => conform(storageSuite(), odd),
};

const NO_TEXT = {toString: 1};
const odd = {
  reset: () => {},
  step: () => ({effects: [{type: NO_TEXT}, {type: 'Send', to: 'h2', message: {type: NO_TEXT}}]}),
};

for (const [name, tried] of Object.entries(ODD)) {
  test(`${name}: an effect with a type that is no text is told and drawn as any other`, async t => {
    const result = await tried();
    t.is(result.verdict, 'fail');
    t.regex(resultText(result), /toString: 1/);
    t.regex(diagramOf({trace: result.trace, differences: result.failure?.differences ?? []}), /toString:1/);
  });
}

test('a failure lists every alternative with its rules and their levels, the nearest first', async t => {
  const {failure} = await judged('commands every other host');
  t.deepEqual(
    failure?.allowed.map(({rules}) => rules),
    [[{id: 'FB-14', level: 'MUST'}], [{id: 'FB-15', level: 'MAY'}]],
  );
});

test('the first line of a pass, a failure and a run cut short says so', async t => {
  const reference = () => referenceOf(haModule, eager);
  const suite = {...haSuite(), plans: haSuite().plans.slice(0, 1)};
  t.regex(resultText(await conform(suite, reference())), /^pass: ha\n/);
  t.regex(resultText(await judged('answers twice')), /^fail: ha: FB-13 is broken\n/);
  t.regex(
    resultText(await conform(suite, reference(), {steps: 5})),
    /^inconclusive: ha: the budget of 5 steps is used up\n[\s\S]*Not finished: questions and commands\./,
  );
});

test('every rule has its sentence at hand', t => {
  t.deepEqual(
    RULE_IDS.filter(id => !/^[A-Z].*\.$/.test(ruleText(id) ?? '')),
    [],
  );
  t.is(
    ruleText('FB-13'),
    'A host that is asked, whatever its role, answers at once what its own storage module says at that moment.',
  );
});

test('the suite speaks of no rule that does not exist', t => {
  const sources = readdirSync(join(root, 'conformance'), {recursive: true, encoding: 'utf8'})
    .filter(path => path.endsWith('.ts'))
    .map(path => readFileSync(join(root, 'conformance', path), 'utf8'));
  const named = sources.flatMap(text => text.match(/\b[A-Z]{2}-\d\d\b/g) ?? []);
  t.true(named.length > 0);
  t.deepEqual(
    [...new Set(named)].filter(id => !(id in RULES)),
    [],
  );
});

test('the fields of an effect stand in the order of the specification, however its author wrote them', t => {
  const message = {generation: 1, own: {b: 1, a: 1}, round: 0, term: 2, type: 'AccessQuery', vm: 'v1'};
  t.is(
    haModule.tellEffect({to: 'h2', message, type: 'Send'}),
    'send to h2: AccessQuery {term: 2, vm: v1, generation: 1, round: 0, own: {a: 1, b: 1}}',
  );
});

test('what differs several times alike is told once and counted, with all that belongs to it', t => {
  const differences = [
    'missing: a',
    'wrong: b',
    '   c is 1',
    'missing: a',
    'wrong: b',
    '   c is 1',
    'wrong: b',
    '   d',
  ];
  const [, ...lines] = wrongText('Step 1', [], differences, PLAIN).split('\n');
  t.deepEqual(
    lines.map(line => line.slice(5)),
    ['missing: a (2 times)', 'wrong: b (2 times)', '   c is 1', 'wrong: b', '   d'],
  );
});

test('a failure tells in what its configuration is not the plainest', async t => {
  const {failure} = await judged('answers twice');
  if (failure === null) throw new Error('it is found');
  const config = {...failure.config, capacity: 0, scope: 'all', plans: [{vm: 'v1', stored: true, priority: 0}]};
  const priority = {vm: 'v1', stored: true, priority: 1};
  t.regex(failureText({...failure, config}, PLAIN), /\n {2}given self h1, capacity 0\n/);
  t.regex(
    failureText({...failure, config: {plans: [priority]}}, PLAIN),
    /\n {2}given plans \[\{vm: v1, stored: true, priority: 1\}\]\n/,
  );
});

test('a failure tells where the specification stands before the last step, but for what is empty', async t => {
  const {failure} = await judged('drops registrations');
  t.deepEqual(failure?.standing, [
    'role: secondary',
    'durable: {term: 0}',
    'watches: [{vm: v1, primary: h2, term: 0, generation: 1, round: 0, scope: namespace}]',
  ]);
});
