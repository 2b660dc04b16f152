// Which rule of a whole host is named where no allowed outcome cites it, or where it only shows in what another rule
// makes of it: each by a fault that an implementer may well have.

import test from 'ava';
import {conform, hostSuite, type Mutant, subjectOf} from '../../../conformance/index.js';
import {doing, mutant} from '../../../conformance/mutants/mutant.js';
import {
  type ComposedState,
  composedOf,
  type HostConfig,
  type HostEffect,
  type HostEvent,
  identity,
  MODULES,
  mapAll,
  type StorageState,
  term,
} from '../../../src/index.js';

type Faulty = Mutant<HostConfig, ComposedState, HostEvent, HostEffect>;
type Storage = typeof MODULES.storageOutcomes;

/** What is told of one that is tried by this plan alone. */
const told = async (faulty: Faulty, plan: string): Promise<readonly string[]> => {
  const suite = hostSuite();
  const plans = suite.plans.filter(({name}) => name === plan);
  const {failure} = await conform({...suite, plans}, subjectOf(suite.specification, faulty));
  return (failure?.broken ?? []).map(({rule, because}) => `${rule}: ${because}`);
};

const storing =
  (storageOutcomes: Storage): Faulty['fault'] =>
  () =>
    composedOf({...MODULES, storageOutcomes});

const heard = (event: HostEvent | Parameters<Storage>[2], type: string): boolean =>
  event.type === 'Received' && event.message.type === type;

test('a rule that excepts what happens is named beside the one by which nothing is to be done', async t => {
  const refusing = storing((config, state, event) =>
    MODULES.storageOutcomes(
      config,
      heard(event, 'Lead') && state.role === 'up' && state.owner === 'h1' ? {...state, owner: null} : state,
      event,
    ),
  );
  const faulty: Faulty = mutant('refuses what its owner has said before', 'DR-09', refusing);
  t.deepEqual((await told(faulty, 'a member of a reign')).slice(0, 2), [
    'DR-10: nothing is to be done here',
    'DR-09: it acts as if storage.owner were null (it is h1)',
  ]);
});

test('what an older message must not do is told with the rule that a newer one is for', async t => {
  const young: Faulty['fault'] = lawful => (config, state, event) => {
    if (event.type !== 'Received' || event.network !== 'ha' || event.message.type !== 'Candidacy') {
      return lawful(config, state, event);
    }
    const now = Math.max(event.message.term, state.ha.ha.durable.term);
    return lawful(config, state, {...event, message: {...event.message, term: term(now)}});
  };
  const faulty = mutant('takes a candidate of an older term for one of this', 'EL-07', young);
  const [first, second] = await told(faulty, 'an election that is over');
  t.is(first?.slice(0, 5), 'EL-06');
  t.regex(second ?? '', /^EL-07: it acts as if message\.term were \d/);
});

test('what follows in the same step is told with the rules that lead to it', async t => {
  const knowing = storing((config, state, event) =>
    mapAll(MODULES.storageOutcomes(config, state, event), outcome =>
      heard(event, 'Left') && outcome.state.role === 'up' && outcome.state.owner === null
        ? {...outcome, state: {...outcome.state, directory: known(state)}, effects: []}
        : outcome,
    ),
  );
  const said = await told(mutant('knows on when its owner leaves', 'CH-07', knowing), 'a VM of a member');
  t.is(said[0]?.slice(0, 5), 'RS-20');
  t.true(said.includes('CH-07: it leads to what is missing: set the timer Ghost {vm: v1}'), said.join('\n'));
});

const known = (state: StorageState) => (state.role === 'up' ? state.directory : []);

test('where few rules call for what is done, all of them are named, of whatever chapter', async t => {
  const hasty = storing((config, state, event) => {
    if (!heard(event, 'Joined') || state.role !== 'up' || state.reign === null) {
      return MODULES.storageOutcomes(config, state, event);
    }
    const charges = state.reign.charges.map(charge => (charge.phase === 'serving' ? {...charge, work: null} : charge));
    const early = MODULES.storageOutcomes(config, {...state, reign: {...state.reign, charges}}, event);
    const publishing = early[0].effects.filter(effect => effect.type === 'Send' && effect.message.type === 'Publish');
    return mapAll(MODULES.storageOutcomes(config, state, event), outcome => ({
      ...outcome,
      effects: [...outcome.effects, ...publishing],
    }));
  });
  const said = await told(mutant('publishes what is not committed', 'CH-02', hasty), 'a host comes up');
  const rules = said.map(one => one.slice(0, 5));
  t.deepEqual(rules.slice(0, 2), ['OB-08', 'CH-02']);
  // What is committed is published then: these only carry it.
  t.deepEqual(rules.slice(-2), ['OB-10', 'CH-01']);
});

test('a field that is wrong names the rule that says what stands there', async t => {
  const first: Faulty['fault'] = doing(effects =>
    effects.map(effect =>
      effect.type === 'Send' &&
      effect.network === 'storage' &&
      effect.message.type === 'Call' &&
      effect.message.call.type === 'ReleaseLock'
        ? {...effect, message: {...effect.message, call: {...effect.message.call, identity: identity(1)}}}
        : effect,
    ),
  );
  const faulty = mutant('means the first object always', 'HO-13', first);
  const [likely] = await told(faulty, 'a lock that an earlier reign has granted');
  t.regex(likely ?? '', /^HO-13: message\.call\.identity is 1 instead of 2 /);
});

test('calls in another order than they came in name the rule of the step that keeps one waiting', async t => {
  const hurried = storing((config, state, event) => {
    if (!heard(event, 'ComponentAck') || state.role !== 'up' || state.reign === null) {
      return MODULES.storageOutcomes(config, state, event);
    }
    const charges = state.reign.charges.map(charge =>
      charge.phase === 'serving' ? {...charge, queue: charge.queue.toReversed()} : charge,
    );
    return MODULES.storageOutcomes(config, {...state, reign: {...state.reign, charges}}, event);
  });
  const said = await told(mutant('carries out first what came last', 'OB-13', hurried), 'an absence that is over');
  t.true(said.includes('OB-13: it acts as if step 8 had noted otherwise which calls wait'), said.join('\n'));
});
