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
