// Whole hosts: the reference and other conforming hosts are accepted. Those with one fault stand in the kill matrix.

import {join} from 'node:path';
import test from 'ava';
import {conform, hostSuite, referenceOf, resultText, wholeHost} from '../../../conformance/index.js';
import {rulesOf} from '../../../conformance/report/check.js';
import {backwards} from '../../../conformance/variants/reply.js';
import {
  configuration,
  createHost,
  eager,
  firstHostDurable,
  generation,
  type HostConfig,
  type HostEvent,
  hostId,
  patient,
  vmId,
} from '../../../src/index.js';
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

test('a host knows the answer to its call, in whatever order another implementation writes its fields', t => {
  const config = suite.plans.find(({name}) => name === 'a VM of a member')?.config ?? t.fail();
  const [content] = firstHostDurable(config).storage.components.map(entry => entry.content);
  const [number, version, object] = [configuration(1), {configuration: configuration(1), sequence: 1}, 'v1-namespace'];
  const from = hostId('h1');
  const storage = (message: unknown): HostEvent => ({type: 'Received', from, network: 'storage', message}) as HostEvent;
  const after = [
    {type: 'Restarted', reachable: config.hosts} as const,
    storage({type: 'Lead', number}),
    storage({type: 'Publish', number, known: {object, version, content}}),
    {type: 'PowerOn', vm: vmId('v1'), generation: generation(0)} as const,
  ].reduce((host, event) => host.step(event).host, createHost(config, eager));
  const call = {attempt: null, host: config.self, identity: 1, type: 'TakeLock'};
  const {effects} = after.step(storage({type: 'Reply', number, object, call, result: 'ok', epoch: 1}));
  t.deepEqual(effects, [{type: 'PoweredOn', vm: vmId('v1'), generation: generation(0), result: {type: 'ok'}}]);
});

test('a host in another process is examined and tried by the command', async t => {
  const program = [process.execPath, '--import=tsx', join(import.meta.dirname, 'reference-host.ts')];
  const words = ['test', '--profile', 'host', '--run', 'a member of a reign', '--', ...program];
  const {code, stdout} = await holdfastConform(...words);
  t.regex(stdout, /^pass: host: reference\n/);
  t.is(code, 0);
});
