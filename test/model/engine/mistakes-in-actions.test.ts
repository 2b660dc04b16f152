// A modeller's mistakes: each is told as a ModelError that names the action, its parameters and what it read.

import test from 'ava';
import {type Builder, next, range, type Slot} from '../../../model/index.js';
import {ACTED, acting, refused, untyped} from './refusal.js';

test('an action that throws', t =>
  refused(
    t,
    acting(() => {
      throw new Error('boom');
    }),
    /boom/,
    ...ACTED,
  ));

test('an action that throws what is no error', t =>
  refused(
    t,
    acting(() => {
      const thrown: unknown = 'boom';
      throw thrown;
    }),
    /threw "boom"/,
    ...ACTED,
  ));

const NO_LISTS: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['one outcome instead of a list', next()],
  ['true', true],
  ['a promise', Promise.resolve([])],
];

for (const [what, answer] of NO_LISTS) {
  test(`an action that returns ${what}`, t =>
    refused(
      t,
      acting(() => answer),
      /not a list of outcomes/,
      ...ACTED,
    ));
}

const NO_OUTCOMES: readonly (readonly [string, unknown])[] = [
  ['a number', 3],
  ['undefined', undefined],
  ['null', null],
  ['an object without changes', {rules: ['R-1']}],
  ['changes that are no list', {changes: 'all'}],
  ['null among the changes', {changes: [null]}],
  ['undefined among the changes', {changes: [undefined]}],
  ['a change of no slot', {changes: [{type: 'Set', slot: 7, value: 0}]}],
  ['a change of a slot below the first', {changes: [{type: 'Set', slot: -1, value: 0}]}],
];

for (const [what, outcome] of NO_OUTCOMES) {
  test(`an outcome that is ${what}`, t =>
    refused(
      t,
      acting(() => [next(), outcome]),
      ...ACTED,
    ));
}

test('an action that changes a value that it read', t =>
  refused(
    t,
    acting((_, values) => {
      untyped<number[]>(values).push(3);
      return [next()];
    }),
    ...ACTED,
  ));

test('an action that changes a value deep within one that it read', t =>
  refused(
    t,
    m => {
      const slot = m.slot('slot', {hosts: [{asked: [1]}]});
      m.action('Act', read => {
        read(slot).hosts[0]?.asked.push(2);
        return [next()];
      });
    },
    /in Act/,
    /slot = \{"hosts":\[\{"asked":\[1\]\}\]\}/,
  ));

test('an action that goes on changing a value that it gave to a slot', t =>
  refused(
    t,
    m => {
      const slot = m.slot<readonly number[]>('slot', []);
      const log: number[] = [];
      m.action('Act', read => {
        log.push(read(slot).length);
        return [next(slot.set(log))];
      });
    },
    /in Act/,
  ));

const NO_DATA: readonly (readonly [string, unknown])[] = [
  ['Map', new Map()],
  ['Set', new Set()],
  ['Date', new Date(0)],
  ['undefined', undefined],
  ['NaN', Number.NaN],
];

for (const [what, value] of NO_DATA) {
  test(`${what} as the new value of a slot, as an element and as a message`, async t => {
    await refused(
      t,
      acting(slot => [next(slot.set(untyped([value])))]),
      ...ACTED,
      new RegExp(what),
    );
    await refused(
      t,
      m => {
        const set = m.set<unknown>('seen');
        m.action('Add', () => [next(set.add(value))]);
      },
      /add/,
      /seen/,
      new RegExp(what),
    );
    await refused(
      t,
      m => {
        const inbox = m.channel<unknown, string>('inbox', ['r'], {kind: 'fifo'});
        m.action('Send', () => [next(inbox('r').send(value))]);
      },
      /send/,
      /inbox/,
      new RegExp(what),
    );
    await refused(t, m => void m.slot('slot', untyped(value)), /slot/, new RegExp(what));
    await refused(
      t,
      m => {
        const derived = m.derive<unknown>('derived', () => value);
        m.invariant('Known', read => read(derived) !== 3);
        m.allowDeadlock();
      },
      /in derived/,
      new RegExp(what),
    );
  });
}

test('a slot that is set twice in one outcome', t =>
  refused(
    t,
    acting(slot => [next(slot.set([1]), slot.set([1]))]),
    /set slot twice/,
    ...ACTED,
  ));

test('a slot that is set and updated in one outcome', t =>
  refused(
    t,
    acting(slot => [
      next(
        slot.update('keep', value => value, null),
        slot.set([1]),
      ),
    ]),
    /set and updated slot/,
    ...ACTED,
  ));

test('an update that throws', t =>
  refused(
    t,
    acting(slot => [
      next(
        slot.update(
          'fail',
          () => {
            throw new Error('boom');
          },
          7,
        ),
      ),
    ]),
    /fail 7/,
    /slot/,
    /boom/,
    /\[4,2\]/,
  ));

test('an update that returns nothing', t =>
  refused(
    t,
    acting(slot => [next(slot.update('forget', () => untyped(undefined), 7))]),
    /forget 7/,
    /undefined/,
  ));

test('an update that changes the value that it is given', t =>
  refused(
    t,
    acting(slot => [
      next(
        slot.update(
          'push',
          values => {
            untyped<number[]>(values).push(1);
            return values;
          },
          7,
        ),
      ),
    ]),
    /push 7/,
    /\[4,2\]/,
  ));

const NO_SLOTS: readonly (readonly [string, (m: Builder) => unknown])[] = [
  ['nothing', () => undefined],
  ['a name', () => 'slot'],
  ['a family instead of its member', m => m.slots('family', range(2), 0)],
  ['a slot that is not of this model', () => ({index: 99, name: 'elsewhere'})],
];

for (const [what, readable] of NO_SLOTS) {
  test(`an action that reads ${what}`, t =>
    refused(
      t,
      m => {
        const no = readable(m);
        m.action('Act', {each: ['p']}, read => [next(...(read(untyped<Slot<number>>(no)) === 0 ? [] : []))]);
      },
      /in Act\(p\)/,
      /no slot/,
    ));
}
