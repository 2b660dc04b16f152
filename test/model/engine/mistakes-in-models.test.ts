// A modeller's mistakes outside actions: each is told as a ModelError that names the part and what it read.

import test from 'ava';
import {type Builder, next, type Slot} from '../../../model/index.js';
import {refused, untyped} from './refusal.js';

const NO_BOOLEANS: readonly unknown[] = [undefined, null, 1, 'yes'];
const CLAIMS: readonly (readonly [string, (m: Builder, holds: () => boolean) => void])[] = [
  ['invariant', (m, holds) => m.invariant('Claim', holds)],
  ['quiescent property', (m, holds) => m.quiescent('Claim', holds)],
  ['constraint', (m, holds) => m.constraint('Claim', holds)],
];

for (const [kind, declare] of CLAIMS) {
  test(`a ${kind} that returns what is neither true nor false`, async t => {
    for (const answer of NO_BOOLEANS) {
      await refused(t, m => declare(m, () => untyped(answer)), /in Claim/, /not true or false/);
    }
  });
  test(`a ${kind} that is async`, async t => {
    await refused(
      t,
      m =>
        declare(
          m,
          untyped(async () => true),
        ),
      /in Claim: it returned a promise/,
    );
    await refused(
      t,
      m =>
        declare(
          m,
          untyped(async () => Promise.reject(new Error('late'))),
        ),
      /in Claim: it returned a/,
    );
  });
  test(`a ${kind} that throws`, t =>
    refused(
      t,
      m => {
        const slot = m.slot('slot', 7);
        m.action('Act', () => [next(slot.set(8))]);
        declare(
          m,
          untyped((read: (slot: Slot<number>) => number) => {
            throw new Error(`boom ${read(slot)}`);
          }),
        );
      },
      /in Claim/,
      /boom 7/,
      /slot = 7/,
    ));
  test(`a ${kind} whose answer depends on how often it was asked`, t => {
    let asked = 0;
    return refused(t, m => declare(m, () => asked++ % 2 === 0), /in Claim/, /differently/);
  });
}

test('an assumption that returns what is neither true nor false, or throws', async t => {
  const assuming = (holds: () => unknown) => (m: Builder) => {
    m.slot('slot', 7);
    m.assume(untyped<() => boolean>(holds));
  };
  await refused(
    t,
    assuming(() => 1),
    /in assumption: it returned 1, not true or false/,
  );
  await refused(
    t,
    assuming(() => {
      throw new Error('boom');
    }),
    /in assumption: boom/,
  );
});

test('a step property that returns nothing', t =>
  refused(
    t,
    m => {
      const slot = m.slot('slot', 0);
      m.action('Act', () => [next(slot.set(1))]);
      m.stepProperty('Step', {of: [slot]}, (before, after) => untyped(before(slot) > after(slot) ? true : undefined));
    },
    /in Step/,
    /undefined/,
    /slot = 0/,
    /slot = 1/,
  ));

test('a terminal condition that returns nothing', t =>
  refused(t, m => m.terminal(() => untyped(undefined)), /in terminal/, /undefined/));

test('a property says of which element it speaks when it fails to answer', t =>
  refused(
    t,
    m =>
      m.invariant('Claim', {each: ['p', 'q']}, (_, key) => {
        if (key === 'q') throw new Error('boom');
        return true;
      }),
    /Claim/,
    /"?q"?/,
    /boom/,
  ));

test('a derived value that throws', t =>
  refused(
    t,
    m => {
      const slot = m.slot('slot', 7);
      const derived = m.derive<number>('derived', read => {
        throw new Error(`boom ${read(slot)}`);
      });
      m.action('Act', read => [next(slot.set(read(derived)))]);
    },
    /in derived/,
    /boom 7/,
    /slot = 7/,
  ));

test('derived values that ask for each other', t =>
  refused(
    t,
    m => {
      const two: {readonly index: number; readonly name: string}[] = [];
      two.push(m.derive('one', read => read(two[1]!)));
      two.push(m.derive('two', read => read(two[0]!)));
      m.invariant('Claim', read => read(two[0]!) === 0);
    },
    /in (one|two|Claim)/,
  ));

