// The rules of the election and of isolation, each by an example.

import test from 'ava';
import {type Event, electedPrimary, follower, hostId, type Race, type State} from '../../../src/index.js';
import {CONFIG, candidacy, claim, does, H1, H3, NOWHERE, received, send, T} from './three-hosts.js';

const electing = (race: Race): State => ({role: 'electing', durable: {term: T}, race});
const isolated: State = {role: 'isolated', durable: {term: T}, responded: false};
const fired = (type: 'Election' | 'Isolation' | 'Silence'): Event => ({type: 'TimerFired', timer: {type}, ...NOWHERE});
const checked = (reachable: boolean): Event => ({type: 'IsolationChecked', reachable});

test('EL-03: who hears a host that outranks it is beaten, whatever it heard before, and says nothing', t => {
  for (const race of ['alone', 'leading', 'beaten'] as const) {
    const {state, effects} = does(electing(race), received(H3, candidacy()));
    t.deepEqual(state, electing('beaten'));
    t.deepEqual(effects, []);
  }
});

test('EL-04: who hears a host that it outranks answers with its own Candidacy, and leads unless it is beaten', t => {
  const heard = (race: Race) => does(electing(race), received(H1, candidacy()));
  t.deepEqual(heard('alone').effects, [send(H1, candidacy())]);
  t.deepEqual(heard('alone').state, electing('leading'));
  t.deepEqual(heard('beaten').effects, [send(H1, candidacy())]);
  t.deepEqual(heard('beaten').state, electing('beaten'));
});

test('EL-05: a primary answers a Candidacy, even of an older term, with its Claim, and stays primary', t => {
  const primary = electedPrimary(T);
  for (const of of [T, (T - 1) as typeof T]) {
    const {state, effects} = does(primary, received(H3, candidacy(of)));
    t.is(state, primary);
    t.deepEqual(effects, [send(H3, claim())]);
  }
});

test('EL-10: who is alone when the round ends looks whether it is isolated, and gives it another while', t => {
  const alone = electing('alone');
  const {state, effects} = does(alone, fired('Election'));
  t.is(state, alone);
  t.deepEqual(effects, [{type: 'CheckIsolation'}, {type: 'SetTimer', timer: {type: 'Election'}}]);
});

test('EL-11: who is still alone and reaches the isolation address is primary of its next own term', t => {
  const {state, effects} = does(electing('alone'), checked(true));
  t.is(state.role, 'primary');
  t.is(state.durable.term % 3, 1);
  t.true(state.durable.term > T);
  t.deepEqual(
    effects.filter(({type}) => type === 'Send'),
    [H1, H3].map(host => send(host, claim(state.durable.term))),
  );
  t.is(does(electing('leading'), checked(true)).state.role, 'electing');
});

test('EL-13: an isolated host stands for election, looks again and sets its timer again', t => {
  const {state, effects} = does(isolated, fired('Isolation'));
  t.is(state, isolated);
  t.deepEqual(effects, [
    send(H1, candidacy()),
    send(H3, candidacy()),
    {type: 'CheckIsolation'},
    {type: 'SetTimer', timer: {type: 'Isolation'}},
  ]);
});

test('TM-08: a host follows neither itself nor a host that is not of its cluster', t => {
  for (const stranger of [CONFIG.self, hostId('h9')])
    for (const before of [electing('alone'), isolated, follower(T, H1)])
      t.deepEqual(does(before, received(stranger, claim())), {state: before, effects: [], rules: ['TM-08']});
});

test('EL-18: a timer, a check or a Candidacy that means nothing to its host changes nothing', t => {
  const primary = electedPrimary(T);
  const strays: readonly (readonly [State, Event])[] = [
    [electing('alone'), received(CONFIG.self, candidacy())],
    [electing('alone'), received(hostId('h9'), candidacy())],
    [primary, received(hostId('h9'), candidacy())],
    [primary, fired('Election')],
    [primary, fired('Silence')],
    [electing('alone'), fired('Silence')],
    [electing('leading'), fired('Isolation')],
    [follower(T, H1), fired('Election')],
    [isolated, fired('Election')],
    [electing('beaten'), checked(false)],
    [electing('beaten'), checked(true)],
    [follower(T, H1), checked(false)],
    [primary, checked(false)],
    [{...primary, silent: [H1, H3].map(host => ({host, state: 'failed'}))}, checked(true)],
  ];
  for (const [before, event] of strays) {
    t.deepEqual(does(before, event), {state: before, effects: [], rules: ['EL-18']});
  }
});
