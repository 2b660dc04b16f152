import test from 'ava';
import fc from 'fast-check';
import {differences} from '../../model/report/difference.js';
import {stateText} from '../../model/report/state.js';
import {printable, textOf} from '../../model/report/value.js';

const plain = fc.jsonValue({maxDepth: 3}).map(value => JSON.parse(JSON.stringify(value)) as unknown);

/** The changed paths as lines of a trace. */
const lines = (before: unknown, after: unknown): readonly string[] =>
  differences('x', before, after).map(each =>
    [`${each.path}:`, each.before ?? '+', each.before === null || each.after === null ? '' : '->', each.after ?? '-']
      .filter(word => word !== '')
      .join(' '),
  );

test('a value is shown without the quotes that nobody needs', t => {
  t.is(
    textOf({hosts: ['a', 'b'], term: 3, leader: null, ready: false}),
    '{hosts: [a, b], term: 3, leader: null, ready: false}',
  );
  t.is(textOf('FB-07'), 'FB-07');
  t.is(textOf([]), '[]');
});

test('a tagged record is shown by its tag', t => {
  t.is(textOf({type: 'Query', from: 'a', kinds: ['all']}), 'Query {from: a, kinds: [all]}');
  t.is(textOf({type: 'Idle'}), 'Idle');
  t.is(textOf({type: 7}), '{type: 7}');
});

test('a text that could be taken for something else keeps its quotes', t => {
  t.deepEqual(['', '3', 'null', 'true', 'two words', 'a "b"'].map(textOf), [
    '""',
    '"3"',
    '"null"',
    '"true"',
    '"two words"',
    '"a \\"b\\""',
  ]);
});

test('no value can move the cursor or hide text', t => {
  t.is(textOf({'\u001b[2J': 'a\u0007b\u202ec'}), '{"\\u{1b}[2J": "a\\u{7}b\\u{202e}c"}');
  t.notThrows(() =>
    fc.assert(
      fc.property(plain, fc.string({unit: 'binary'}), (value, name) => {
        const shown = textOf([value, name]) + printable(name);
        return !/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(shown);
      }),
      {numRuns: 500},
    ),
  );
});

test('a slot that did not change has no differences, one that did has at least one', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(plain, plain, (before, after) => {
        const isSame = JSON.stringify(before) === JSON.stringify(after);
        return differences('x', before, before).length === 0 && differences('x', before, after).length > 0 === !isSame;
      }),
      {numRuns: 500},
    ),
  );
});

test('only the fields that changed are named', t => {
  const before = {term: 1, votes: {a: true, b: false}, leader: null};
  t.deepEqual(lines(before, {term: 2, votes: {a: true, b: true}, leader: null}), [
    'x.term: 1 -> 2',
    'x.votes.b: false -> true',
  ]);
});

test('a field that came or went is said to', t => {
  t.deepEqual(lines({a: 1}, {b: 2}), ['x.a: 1 -', 'x.b: + 2']);
});

test('a record that became one of another type is replaced whole', t => {
  t.deepEqual(lines({type: 'Idle', since: 1}, {type: 'Asking', since: 1}), ['x: Idle {since: 1} -> Asking {since: 1}']);
});

test('a list that grew or shrank shows the elements that came and went', t => {
  t.deepEqual(lines(['a', 'b'], ['a', 'b', 'c']), ['x: + c']);
  t.deepEqual(
    lines(
      [
        {type: 'Ask', to: 'a'},
        {type: 'Ask', to: 'b'},
      ],
      [{type: 'Ask', to: 'b'}],
    ),
    ['x: Ask {to: a} -'],
  );
  t.deepEqual(lines(['a', 'a'], ['a']), ['x: a -']);
});

test('a list in which one position changed shows that position', t => {
  t.deepEqual(lines([{up: true}, {up: true}], [{up: true}, {up: false}]), ['x[1].up: true -> false']);
  t.deepEqual(lines([0, 0, 0], [0, 1, 0]), ['x[1]: 0 -> 1']);
});

test('a short list in which several elements changed is shown whole', t => {
  t.deepEqual(lines([0, 0, 0, 0], [0, 0, 1, 1]), ['x: [0, 0, 0, 0] -> [0, 0, 1, 1]']);
  t.deepEqual(lines([['a', 'b', 'c']], [['a'], ['b', 'c']]), ['x: [[a, b, c]] -> [[a], [b, c]]']);
  t.deepEqual(lines(['a', 'b'], ['b', 'a']), ['x: [a, b] -> [b, a]']);
});

test('messages that replace others are not taken for changes of them', t => {
  const [ask, answer] = [
    {type: 'Ask', to: 'a', generation: 1},
    {type: 'Answer', to: 'b', generation: 1},
  ];
  t.deepEqual(lines([ask, {...ask, to: 'c'}], [answer, {...answer, to: 'd'}]), [
    'x: Ask {to: a, generation: 1} -',
    'x: Ask {to: c, generation: 1} -',
    'x: + Answer {to: b, generation: 1}',
    'x: + Answer {to: d, generation: 1}',
  ]);
});

test('slots of one family that are equal share a line', t => {
  const state = {'rm[0]': 'working', 'rm[1]': 'prepared', 'rm[2]': 'working', tm: 'init', 'up[0]': true, 'up[1]': true};
  t.is(stateText(state, 2), '  rm[0], rm[2]: working\n  rm[1]: prepared\n  tm: init\n  up[*]: true');
});
