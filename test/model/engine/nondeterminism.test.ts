// A function that does not answer the same for the same values is found out, by asking it twice now and then.

import test from 'ava';
import {anyOf, check, next, range} from '../../../model/index.js';
import {ACTED, acting, refused} from './refusal.js';
import {sample} from './sample.js';

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

const ASKED: readonly (readonly [string, () => unknown, RegExp])[] = [
  ['a random number', () => Math.random(), /it asked Math\.random, which is no part of the state/],
  ['a random number that seldom matters', () => Math.random() < 0, /it asked Math\.random/],
  ['the time', () => Date.now(), /it asked the clock, which is no part of the state/],
  ['the year', () => new Date().getFullYear(), /it asked the clock/],
  ['the date', () => Date(), /it asked the clock/],
  ['how long it took', () => performance.now() > 0, /it asked the clock/],
];

for (const [what, asked, line] of ASKED) {
  test(`a model that asks for ${what}`, async t => {
    await refused(
      t,
      acting(slot => [next(slot.set(asked() === 'never' ? [1] : [2]))]),
      line,
      ...ACTED,
    );
    await refused(t, m => m.invariant('Claim', () => asked() !== 'never'), /in Claim/, line);
    await refused(t, m => m.assume(() => asked() !== 'never'), /in assumption/, line);
    await refused(t, m => void m.slot('slot', asked() === 'never' ? 1 : 2), /cannot be built/, line);
    await refused(
      t,
      m => {
        const slot = m.slot('slot', 0);
        m.action('Act', () => [next(slot.update('ask', value => (asked() === 'never' ? 1 : value), 0))]);
      },
      /in an update of slot \(ask 0\)/,
      line,
    );
  });
}

test('an action that does what another one has noted outside the state', t => {
  let noted = 0;
  return refused(
    t,
    m => {
      const count = m.slot('count', 0);
      const copy = m.slot('copy', 0);
      m.action('Count', read => {
        noted = read(count);
        return noted < 3 ? [next(count.set(noted + 1))] : [];
      });
      m.action('Copy', () => [next(copy.set(noted))]);
    },
    /in Copy: it answered differently when asked again later; something outside the state has changed/,
  );
});

test('a model may work with dates that it is given, and others may ask for the time before and after', async t => {
  const day = (text: string): number => new Date(text).getUTCDate() + new Date(Date.UTC(2020, 1, 29)).getUTCDate();
  const {verdict} = await check(
    sample(m => {
      m.invariant('Claim', () => day('2020-01-02') === 31);
      m.allowDeadlock();
    }),
  );
  t.is(verdict, 'holds');
  t.true(Date.now() > 0 && new Date() instanceof Date && Math.random() < 1 && performance.now() > 0);
});

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
