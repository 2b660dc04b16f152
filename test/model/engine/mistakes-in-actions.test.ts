// A modeller's mistakes: each is told as a ModelError that names the action, its parameters and what it read.

import test from 'ava';
import {type Builder, type Change, check, next, range, type Slot} from '../../../model/index.js';
import {ACTED, acting, refused, untyped} from './refusal.js';
import {sample} from './sample.js';

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

const unsaid = (): never => {
  throw new Error('not said');
};

test('an action that throws what throws when it is looked at', t =>
  refused(
    t,
    acting(() => {
      throw Object.defineProperty(new Error('boom'), 'message', {get: () => unsaid()});
    }),
    /threw something that cannot be looked at/,
    ...ACTED,
  ));

test('an action that throws what cannot even be asked of what class it is', t =>
  refused(
    t,
    acting(() => {
      throw new Proxy({}, {getPrototypeOf: unsaid, get: unsaid});
    }),
    /threw something that cannot be looked at/,
    ...ACTED,
  ));

const NO_LISTS: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['one outcome instead of a list', next()],
  ['true', true],
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

test('an action that is async, and one whose promise is broken', async t => {
  await refused(
    t,
    acting(async () => []),
    /it returned a promise; nothing in a model may be async/,
    ...ACTED,
  );
  await refused(
    t,
    acting(async () => Promise.reject(new Error('late'))),
    /it returned a promise/,
    ...ACTED,
  );
});

const NO_OUTCOMES: readonly (readonly [string, unknown])[] = [
  ['a number', 3],
  ['undefined', undefined],
  ['null', null],
  ['an object without changes', {rules: ['R-1']}],
  ['changes that are no list', {changes: 'all'}],
  ['a misspelt field', {changes: [], rule: 'R-1'}],
  ['rules that are no list', {changes: [], rules: 'R-1'}],
  ['rules that are no texts', {changes: [], rules: [1]}],
  ['a note that is no text', {changes: [], note: 1}],
  ['a change of no kind', {changes: [{slot: 0, value: 0}]}],
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

test('a list that is spread into a call that takes one element', async t => {
  const model = sample(m => {
    const all = m.set<number>('all', [1, 2]);
    m.action('Clear', read => [next((all.remove as (...each: readonly number[]) => Change)(...read(all)))]);
  });
  await t.throwsAsync(check(model), {message: /in Clear: all\.remove takes one argument, not 2/});
});
