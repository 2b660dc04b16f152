// When properties are evaluated, and which failure is told: small models whose counts are worked out by hand.

import test from 'ava';
import {anyOf, type Builder, next, product, range} from '../../../model/index.js';
import {holds, violates} from './sample.js';

/** A counter that goes up for ever, or to `last`. */
const counter = (m: Builder, last = Number.POSITIVE_INFINITY) => {
  const a = m.slot('a', 0);
  m.action('Up', read => (read(a) < last ? [next(a.set(read(a) + 1))] : []));
  m.allowDeadlock();
  return a;
};

test('an invariant is evaluated in the initial state', t =>
  violates(
    t,
    m => {
      const a = counter(m);
      m.invariant('Positive', read => read(a) > 0);
    },
    ['Positive', 1],
    [2, 2, 1],
  ));

test('the level in which a property fails is finished, and no other begun', t =>
  violates(
    t,
    m => {
      const cells = m.slots('cell', range(3), 0);
      m.action('Raise', {each: range(3)}, (read, i) => [next(cells(i).set(read(cells(i)) + 1))]);
      m.invariant('Low', read => read(cells(0)) < 2);
    },
    ['Low', 3],
    // Triples with a sum of at most 3; three successors of each with a sum of at most 2.
    [20, 1 + 3 * 10, 3],
  ));

test('an invariant may speak of each element of a list', t =>
  violates(
    t,
    m => {
      const cells = m.slots('cell', range(2), 0);
      m.action('Raise', {each: range(2)}, (read, i) => (i === 0 || read(cells(0)) > 0 ? [next(cells(i).set(1))] : []));
      m.invariant('Low', {each: range(2)}, (read, i) => read(cells(i)) === 0 || i === 0);
      m.invariant('Apart', {each: product(range(2), range(2))}, (read, i, j) => i === j || read(cells(i)) < 2);
    },
    ['Low', 3],
    [3, 6, 3],
  ));

test('of several that fail, the one that is declared first is told', t =>
  violates(
    t,
    m => {
      const a = counter(m, 3);
      m.quiescent('AtRest', read => read(a) < 2);
      m.invariant('Second', read => read(a) < 3);
      m.invariant('Third', read => read(a) !== 3);
    },
    ['AtRest', 3],
    [4, 4, 3],
  ));

test('a failing state is told rather than a step that leads on from its level', t =>
  violates(
    t,
    m => {
      const a = counter(m);
      m.stepProperty('Small', {of: [a]}, (_, after) => after(a) < 3);
      m.invariant('Low', read => read(a) < 2);
    },
    ['Low', 3],
    [4, 4, 3],
  ));

test('states outside a constraint are generated and not kept', t =>
  holds(
    t,
    m => {
      const a = counter(m);
      m.constraint('Low', read => read(a) < 3);
      m.invariant('NotTooHigh', read => read(a) < 4);
    },
    [3, 4, 3],
  ));

test('an invariant is evaluated outside the constraints as well', t =>
  violates(
    t,
    m => {
      const a = counter(m);
      m.constraint('Low', read => read(a) < 3);
      m.invariant('AlsoLow', read => read(a) < 3);
    },
    ['AlsoLow', 4],
    [3, 4, 3],
  ));

test('all constraints must hold', t =>
  holds(
    t,
    m => {
      const a = m.slot('a', 0);
      const b = m.slot('b', 0);
      m.action('UpA', read => [next(a.set(read(a) + 1))]);
      m.action('UpB', read => [next(b.set(read(b) + 1))]);
      m.constraint('LowA', read => read(a) < 2);
      m.constraint('LowB', read => read(b) < 3);
    },
    [6, 13, 4],
  ));

test('an initial state outside the constraints is generated and not kept', t =>
  holds(
    t,
    m => {
      const a = m.slot('a', anyOf([0, 7]));
      m.constraint('Low', read => read(a) < 5);
      m.allowDeadlock();
    },
    [1, 2, 1],
  ));

test('an invariant is evaluated in an initial state outside the constraints', t =>
  violates(
    t,
    m => {
      const a = m.slot('a', anyOf([0, 7]));
      m.constraint('Low', read => read(a) < 5);
      m.invariant('AlsoLow', read => read(a) < 5);
      m.allowDeadlock();
    },
    ['AlsoLow', 1],
    [1, 2, 0],
  ));

test('a step property is evaluated on steps that change one of its slots, and on no others', t =>
  violates(
    t,
    m => {
      const a = m.slot('a', 0);
      const b = m.slot('b', 0);
      m.action('UpB', read => (read(b) < 5 ? [next(b.set(read(b) + 1))] : []));
      m.action('UpA', read => (read(a) === 0 && read(b) > 2 ? [next(a.set(1), b.set(0))] : []));
      m.allowDeadlock();
      m.stepProperty('NeverA', {of: [a]}, () => false);
    },
    ['NeverA', 5],
    [6, 6, 4],
  ));

test('a step property sees the states before and after, derived values too', t =>
  holds(
    t,
    m => {
      const cells = m.slots('cell', range(3), 0);
      const sum = m.fold('sum', cells.members, 0, (total, value) => total + value);
      m.action('Raise', {each: range(3)}, (read, i) => (read(cells(i)) === 0 ? [next(cells(i).set(1))] : []));
      m.allowDeadlock();
      m.stepProperty('ByOne', {of: cells.members}, (before, after) => after(sum) === before(sum) + 1);
    },
    [8, 13, 4],
  ));

test('a step that leaves the constraints is a step', t =>
  violates(
    t,
    m => {
      const a = counter(m);
      m.constraint('Low', read => read(a) < 3);
      m.stepProperty('AlsoLow', {of: [a]}, (_, after) => after(a) < 3);
    },
    ['AlsoLow', 4],
    [3, 4, 3],
  ));

/** Fair until `patience`, then only the unfair environment moves. */
const environment = (m: Builder, patience: number) => {
  const a = m.slot('a', 0);
  m.action('Own', {fair: 'weak'}, read => (read(a) < patience ? [next(a.set(read(a) + 1))] : []));
  m.action('Fault', read => (read(a) < 5 ? [next(a.set(5))] : []));
  m.allowDeadlock();
  return a;
};

test('a quiescent property is evaluated where no fair action would change anything', t =>
  holds(
    t,
    m => {
      const a = environment(m, 3);
      m.quiescent('Done', read => read(a) >= 3);
    },
    [5, 8, 4],
  ));

test('a quiescent property does not wait for unfair actions', t =>
  violates(
    t,
    m => {
      const a = environment(m, 3);
      m.quiescent('Faulty', read => read(a) === 5);
    },
    ['Faulty', 4],
    [5, 8, 4],
  ));

test('a fair action that changes nothing leaves a state at rest', t =>
  violates(
    t,
    m => {
      const a = m.slot('a', 0);
      m.action('Idle', {fair: 'strong'}, read => [next(a.set(read(a)))]);
      m.quiescent('Done', read => read(a) === 1);
    },
    ['Done', 1],
    [1, 2, 1],
  ));

test('a fair action that would leave the constraints would change something', t =>
  holds(
    t,
    m => {
      const a = m.slot('a', 0);
      m.action('Up', {fair: 'weak'}, read => [next(a.set(read(a) + 1))]);
      m.constraint('Low', read => read(a) < 2);
      m.quiescent('Never', () => false);
    },
    [2, 3, 2],
  ));
