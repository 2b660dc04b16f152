// Models that outgrow what something starts with: bits of a slot, words of a state, children of a memo, blocks.

import test from 'ava';
import {type Builder, next, range} from '../../../model/index.js';
import {holds, violates} from './sample.js';

test('a slot may come to hold any number of values', t =>
  holds(
    t,
    m => {
      const a = m.slot('a', 0);
      m.action('Up', () => [next(a.update('up', value => (value + 1) % 70_000, null))]);
    },
    [70_000, 70_001, 70_000],
  ));

test('an action may be met with any number of values', t =>
  holds(
    t,
    m => {
      const a = m.slot('a', 0);
      m.action('Up', read => [next(a.set((read(a) + 1) % 20_000))]);
    },
    [20_000, 20_001, 20_000],
  ));

test('an action may have any number of outcomes', t =>
  holds(
    t,
    m => {
      const a = m.slot('a', 0);
      m.action('Up', read => (read(a) === 0 ? range(3000).map(n => next(a.set(n + 1))) : [next(a.set(0))]));
    },
    [3001, 1 + 3000 + 3000, 2],
  ));

test('a function may read several slots of many values', t =>
  holds(
    t,
    m => {
      const leader = m.slot('leader', 0);
      const follower = m.slot('follower', {at: 0});
      m.action('Lead', read =>
        read(leader) === read(follower).at && read(leader) < 600 ? [next(leader.set(read(leader) + 1))] : [],
      );
      m.action('Follow', read => (read(follower).at < read(leader) ? [next(follower.set({at: read(leader)}))] : []));
      m.terminal(read => read(follower).at === 600);
      m.invariant('Close', read => read(leader) - read(follower).at < 2);
    },
    [1201, 1201, 1201],
  ));

test('a state may have many slots', t =>
  holds(
    t,
    m => {
      const places = range(200);
      const here = m.slots('here', places, place => place === 0);
      m.action('Move', {each: places.slice(0, 199)}, (read, place) =>
        read(here(place)) ? [next(here(place).set(false), here(place + 1).set(true))] : [],
      );
      m.terminal(read => read(here(199)));
    },
    [200, 200, 200],
  ));

/** Three digits that go up one at a time, each with four slots that say the same: three words of 25 bits and more. */
const odometer = (m: Builder) => {
  const digits = range(3).map(d => m.slots(`digit ${d}`, range(5), 0));
  for (const [d, family] of digits.entries()) {
    m.action(`Turn ${d}`, read => {
      const digit = (read(family(0)) + 1) % 24;
      return [next(...family.members.map(slot => slot.set(digit)))];
    });
  }
  return digits.map(family => family(4));
};

test('states of several words are told apart', t =>
  holds(t, m => void odometer(m), [24 ** 3, 1 + 3 * 24 ** 3, 1 + 3 * 23]));

test('a counterexample is found among states of several words', t =>
  violates(
    t,
    m => {
      const digits = odometer(m);
      m.invariant('NotThere', read => !digits.every(digit => read(digit) === 23));
    },
    ['NotThere', 1 + 3 * 23],
    [24 ** 3, 1 + 3 * 24 ** 3, 1 + 3 * 23],
  ));

test('normal forms, constraints and step properties see slots that outgrow their bits', t =>
  holds(
    t,
    m => {
      const clock = m.slot('clock', 0);
      const log = m.slots('log', range(3), 0);
      m.action('Tick', read => [next(clock.set(read(clock) + 1), ...log.members.map(slot => slot.set(read(clock))))]);
      for (const [i, slot] of log.members.entries()) {
        m.normalise(`round ${i}`, {of: slot}, (value, read) =>
          read(clock) % 2 === 0 ? value : value - (value % (i + 1)),
        );
      }
      m.constraint('Early', read => read(clock) < 400);
      m.stepProperty('Forward', {of: [clock]}, (before, after) => after(clock) === before(clock) + 1);
      m.invariant('Rounded', read => read(log(2)) % 3 === 0 || read(clock) % 2 === 0);
    },
    [400, 401, 400],
  ));
