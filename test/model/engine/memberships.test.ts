// What reads whether an element is in a set reads nothing else of it.

import test from 'ava';
import {type Builder, check, next, occursIn, type Readable, range, type SetSlot} from '../../../model/index.js';
import {refused, untyped} from './refusal.js';
import {holds, sample, violates} from './sample.js';

const COUNT = 6;

/** Anybody puts himself in; who is in has his turn once. Answers how often the second was asked. */
const asked = async (
  isIn: (set: SetSlot<number>, read: <T>(of: {index: number; name: string}) => T, n: number) => boolean,
) => {
  const questions: number[] = [];
  const model = sample(m => {
    const all = m.set<number>('all');
    const done = m.slots('done', range(COUNT), false);
    m.action('Put', {each: range(COUNT)}, (_, n) => [next(all.add(n))]);
    m.action('Act', {each: range(COUNT)}, (read, n) => {
      questions.push(n);
      return isIn(all, read, n) && !read(done(n)) ? [next(done(n).set(true))] : [];
    });
  });
  const {distinct, verdict} = await check(model);
  return {questions: questions.length, distinct, verdict};
};

test('it is asked anew where the answer is another, and not where the set is', async t => {
  const sought = await asked((all, read, n) => read(all.has(n)));
  const whole = await asked((all, read, n) => read<readonly number[]>(all).includes(n));
  t.is(sought.distinct, 3 ** COUNT);
  t.is(whole.distinct, 3 ** COUNT);
  t.true(sought.questions <= 20 * COUNT, `asked ${sought.questions} times`);
  t.true(whole.questions >= COUNT * 2 ** COUNT, `asked ${whole.questions} times`);
});

test('elements are found by what they hold, in families, derived values, claims and steps', async t => {
  const element = (n: number) => ({n, even: n % 2 === 0});
  await violates(
    t,
    m => {
      const sets = m.sets<string, {n: number; even: boolean}>('sets', ['p', 'q'], []);
      const isShared = m.derives('isShared', range(2), (read, n) =>
        ['p', 'q'].every(p => read(sets(p).has(element(n)))),
      );
      m.action('Put', {each: ['p', 'q']}, (read, p) =>
        range(2).flatMap(n => (read(sets(p).has(element(n))) ? [] : [next(sets(p).add(element(n)))])),
      );
      m.stepProperty('Kept', {of: [sets]}, (before, after) =>
        ['p', 'q'].every(p => !before(sets(p).has(element(0))) || after(sets(p).has(element(0)))),
      );
      m.invariant('Apart', read => !range(2).every(n => read(isShared(n))));
      m.allowDeadlock();
    },
    ['Apart', 5],
    [16, 33, 5],
  );
});

test('what reads the set and looks for elements, in any order, is told all of it', t =>
  holds(
    t,
    m => {
      const all = m.set<number>('all', [0]);
      const seen = m.slot('seen', 0);
      m.action('Put', read => (read(all.has(1)) || !read(all.has(0)) ? [] : [next(all.add(1))]));
      m.action('Look', read =>
        read(all.has(0)) && read(all).length > read(seen) ? [next(seen.set(read(all).length))] : [],
      );
      m.action('Take', read => (read(all).length === 2 && read(all.has(1)) ? [next(all.remove(0))] : []));
      m.allowDeadlock();
    },
    [8, 9, 4],
  ));

test('what an error was read with names the element', async t => {
  await refused(
    t,
    m => {
      const all = m.set<string>('all', ['a']);
      m.action('Act', read => {
        if (read(all.has('a')) && !read(all.has('b'))) throw new Error('it stopped');
        return [];
      });
    },
    /in Act: it stopped \(all\.has\("a"\) = true, all\.has\("b"\) = false\)/,
  );
});

test('only plain data is looked for, one element at a time, in a set', async t => {
  const looking = (element: readonly unknown[]) =>
    refused(
      t,
      m => {
        const all = m.set<number>('all');
        m.action('Act', read =>
          read(untyped<(...of: unknown[]) => ReturnType<typeof all.has>>(all.has)(...element)) ? [] : [],
        );
      },
      element.length === 1 ? /all\.has takes plain data, not / : /all\.has takes one argument, not /,
    );
  await looking([undefined]);
  await looking([Number.NaN]);
  await looking([new Map()]);
  await looking([]);
  await looking([1, 2]);
});

test('keys occur in slots, and in nothing else that can be read', async t => {
  const interchangeable = (where: (m: Builder) => Readable<unknown>, message: RegExp) =>
    t.throwsAsync(async () => check(sample(m => m.symmetry(['p'], {renamed: [occursIn(where(m), x => x)]}))), {
      message,
    });
  await interchangeable(m => m.set<string>('all').has('p'), /what keys occur in is a slot, not /);
  await interchangeable(m => m.derive('sum', () => 0), /what keys occur in is a slot, not /);
  await t.throwsAsync(
    async () => check(sample(m => m.symmetry(['p'], {families: [m.derives('sum', ['p'], () => 0)]}))),
    {message: /a member of a family of symmetry is a slot, not /},
  );
});

test('what is looked for cannot be normalised, and cannot be changed afterwards', async t => {
  await t.throwsAsync(
    async () =>
      check(
        sample(m => {
          const all = m.set<number>('all');
          m.normalise('None', {of: all.has(1)}, isIn => !isIn);
        }),
      ),
    {message: /of normaliser None is a slot, not /},
  );
  await refused(
    t,
    m => {
      const all = m.set<{n: number}>('all');
      const element = {n: 0};
      m.action('Act', read => {
        if (read(all.has(element))) return [];
        element.n++;
        return [next(all.add(element))];
      });
    },
    /in Act: .*read only/,
  );
});

test('what depends on something outside the state is found out', t =>
  refused(
    t,
    m => {
      let asked = 0;
      const all = m.set<number>('all');
      const tick = m.slot('tick', 0);
      m.action('Tick', read => (read(tick) < 400 ? [next(tick.set(read(tick) + 1))] : []));
      m.action('Act', read => (read(all.has(1)) || asked++ > 2 ? [] : [next(all.add(0))]));
      m.allowDeadlock();
    },
    /in Act: it answered differently when asked again later/,
  ));
