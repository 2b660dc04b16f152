// Wrong implementations are rejected, with the rule that they break. The suite is only as good as this list.

import test from 'ava';
import {
  conform,
  type Failure,
  haMutants,
  haSuite,
  type Mutant,
  type Suite,
  storageMutants,
  storageSuite,
  subjectOf,
} from '../../conformance/index.js';
import type {Repairs, RuleId} from '../../src/index.js';

const rulesOf = (failure: Failure | null): readonly RuleId[] => failure?.broken.map(({rule}) => rule) ?? [];

const rejected = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  suite: Suite<Config, State, Stimulus, Effect>,
  mutants: readonly Mutant<Config, State, Stimulus, Effect>[],
): void => {
  for (const mutant of mutants) {
    test(`${mutant.breaks} is broken by one that ${mutant.name}`, async t => {
      const {verdict, failure, trace} = await conform(suite, subjectOf(suite.specification, mutant));
      t.is(verdict, 'fail');
      t.true(rulesOf(failure).includes(mutant.breaks), `blamed: ${rulesOf(failure).join(', ')}`);
      t.true(rulesOf(failure).length <= 4, `too many are blamed: ${rulesOf(failure).join(', ')}`);
      t.not(failure?.plan, 'random walks', 'found by chance only');
      t.true(trace.length <= 6, `the trace has ${trace.length} steps`);
    });
  }
};

rejected(haSuite(), haMutants);
rejected(storageSuite(), storageMutants);

test('no two mutants do the same', t => {
  const names = [...haMutants, ...storageMutants].map(({name}) => name);
  t.is(new Set(names).size, names.length);
});
