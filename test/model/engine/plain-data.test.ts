// What is no plain data is refused wherever it comes in, with the slot and the place in the value.

import test from 'ava';
import {type Builder, check, next, range} from '../../../model/index.js';
import {ACTED, acting, refused, untyped} from './refusal.js';
import {sample} from './sample.js';

const circle: unknown[] = [];
circle.push({in: circle});

const deep = range(20_000).reduce<unknown>(value => [value], 0);

class Host {
  readonly name = 'p';
}

const NO_DATA: readonly (readonly [string, unknown, RegExp])[] = [
  ['undefined', undefined, /undefined at \[0\], .*: \[ undefined \]/],
  ['NaN', Number.NaN, /the number NaN at \[0\], .*: \[ NaN \]/],
  ['-0', -0, /the number -0 at \[0\], .*: \[ -0 \]/],
  ['an infinite number', Number.POSITIVE_INFINITY, /the number Infinity at/],
  ['a bigint', 3n, /a bigint at \[0\], .*: \[ 3n \]/],
  ['a symbol', Symbol('s'), /a symbol at/],
  ['a function', () => 1, /a function at/],
  ['a Map', new Map([[1, 2]]), /an instance of Map at \[0\], .*: \[ Map\(1\) \{ 1 => 2 \} \]/],
  ['a Set', new Set([1]), /an instance of Set at/],
  ['a Date', new Date(0), /an instance of Date at/],
  ['an instance of a class', new Host(), /an instance of Host at/],
  ['an error', new Error('e'), /an instance of Error at/],
  ['a boxed number', Object(3), /an instance of Number at/],
  ['a field that is undefined', {a: [1, {b: undefined}]}, /undefined at \[0\]\.a\[1\]\.b/],
  ['a hole in a list', Object.assign([], {1: 2}), /a hole in an array at \[0\]\[0\]/],
  ['a list with a field of its own', Object.assign([1], {more: 2}), /an array with the key more at/],
  ['a symbol as a key', {[Symbol('s')]: 1}, /a symbol as a key at/],
  [
    'a getter',
    untyped({
      get a() {
        return 1;
      },
    }),
    /a getter at \[0\]\.a/,
  ],
  ['a hidden field', Object.defineProperty({}, 'a', {value: 1}), /a hidden field at \[0\]\.a/],
  ['a proxy', new Proxy({a: 1}, {}), /a proxy at/],
  ['a circle', circle, /something nested deeper than 100 levels, or in a circle/],
  ['something very deep', deep, /something nested deeper than 100 levels, or in a circle/],
];

for (const [what, value, line] of NO_DATA) {
  test(`${what} in a new value, an element, a message, an initial value, a derived value and an argument`, async t => {
    const add = (m: Builder): void => {
      const set = m.set<unknown>('seen');
      m.action('Add', () => [next(set.add([value]))]);
    };
    const send = (m: Builder): void => {
      const inbox = m.channel<unknown, string>('inbox', ['r'], {kind: 'fifo'});
      m.action('Send', () => [next(inbox('r').send([value]))]);
    };
    const derive = (m: Builder): void => {
      const derived = m.derive<unknown>('derived', () => [value]);
      m.invariant('Known', read => read(derived) !== 3);
      m.allowDeadlock();
    };
    const update = (m: Builder): void => {
      const slot = m.slot('slot', 0);
      m.action('Act', () => [next(slot.update('plus', held => held, [value]))]);
    };
    await refused(
      t,
      acting(slot => [next(slot.set(untyped([value])))]),
      ...ACTED,
      /slot was given/,
      line,
    );
    await refused(t, add, /in Add: add of seen was given/, line);
    await refused(t, send, /in Send: send of inbox\[r\] was given/, line);
    await refused(t, m => void m.slot('slot', untyped([value])), /slot was given/, line);
    await refused(
      t,
      m =>
        void m.slots(
          'slot',
          ['p'],
          untyped(() => [value]),
        ),
      /slot\[p\] was given/,
      line,
    );
    await refused(t, derive, /in derived: derived was given/, line);
    await refused(t, update, /in Act: plus of slot was given/, line);
    await refused(t, m => void m.slots('slot', untyped<string[]>([[value]]), 0), /the keys of slot has/, line);
  });
}

test('what is frozen on the outside only is frozen through and through', t =>
  refused(
    t,
    m => {
      const slot = m.slot<{readonly items: readonly number[]}>('slot', {items: []});
      const items: number[] = [];
      const held = Object.freeze({items});
      m.action('Act', read => {
        if (read(slot).items.length > 2) return [];
        items.push(1);
        return [next(slot.set(held))];
      });
    },
    /in Act: Cannot add property \d, object is not extensible/,
  ));

test('a message that its receiver changes', t =>
  refused(
    t,
    m => {
      const inbox = m.channel<{hops: number[]}, string>('inbox', ['r'], {kind: 'fifo'});
      const sent = m.slot('sent', false);
      m.action('Send', read => (read(sent) ? [] : [next(sent.set(true), inbox('r').send({hops: [1]}))]));
      m.receive(inbox, {}, (_, _key, message) => {
        message.hops.push(2);
        return [next()];
      });
    },
    /in receive\(r, \{"hops":\[1\]\}\): Cannot add property \d, object is not extensible/,
  ));

test('records without a prototype and empty values of all kinds are plain data', async t => {
  const values = [Object.assign(Object.create(null), {a: 1}), {}, [], '', 0, false, null, [[]], {a: {}}];
  const result = await check(
    sample(m => {
      const slot = m.slot<unknown>('slot', 'start');
      m.action('Act', {each: values}, (_, value) => [next(slot.set(value))]);
    }),
  );
  t.is(result.distinct, 1 + values.length);
});
