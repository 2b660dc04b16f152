// Whole hosts: the reference and other conforming hosts are accepted, hosts with one fault are rejected.

import {join} from 'node:path';
import test from 'ava';
import {conform, hostSuite, referenceOf, resultText, subjectOf, wholeHost} from '../../../conformance/index.js';
import {recoveryMutants} from '../../../conformance/mutants/recovery.js';
import {wholeHostMutants} from '../../../conformance/mutants/whole-host.js';
import {rulesOf} from '../../../conformance/report/check.js';
import {backwards} from '../../../conformance/variants/reply.js';
import {eager, type HostConfig, type HostEvent, patient, type RuleId} from '../../../src/index.js';
import {holdfastConform} from '../conform-command.js';

const suite = hostSuite();

/** The suite without the other plans. */
const only = (...names: readonly string[]) => {
  const plans = suite.plans.filter(({name}) => names.includes(name));
  if (plans.length !== names.length) throw new Error(`a plan is missing: ${names.join(', ')}`);
  return {...suite, plans};
};

test('the reference conforms as a host', async t => {
  const result = await conform(
    only('a member of a reign', 'random walks', 'random walks of another host'),
    referenceOf(wholeHost, eager),
  );
  t.is(result.verdict, 'pass', resultText(result));
  t.deepEqual(result.coverage.unfinished, []);
  const judged = new Set(rulesOf(wholeHost, suite.plans[0]?.config.repairs ?? t.fail()));
  const fired = result.coverage.rules.map(({id}) => id).filter(id => judged.has(id));
  t.true(fired.length >= 110, `${fired.length} of ${judged.size} rules`);
});

/** Hosts that look odd and are right. */
const VARIANTS = {
  'asks as few as possible, and hears all whom it asked': referenceOf(wholeHost, patient),
  'writes the fields of its effects in another order': backwards(referenceOf(wholeHost, eager)),
  'carries its messages out last to first, after what it keeps': {
    reset: (config: HostConfig) => turned.reset(config),
    step: async (event: HostEvent) => {
      const {effects} = await turned.step(event);
      const isKept = (effect: unknown): boolean => (effect as {readonly type: string}).type === 'Persist';
      const isSent = (effect: unknown): boolean => (effect as {readonly type: string}).type === 'Send';
      const others = effects.filter(effect => !isKept(effect) && !isSent(effect));
      return {effects: [...effects.filter(isKept), ...others, ...effects.filter(isSent)]};
    },
  },
};
const turned = referenceOf(wholeHost, eager);

for (const [name, variant] of Object.entries(VARIANTS)) {
  test(`a host conforms that ${name}`, async t => {
    const result = await conform(only('a member of a reign', 'random walks of another host'), variant);
    t.is(result.verdict, 'pass', resultText(result));
  });
}

/** Where the fault of each shows: the other plans are gone through in vain, at a price. */
const SHOWN: Readonly<Record<string, string>> = {
  'RT-01': 'a primary',
  'HO-02': 'a primary',
  'RS-10': 'a VM',
  'HO-15': 'a VM',
  'OB-06': 'a member of a reign',
  'RS-01': 'a secondary',
  'FB-13': 'a secondary',
  'HO-11': 'a VM',
};

/** What the suite blames where it is another rule that the fault has broken first. */
const BLAMED: Readonly<Record<string, RuleId>> = {'RS-10': 'HO-15', 'CH-01': 'CH-02', 'OB-08': 'CH-02'};

/** Those of recovery show only deep in a search: the kill matrix tries them, and the stories find most of them. */
for (const mutant of wholeHostMutants.filter(each => !recoveryMutants.includes(each))) {
  test(`${mutant.breaks} is broken by a host that ${mutant.name}`, async t => {
    const {verdict, failure, trace} = await conform(
      only(SHOWN[mutant.breaks] ?? 'a host comes up'),
      subjectOf(wholeHost, mutant),
    );
    t.is(verdict, 'fail');
    const blamed = failure?.broken.map(({rule}) => rule) ?? [];
    t.true(blamed.includes(BLAMED[mutant.breaks] ?? mutant.breaks), `blamed: ${blamed.join(', ')}`);
    t.true(trace.length <= 8, `the trace has ${trace.length} steps`);
  });
}

test('a host in another process is examined and tried by the command', async t => {
  const program = [process.execPath, '--import=tsx', join(import.meta.dirname, 'reference-host.ts')];
  const words = ['test', '--profile', 'host', '--run', 'a member of a reign', '--', ...program];
  const {code, stdout} = await holdfastConform(...words);
  t.regex(stdout, /^pass: host: reference\n/);
  t.is(code, 0);
});
