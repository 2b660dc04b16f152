import test from 'ava';
import fc from 'fast-check';
import {Sort} from '../../../model/engine/intern.js';

const sort = (): Sort => new Sort('sample');

/** Plain data: what survives JSON. */
const plain = fc.jsonValue({maxDepth: 3}).filter(value => !JSON.stringify(value).includes('-0'));

test('equal values have one id, different ones have two', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(fc.array(plain, {maxLength: 30}), values => {
        const known = sort();
        const texts = new Map<string, number>();
        for (const value of values) {
          const text = JSON.stringify(value);
          const id = known.id(JSON.parse(text));
          t.is(id, texts.get(text) ?? texts.size);
          texts.set(text, id);
          t.deepEqual(known.values[id], JSON.parse(text));
        }
        t.is(known.values.length, texts.size);
      }),
      {numRuns: 300},
    ),
  );
});

test('a value and its frozen copy are one', t => {
  const known = sort();
  const value = {roles: ['primary']};
  const id = known.id(value);
  t.is(known.id(value), id);
  t.is(known.id({roles: ['primary']}), id);
  t.is(known.id(Object.freeze({roles: Object.freeze(['primary'])})), id);
});

test('a value is frozen through and through when it is first seen', t => {
  const known = sort();
  const value = {hosts: [{name: 'a', asked: []}]};
  known.id(value);
  t.throws(() => Object.assign(value, {hosts: []}), {instanceOf: TypeError});
  t.throws(() => value.hosts.push({name: 'b', asked: []}), {instanceOf: TypeError});
  t.throws(() => Object.assign(value.hosts[0] ?? {}, {name: 'c'}), {instanceOf: TypeError});
});

class Host {
  readonly name = 'a';
}
const circle: unknown[] = [];
circle.push({circle});
const ring: Record<string, unknown> = {};
ring['next'] = {next: ring};

const REFUSED: readonly (readonly [string, unknown, RegExp])[] = [
  ['undefined', undefined, /undefined/],
  ['NaN', Number.NaN, /NaN/],
  ['Infinity', Number.POSITIVE_INFINITY, /Infinity/],
  ['-0', -0, /-0/],
  ['a bigint', 3n, /bigint/],
  ['a symbol', Symbol('host'), /symbol/],
  ['a function', () => 3, /function/],
  ['a Map', new Map([['a', 1]]), /Map/],
  ['a Set', new Set(['a']), /Set/],
  ['a Date', new Date(0), /Date/],
  ['a regular expression', /a/, /RegExp/],
  ['an instance of a class', new Host(), /Host/],
  ['a boxed text', Object('a'), /String/],
  ['a typed array', new Int32Array(2), /Int32Array/],
  ['a promise', Promise.resolve(3), /Promise/],
  ['an object with a prototype', Object.create({inherited: 1}), /instance/],
  ['a hole in a list', Array(2), /hole/],
  ['a symbol as a key', {[Symbol('host')]: 1}, /symbol/],
  ['a list that holds itself', circle, /circle/],
  ['an object that holds itself', ring, /circle/],
];

for (const [what, value, said] of REFUSED) {
  test(`${what} is no plain data, at the top or within`, t => {
    for (const given of [value, [value], {field: value}, {field: [{deep: value}]}]) {
      const error = t.throws(() => sort().id(given), {name: 'ModelError', message: /sample/});
      t.regex(error.message, said);
    }
  });
}

test('objects without a prototype, and with odd keys, are plain data', t => {
  const known = sort();
  t.is(known.id(Object.assign(Object.create(null), {a: 1})), 0);
  t.is(known.id({a: 1}), 0);
  t.is(known.id({'': 1, constructor: 2, 'ä"\\': 3}), 1);
});

test('two values that differ in the order of keys only are refused, wherever the keys are', t => {
  const twins: readonly (readonly [unknown, unknown])[] = [
    [
      {a: 1, b: 2},
      {b: 2, a: 1},
    ],
    [
      [0, {a: 1, b: {c: 1, d: 2}}],
      [0, {a: 1, b: {d: 2, c: 1}}],
    ],
  ];
  for (const [one, other] of twins) {
    const known = sort();
    known.id(one);
    t.throws(() => known.id(other), {name: 'ModelError', message: /sample.*order of keys/});
    t.is(known.id(structuredClone(one)), 0);
  }
});

test('sorts know nothing of each other', t => {
  const [one, other] = [sort(), sort()];
  t.deepEqual([one.id('a'), one.id('b'), other.id('b')], [0, 1, 0]);
});
