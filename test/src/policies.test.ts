import test from 'ava';
import fc from 'fast-check';
import {
  type Config,
  careful,
  eager,
  electedPrimary,
  generation,
  type Message,
  outcomes,
  type Policy,
  patient,
  preferring,
  profile,
  round,
  step,
  term,
  vmId,
} from '../../src/index.js';
import {config, HOSTS} from '../arbitraries/cluster.js';
import {stateAndEvent} from '../arbitraries/ha.js';

const [h1, h2, h3, h4] = HOSTS;
if (h1 === undefined || h2 === undefined || h3 === undefined || h4 === undefined) throw new Error('four hosts');

const hardened = {
  self: h1,
  hosts: HOSTS,
  vms: [],
  repairs: profile('hardened', {minus: ['timeouts']}),
  elector: 'external' as const,
  datastores: 0,
  isolationResponse: 'leave' as const,
  subsets: 'any' as const,
};
const memory = {vm: vmId('v'), value: 'protected' as const, generation: generation(1), round: round(0)};
const id = {term: term(1), vm: memory.vm, generation: memory.generation, round: memory.round};
const querying = {
  ...electedPrimary(term(1)),
  fallbacks: [
    {...memory, phase: 'querying' as const, asked: [h2, h3, h4], awaited: [h2, h3], positive: [h4], covered: []},
  ],
};
const setting = {...querying, fallbacks: [{...memory, phase: 'setting' as const}]};
const nowhere = {accessible: {namespace: false, all: false}, reachable: []};

const sentUnder = (policy: Policy, state: typeof querying | typeof setting): readonly string[] => {
  const event =
    state === querying
      ? ({
          type: 'Received',
          from: h3,
          message: {type: 'AccessAnswer', ...id, accessible: true, reachable: []} satisfies Message,
          ...nowhere,
        } as const)
      : ({
          type: 'StorageReplied',
          call: {...memory, purpose: {type: 'Own', term: id.term, round: id.round}},
          result: 'failed',
          ...nowhere,
        } as const);
  const {effects} = step(outcomes, policy)(hardened, state, event);
  return effects.flatMap(effect => (effect.type === 'Send' ? [`${effect.message.type} to ${effect.to}`] : []));
};

test('an eager primary asks everyone at once, and commands the first that says yes', t => {
  t.deepEqual(sentUnder(eager, setting), ['AccessQuery to h2', 'AccessQuery to h3', 'AccessQuery to h4']);
  t.deepEqual(sentUnder(eager, querying), ['SetCommand to h3']);
});

test('a patient primary asks one host, and hears the others before it commands', t => {
  t.deepEqual(sentUnder(patient, setting), ['AccessQuery to h4']);
  t.deepEqual(sentUnder(patient, querying), []);
});

test('a careful primary asks everyone at once, and hears the others before it commands', t => {
  t.deepEqual(sentUnder(careful, setting), ['AccessQuery to h2', 'AccessQuery to h3', 'AccessQuery to h4']);
  t.deepEqual(sentUnder(careful, querying), []);
});

test('with a subset rule of its own a cluster leaves the policy nobody else to ask', t => {
  const event = {
    type: 'StorageReplied',
    call: {...memory, purpose: {type: 'Own', term: id.term, round: id.round}},
    result: 'failed',
    accessible: {namespace: false, all: false},
    reachable: [h1, h3],
  } as const;
  const asked = (subsets: Config['subsets'], policy: Policy): readonly string[] =>
    step(outcomes, policy)({...hardened, subsets}, setting, event).effects.flatMap(effect =>
      effect.type === 'Send' ? [effect.to] : [],
    );
  t.deepEqual(
    [asked('complement', eager), asked('complement', patient)],
    [
      [h2, h4],
      [h2, h4],
    ],
  );
  t.deepEqual([asked('partition', eager), asked('partition', patient)], [[h2], [h4]]);
});

test('a policy can prefer any rule', t => {
  t.deepEqual(sentUnder(preferring('FB-14'), querying), ['SetCommand to h4']);
});

test('whatever the policy, a step is one of the outcomes', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(config, stateAndEvent, fc.constantFrom(eager, patient), (config, [state, event], policy) => {
        const taken = JSON.stringify(step(outcomes, policy)(config, state, event));
        return outcomes(config, state, event).some(outcome => JSON.stringify(outcome) === taken);
      }),
      {numRuns: 1000},
    ),
  );
});
