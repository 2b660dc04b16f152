import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import fc from 'fast-check';
import {COLOURS} from '../../model/report/paint.js';
import {progressText} from '../../model/report/progress.js';
import type {Result, TraceStep, Violation} from '../../model/report/result.js';
import {summaryText} from '../../model/report/summary.js';
import {overall, type Row, tableText} from '../../model/report/table.js';
import {traceText} from '../../model/report/trace.js';

const start: TraceStep = {
  step: 0,
  action: null,
  parameters: [],
  message: null,
  delivery: null,
  rules: [],
  note: null,
  changes: [],
  state: {'host[a]': {role: 'primary', asked: []}, 'inbox[a]': [], 'inbox[b]': []},
};

const ask: TraceStep = {
  ...start,
  step: 1,
  action: 'Ask',
  parameters: ['a', 'b'],
  rules: ['FB-03'],
  note: 'a cannot write the object itself and asks b whether it can',
  changes: [
    {slot: 'host[a]', before: {role: 'primary', asked: []}, after: {role: 'primary', asked: ['b']}},
    {slot: 'inbox[b]', before: [], after: [{type: 'Query', from: 'a'}]},
  ],
};

const deliver: TraceStep = {
  ...start,
  step: 2,
  action: 'Deliver',
  parameters: ['b'],
  message: {type: 'Query', from: 'a'},
  delivery: {inbox: 'inbox[b]', fate: 'received', isRemoved: true},
  rules: ['FB-07', 'FB-08'],
  note: 'yes',
  changes: [
    {slot: 'inbox[b]', before: [{type: 'Query', from: 'a'}], after: []},
    {slot: 'inbox[a]', before: [], after: [{type: 'Answer', from: 'b', positive: true}]},
  ],
};

const wait: TraceStep = {...start, step: 3, action: 'Wait'};

const violation: Violation = {property: 'Answered', kind: 'quiescent', trace: [start, ask, deliver, wait], loop: null};

const holding: Result = {
  model: 'sample',
  options: {hosts: 4},
  slots: [],
  verdict: 'holds',
  complete: true,
  reason: null,
  distinct: 1234567,
  generated: 23456789,
  depth: 31,
  seconds: 9.5,
  peakMemoryBytes: 150 * 2 ** 20,
  violation: null,
  coverage: {
    actions: [
      {name: 'Ask', generated: 1200, distinct: 300},
      {name: 'Deliver', generated: 23000, distinct: 1},
    ],
    rules: [{id: 'FB-03', generated: 1200}],
    neverFired: {actions: [], rules: []},
  },
  simulation: null,
};

const violated: Result = {...holding, verdict: 'violated', complete: false, reason: 'a violation', violation};

const incomplete: Result = {
  ...holding,
  verdict: 'incomplete',
  complete: false,
  reason: 'interrupted',
  coverage: {...holding.coverage, neverFired: {actions: ['Crash'], rules: ['FB-09', 'FB-10']}},
};

test('a trace says who did what, to what, by which rule, and what that changed', t => {
  t.is(
    traceText(violation),
    `
  0  the initial state
     host[a]: {role: primary, asked: []}
     inbox[*]: []
  1  Ask(a, b): a cannot write the object itself and asks b whether it can
         [FB-03]
     host[a].asked: + b
     inbox[b]: + Query {from: a}
  2  Deliver(b): yes [FB-07, FB-08]
     with Query {from: a}
     inbox[a]: + Answer {from: b, positive: true}
  3  Wait
     (nothing changes)`.slice(1),
  );
});

test('a change that is too wide for one line takes three', t => {
  const words = (letter: string): string => Array.from({length: 6}, () => letter.repeat(6)).join(' ');
  const wide = {...wait, changes: [{slot: 'log', before: words('a'), after: words('b')}]};
  t.is(
    traceText({...violation, trace: [wide]}),
    `
  3  Wait
     log:
       - "aaaaaa aaaaaa aaaaaa aaaaaa aaaaaa aaaaaa"
       + "bbbbbb bbbbbb bbbbbb bbbbbb bbbbbb bbbbbb"`.slice(1),
  );
});

