// Updates are remembered by name, text and argument: functions that capture something are not what they seem.

import test from 'ava';
import {anyOf, type Builder, check, model, next, range, type Slot} from '../../../model/index.js';
import {refused} from './refusal.js';
import {sample} from './sample.js';

test('an update whose function captures what was read', t =>
  refused(
    t,
    m => {
      const step = m.slot('step', anyOf([1, 2]));
      const sum = m.slot('sum', 0);
      m.action('Add', read => {
        const by = read(step);
        return [next(sum.update('add', value => (value + by) % 9, null))];
      });
    },
    /in an update of sum \(add null\): it made [12] and [12] of the same value and argument; .* \(value 0\)/,
  ));

test('an update whose function captures a parameter', t =>
  refused(
    t,
    m => {
      const sum = m.slot('sum', 0);
      m.action('Add', {each: [1, 2]}, (_, by) => [next(sum.update('add', value => (value + by) % 9, null))]);
    },
    /in an update of sum/,
    /what the function captures belongs into its argument/,
  ));

test('an update whose functions agree at first and differ on a value that comes later', t =>
  refused(
    t,
    m => {
      const most = m.slot('most', anyOf([5, 7]));
      const sum = m.slot('sum', 0);
      m.action('Add', read => {
        const limit = read(most);
        return [next(sum.update('add', value => Math.min(limit, value + 1), null))];
      });
    },
    /in an update of sum \(add null\): it made [567] and [567] of the same value/,
  ));

test('an update that reads the state', t =>
  refused(
    t,
    m => {
      const step = m.slot('step', 1);
      const sum = m.slot('sum', 0);
      m.action('Add', read => [next(sum.update('add', value => (value + read(step)) % 9, null))]);
    },
    /in an update of sum \(add null\): it read step; what it needs belongs into its argument \(value 0\)/,
  ));

test('an update without a name or a function', async t => {
  const updating = (update: (slot: Slot<number>) => unknown) => (m: Builder) => {
    const slot = m.slot('slot', 0);
    m.action('Act', () => [next(update(slot) as never)]);
  };
  const line = /in Act: an update of slot is update\(name, f, argument\)/;
  await refused(
    t,
    updating(slot => slot.update('add', undefined as never, 1)),
    line,
  );
  await refused(
    t,
    updating(slot => slot.update(((x: number) => x + 1) as never, 1 as never, 1)),
    line,
  );
});

test('functions that are made anew each time and capture nothing are one update', async t => {
  const result = await check(
    sample(m => {
      const slots = m.slots('slot', range(3), 0);
      m.action('Add', {each: product3()}, (_, {of, by}) => [
        next(slots(of).update('add', (value, more: number) => (value + more) % 4, by)),
      ]);
    }),
  );
  t.is(result.verdict, 'holds');
  t.is(result.distinct, 64);
});

const product3 = () => range(3).flatMap(of => [1, 2].map(by => ({of, by})));

test('a slot of another model, or of the same one built before, is neither read nor changed', async t => {
  const kept: Slot<number>[] = [];
  const keep = (m: Builder): void => {
    kept.push(m.slot('slot', 0));
    m.allowDeadlock();
  };
  await check(sample(keep));
  const [other] = kept;
  if (other === undefined) return t.fail();
  await refused(
    t,
    m => {
      m.slot('slot', 0);
      m.action('Act', {each: ['p']}, read => (read(other) === 0 ? [] : [next()]));
    },
    /in Act\(p\): it read slot, which is no slot of this model/,
  );
  await refused(
    t,
    m => {
      m.slot('slot', 0);
      m.action('Act', {each: ['p']}, () => [next(other.set(1))]);
    },
    /in Act\(p\): it changed a slot of another model/,
  );
  t.is((await check(model({name: 'again', summary: '', build: keep}))).verdict, 'holds');
});
