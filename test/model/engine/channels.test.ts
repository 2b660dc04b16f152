// What channels do to messages: small models whose counts are worked out by hand.

import test from 'ava';
import {anyOf, type Builder, next, range} from '../../../model/index.js';
import {holds, violates} from './sample.js';

type Kind = 'set' | 'multiset' | 'fifo' | 'sticky';

/** Sends one, two and three, in this order; the receiver notes what it gets. */
const sequence = (m: Builder, kind: Kind) => {
  const sent = m.slot('sent', 0);
  const got = m.slot<readonly number[]>('got', []);
  const inbox = m.channel<number, string>('inbox', ['r'], {kind});
  m.action('Send', read => (read(sent) < 3 ? [next(sent.set(read(sent) + 1), inbox('r').send(read(sent) + 1))] : []));
  m.receive(inbox, {name: 'Receive'}, (read, _, message) => [next(got.set([...read(got), message]))]);
  m.allowDeadlock();
  return {sent, got, inbox};
};

test('a first-in-first-out channel delivers in the order of sending', t =>
  // So many sent, so many of them received: 1 + 2 + 3 + 4 states.
  holds(
    t,
    m => {
      const {got} = sequence(m, 'fifo');
      m.invariant('InOrder', read => read(got).every((message, i) => message === i + 1));
    },
    [10, 13, 7],
  ));

test('a set channel delivers in any order', t =>
  // So many sent, some of them received in any order: 1, 1 + 1, 1 + 2 + 2, 1 + 3 + 6 + 6. Of these 24 states, 8 send
  // one more; those with so many under way deliver 1, 2 + 2 and 3 + 6 + 6.
  holds(t, m => void sequence(m, 'set'), [24, 1 + 8 + 1 + 4 + 15, 7]));

test('a channel that is not first-in-first-out is told from one that is', t =>
  violates(
    t,
    m => {
      const {got} = sequence(m, 'set');
      m.invariant('InOrder', read => read(got).every((message, i) => message === i + 1));
    },
    ['InOrder', 4],
    [12, 15, 4],
  ));

test('a set channel merges equal messages', t =>
  holds(
    t,
    m => {
      const inbox = m.channel<string, string>('inbox', ['r'], {kind: 'set'});
      m.action('Send', () => [next(inbox('r').send('hello'))]);
      m.receive(inbox, {}, () => [next()]);
    },
    [2, 4, 2],
  ));

test('a multiset channel keeps equal messages, and delivers one of them', t =>
  holds(
    t,
    m => {
      const inbox = m.channel<string, string>('inbox', ['r'], {kind: 'multiset'});
      m.action('Send', read => (read(inbox('r')).length < 2 ? [next(inbox('r').send('hello'))] : []));
      m.receive(inbox, {}, () => [next()]);
    },
    [3, 5, 3],
  ));

test('a multiset channel has no order', t =>
  holds(
    t,
    m => {
      const inbox = m.channel<string, string>('inbox', ['r'], {kind: 'multiset'});
      m.action('Send', {each: ['x', 'y']}, (read, say) =>
        read(inbox('r')).length < 2 ? [next(inbox('r').send(say))] : [],
      );
      m.allowDeadlock();
    },
    // [], x, y, xx, xy, yy
    [6, 7, 3],
  ));

test('a sticky channel delivers a message again and again', t =>
  holds(
    t,
    m => {
      const inbox = m.channel<string, string>('inbox', ['r'], {kind: 'sticky'});
      const times = m.slot('times', 0);
      m.action('Send', read => (read(inbox('r')).length === 0 ? [next(inbox('r').send('hello'))] : []));
      m.receive(inbox, {}, read => [next(times.set((read(times) + 1) % 3))]);
    },
    [4, 5, 4],
  ));

test('each key has an inbox, and the handler is told the key', t =>
  holds(
    t,
    m => {
      const inbox = m.channel<string, string>('inbox', ['p', 'q'], {kind: 'set'});
      const last = m.slot('last', 'nobody');
      m.action('Send', read => (read(last) === 'nobody' ? [next(inbox('p').send('a'), inbox('q').send('b'))] : []));
      m.receive(inbox, {}, (_, key, message) => [next(last.set(`${key} got ${message}`))]);
      m.allowDeadlock();
      m.invariant('Right', read => ['nobody', 'p got a', 'q got b'].includes(read(last)));
    },
    // Nothing, both, after the first delivery one of two, after the second one of two.
    [6, 7, 4],
  ));

test('a handler may answer into its own inbox', t =>
  holds(
    t,
    m => {
      const inbox = m.channel<number, string>('inbox', ['r'], {kind: 'fifo'});
      m.action('Begin', read => (read(inbox('r')).length === 0 ? [next(inbox('r').send(0), inbox('r').send(1))] : []));
      m.receive(inbox, {}, (_, __, message) => [next(inbox('r').send(message))]);
    },
    [3, 4, 3],
  ));

