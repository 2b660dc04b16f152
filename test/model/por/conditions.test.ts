// Cases that random processes seldom come to, one for each: what a reduced search must not leave out.

import test from 'ava';
import {check, type Model, model, next} from '../../../model/index.js';

/**
 * Write and Skip exclude each other, and so do three steps of another slot, one of which makes Write a violation. The
 * smaller set of the two is tried first, and Skip does no harm.
 */
const exclusive: Model = model({
  name: 'exclusive',
  summary: '',
  build(m) {
    const free = m.slot('free', true);
    const written = m.slot('written', false);
    const stance = m.slot<'none' | 'armed' | 'left' | 'right'>('stance', 'none');
    m.action('Write', read => (read(free) ? [next(free.set(false), written.set(true))] : []));
    m.action('Skip', read => (read(free) ? [next(free.set(false))] : []));
    m.action('Stand', {each: ['armed', 'left', 'right'] as const}, (read, how) =>
      read(stance) === 'none' ? [next(stance.set(how))] : [],
    );
    m.stepProperty('WrittenUnarmed', {of: [written]}, before => before(stance) !== 'armed');
    m.allowDeadlock();
  },
});

test('a step that breaks a property after another step is not only taken before it', async t => {
  t.is((await check(exclusive)).violation?.property, 'WrittenUnarmed');
  t.is((await check(exclusive, {}, {reduce: 'partial-order'})).violation?.property, 'WrittenUnarmed');
});

/** Of two messages in a sequence the second forbids the act, as soon as somebody has received the first. */
const queued: Model = model({
  name: 'queued',
  summary: '',
  build(m) {
    const stage = m.slot<'before' | 'sent'>('stage', 'before');
    const done = m.slot('done', false);
    const forbidden = m.slot('forbidden', false);
    const inbox = m.channel<string, string>('inbox', ['host'], {kind: 'fifo'});
    m.action('Send', read =>
      read(stage) === 'before'
        ? [next(stage.set('sent'), inbox('host').send('hello'), inbox('host').send('stop'))]
        : [],
    );
    m.action('Act', read => (read(stage) === 'sent' && !read(done) && !read(forbidden) ? [next(done.set(true))] : []));
    m.receive(inbox, {}, (_, _host, word) => [word === 'stop' ? next(forbidden.set(true)) : next()]);
    m.terminal(read => read(done));
  },
});

test('a message that lies behind another one is not forgotten', async t => {
  t.is((await check(queued)).violation?.kind, 'deadlock');
  t.is((await check(queued, {}, {reduce: 'partial-order'})).violation?.kind, 'deadlock');
});

/** Put finds what it puts in there already, and only looked for something else: Take may come before it or after it. */
const putAndTaken = (isIn: boolean): Model =>
  model({
    name: 'put-and-taken',
    summary: '',
    build(m) {
      const all = m.set<number>('all', [2]);
      const [hasPut, hasTaken] = [m.slot('hasPut', false), m.slot('hasTaken', false)];
      const other = m.slot('other', 0);
      m.action('Put', read => (read(hasPut) || read(all.has(1)) ? [] : [next(hasPut.set(true), all.add(2))]));
      m.action('Take', read => (read(hasTaken) ? [] : [next(hasTaken.set(true), all.remove(2))]));
      m.action('Count', read => (read(other) < 3 ? [next(other.set(read(other) + 1))] : []));
      m.invariant('Never', read => !(read(hasPut) && read(hasTaken) && read(other) === 3 && read(all.has(2)) === isIn));
      m.allowDeadlock();
    },
  });

test('who puts in what is there already is in the way of whoever takes it', async t => {
  for (const isIn of [false, true]) {
    t.is((await check(putAndTaken(isIn))).verdict, 'violated');
    t.is((await check(putAndTaken(isIn), {}, {reduce: 'partial-order'})).verdict, 'violated');
  }
});

test('who looks for another element is in nobody’s way', async t => {
  const seekers = (whole: boolean): Model =>
    model({
      name: 'seekers',
      summary: '',
      build(m) {
        const all = m.set<number>('all');
        const at = m.slots('at', [0, 1, 2, 3], 0);
        m.action('Put', {each: at.keys}, (read, n) => (read(at(n)) === 0 ? [next(at(n).set(1), all.add(n))] : []));
        m.action('Find', {each: at.keys}, (read, n) =>
          read(at(n)) === 1 && (whole ? read(all).includes(n) : read(all.has(n))) ? [next(at(n).set(2))] : [],
        );
        m.allowDeadlock();
      },
    });
  const [whole, sought] = [
    await check(seekers(true), {}, {reduce: 'partial-order'}),
    await check(seekers(false), {}, {reduce: 'partial-order'}),
  ];
  t.is((await check(seekers(false))).distinct, 3 ** 4);
  t.is(sought.distinct, 2 * 4 + 1, 'one order of all');
  t.true(whole.distinct > sought.distinct, `${whole.distinct}`);
});
