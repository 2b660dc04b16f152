// What counts as a state, as generated and as depth: small models whose counts are worked out by hand.

import test from 'ava';
import {anyOf, by, next, product, range} from '../../../model/index.js';
import {holds, violates} from './sample.js';

test('a model without actions has its initial state, which is a deadlock', t =>
  violates(t, m => m.slot('a', 0), ['deadlock', 1], [1, 1, 1]));

test('a deadlock may be allowed', t =>
  holds(
    t,
    m => {
      m.slot('a', 0);
      m.allowDeadlock();
    },
    [1, 1, 1],
  ));

test('a terminal state needs no successor', t =>
  holds(
    t,
    m => {
      const a = m.slot('a', 0);
      m.action('Up', read => (read(a) < 2 ? [next(a.set(read(a) + 1))] : []));
      m.terminal(read => read(a) === 2);
    },
    [3, 3, 3],
  ));

test('a state that is not terminal needs a successor', t =>
  violates(
    t,
    m => {
      const a = m.slot('a', 0);
      m.action('Up', read => (read(a) < 2 ? [next(a.set(read(a) + 1))] : []));
      m.terminal(read => read(a) === 1);
    },
    ['deadlock', 3],
    [3, 3, 3],
  ));

test('an outcome that changes nothing is generated, and no deadlock', t =>
  holds(
    t,
    m => {
      m.slot('a', 0);
      m.action('Stay', () => [next()]);
    },
    [1, 2, 1],
  ));

test('a model may have no slot at all', t => holds(t, m => m.action('Stay', () => [next()]), [1, 2, 1]));

test('equal outcomes are generated each', t =>
  holds(
    t,
    m => {
      const a = m.slot('a', 0);
      m.action('Up', read => (read(a) === 0 ? [next(a.set(1)), next(a.set(1)), by('R-1', a.set(1))] : []));
      m.allowDeadlock();
    },
    [2, 4, 2],
  ));

test('a slot that was not read may be written', t =>
  holds(
    t,
    m => {
      const a = m.slot('a', 0);
      m.action('One', () => [next(a.set(1))]);
      m.action('Two', () => [next(a.set(2))]);
    },
    [3, 7, 2],
  ));

test('the changes of one outcome happen at once', t =>
  holds(
    t,
    m => {
      const a = m.slot('a', 'left');
      const b = m.slot('b', 'right');
      m.action('Swap', read => [next(a.set(read(b)), b.set(read(a)))]);
    },
    [2, 3, 2],
  ));

test('several updates of a slot in one outcome all apply', t =>
  holds(
    t,
    m => {
      const a = m.slot('a', 0);
      const plus = (value: number, by: number) => (value + by) % 7;
      m.action('Turn', () => [next(a.update('plus', plus, 1), a.update('plus', plus, 2))]);
    },
    [7, 8, 7],
  ));

test('initial values are combined', t =>
  holds(
    t,
    m => {
      m.slot('a', anyOf([0, 1]));
      m.slots('b', ['x', 'y'], key => anyOf(key === 'x' ? [0, 1, 2] : [0, 0]));
      m.allowDeadlock();
    },
    [6, 6, 1],
  ));

test('an assumption leaves initial states out, and generates none of them', t =>
  holds(
    t,
    m => {
      const a = m.slot('a', anyOf([0, 1]));
      const b = m.slot('b', anyOf([0, 1, 2]));
      m.assume(read => read(a) + read(b) <= 1);
      m.allowDeadlock();
    },
    [3, 3, 1],
  ));

test('a set has neither order nor repetitions', t =>
  holds(
    t,
    m => {
      const seen = m.set<number>('seen', [3, 1, 3]);
      m.action('Add', {each: [1, 2, 3]}, (_, x) => [next(seen.add(x))]);
      m.action('Remove', {each: [1, 2, 3]}, (_, x) => [next(seen.remove(x))]);
      m.invariant('Sorted', read => read(seen).every((x, i, all) => i === 0 || x > (all[i - 1] ?? 0)));
    },
    [8, 49, 4],
  ));

test('sets of one family are different sets', t =>
  holds(
    t,
    m => {
      const seen = m.sets<string, string>('seen', ['p', 'q']);
      m.action('Add', {each: seen.keys}, (_, key) => [next(seen(key).add('x'))]);
    },
    [4, 9, 3],
  ));

