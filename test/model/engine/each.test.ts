// What `each` makes instances of: the values of a list, whatever they are, or every combination of several lists.

import test from 'ava';
import {type Builder, by, check, model, type Outcome, product, range} from '../../../model/index.js';
import {refused, untyped} from './refusal.js';

/** The rules that fired, of a model whose outcomes cite their parameters. */
const cited = async (declare: (m: Builder) => void): Promise<readonly string[]> => {
  const build = (m: Builder): void => {
    m.slot('slot', 0);
    declare(m);
  };
  const {coverage} = await check(model({name: 'each', summary: '', build}));
  return coverage.rules.map(({id}) => id).sort();
};

const said = (...parameters: readonly unknown[]): string => JSON.stringify(parameters);

test('a list whose values are lists gives one parameter', async t => {
  const links = [
    [0, 1],
    [1, 2],
  ];
  t.deepEqual(await cited(m => m.action('Go', {each: links}, (_, link) => [by(said(link))])), ['[[0,1]]', '[[1,2]]']);
});

test('values of all kinds are parameters', async t => {
  const values = [null, true, 'x', 1, [], {from: 'p', to: ['q']}];
  t.deepEqual(
    await cited(m => m.action('Go', {each: values}, (_, value) => [by(said(value))])),
    values.map(value => said(value)).sort(),
  );
});

test('a product gives a parameter for each of its lists, however many', async t => {
  t.deepEqual(
    await cited(m => m.action('Go', {each: product(range(2), ['x', 'y'])}, (_, n, word) => [by(said(n, word))])),
    ['[0,"x"]', '[0,"y"]', '[1,"x"]', '[1,"y"]'],
  );
  const three = await cited(m =>
    m.action('Go', {each: product(range(2), [[3, 4]], range(2))}, (_, a, pair, b) => [by(said(a + b, pair))]),
  );
  t.deepEqual(three, ['[0,[3,4]]', '[1,[3,4]]', '[2,[3,4]]']);
  t.deepEqual(await cited(m => m.action('Go', {each: product()}, () => [by('alone')])), ['alone']);
  t.deepEqual(await cited(m => m.action('Go', {each: product(range(2), [])}, () => [by('never')])), []);
});

test('invariants, properties of steps and of behaviours take products as well', async t => {
  const build = (m: Builder): void => {
    const bits = m.slots('bit', range(2), 0);
    m.action('Up', {each: range(2), fair: 'weak'}, (read, n) =>
      read(bits(n)) === 0 ? [{changes: [bits(n).set(1)]}] : [],
    );
    m.invariant('Small', {each: product(range(2), [1, 2])}, (read, n, most) => read(bits(n)) <= most);
    m.stepProperty(
      'Up',
      {of: [bits], each: product(range(2), [0, 1])},
      (before, after, n, least) => after(bits(n)) >= Math.min(least, before(bits(n))),
    );
    m.eventually('Both', {each: product(range(2), range(2))}, (read, a, b) => read(bits(a)) + read(bits(b)) === 2);
    m.allowDeadlock();
  };
  t.is((await check(model({name: 'each', summary: '', build}))).verdict, 'holds');
});

test('each instance of a property of steps may speak of slots of its own, and is asked of their steps only', async t => {
  const asked = new Set<string>();
  const build = (m: Builder): void => {
    const bits = m.slots('bit', range(2), 0);
    m.action('Set', {each: range(2)}, (read, n) => (read(bits(n)) === 0 ? [{changes: [bits(n).set(1)]}] : []));
    m.stepProperty('Own', {each: product(range(2), ['x']), of: n => [bits(n)]}, (before, after, n, x) => {
      asked.add(`${n}${x} ${before(bits(n))} ${after(bits(n))}`);
      return before(bits(n)) === 0 && after(bits(n)) === 1;
    });
    m.allowDeadlock();
  };
  t.is((await check(model({name: 'own', summary: '', build}))).verdict, 'holds');
  t.deepEqual([...asked].sort(), ['0x 0 1', '1x 0 1']);
});

test('a function leaves out the parameters that it has no use for', async t => {
  const pairs = product(range(2), ['x', 'y']);
  const build = (m: Builder): void => {
    const count = m.slot('count', 0);
    m.action('Go', {each: pairs, fair: 'weak', fairAs: n => `go ${n}`}, (read, n) =>
      read(count) < 2 ? [{changes: [count.set(read(count) + n)]}] : [],
    );
    m.invariant('Small', {each: pairs}, (read, n) => read(count) <= 2 + n);
    m.stepProperty('Up', {each: pairs, of: () => [count]}, (before, after) => after(count) > before(count));
    m.leadsTo(
      'Leaves',
      {each: pairs},
      (read, n) => read(count) === n,
      read => read(count) === 2,
    );
    m.eventually('Two', {each: pairs}, read => read(count) === 2);
    m.allowDeadlock();
  };
  t.is((await check(model({name: 'fewer', summary: '', build}))).verdict, 'holds');
});

test('a function that names more parameters than it is given is refused', async t => {
  const hosts = ['p', 'q'];
  await refused(
    t,
    m =>
      m.action(
        'Go',
        {each: [hosts, hosts]},
        untyped<() => Outcome[]>((_: unknown, from: string, to: string) => [by(from + to)]),
      ),
    /cannot be built: the function of action Go names 3 parameters and is given 2; each: product\(as, bs\) gives more$/,
  );
  await refused(
    t,
    m =>
      m.invariant(
        'Claim',
        untyped<() => boolean>((_: unknown, p: unknown) => p === 0),
      ),
    /property Claim names 2 .* given 1/,
  );
});

const NONSENSE: readonly (readonly [unknown, RegExp])[] = [
  [undefined, /each of action Go is a list of values, or product\(...\) of lists, not undefined/],
  [3, /each of action Go is a list of values, .* not 3/],
  [new Set([1]), /each of action Go is a list of values, .* not Set\(1\) \{ 1 \}/],
  [[Number.NaN], /each of action Go has the number NaN, which is not plain data/],
  [[{host: undefined}], /each of action Go has undefined at \.host, which is not plain data: \{ host: undefined \}/],
  [{lists: [3]}, /each of action Go is a list, not 3/],
];

for (const [each, line] of NONSENSE) {
  test(`each may not be ${line.source.slice(0, 60)}`, t =>
    refused(t, m => m.action('Go', untyped({each}), () => []), line));
}

test('a parameter that an action changes', t =>
  refused(
    t,
    m =>
      m.action('Go', {each: [{hops: [1]}]}, (_, way) => {
        untyped<number[]>(way.hops).push(2);
        return [by('gone')];
      }),
    /in Go\(\{"hops":\[1\]\}\): Cannot add property 1/,
  ));
