// What normalisers do to states: small models whose counts are worked out by hand.

import test from 'ava';
import {anyOf, check, model, next, range} from '../../../model/index.js';
import {holds, violates} from './sample.js';

test('normal forms merge states', t =>
  holds(
    t,
    m => {
      const a = m.slot('a', 0);
      m.action('Up', read => [next(a.set(read(a) + 1))]);
      m.normalise('even', {of: a}, value => (value > 6 ? 0 : value - (value % 2)));
    },
    // 0 + 1 is 0 again.
    [1, 2, 1],
  ));

test('initial states are brought into normal form too', t =>
  holds(
    t,
    m => {
      const a = m.slot('a', anyOf([0, 1, 2, 3]));
      m.normalise('even', {of: a}, value => value - (value % 2));
      m.allowDeadlock();
    },
    [2, 4, 1],
  ));

test('a normaliser runs when something that it reads has changed, even a slot behind a derived value', t =>
  holds(
    t,
    m => {
      const term = m.slot('term', 0);
      const inbox = m.slot<readonly number[]>('inbox', [0, 1, 2]);
      const oldest = m.derive('oldest', read => read(term));
      m.action('Next', read => (read(term) < 3 ? [next(term.set(read(term) + 1))] : []));
      m.allowDeadlock();
      m.normalise('stale', {of: inbox}, (messages, read) => messages.filter(message => message >= read(oldest)));
      m.invariant('Fresh', read => read(inbox).length === 3 - read(term));
    },
    [4, 4, 4],
  ));

test('normalisers run until none changes anything', t =>
  holds(
    t,
    m => {
      const cells = m.slots('cell', range(10), 1);
      m.action('Clear', () => [next(cells(9).set(0))]);
      for (const i of range(9)) {
        m.normalise(`after ${i}`, {of: cells(i)}, (value, read) => (read(cells(i + 1)) === 0 ? 0 : value));
      }
      m.invariant('Alike', read => cells.members.every(cell => read(cell) === read(cells(0))));
    },
    [2, 3, 2],
  ));

test('a fair action whose work a normaliser undoes changes nothing', t =>
  violates(
    t,
    m => {
      const a = m.slot('a', 0);
      m.action('Up', {fair: 'weak'}, read => [next(a.set(read(a) + 1))]);
      m.normalise('zero', {of: a}, () => 0);
      m.quiescent('Never', () => false);
    },
    ['Never', 1],
    [1, 2, 1],
  ));

test('a step property and a constraint see normal forms', t =>
  holds(
    t,
    m => {
      const a = m.slot('a', 0);
      m.action('Up', read => [next(a.set(read(a) + 3))]);
      m.normalise('modulo', {of: a}, value => value % 8);
      m.constraint('Low', read => read(a) < 8);
      m.stepProperty('Odd', {of: [a]}, (before, after) => (after(a) - before(a) + 8) % 8 === 3);
    },
    [8, 9, 8],
  ));

test('a state under symmetry is compared with one about which a normaliser was never asked', async t => {
  const pad = model({
    name: 'pad',
    summary: 'One of two notes is wiped when a gate opens.',
    build(m) {
      const keys = ['p', 'q'] as const;
      const note = m.slots('note', keys, key => (key === 'q' ? 1 : 0));
      const gate = m.slot('gate', 0);
      m.action('Open', read => (read(gate) === 0 ? [next(gate.set(1))] : []));
      for (const key of keys) {
        // That of p is never asked about 1, and so was never seen to read the gate.
        m.normalise(`wipe ${key}`, {of: note(key)}, (value, read) => (value === 1 && read(gate) === 1 ? 0 : value));
      }
      m.symmetry(keys, {families: [note]});
      m.allowDeadlock();
    },
  });
  t.like(await check(pad), {verdict: 'holds', distinct: 2, generated: 2, depth: 2});
});