test('a line that is too wide goes on in the next, and no value is torn from its name', t => {
  const message = {type: 'Answer', generation: 1, round: 2, members: ['first', 'second', 'third'], accessible: true};
  const wide = {...wait, changes: [{slot: 'inbox[a]', before: [], after: [message]}]};
  t.is(
    traceText({...violation, trace: [wide]}),
    `
  3  Wait
     inbox[a]: + Answer {generation: 1, round: 2, members: [first, second,
         third], accessible: true}`.slice(1),
  );
});

test('a behaviour that never ends says how it goes on', t => {
  const lastLine = (loop: number): string | undefined =>
    traceText({...violation, kind: 'temporal', loop})
      .split('\n')
      .at(-1);
  t.is(lastLine(0), '     Steps 1 to 3 come again and again.');
  t.is(lastLine(2), '     Step 3 comes again and again.');
  t.is(lastLine(3), '     Nothing happens any more.');
});

test('a model that holds: the verdict, how far it reaches, what it cost, what was covered', t => {
  t.is(
    summaryText(holding, 'sample --hosts 4'),
    `
holds: sample --hosts 4

1,234,567 distinct states, 23,456,789 generated, depth 31. Every reachable state
was explored.
9.50 s, 2.5 M generated/s, peak memory 150 MiB.

busiest actions  generated  share  distinct
Deliver             23,000   95 %         1
Ask                  1,200    5 %       300

Every action fired (2).
Every rule fired (1).`.slice(1),
  );
});

test('what the tables took is told per state, where there are enough states to tell', t => {
  const told = (result: Result): string => summaryText(result, 'sample');
  const tabled = {...holding, tableBytes: 12 * 2 ** 20};
  t.regex(told(tabled), /\nTables of 12 MiB: 10\.2 bytes per distinct state\.\n/);
  t.notRegex(told({...tabled, distinct: 99_999}), /Tables/);
  t.notRegex(told(holding), /Tables/);
});

test('a violation is in the first line, and its story comes before the counts', t => {
  const text = summaryText(violated, 'sample --hosts 4');
  t.true(text.startsWith('violated: sample --hosts 4: Answered\n'));
  t.true(text.includes('After 3 steps nothing fair is left to happen, and Answered is false.'));
  t.true(text.indexOf('Deliver(b): yes') < text.indexOf('1,234,567 distinct'));
});

test('each kind of violation is put into its own words', t => {
  const kinds = ['invariant', 'step', 'quiescent', 'deadlock', 'temporal'] as const;
  const texts = kinds.map(kind => summaryText({...violated, violation: {...violation, kind}}, 'sample').split('\n')[2]);
  t.deepEqual(texts, [
    'After 3 steps Answered is false. No shorter way leads there:',
    'Step 3 breaks Answered. No shorter way leads there:',
    'After 3 steps nothing fair is left to happen, and Answered is false. No shorter',
    'After 3 steps nothing can happen any more, in a state that is not terminal. No',
    'This behaviour, which never ends, breaks Answered:',
  ]);
});

test('an incomplete exploration says so first, then what it has and what never fired', t => {
  const text = summaryText(incomplete, 'sample');
  t.true(text.startsWith('incomplete: sample: interrupted\n'));
  t.true(text.includes('depth 31 so far.'));
  t.true(text.includes('Never fired, of 2 actions: Crash.\nNever fired, of 3 rules: FB-09, FB-10.'));
});

test('colours stress words and change none', t => {
  for (const result of [holding, violated, incomplete]) {
    const painted = summaryText(result, 'sample', COLOURS);
    t.not(painted, summaryText(result, 'sample'));
    t.is(stripVTControlCharacters(painted), summaryText(result, 'sample'));
  }
});

