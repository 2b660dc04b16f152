// Where places are published: stories of one VM, told to a primary.

import test from 'ava';
import {
  type FailoverConfig,
  type FailoverEvent,
  type FailoverState,
  failoverOutcomes,
  follower,
  generation,
  hostId,
  noFailover,
  profile,
  type RecoveryConfig,
  recoveryOutcomes,
  recoveryRestart,
  round,
  type Standing,
  term,
  vmId,
} from '../../../src/index.js';

const [h1, h2, h3] = [hostId('h1'), hostId('h2'), hostId('h3')];
const v = vmId('v');
const first = term(4);
const config: FailoverConfig = {
  self: h1,
  hosts: [h1, h2, h3],
  repairs: profile('hardened'),
  plans: [{vm: v, stored: true, priority: 0}],
  placement: 'publish',
  scope: 'all',
  schedule: [0],
  concurrency: 1,
};

const usable: Standing = {accessible: true, capacity: true, holder: null};
const useless: Standing = {accessible: false, capacity: true, holder: null};
const published = (from: typeof h1, standing: Standing): FailoverEvent => ({type: 'Published', from, vm: v, standing});
const id = {term: first, vm: v, generation: generation(1), round: round(2)};
const answered = (standing: Standing, asked = 1): FailoverEvent => ({
  type: 'Received',
  from: h1,
  message: {...id, round: round(asked), type: 'PlaceAnswer', standing},
});
const failed = (from: typeof h1): FailoverEvent => ({
  type: 'Received',
  from,
  message: {...id, type: 'RestartResult', result: {type: 'inaccessible'}},
});
const gone: readonly FailoverEvent[] = [
  {type: 'Protected', vm: v, generation: generation(1), host: h2},
  {type: 'HostChanged', host: h2, running: false},
];

/** The primary after these events, one outcome of each, and what it ordered last. */
const after = (...events: readonly FailoverEvent[]) =>
  events.reduce<{state: FailoverState; sent: readonly string[]; rules: readonly string[]}>(
    ({state}, event) => {
      const [{state: next, effects, rules}] = failoverOutcomes(config, first, state, event);
      const sent = effects.flatMap(effect => (effect.type === 'Send' ? [`${effect.message.type} ${effect.to}`] : []));
      return {state: next, sent, rules};
    },
    {state: noFailover, sent: [], rules: []},
  );

test('FO-51: who has published that it can is commanded, and nobody is asked', t => {
  const {sent, rules} = after(published(h3, usable), ...gone, answered(usable));
  t.deepEqual(sent, ['RestartCommand h3']);
  t.true(rules.includes('FO-51'));
});

test('FO-52: a VM that waits is registered with nobody, and queued by the next publication of a place', t => {
  const waiting = [...gone, answered(useless)];
  t.deepEqual(after(...waiting).sent, []);
  t.deepEqual(after(...waiting, published(h3, useless)).sent, []);
  t.deepEqual(after(...waiting, published(h3, usable)).sent, ['RestartCommand h3']);
});

test('FO-50: what a host has published is forgotten when it is gone', t => {
  const {state} = after(published(h3, usable), {type: 'HostChanged', host: h3, running: false});
  t.deepEqual(state.published, []);
});

test('FO-50 FO-52: what an attempt has refuted is forgotten, so that the next publication is news', t => {
  const spent = [published(h3, usable), ...gone, answered(usable), failed(h3), answered(useless, 2)];
  const {state} = after(...spent);
  t.deepEqual([state.published, state.inventory.map(({stage}) => stage)], [[], ['exhausted']]);
  const woken = after(...spent, published(h3, usable));
  t.deepEqual(woken.sent, ['RestartCommand h3']);
  t.true(woken.rules.includes('FO-35'), 'and begins to count anew');
});

test('FO-50 FO-31: what another host publishes counts anew when the commanded one has failed', t => {
  const lost = {type: 'HostChanged', host: h3, running: false} as const;
  const told = [published(h3, usable), ...gone, answered(usable), published(h1, usable), lost, answered(usable, 2)];
  const {state} = after(...told);
  t.deepEqual([state.published, state.inventory.map(({stage}) => stage)], [[], ['exhausted']]);
  t.is(after(...told, published(h1, usable)).state.inventory[0]?.stage, 'starting');
});

test('FO-49: a secondary publishes to its primary how a VM stands, where places are published', t => {
  const whole: RecoveryConfig = {
    ...config,
    vms: [],
    elector: 'builtin',
    datastores: 0,
    isolationResponse: 'leave',
    subsets: 'any',
  };
  const state = {...recoveryRestart({term: first}), ha: follower(first, h2)};
  const change = {type: 'StandingChanged', vm: v, standing: usable} as const;
  const [{effects, rules}] = recoveryOutcomes(whole, state, change);
  t.deepEqual(effects, [
    {type: 'Send', to: h2, message: {type: 'PlacePublished', term: first, vm: v, standing: usable}},
  ]);
  t.true(rules.includes('FO-49'));
  t.deepEqual(recoveryOutcomes({...whole, placement: 'ask'}, state, change)[0].effects, []);
});
