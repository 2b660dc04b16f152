// Laws of reading back: true of every knowledge and event that the types allow, reachable or not.

import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {
  type Config,
  isApplicable,
  type Knowledge,
  type Outcome,
  onRetrieve,
  onRetrieved,
  type RetrievalEffect,
  type RetrievalEvent,
  retrievalOutcomes,
} from '../../src/index.js';
import {aGeneration, aTerm, config, host, protection, vm} from '../arbitraries/cluster.js';
import {frozen} from '../arbitraries/frozen.js';

const retrieval = fc.record({vm, value: protection, generation: aGeneration, attempts: fc.nat(5)});
const retrievals = fc
  .uniqueArray(retrieval, {selector: ({vm}) => vm})
  .map(list => [...list].sort((a, b) => (a.vm < b.vm ? -1 : 1)));

const purpose = fc.oneof(
  fc.record({type: fc.constant('Own' as const), term: aTerm}),
  fc.record({type: fc.constant('Command' as const), from: host, term: aTerm}),
);

const event: fc.Arbitrary<RetrievalEvent> = fc.oneof(
  fc.record({type: fc.constantFrom('Elected' as const, 'AccessibilityChanged' as const)}),
  {weight: 3, arbitrary: fc.record({type: fc.constant('GetReplied' as const), purpose, retrievals})},
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('Received' as const),
      message: fc.oneof(
        fc.record({type: fc.constant('Retrieve' as const), term: aTerm}),
        fc.record({type: fc.constant('Retrieved' as const), term: aTerm, retrievals}),
      ),
    }),
  },
  fc.record({
    type: fc.constant('TimerFired' as const),
    timer: fc.record({type: fc.constant('Retrieval' as const)}),
  }),
);

type Situation = {
  readonly config: Config;
  readonly known: Knowledge;
  readonly event: RetrievalEvent;
  readonly outcome: Outcome<Knowledge, RetrievalEffect>;
};

const always = (t: ExecutionContext, holds: (situation: Situation) => boolean): void => {
  t.notThrows(() =>
    fc.assert(
      fc.property(config, aTerm, retrievals, event, (config, term, known, event) =>
        retrievalOutcomes(frozen(config), term, frozen(known), frozen(event)).every(outcome =>
          holds({config, known, event, outcome}),
        ),
      ),
      {numRuns: 2000},
    ),
  );
};

const names = ({vm}: {readonly vm: string}): string => vm;

test('reading back answers every event, touches no input and keeps plain data', t => {
  always(t, ({outcome}) => JSON.stringify(JSON.parse(JSON.stringify(outcome))) === JSON.stringify(outcome));
});

test('what an outcome of reading back cites applies under the repairs that are on', t => {
  always(t, ({config, outcome}) => outcome.rules.every(rule => isApplicable(rule, config.repairs)));
});

test('what is known is sorted by VM, each VM once, and no VM is forgotten', t => {
  always(t, ({known, outcome: {state}}) => {
    const vms = state.map(names);
    return (
      JSON.stringify(vms) === JSON.stringify([...new Set(vms)].sort()) && known.map(names).every(vm => vms.includes(vm))
    );
  });
});

test('RT-06 RT-07 RT-09: what changed is what failover is told, no more and no less', t => {
  always(t, ({known, outcome: {state, effects}}) => {
    const told = effects.flatMap(effect => (effect.type === 'Learned' ? [effect.retrieval] : []));
    const changed = state.filter(one => !known.includes(one));
    return JSON.stringify([...told].sort((a, b) => (a.vm < b.vm ? -1 : 1))) === JSON.stringify(changed);
  });
});

test('RT-07: with generations nothing that is known goes back', t => {
  always(t, ({config, known, outcome: {state}}) =>
    known.every(
      before =>
        !config.repairs.generations ||
        state.some(after => after.vm === before.vm && after.generation >= before.generation),
    ),
  );
});

test('RT-01 RT-02 RT-05: whoever reads back calls GET on the own host and asks every other', t => {
  always(t, ({config, outcome: {effects, rules}}) => {
    if (!rules.some(rule => rule === 'RT-01' || rule === 'RT-02' || rule === 'RT-05')) return true;
    const asked = effects.flatMap(effect => (effect.type === 'Send' ? [effect.to] : []));
    const sets = effects.some(({type}) => type === 'SetTimer');
    return (
      effects.some(effect => effect.type === 'CallGet' && effect.purpose.type === 'Own') &&
      JSON.stringify(asked) === JSON.stringify(config.hosts.filter(host => host !== config.self)) &&
      sets === config.repairs['periodic-retrieval']
    );
  });
});

test('RT-03 RT-04: a host that is asked calls GET, and tells whoever asked what it said', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(host, aTerm, retrievals, (from, term, retrievals) => {
        const [called] = onRetrieve(null, from, {type: 'Retrieve', term});
        const purpose = called.effects.flatMap(effect => (effect.type === 'CallGet' ? [effect.purpose] : []))[0];
        if (purpose === undefined) return false;
        const [told] = onRetrieved(null, {type: 'GetReplied', purpose, retrievals});
        const message = {type: 'Retrieved', term, retrievals};
        return JSON.stringify(told.effects) === JSON.stringify([{type: 'Send', to: from, message}]);
      }),
      {numRuns: 300},
    ),
  );
});
