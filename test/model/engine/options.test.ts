import test from 'ava';
import fc from 'fast-check';
import {check, choice, flag, integer, list, model, next} from '../../../model/index.js';

const OPTIONS = {
  hosts: integer({default: 3, min: 1, max: 9, about: 'hosts'}),
  profile: choice(['claimed', 'hardened'], {default: 'claimed', about: 'profile'}),
  loss: flag({about: 'messages may get lost'}),
  without: list(['terms', 'levels', 'guards'], {about: 'repairs that are off'}),
};

/** A model that only remembers with which options it was built. */
const remembering = model({
  name: 'remembering',
  summary: 'Its initial state is its options.',
  options: OPTIONS,
  build(m, options) {
    m.slot('options', options);
    m.invariant('Seen', () => false);
  },
});

const seenBy = async (choices: Readonly<Record<string, unknown>>): Promise<unknown> => {
  const {violation, options} = await check(remembering, choices);
  const {options: built} = violation?.trace[0]?.state ?? {};
  return {...(built as object), ...options};
};

const DEFAULTS = {hosts: 3, profile: 'claimed', loss: false, without: []};

test('options that nobody chose have their defaults', async t => {
  t.deepEqual(await seenBy({}), DEFAULTS);
  t.deepEqual(await seenBy({hosts: undefined}), DEFAULTS);
});

test('options may be values, or texts as on a command line', async t => {
  t.deepEqual(await seenBy({hosts: 9}), {...DEFAULTS, hosts: 9});
  t.deepEqual(await seenBy({hosts: '1'}), {...DEFAULTS, hosts: 1});
  t.deepEqual(await seenBy({profile: 'hardened'}), {...DEFAULTS, profile: 'hardened'});
  for (const loss of [true, 'true', '']) t.deepEqual(await seenBy({loss}), {...DEFAULTS, loss: true});
  for (const loss of [false, 'false']) t.deepEqual(await seenBy({loss}), DEFAULTS);
  for (const without of [['guards', 'terms'], 'guards,terms', 'terms,guards,terms']) {
    t.deepEqual(await seenBy({without}), {...DEFAULTS, without: ['terms', 'guards']});
  }
  t.deepEqual(await seenBy({without: []}), DEFAULTS);
});

const BAD: readonly (readonly [string, readonly unknown[], RegExp])[] = [
  ['hosts', [0, 10, -1, 1.5, 'abc', '', ' 3', '3 ', '0x3', '1e0', '+3', null, true, Number.NaN, [1, 2], {}], /1 to 9/],
  ['profile', ['hard', '', 'Claimed', 3, null, 'claimed,hardened'], /claimed, hardened/],
  ['loss', ['yes', 'no', 1, null, 'TRUE'], /without a value/],
  ['without', ['terms,speed', ['speed'], 3, null, 'terms guards'], /terms, levels, guards/],
];

for (const [name, values, said] of BAD) {
  test(`a bad value of the option ${name} is refused, with the option, the value and what it may be`, async t => {
    for (const value of values) {
      const error = await t.throwsAsync(check(remembering, {[name]: value}), {instanceOf: RangeError});
      t.regex(error?.message ?? '', new RegExp(`"${name}"`));
      t.regex(error?.message ?? '', said);
      t.true(error?.message.includes(JSON.stringify(value)), `${error?.message} names ${JSON.stringify(value)}`);
    }
  });
}

test('an option that the model does not have is refused, with those that it has', async t => {
  for (const name of ['host', 'Hosts', 'toString', '__proto__x']) {
    const error = await t.throwsAsync(check(remembering, {[name]: 3}), {instanceOf: RangeError});
    t.true(error?.message.includes(`"${name}"`));
    t.regex(error?.message ?? '', /hosts, profile, loss, without/);
  }
});

test('a whole number within bounds is accepted as a number and as a text, and no other is', async t => {
  const any = fc.tuple(fc.integer({min: -20, max: 20}), fc.boolean());
  const property = fc.asyncProperty(any, async ([hosts, asText]) => {
    const seen = seenBy({hosts: asText ? String(hosts) : hosts});
    if (hosts >= 1 && hosts <= 9) t.deepEqual(await seen, {...DEFAULTS, hosts});
    else await t.throwsAsync(seen, {instanceOf: RangeError});
  });
  await t.notThrowsAsync(fc.assert(property, {numRuns: 60}));
});

test('a model that changes what was chosen for it is broken: it would be another than was asked for', async t => {
  const changing = model({
    name: 'changing',
    summary: 'Counts as far as it chooses, not as far as was asked for.',
    options: {most: integer({default: 5, min: 0, max: 9, about: ''}), words: list(['a'], {about: ''})},
    build: (m, options) => {
      const n = m.slot('n', 0);
      m.invariant('Few', read => read(n) < 5);
      m.action('Up', read => (read(n) < options.most ? [next(n.set(read(n) + 1))] : []));
      m.allowDeadlock();
      if (options.most === 4) (options as {most: number}).most = 0;
      if (options.most === 3) (options.words as string[]).push('b');
    },
  });
  t.is((await check(changing)).verdict, 'violated');
  await t.throwsAsync(check(changing, {most: 4}), {
    message: /cannot be built: Cannot assign to read only property 'most'/,
  });
  await t.throwsAsync(check(changing, {most: 3}), {message: /cannot be built: Cannot add property 0/});
});
