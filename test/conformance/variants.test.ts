// Right implementations are accepted, whatever they choose and however they write it.

import test from 'ava';
import fc from 'fast-check';
import {randomFrom} from '../../conformance/cases/random.js';
import {
  conform,
  haSuite,
  haVariants,
  referenceOf,
  resultText,
  storageContract,
  storageSuite,
} from '../../conformance/index.js';
import {MODULES, withModule} from '../../conformance/suites.js';
import {contrary} from '../../conformance/variants/idle.js';
import {renamed} from '../../conformance/variants/renamed.js';
import {backwards, later, reordered} from '../../conformance/variants/reply.js';
import {
  eager,
  isApplicable,
  type Policy,
  type Profile,
  preferring,
  profile,
  RULES,
  type RuleId,
} from '../../src/index.js';
import {repairs} from '../arbitraries/cluster.js';

/**
 * What no HA module comes to: without `generations` nothing is stale, without `timeouts` no timer runs. A subject may
 * ask any subset here, so the rules of the narrower subset rules have nothing to say.
 */
const OUT_OF_REACH: Readonly<Record<Profile, readonly RuleId[]>> = {
  claimed: ['FB-08', 'FB-26', 'FB-27', 'FB-29', 'FB-30', 'TO-04'],
  hardened: ['FB-26', 'FB-27', 'FB-28', 'FB-30'],
};

const PROFILES = Object.keys(OUT_OF_REACH) as Profile[];

for (const name of PROFILES) {
  const suite = haSuite({repairs: profile(name)});
  const fired = new Set<RuleId>();

  for (const variant of haVariants) {
    test.serial(`${name}: an HA module conforms that ${variant.name}`, async t => {
      const result = await conform(suite, variant.subject());
      t.is(result.verdict, 'pass', resultText(result));
      t.deepEqual(result.coverage.unfinished, []);
      for (const {id} of result.coverage.rules) fired.add(id);
    });
  }

  test.serial(`${name}: together they come to every rule of an HA module`, t => {
    const rules = (Object.keys(RULES) as RuleId[]).filter(
      id => /^(FB|WT|TO|TM)/.test(id) && isApplicable(id, profile(name)),
    );
    t.deepEqual(rules.filter(id => !fired.has(id)).sort(), OUT_OF_REACH[name]);
  });
}

const STORAGE_POLICIES: Readonly<Record<string, Policy>> = {
  'answers every call': eager,
  'answers no SET but one that comes again, or too late': outcomes =>
    outcomes.find(({rules}) => (rules.includes('ST-03') || rules.includes('ST-04')) && !rules.includes('ST-05')) ??
    preferring('ST-05')(outcomes),
};

for (const [name, policy] of Object.entries(STORAGE_POLICIES)) {
  for (const each of PROFILES) {
    test(`${each}: a storage module conforms that ${name}`, async t => {
      const suite = storageSuite({repairs: profile(each)});
      const result = await conform(suite, referenceOf(storageContract, policy));
      t.is(result.verdict, 'pass', resultText(result));
    });
  }
}

test('a storage module that answers every call comes to every rule but that of lost answers', async t => {
  const {coverage} = await conform(storageSuite(), referenceOf(storageContract, eager));
  t.deepEqual(
    coverage.rules.map(({id}) => id),
    ['ST-01', 'ST-02', 'ST-03', 'ST-04', 'ST-06', 'ST-07'],
  );
});

for (const module of MODULES) {
  withModule(module, profile('hardened'), 'core', suite => {
    test(`${module}: one conforms that chooses by chance, orders and names things otherwise and answers later`, async t => {
      const {specification} = suite;
      let random = randomFrom(1);
      const chance: Policy = allowed => {
        // Lost answers have a variant of their own.
        const lasting = allowed.filter(({rules}) => !rules.includes('ST-05'));
        return lasting[random(lasting.length)] ?? allowed[0];
      };
      const choosing = referenceOf(contrary(specification), chance);
      const repeatable = {
        ...choosing,
        reset: (config: Parameters<typeof choosing.reset>[0]) => {
          random = randomFrom(1);
          return choosing.reset(config);
        },
      };
      const odd = later(backwards(reordered(specification, renamed(specification, repeatable))));
      const result = await conform(suite, odd);
      t.is(result.verdict, 'pass', resultText(result));
      t.deepEqual(result.coverage.unfinished, []);
    });
  });
}

test('whichever repairs it has, an HA module conforms to the suite for these', async t => {
  await t.notThrowsAsync(
    fc.assert(
      fc.asyncProperty(repairs, fc.constantFrom(...haVariants), fc.nat(), async (switches, variant, seed) => {
        const suite = haSuite({repairs: switches});
        const walks = suite.plans.filter(plan => plan.walks !== null).map(plan => ({...plan, walks: 3}));
        const result = await conform({...suite, plans: walks}, variant.subject(), {seed});
        if (result.verdict !== 'pass') throw new Error(resultText(result));
      }),
      {numRuns: 100},
    ),
  );
});
