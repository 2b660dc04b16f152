// Wrong implementations are rejected, with the rule that they break. The suite is only as good as this list. What finds
// which mutant stands in conformance/mutants/kills.md; here it is looked at again, by the core cases.

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import type {ModuleName} from '../../conformance/adapter/protocol.js';
import {POLICIES} from '../../conformance/cases/cases.js';
import {conform, type Mutant, referenceOf, resultText, type Suite, subjectOf} from '../../conformance/index.js';
import {COMMAND} from '../../conformance/mutants/page.js';
import {type Endless, product} from '../../conformance/mutants/product.js';
import {READS} from '../../conformance/mutants/reads.js';
import {OUTSIDE} from '../../conformance/outside.js';
import {rulesOf} from '../../conformance/report/check.js';
import {MODULES, withModule} from '../../conformance/suites.js';
import {profile, type Repairs, type RuleId} from '../../src/index.js';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'conformance', 'mutants', 'kills.md'), 'utf8');

/** What the page says of each mutant: the columns after its name. */
const rows = new Map<string, readonly string[]>(
  page
    .split('\n')
    .filter(line => /^\| [A-Z]{2}-\d\d /.test(line))
    .map(line => {
      const [, breaks = '', name = '', ...rest] = line.split('|').map(cell => cell.trim());
      return [`${breaks} ${name}`, rest] as readonly [string, readonly string[]];
    }),
);

test('the page names the command that has written it, and leaves nothing undecided', t => {
  t.true(page.startsWith(`<!-- Written by: ${COMMAND} -->`));
  t.regex(page, / 0 undecided\. The shortest trace has [1-8] steps in the median/);
  t.true(rows.size >= 200);
  const [, named = '', killed = ''] = /The rule to read is named for (\d+) of (\d+),/.exec(page) ?? [];
  t.is(named, killed, 'the blame of every mutant is checked when the page is written');
});

/** Whole hosts are first led to where something can go wrong. */
const LONGEST: Readonly<Record<ModuleName, number>> = {ha: 8, election: 8, storage: 8, host: 20};

/** Every seventh mutant is tried anew; all of them are when the page is written. */
const SAMPLE = 7;

const looked = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  module: ModuleName,
  suite: Suite<Config, State, Stimulus, Effect>,
  mutants: readonly Mutant<Config, State, Stimulus, Effect>[],
  endless: Endless<Config, Stimulus, Effect> | null,
): void => {
  const names = mutants.map(({breaks, name}) => `${breaks} ${name}`);

  test(`${module}: every mutant is on the page, once`, t => {
    t.deepEqual(
      names.filter(name => !rows.has(name)),
      [],
    );
    t.is(new Set(names).size, names.length);
  });

  for (const [index, mutant] of mutants.entries()) {
    const [found = '', , , steps = ''] = rows.get(`${mutant.breaks} ${mutant.name}`) ?? [];
    if (found.startsWith('equivalent')) {
      test(`${module}: nothing tells apart one that ${mutant.name}`, t => {
        if (endless === null) return t.fail('nowhere to follow it');
        const verdict = product(suite.specification, mutant, endless, 10_000);
        t.is(verdict.type === 'Equivalent' ? `equivalent: ${verdict.situations} situations` : verdict.type, found);
      });
    } else if (index % SAMPLE === 0) {
      test(`${module}: ${mutant.breaks} is broken by one that ${mutant.name}`, async t => {
        t.true(Number(steps) >= 1 && Number(steps) <= LONGEST[module], steps);
        const {verdict} = await conform(suite, subjectOf(suite.specification, mutant));
        t.is(verdict, 'fail', 'the core cases find it');
        const named = [mutant.breaks, `${READS.get(mutant.name)?.rule}: `, `, then ${mutant.breaks}`];
        const blames = found === named[0] || found.startsWith(named[1] ?? '') || found.endsWith(named[2] ?? '');
        t.true(blames, `the page says ${found}`);
      });
    }
  }

  test(`${module}: the core cases accept the reference, and come to every rule that it comes to`, async t => {
    const reached: RuleId[] = [];
    for (const policy of Object.values(POLICIES)) {
      const result = await conform(suite, referenceOf(suite.specification, policy));
      t.is(result.verdict, 'pass', resultText(result));
      t.deepEqual(result.coverage.unfinished, []);
      reached.push(...result.coverage.rules.map(({id}) => id));
    }
    const judged = rulesOf(suite.specification, profile('hardened'));
    t.deepEqual(
      judged.filter(rule => !reached.includes(rule)),
      [],
    );
    const outside = Object.keys(OUTSIDE[module]) as RuleId[];
    t.deepEqual(
      outside.filter(rule => reached.includes(rule) || !suite.specification.chapters.includes(rule.slice(0, 2))),
      [],
      'what is said to be of no concern is of some',
    );
  });
};

for (const module of MODULES) {
  withModule(module, profile('hardened'), 'core', (suite, mutants, endless) => looked(module, suite, mutants, endless));
}