test('without colours, nothing in a report controls a terminal, whatever a model calls its parts', t => {
  const name = fc.string({unit: 'binary', maxLength: 6});
  t.notThrows(() =>
    fc.assert(
      fc.property(name, name, name, (slot, action, value) => {
        const step = {...wait, action, note: value, rules: [slot], message: value, parameters: [value]};
        const trace = [start, {...step, changes: [{slot, before: [value], after: {[value]: action}}]}];
        const actions = [{name: action, generated: 1, distinct: 1}];
        const coverage = {actions, rules: [], neverFired: {actions: [action], rules: [slot]}};
        const result = {...violated, coverage, violation: {...violation, property: action, trace}};
        const rows: readonly Row[] = [{title: 'sample', expected: 'holds', result}];
        return !/[^\P{Cc}\n]/u.test(summaryText(result, 'sample') + tableText(rows));
      }),
      {numRuns: 300},
    ),
  );
});

const rows: readonly Row[] = [
  {title: 'sample', expected: 'holds', result: holding},
  {title: 'sample --claimed', expected: 'violated', result: violated},
];

test('a table shows each verdict beside what is expected of it, and tells each counterexample in short', t => {
  t.is(
    tableText(rows),
    `
as expected: 2 verdicts

model             verdict    distinct   generated  depth    time
sample            holds     1,234,567  23,456,789     31  9.50 s  as expected
sample --claimed  violated  1,234,567  23,456,789     31  9.50 s  Answered in 3 steps, as expected

How sample --claimed breaks Answered:
  1  Ask(a, b): a cannot write the object itself and asks b whether it can
         [FB-03]
  2  Deliver(b): yes [FB-07, FB-08]
     with Query {from: a}
  3  Wait
What each step changed: holdfast check sample --claimed`.slice(1),
  );
});

test('a table in which one verdict is missing is incomplete, and says why', t => {
  const cut: readonly Row[] = [
    ...rows,
    {title: 'big', expected: 'holds', result: incomplete},
    {title: 'bigger', expected: 'holds', result: null},
  ];
  t.is(overall(cut), 'incomplete');
  const [first, ...others] = tableText(cut).split('\n');
  t.is(first, 'incomplete: interrupted; 2 of 4 verdicts are in');
  t.true(others.some(line => /^bigger +not run +expected: holds$/.test(line)));
});

test('a verdict that is not as expected outweighs one that is missing', t => {
  const wrong: readonly Row[] = [
    {title: 'a', expected: 'violated', result: holding},
    {title: 'b', expected: 'holds', result: incomplete},
    {title: 'c', expected: 'holds', result: violated},
  ];
  t.is(overall(wrong), 'violated');
  t.is(tableText(wrong).split('\n')[0], 'not as expected: 2 of 3 verdicts');
});

test('progress gives the rate since the last time', t => {
  const earlier = {distinct: 10, generated: 1e6, queue: 5, depth: 2, seconds: 1, memoryBytes: 64 * 2 ** 20};
  const now = {...earlier, distinct: 20, generated: 4e6, seconds: 2};
  t.is(progressText(now, earlier), '4,000,000 states, 20 distinct, 5 queued, depth 2, 3.0 M/s, 64 MiB, 2.00 s');
  t.regex(progressText(now, null), / 2\.0 M\/s,/);
});

test('of a value that nobody would read to its end, the text shows the beginning and says how much it leaves out', t => {
  const change = {slot: 'x', before: [], after: Array.from({length: 100_000}, (_, n) => n)};
  const step = {step: 1, action: 'Go', parameters: [], message: null, delivery: null, rules: [], note: null};
  const told = traceText({
    property: 'P',
    kind: 'invariant',
    loop: null,
    trace: [{...step, state: {x: change.after}, changes: [change]}],
  });
  t.regex(told, /^ {2}1 {2}Go\n {5}x:\n {7}- \[\]\n {7}\+ \[0, 1, 2,/);
  t.regex(told, / … \(686,894 characters more\)$/);
  t.true(told.length < 2500);
});