test('a normaliser that throws', t =>
  refused(
    t,
    m => {
      const slot = m.slot('slot', 7);
      m.normalise('round', {of: slot}, value => {
        throw new Error(`boom ${value}`);
      });
    },
    /in normaliser round/,
    /boom 7/,
    /slot = 7/,
  ));

test('normalisers that undo each other', t =>
  refused(
    t,
    m => {
      const slot = m.slot('slot', 7);
      m.normalise('up', {of: slot}, value => value + 1);
      m.normalise('down', {of: slot}, value => value - 1);
      m.normalise('up again', {of: slot}, value => value + 1);
    },
    /slot/,
    /for ever/,
  ));

test('an inbox that holds no list of messages', t =>
  refused(
    t,
    m => {
      const inbox = m.channel<number, string>('inbox', ['r'], {kind: 'fifo'});
      m.receive(inbox, {}, () => [next()]);
      m.normalise('spoil', {of: inbox('r')}, () => untyped(3));
    },
    /inbox\[r\]/,
    /3/,
    /no list/,
  ));

test('equal values with another order of keys', t =>
  refused(
    t,
    m => {
      const slot = m.slot<object>('slot', {vote: 1, term: 2});
      m.action('Act', {each: ['p']}, () => [next(slot.set({term: 2, vote: 1}))]);
    },
    /in Act\(p\)/,
    /slot/,
    /order of keys/,
    /\{"term":2,"vote":1\}/,
  ));

test('a model without an initial state', t =>
  refused(
    t,
    m => {
      m.slot('slot', 0);
      m.assume(() => false);
    },
    /no initial state/,
  ));

const TWINS: readonly (readonly [string, (m: Builder) => void])[] = [
  ['slot same', m => void [m.slot('same', 0), m.slot('same', 0)]],
  ['slot same', m => void [m.slots('same', [0], 0), m.set('same')]],
  ['slot same', m => void [m.channel('same', [0], {kind: 'set'}), m.derive('same', () => 0)]],
  ['action same', m => void [m.action('same', () => []), m.action('same', () => [])]],
  ['property same', m => void [m.invariant('same', () => true), m.quiescent('same', () => true)]],
  ['constraint same', m => void [m.constraint('same', () => true), m.constraint('same', () => true)]],
];

for (const [n, [what, build]] of TWINS.entries()) {
  test(`two of one name (${n + 1}): ${what}`, t => refused(t, build, new RegExp(`two of ${what}`)));
}

test('a key that a family does not have', async t => {
  await refused(t, m => void m.slots('family', ['p', 'q'], 0)(untyped('x')), /family/, /"x"/, /\["p","q"\]/);
  await refused(
    t,
    m => {
      const family = m.slots('family', ['p', 'q'], 0);
      m.action('Act', read => (read(family('p')) === 0 ? [next(family(untyped('x')).set(0))] : []));
    },
    /in Act/,
    /family\[p\] = 0/,
    /no key "x"/,
  );
});

test('a model that cannot be built', t =>
  refused(
    t,
    () => {
      throw new Error('boom');
    },
    /cannot be built/,
    /boom/,
  ));

test('reading a whole family, and a claim that throws for one of its instances', async t => {
  await refused(
    t,
    m => {
      const votes = m.slots('vote', ['p', 'q'], 0);
      m.invariant('Claim', read => read(untyped<(typeof votes.members)[number]>(votes)) === 0);
    },
    /in Claim: it read a whole family, which is no slot; its members are vote\[p\], vote\[q\]$/,
  );
  await refused(
    t,
    m => {
      const vote = m.slot('vote', 0);
      m.invariant('Claim', {each: ['p']}, (read, p) => untyped<string[]>(read(vote))[0]!.includes(p));
    },
    /in Claim\(p\): Cannot read properties of undefined .* \(vote = 0\)/,
  );
});