test('an action has an instance for each element of a list', t =>
  holds(
    t,
    m => {
      const a = m.slot('a', -1);
      m.action('Choose', {each: range(100)}, (_, x) => [next(a.set(x))]);
    },
    [101, 10101, 2],
  ));

test('an action has an instance for each pair of elements of two lists', t =>
  holds(
    t,
    m => {
      const pair = m.slot<readonly (number | string)[]>('pair', []);
      m.action('Choose', {each: product(range(2), ['x', 'y', 'z'])}, (_, a, b) => [next(pair.set([a, b]))]);
    },
    [7, 43, 2],
  ));

test('which slots are read may depend on what was read before', t =>
  holds(
    t,
    m => {
      const which = m.slot('which', anyOf([0, 1, 2]));
      const cells = m.slots('cell', range(3), anyOf([0, 1]));
      m.action('Clear', read => (read(cells(read(which))) === 1 ? [next(cells(read(which)).set(0))] : []));
      m.allowDeadlock();
    },
    [24, 36, 1],
  ));

test('objects, lists, texts, null, booleans and numbers are values, and different ones', t =>
  holds(
    t,
    m => {
      const values = [null, false, 0, '', '0', 'null', [], {}, [[]], [null], {a: 1}, {a: {}}, -1, 0.5, 1e21, 'ä"\\'];
      const any = m.slot<unknown>('any', anyOf(values));
      m.action('Wrap', read => (Array.isArray(read(any)) ? [] : [next(any.set([read(any)]))]));
      m.allowDeadlock();
    },
    // Thirteen are no lists; wrapped they are new, all but [null].
    [28, 29, 2],
  ));

test('a derived value may be what an action reads first', t =>
  holds(
    t,
    m => {
      const cells = m.slots('cell', range(3), 0);
      const sum = m.fold('sum', cells.members, 0, (total, value) => total + value);
      const isFull = m.derive('full', read => read(sum) === 4);
      m.action('Fill', {each: range(3)}, (read, i) =>
        read(isFull) || read(cells(i)) === 2 ? [] : [next(cells(i).set(read(cells(i)) + 1))],
      );
      m.allowDeadlock();
    },
    // Triples of 0 to 2 with a sum of at most 4: 27 less 4. Each with a sum below 4 has a successor per cell below 2.
    [23, 1 + 3 + 9 + 15 + 15, 5],
  ));

test('derived values are as many as their keys, and may read each other', t =>
  holds(
    t,
    m => {
      const a = m.slot('a', 3);
      const below = m.derives('below', range(4), (read, key) => read(a) > key);
      const both = m.derive('both', read => read(below(1)) && read(below(2)));
      m.action('Down', read => (read(both) ? [next(a.set(read(a) - 1))] : []));
      m.terminal(read => !read(both));
    },
    [2, 2, 2],
  ));

test('the index tells a fold which of its slots it is at', t =>
  holds(
    t,
    m => {
      const digits = m.slots('digit', range(2), anyOf([0, 1]));
      const number = m.fold('number', digits.members, 0, (sum, digit, place) => sum + digit * 2 ** place);
      const empty = m.fold('empty', [], 'nothing', () => 'something');
      const seen = m.slot('seen', -1);
      m.action('Look', read => (read(empty) === 'nothing' ? [next(seen.set(read(number)))] : []));
    },
    [8, 12, 2],
  ));

test('coverage counts what was generated and found by action, and what was generated by rule', async t => {
  const result = await holds(
    t,
    m => {
      const a = m.slot('a', 0);
      m.action('Up', {each: [1, 2]}, (read, by1) =>
        read(a) < 2 ? [by(['R-1', 'R-2'], a.set(Math.min(2, read(a) + by1)))] : [],
      );
      m.action('Down', read => (read(a) > 0 ? [by('R-2', a.set(0)), {changes: [], note: 'nothing'}] : []));
      m.action('Never', read => (read(a) > 2 ? [by('R-3')] : []));
      m.rules(['R-1', 'R-3', 'R-4']);
    },
    [3, 9, 2],
  );
  t.deepEqual(result?.coverage, {
    actions: [
      {name: 'Up', generated: 4, distinct: 2},
      {name: 'Down', generated: 4, distinct: 0},
      {name: 'Never', generated: 0, distinct: 0},
    ],
    rules: [
      {id: 'R-1', generated: 4},
      {id: 'R-2', generated: 6},
      {id: 'R-3', generated: 0},
      {id: 'R-4', generated: 0},
    ],
    neverFired: {actions: ['Never'], rules: ['R-3', 'R-4']},
  });
});
