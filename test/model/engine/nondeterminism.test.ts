// A function that does not answer the same for the same values is found out, by asking it twice now and then.

import test from 'ava';
import {anyOf, next, range} from '../../../model/index.js';
import {ACTED, acting, refused} from './refusal.js';

test('an action whose outcome depends on how often it was asked', t => {
  let asked = 0;
  return refused(
    t,
    acting(slot => [next(slot.set([asked++]))]),
    /differently/,
    ...ACTED,
  );
});

test('an action that is enabled now and then', t => {
  let asked = 0;
  return refused(
    t,
    acting(() => (asked++ % 3 === 1 ? [next()] : [])),
    /differently|order/,
    ...ACTED,
  );
});

test('an action whose rules depend on how often it was asked', t => {
  let asked = 0;
  return refused(
    t,
    acting(() => [{changes: [], rules: [`R-${asked++}`]}]),
    /differently/,
    ...ACTED,
  );
});

test('an action that takes its chances', t =>
  refused(
    t,
    acting(slot => [next(slot.set([Math.random()]))]),
    /differently/,
    ...ACTED,
  ));

test('an action that reads one slot first and then another one', t => {
  let asked = 0;
  return refused(
    t,
    m => {
      const slots = m.slots('slot', range(2), anyOf([0, 1]));
      m.action('Act', read => (read(slots(asked++ % 2)) + read(slots(asked % 2)) > 2 ? [] : [next()]));
    },
    /in Act/,
    /first|order/,
  );
});

test('an action that goes on to read one slot, and then another one', t => {
  let asked = 0;
  return refused(
    t,
    m => {
      const first = m.slot('first', 0);
      const slots = m.slots('slot', range(2), anyOf([0, 1]));
      m.action('Act', read => (read(first) + read(slots(Math.floor(asked++ / 3) % 2)) > 2 ? [] : [next()]));
    },
    /in Act/,
    /order/,
  );
});
