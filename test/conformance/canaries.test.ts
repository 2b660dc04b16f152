// Subjects that are no implementation at all must never come out green, and never bring the suite down.

import test from 'ava';
import {randomFrom} from '../../conformance/cases/random.js';
import {
  conform,
  haModule,
  haSuite,
  referenceOf,
  resultText,
  type Subject,
  storageSuite,
} from '../../conformance/index.js';
import {type Config, type Event, eager} from '../../src/index.js';

type HaSubject = Subject<Config, Event>;

const nothing = (): void => {};

/** The reference, with its replies changed on the way. */
const replying = (change: (effects: readonly unknown[]) => unknown): HaSubject => {
  const {reset, step} = referenceOf(haModule, eager);
  return {
    reset,
    step: async stimulus => change((await step(stimulus)).effects) as {readonly effects: readonly unknown[]},
  };
};

test('one that never does anything fails', async t => {
  const silent = {reset: nothing, step: () => ({effects: []})};
  t.is((await conform(haSuite(), silent)).verdict, 'fail');
  t.is((await conform(storageSuite(), silent)).verdict, 'fail');
});

test('one that sends back what it is given fails', async t => {
  const echo = {reset: nothing, step: (stimulus: unknown) => ({effects: [stimulus]})};
  t.is((await conform(haSuite(), echo)).verdict, 'fail');
  t.is((await conform(storageSuite(), echo)).verdict, 'fail');
});

test('one whose effects are no effects fails', async t => {
  for (const rubbish of [null, 7, 'Persist', [], {}, {type: 'Send'}, {type: 'Send', to: 'h2', message: null}]) {
    const result = await conform(
      haSuite(),
      replying(effects => ({effects: [...effects, rubbish]})),
    );
    t.is(result.verdict, 'fail', JSON.stringify(rubbish));
  }
});

const BROKEN: Readonly<Record<string, readonly [HaSubject, RegExp]>> = {
  'throws on its first step': [
    {
      reset: nothing,
      step: () => {
        throw new RangeError('no such host');
      },
    },
    /RangeError: no such host/,
  ],
  'throws on reset': [
    {
      reset: () => {
        throw new TypeError('no configuration');
      },
      step: () => ({effects: []}),
    },
    /TypeError: no configuration/,
  ],
  'breaks its promise': [{reset: nothing, step: () => Promise.reject(new Error('later'))}, /Error: later/],
  'answers with nothing': [replying(() => undefined), /without a list of effects/],
  'answers with a list': [replying(effects => effects), /without a list of effects/],
  'answers with too much': [replying(() => ({effects: Array.from({length: 1001})})), /at most 1000/],
  'answers with what JSON cannot say': [replying(() => ({effects: [1n]})), /TypeError/],
};

for (const [name, [subject, reason]] of Object.entries(BROKEN)) {
  test(`one that ${name} is an error, and no verdict on the protocol`, async t => {
    const result = await conform(haSuite(), subject);
    t.is(result.verdict, 'error');
    t.regex(result.reason ?? '', reason);
    t.is(result.failure, null);
    t.regex(resultText(result), /^error: ha: /);
  });
}

test('one that remembers what was before a reset is an error', async t => {
  const inner = referenceOf(haModule, eager);
  let isFresh = true;
  const result = await conform(haSuite(), {
    reset: config => {
      if (isFresh) inner.reset(config);
      isFresh = false;
    },
    step: inner.step,
  });
  t.not(result.verdict, 'pass');
});

test('one that answers differently when it is asked again is an error', async t => {
  // It goes on choosing by chance where it was before the reset.
  const random = randomFrom(1);
  const result = await conform(
    haSuite(),
    referenceOf(haModule, allowed => allowed[random(allowed.length)] ?? allowed[0]),
  );
  t.is(result.verdict, 'error');
  t.regex(result.reason ?? '', /answered differently when it was repeated/);
});

test('one that changes what it was given, or what it gave, changes nothing in the suite', async t => {
  const inner = referenceOf(haModule, eager);
  let given: unknown[] = [];
  const result = await conform(haSuite(), {
    reset: inner.reset,
    step: async stimulus => {
      given.length = 0;
      const {effects} = await inner.step(structuredClone(stimulus));
      Object.assign(stimulus, {type: 'Restarted', vm: 'none'});
      given = [...effects];
      return {effects: given};
    },
  });
  t.is(result.verdict, 'pass');
});
