// Stories are told to the reference and to mutants; what has to come about once a core has healed, comes about.

import test from 'ava';
import {POLICIES} from '../../conformance/cases/cases.js';
import {storyId} from '../../conformance/cases/story.js';
import {conform, haModule, haSuite, haVariants, referenceOf, resultText, subjectOf} from '../../conformance/index.js';
import type {HaMutant} from '../../conformance/mutants/ha/faults.js';
import {deafTo, mutant} from '../../conformance/mutants/mutant.js';
import {MODULES, withModule} from '../../conformance/suites.js';
import {type Event, profile} from '../../src/index.js';

const toldOnly = <S extends {readonly plans: readonly {readonly stories?: unknown}[]}>(suite: S): S => ({
  ...suite,
  plans: suite.plans.filter(({stories}) => stories !== undefined),
});

for (const module of MODULES) {
  withModule(module, profile('hardened'), 'core', suite => {
    const stories = suite.plans.flatMap(plan => plan.stories ?? []);

    test(`${module}: each story has a name and an id of its own, and depends on stories before it`, t => {
      t.true(stories.length >= 5);
      t.is(new Set(stories.map(({name}) => name)).size, stories.length);
      t.is(new Set(stories.map(story => storyId(module, story))).size, stories.length);
      for (const [index, {dependsOn}] of stories.entries()) {
        const before = stories.slice(0, index).map(({name}) => name);
        t.true(dependsOn.every(name => before.includes(name)));
      }
    });

    test(`${module}: the reference passes every story, whatever it chooses`, async t => {
      for (const policy of Object.values(POLICIES)) {
        const result = await conform(toldOnly(suite), referenceOf(suite.specification, policy));
        t.is(result.verdict, 'pass', resultText(result));
        t.deepEqual(
          result.stories.filter(({verdict}) => verdict !== 'pass').map(({name, why}) => `${name}: ${why}`),
          [],
        );
      }
    });
  });
}

test('an id does not depend on the name of a story', t => {
  const steps = [{type: 'Crashed'}];
  t.is(storyId('ha', {steps, core: null}), storyId('ha', {steps: [{type: 'Crashed'}], core: null}));
  t.not(storyId('ha', {steps, core: null}), storyId('ha', {steps, core: 'here'}));
  t.not(storyId('ha', {steps, core: null}), storyId('election', {steps, core: null}));
  t.regex(storyId('ha', {steps, core: null}), /^S-[0-9a-f]{8}$/);
});

test('without a repair that it needs a story is unsupported, and what depends on it is blocked', async t => {
  const claimed = toldOnly(haSuite({repairs: profile('claimed')}));
  const {verdict, stories} = await conform(claimed, referenceOf(haModule, POLICIES.eager));
  t.is(verdict, 'pass');
  t.like(
    stories.find(({name}) => name === 'nobody answers'),
    {verdict: 'unsupported', why: 'it needs timeouts, which is not claimed'},
  );
  const {stories: others} = await conform(toldOnly(haSuite()), subjectOf(haModule, neverHears('AccessAnswer')), {
    failures: 100,
  });
  const verdictOf = (wanted: string) => others.find(({name}) => name === wanted)?.verdict;
  t.is(verdictOf('the own side can write'), 'pass');
  t.is(verdictOf('another host writes'), 'fail');
  t.is(verdictOf('those who were asked first cannot'), 'blocked');
});

const neverHears = (type: string): HaMutant =>
  mutant(
    `never hears ${type}`,
    'FB-14',
    deafTo(({stimulus}) => stimulus.type === 'Received' && stimulus.message.type === type),
  );

const stuck = (isDeaf: (event: Event) => boolean): HaMutant =>
  mutant(
    'stops',
    'TO-01',
    deafTo(({stimulus}) => isDeaf(stimulus)),
  );

const LAZY: Readonly<Record<string, HaMutant>> = {
  'never retries': stuck(event => event.type === 'TimerFired'),
  'stops after its first fallback': stuck(
    event => event.type === 'Received' && event.message.type === 'BecameAccessible',
  ),
};

for (const [name, lazy] of Object.entries(LAZY)) {
  test(`what is outstanding is told of one that ${name}`, async t => {
    const {verdict, failures} = await conform(toldOnly(haSuite()), subjectOf(haModule, lazy), {failures: 100});
    t.is(verdict, 'fail');
    const owing = failures.find(({settled}) => settled !== null && settled.bound !== null);
    if (owing === undefined) return t.fail('nothing is outstanding');
    t.regex(owing.differences.join(), /^v1 protected \(generation 1\) is not committed/);
    t.regex(owing.broken[0]?.rule ?? '', /^(TO|WT|FB)-/);
    t.true((owing.settled?.steps ?? 0) <= (owing.settled?.bound ?? 0));
  });
}

test('after random walks everything comes about, for every variant of an HA module', async t => {
  const suite = haSuite();
  const plans = suite.plans.flatMap(plan => (plan.walks === null ? [] : [{...plan, walks: 10}]));
  for (const variant of haVariants) {
    const result = await conform({...suite, plans}, variant.subject());
    t.is(result.verdict, 'pass', resultText(result));
  }
});
