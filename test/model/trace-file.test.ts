import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {Ajv2020} from 'ajv/dist/2020.js';
import test from 'ava';
import fc from 'fast-check';
import {model, next} from '../../model/index.js';
import {traceFile} from '../../model/report/trace-file.js';
import {readItf} from './itf.js';
import {played, violated} from './post.js';
import {told} from './telling.js';

/** The schema that the documentation of the format shows. */
const schemaText = (): string => {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'model', 'report', 'README.md'), 'utf8');
  return /```json\n(.*?)\n```/s.exec(text)?.[1] ?? '';
};

const validate = new Ajv2020({strict: true, strictTypes: false, allowUnionTypes: true}).compile(
  JSON.parse(schemaText()),
);

/** One of everything that the formats treat in a way of its own. */
const variety = model({
  name: 'variety',
  summary: '',
  options: {},
  build(m) {
    const count = m.slot('count', 0);
    const note = m.slot<unknown>('note', {'#set': [1], plain: [null, 1.5, -2]});
    const member = m.slots('member', [0, 'x', ['y', 1]], key => typeof key === 'string');
    const seen = m.set<string>('seen', ['b', 'a']);
    const bag = m.channel<string, number>('bag', [1], {kind: 'multiset'});
    const queue = m.channel<string, number>('queue', [1], {kind: 'fifo'});
    const heap = m.channel<string, number>('heap', [1], {kind: 'sticky'});
    m.action('Fill', read =>
      read(count) === 0
        ? [next(count.set(1), bag(1).send('m'), bag(1).send('m'), queue(1).send('q'), heap(1).send('h'))]
        : [],
    );
    m.invariant('Empty', read => read(count) === 0 && read(seen).length > 0 && read(note) !== null && !read(member(0)));
  },
});

test('a trace as JSON is what the schema in the documentation says, whatever names and values it holds', t => {
  const documents = fc.sample(told, 200).map(({result, violation}) => traceFile('json', result, violation, ''));
  for (const document of documents) t.true(validate(JSON.parse(document)), JSON.stringify(validate.errors));
});

test('the schema refuses a document that lacks a field, or has one too many', async t => {
  const {result, violation} = await played('set', ['Tell', 'Hear']);
  const document = JSON.parse(traceFile('json', result, violation, ''));
  t.true(validate(document));
  t.false(validate({...document, version: 2}));
  t.false(validate({...document, more: 1}));
  for (const name of Object.keys(document)) t.false(validate({...document, [name]: undefined}), name);
  for (const name of Object.keys(document.steps[0])) {
    const [first, ...others] = document.steps;
    t.false(validate({...document, steps: [{...first, [name]: undefined}, ...others]}), name);
  }
});

test('a trace as JSON has the steps of the result, a line for each', async t => {
  const {result, violation} = await played('set', ['Tell', 'Hear']);
  const text = traceFile('json', result, violation, '');
  const {steps, ...head} = JSON.parse(text);
  t.deepEqual(steps, violation.trace);
  t.deepEqual(head, {
    format: 'holdfast trace',
    version: 1,
    model: 'post',
    options: {},
    property: 'Unfinished',
    kind: 'invariant',
    loop: null,
    slots: [
      {name: 'done', family: null, key: null, holds: 'value', isInbox: false},
      {name: 'inbox[a]', family: 'inbox', key: 'a', holds: 'set', isInbox: true},
      {name: 'inbox[b]', family: 'inbox', key: 'b', holds: 'set', isInbox: true},
    ],
  });
  t.is(text.split('\n').length, violation.trace.length + 4);
});

test('in an ITF trace sets, bags, queues, families, integers and records are what the format has for them', async t => {
  const {result, violation} = await violated(variety);
  const {vars, states, actions, loop} = readItf(traceFile('itf', result, violation, ''));
  t.deepEqual(vars, ['count', 'note', 'member', 'seen', 'bag', 'queue', 'heap']);
  t.deepEqual(actions, [null, 'Fill']);
  t.is(loop, null);
  const note = new Map<string, unknown>([
    ['#set', [1n]],
    ['plain', [{unserializable: 'null'}, {unserializable: '1.5'}, -2n]],
  ]);
  const member = new Map<unknown, boolean>([
    [0n, false],
    ['x', true],
    [['y', 1n], false],
  ]);
  const fixed = {note, member, seen: new Set(['a', 'b'])};
  t.deepEqual(states, [
    {
      ...fixed,
      count: 0n,
      bag: new Map([[1n, new Map()]]),
      queue: new Map([[1n, []]]),
      heap: new Map([[1n, new Set()]]),
    },
    {
      ...fixed,
      count: 1n,
      bag: new Map([[1n, new Map([['m', 2n]])]]),
      queue: new Map([[1n, ['q']]]),
      heap: new Map([[1n, new Set(['h'])]]),
    },
  ]);
});

test('in an ITF trace of a lasso the state that follows the last one is the next of the loop', async t => {
  const {result, violation} = await violated(
    model({
      name: 'clock',
      summary: '',
      build(m) {
        const hour = m.slot('hour', -1);
        m.action('Tick', {fair: 'weak'}, read => [next(hour.set((read(hour) + 1) % 3))]);
        m.eventuallyAlways('Noon', read => read(hour) === 0);
      },
    }),
  );
  const {states, loop} = readItf(traceFile('itf', result, violation, ''));
  const hours = states.map(({hour}) => hour);
  const first = loop === null ? t.fail() : hours[loop];
  t.is(first, (((hours.at(-1) as bigint) + 1n) % 3n) as typeof first);
});

test('a stutter without end is a loop over the last state', async t => {
  const {result, violation} = await played('set', ['Tell', 'Hear']);
  const text = traceFile('itf', result, {...violation, kind: 'temporal', loop: 2}, '');
  t.is(readItf(text).loop, 2);
});

test('an ITF trace is one, whatever names and values it holds', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(told, ({result, violation}) => {
        const {states} = readItf(traceFile('itf', result, violation, ''));
        return states.length === violation.trace.length;
      }),
      {numRuns: 500},
    ),
  );
});

test('a trace as text is what the summary says of the violation', async t => {
  const {result, violation} = await played('set', ['Tell', 'Hear']);
  t.is(
    traceFile('text', result, violation, 'post --loudly'),
    `
post --loudly: Unfinished

After 2 steps Unfinished is false. No shorter way leads there:
  0  the initial state
     done: 0
     inbox[*]: []
  1  Tell(a)
     done: 0 -> 1
     inbox[b]: + {from: a, message: Letter {n: 0}}
  2  Hear(b)
     with {from: a, message: Letter {n: 0}}
     done: 1 -> 2
`.slice(1),
  );
});
