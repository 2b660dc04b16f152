import test from 'ava';
import {Expander} from '../../../model/engine/expand.js';
import {initialStates} from '../../../model/engine/initial.js';
import {BLOCK} from '../../../model/engine/queue.js';
import {Store} from '../../../model/engine/store.js';
import type {Successors} from '../../../model/engine/successors.js';
import {systemOf} from '../../../model/engine/system.js';
import {check, type Model, next, range} from '../../../model/index.js';
import {sample} from './sample.js';

/** Counts the steps that were followed to where they lead. */
class Counting extends Store {
  followed = 0;
  readonly #of: Successors;

  constructor(successors: Successors) {
    super(successors, false);
    this.#of = successors;
  }

  override flush(): void {
    this.followed += this.#of.waiting;
    super.flush();
  }
}

/** How many steps are followed, and how many states found, with and without leaving out what others lead to. */
const searched = (model: Model, isSleepy: boolean): {readonly followed: number; readonly distinct: number} => {
  const system = systemOf(model, {});
  const expander = new Expander(system, successors => new Counting(successors));
  const {store, successors} = expander;
  for (const initial of initialStates(system, expander.vector)) while (!expander.begin(initial)) store.relay();
  store.flush();
  for (let n = 0; n < store.queue.count; ) {
    const {queue} = store;
    successors.recent.fill(-1); // else what was seen moments ago would not be handed on
    const asleep = isSleepy ? queue.asleepIn(n) : null;
    const done = expander.run(queue.blockOf(n), n % BLOCK, (n % BLOCK) + 1, n, asleep);
    if (done > n % BLOCK) n++;
    else store.relay();
  }
  return {followed: store.followed, distinct: store.visited.count};
};

/** So many counters that know nothing of each other. */
const counters = (count: number, most: number) =>
  sample(m => {
    const of = m.slots('of', range(count), 0);
    m.action('Up', {each: range(count)}, (read, n) => (read(of(n)) < most ? [next(of(n).set(read(of(n)) + 1))] : []));
    m.allowDeadlock();
  });

test('of actions that have nothing to do with each other, one order is followed', t => {
  const model = counters(5, 3);
  const all = searched(model, false);
  const few = searched(model, true);
  t.is(all.distinct, 4 ** 5);
  t.is(few.distinct, 4 ** 5);
  t.is(few.followed, 4 ** 5, 'each state but the first is led to once, and the first is put there');
  t.true(all.followed > 2 * few.followed);
});

test('what sleeps is counted all the same', async t => {
  const {distinct, generated, depth, coverage} = await check(counters(5, 3));
  t.deepEqual([distinct, generated, depth], [1024, 1 + 5 * 3 * 4 ** 4, 16]);
  t.is(coverage.actions[0]?.generated, 5 * 3 * 4 ** 4);
});

test('elements that are put into one set may come in any order, a value that is set may not', t => {
  const of = (isSet: boolean) =>
    sample(m => {
      const done = m.slots('done', range(4), false);
      const all = m.set<number>('all');
      const last = m.slot('last', 0);
      m.action('Do', {each: range(4)}, (read, n) =>
        read(done(n)) ? [] : [next(done(n).set(true), isSet ? all.add(n) : last.set(n))],
      );
      m.allowDeadlock();
    });
  const [sets, values] = [searched(of(true), true), searched(of(false), true)];
  const all = searched(of(true), false);
  t.deepEqual([sets.distinct, all.distinct], [16, 16]);
  t.true(all.followed - sets.followed >= 4 * 8 - 15, 'each state but the first is led to once');
  t.deepEqual(values, searched(of(false), false));
});

test('a state rests only when nothing fair changes it, be it asleep', async t => {
  const model = sample(m => {
    const of = m.slots('of', range(3), 0);
    m.action('Up', {each: range(3), fair: 'weak'}, (read, n) =>
      read(of(n)) < 2 ? [next(of(n).set(read(of(n)) + 1))] : [],
    );
    m.quiescent('Full', read => range(3).every(n => read(of(n)) === 2));
    m.allowDeadlock();
  });
  t.is((await check(model)).verdict, 'holds');
});

test('messages that are sent to one receiver come in either order where order is kept', async t => {
  const of = (kind: 'fifo' | 'multiset') =>
    sample(m => {
      const isSent = m.slots('isSent', range(2), false);
      const inbox = m.channel<number, string>('inbox', ['host'], {kind});
      m.action('Send', {each: range(2)}, (read, n) =>
        read(isSent(n)) ? [] : [next(isSent(n).set(true), inbox('host').send(n))],
      );
      m.allowDeadlock();
    });
  t.is((await check(of('fifo'))).distinct, 5);
  t.is((await check(of('multiset'))).distinct, 4);
});

test('a message that is lost cannot be received, though it would stay under way', async t => {
  const model = sample(m => {
    const inbox = m.channel<number, string>('inbox', ['host'], {kind: 'sticky'});
    const read = m.set<number>('read');
    m.action('Send', look =>
      look(inbox('host')).length > 0 || look(read).length > 0 ? [] : [next(inbox('host').send(1))],
    );
    m.lose(inbox);
    m.receive(inbox, {}, (_, __, message) => [next(read.add(message))]);
    m.allowDeadlock();
  });
  t.is((await check(model)).distinct, 4);
});