test('a delivery may have several outcomes, or none', t =>
  holds(
    t,
    m => {
      const inbox = m.channel<number, string>('inbox', ['r'], {kind: 'set'});
      const got = m.slot('got', 0);
      m.action('Send', {each: [0, 2]}, (read, count) => (read(got) === 0 ? [next(inbox('r').send(count))] : []));
      m.receive(inbox, {}, (_, __, count) => range(count).map(each => next(got.set(each + 1))));
      m.allowDeadlock();
    },
    // Four inboxes before, and after the 2 was received two times two. Each of the four sends twice.
    [8, 1 + 8 + 4, 4],
  ));

test('a lost message is gone', t =>
  holds(
    t,
    m => {
      const {got} = sequence(m, 'fifo');
      m.lose(m.channel<number, string>('other', ['r'], {kind: 'set'}), {name: 'LoseOther'});
      m.invariant('InOrder', read => read(got).every((message, i) => message === i + 1));
    },
    [10, 13, 7],
  ));

test('losing takes the head of a first-in-first-out channel', t =>
  holds(
    t,
    m => {
      const {got, inbox} = sequence(m, 'fifo');
      m.lose(inbox);
      m.invariant('InOrder', read => read(got).every((message, i, all) => message > (all[i - 1] ?? 0)));
    },
    // So many sent, and of the first so many some subset received: 1 + 3 + 7 + 15; two actions per message under way.
    [26, 1 + 11 + 2 * 11, 7],
  ));

test('losing may be restricted to some messages, and to a budget', t =>
  holds(
    t,
    m => {
      const {inbox} = sequence(m, 'fifo');
      const budget = m.slot('budget', 1);
      m.lose(inbox, {when: message => message !== 2, spend: {slot: budget, f: left => (left > 0 ? left - 1 : null)}});
    },
    // Without a loss 10. Once 1 is lost, 6 more, once 3 is lost, 1 more.
    [17, 13 + 3 + 6 + 1, 7],
  ));

test('losing takes a message out of a sticky channel', t =>
  holds(
    t,
    m => {
      const inbox = m.channel<string, string>('inbox', ['r'], {kind: 'sticky'});
      const sent = m.slot('sent', false);
      m.action('Send', read => (read(sent) ? [] : [next(sent.set(true), inbox('r').send('hello'))]));
      m.receive(inbox, {}, () => [next()]);
      m.lose(inbox);
      m.allowDeadlock();
    },
    [3, 4, 3],
  ));

test('a duplicated message is delivered and stays', t =>
  holds(
    t,
    m => {
      const {got, inbox} = sequence(m, 'fifo');
      const budget = m.slot('budget', 1);
      const spend = {slot: budget, f: (left: number) => (left > 0 ? left - 1 : null)};
      m.duplicate(inbox, {when: message => message === 3, spend}, (read, _, message) => [
        next(got.set([...read(got), message])),
      ]);
    },
    // 3 is at the head when three were sent and 1 and 2 received; delivered twice it is in two more states.
    [12, 15, 8],
  ));

for (const [kind, counts] of [
  // 2, 1 and 2 lie there.
  ['set', [4, 5, 3]],
  ['multiset', [6, 8, 4]],
  ['fifo', [4, 4, 4]],
] as const) {
  test(`a ${kind} channel may start with messages, which it keeps as if they had been sent`, t =>
    holds(
      t,
      m => {
        const inbox = m.channel<number, string>('inbox', ['r', 's'], {
          kind,
          initial: r => (r === 'r' ? [2, 1, 2] : []),
        });
        m.receive(inbox, {}, () => [next()]);
        m.invariant('AtR', read => read(inbox('s')).length === 0);
        m.allowDeadlock();
      },
      counts,
    ));
}

test('a channel may start with any of several lists of messages', t =>
  holds(
    t,
    m => {
      const inbox = m.channel<number, string>('inbox', ['r'], {kind: 'set', initial: anyOf([[], [1], [2, 1]])});
      m.receive(inbox, {}, () => [next()]);
      m.allowDeadlock();
    },
    [4, 3 + 1 + 2 + 1, 2],
  ));

test('sets may start with any of several, kept in order and without repetitions', t =>
  holds(
    t,
    m => {
      const odd = m.set<number>('odd', anyOf([[3, 1, 3], []]));
      const known = m.sets<string, number>('known', ['a', 'b'], key => (key === 'a' ? anyOf([[], [2, 1]]) : [1]));
      m.action('Forget', {each: known.keys}, (read, key) =>
        read(known(key)).length > 0 ? [next(known(key).remove(1), known(key).remove(2))] : [],
      );
      m.invariant('Odd', read => ['[]', '[1,3]'].includes(JSON.stringify(read(odd))));
      m.invariant('Known', read => ['[]', '[1,2]'].includes(JSON.stringify(read(known('a')))));
      m.allowDeadlock();
    },
    [8, 4 + 4 + 4, 2],
  ));
