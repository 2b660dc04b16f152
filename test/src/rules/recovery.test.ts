// The rules of an HA module with all its parts, each by an example.

import test from 'ava';
import {
  electedPrimary,
  type FailoverState,
  follower,
  generation,
  type HostId,
  type Knowledge,
  type Lead,
  type RecoveryConfig,
  type RecoveryEvent,
  type RecoveryMessage,
  type RecoveryState,
  type Retrieval,
  type RuleId,
  recoveryOutcomes,
  round,
  type SilentHost,
  term,
  type VmReported,
  vmId,
} from '../../../src/index.js';
import {CONFIG, H1, H2, H3, NOWHERE, T} from './three-hosts.js';

const V = vmId('v');
const G = generation(1);
const RECOVERY: RecoveryConfig = {
  ...CONFIG,
  plans: [],
  placement: 'ask',
  scope: 'all',
  schedule: [0, 2],
  concurrency: 1,
};

const NO_FAILOVER: FailoverState = {inventory: [], gone: [], published: []};
const watched = (host: HostId | null) =>
  ({vm: V, generation: G, value: 'protected', host, attempts: 0, round: round(0), stage: 'watched'}) as const;
const leading = (lead: Partial<Lead> = {}, ...silent: readonly SilentHost[]): RecoveryState => ({
  ha: {...electedPrimary(T), silent},
  lead: {failover: NO_FAILOVER, knowledge: [], whereabouts: [], ...lead},
  placeWatches: [],
});
const following = (host: HostId | null): RecoveryState => ({ha: follower(T, host), lead: null, placeWatches: []});

const does = (state: RecoveryState, event: RecoveryEvent) => {
  const [outcome, ...more] = recoveryOutcomes(RECOVERY, state, event);
  if (more.length > 0) throw new Error('one outcome');
  const {state: after, effects, rules} = outcome;
  const sent = effects.flatMap(effect => (effect.type === 'Send' ? [[effect.to, effect.message] as const] : []));
  return {after, effects, rules, sent};
};
const standing = {accessible: false, capacity: false, holder: null};
const received = (from: HostId, message: RecoveryMessage): RecoveryEvent => ({
  type: 'Received',
  from,
  message,
  standing,
  ...NOWHERE,
});
const status = (from: HostId, report: VmReported['report'], of = T): RecoveryEvent =>
  received(from, {type: 'VmStatus', term: of, vm: V, report});
const entryIn = ({lead}: RecoveryState) => lead?.failover.inventory.find(({vm}) => vm === V);

test('HO-03: to failover a host is gone that is failed, partitioned or isolated, and up when it is not', t => {
  const inventory = [watched(H1)];
  const unreachable: SilentHost = {host: H1, state: 'unreachable'};
  const probed = (ping: boolean, heartbeat: 'isolated' | 'well' | 'none') =>
    does(leading({failover: {...NO_FAILOVER, inventory}}, unreachable), {type: 'Probed', host: H1, ping, heartbeat});
  for (const heartbeat of ['isolated', 'well', 'none'] as const) {
    const {after} = probed(false, heartbeat);
    t.deepEqual(after.lead?.failover.gone, [H1]);
    t.not(entryIn(after)?.stage, 'watched');
  }
  t.deepEqual(probed(true, 'none').after.lead?.failover, {...NO_FAILOVER, inventory});
  const failed = leading({failover: {...NO_FAILOVER, gone: [H1]}}, {host: H1, state: 'failed'});
  t.deepEqual(does(failed, received(H1, {type: 'Alive', term: T})).after.lead?.failover.gone, []);
  t.deepEqual(does(failed, {type: 'Probed', host: H1, ping: true, heartbeat: 'none'}).after.lead?.failover.gone, []);
});

test('HO-04: what the platform is told of a VM failover is told in the same step, with where it runs', t => {
  const purpose = {type: 'Own', term: T, round: 0} as const;
  const asked = (whereabouts: Lead['whereabouts']) => {
    const requested = does(leading({whereabouts}), {type: 'Request', vm: V, value: 'protected', generation: G}).after;
    const round = requested.ha.role === 'primary' ? requested.ha.fallbacks[0]?.round : undefined;
    if (round === undefined) throw new Error('no fallback');
    const call = {vm: V, value: 'protected', generation: G, purpose: {...purpose, round}} as const;
    return does(requested, {type: 'StorageReplied', call, result: 'ok', ...NOWHERE});
  };
  const {after, effects} = asked([{vm: V, host: H3}]);
  t.deepEqual(
    effects.filter(({type}) => type === 'Report'),
    [{type: 'Report', vm: V, value: 'protected', generation: G}],
  );
  t.deepEqual(entryIn(after), watched(H3));
  t.is(entryIn(asked([]).after)?.host, null);
});

const RETRIEVED: Retrieval = {vm: V, value: 'protected', generation: G, attempts: 0};
const told = (...retrievals: readonly Retrieval[]): RecoveryEvent =>
  received(H1, {type: 'Retrieved', term: T, retrievals});

test('HO-05: what retrieval learns goes to failover, and who has said that it runs the VM counts as saying so', t => {
  const unknown = does(leading(), told(RETRIEVED)).after;
  t.deepEqual(unknown.lead?.knowledge, [RETRIEVED]);
  t.true(entryIn(unknown) !== undefined && entryIn(unknown)?.stage !== 'watched');
  const known = does(leading({whereabouts: [{vm: V, host: H3}]}), told(RETRIEVED)).after;
  t.deepEqual(entryIn(known), {...watched(H3), round: round(1)});
});

test('RT-08: what tells nothing new, answers another term, or comes where nothing was asked is ignored', t => {
  const knowledge: Knowledge = [{...RETRIEVED, generation: generation(2)}];
  const before = leading({knowledge});
  const replied = (of: typeof T): RecoveryEvent => ({
    type: 'GetReplied',
    purpose: {type: 'Own', term: of},
    retrievals: [{...RETRIEVED, generation: generation(3)}],
  });
  const strays: readonly (readonly [RecoveryState, RecoveryEvent])[] = [
    [before, told(RETRIEVED)],
    [before, told({...RETRIEVED, value: 'unprotected', generation: generation(2)})],
    [before, told()],
    [before, replied(term(T - 1))],
    [following(H1), replied(T)],
    [following(H1), told(RETRIEVED)],
  ];
  for (const [state, event] of strays) {
    const {after, effects, rules} = does(state, event);
    t.is(after, state);
    t.deepEqual([effects, rules], [[], ['RT-08'] as RuleId[]]);
  }
});

const OWN: RecoveryEvent = {
  type: 'VmsReported',
  reports: [
    {vm: V, report: {type: 'running'}},
    {vm: vmId('w'), report: {type: 'absent'}},
  ],
};

test('HO-06: a secondary tells its primary how each VM fares, and a primary tells itself', t => {
  t.deepEqual(does(following(H1), OWN).sent, [
    [H1, {type: 'VmStatus', term: T, vm: V, report: {type: 'running'}}],
    [H1, {type: 'VmStatus', term: T, vm: vmId('w'), report: {type: 'absent'}}],
  ]);
  const {after, sent} = does(leading(), OWN);
  t.deepEqual(sent, []);
  t.deepEqual(after.lead?.whereabouts, [{vm: V, host: H2}]);
});

test('HO-07: a primary remembers who said last that it runs a VM until that host says otherwise, and tells failover', t => {
  const failover = {...NO_FAILOVER, inventory: [watched(H1)]};
  const first = does(leading({failover}), status(H3, {type: 'running'})).after;
  t.deepEqual(first.lead?.whereabouts, [{vm: V, host: H3}]);
  t.deepEqual(entryIn(first), watched(H3));
  const other = does(first, status(H1, {type: 'absent'})).after;
  t.deepEqual(other.lead?.whereabouts, [{vm: V, host: H3}]);
  t.deepEqual(does(other, status(H1, {type: 'running'})).after.lead?.whereabouts, [{vm: V, host: H1}]);
  t.deepEqual(does(other, status(H3, {type: 'absent'})).after.lead?.whereabouts, []);
});

test('HO-08: a host that knows no primary tells nobody', t => {
  const before = following(null);
  t.deepEqual(does(before, OWN), {after: before, effects: [], rules: ['HO-08'], sent: []});
});

test('FO-34: what is of another round, term or generation, or about an unknown VM, is ignored', t => {
  const starting = {...watched(null), stage: 'starting', on: H3, attempts: 1, round: round(1)} as const;
  const before = leading({failover: {...NO_FAILOVER, inventory: [starting]}});
  const id = {term: T, vm: V, generation: G, round: round(1)};
  const result = (change: Partial<typeof id>, from = H3): RecoveryEvent =>
    received(from, {type: 'RestartResult', ...id, ...change, result: {type: 'ok'}});
  t.is(entryIn(does(before, result({})).after)?.stage, 'watched');
  const strays = [
    result({round: round(0)}),
    result({generation: generation(2)}),
    result({vm: vmId('w')}),
    result({}, H1),
    received(H3, {type: 'PlaceAnswer', ...id, standing}),
  ];
  for (const event of strays) {
    const {after, effects} = does(before, event);
    t.deepEqual([after, effects], [before, []]);
  }
  t.deepEqual(does(following(H1), result({})), {after: following(H1), effects: [], rules: ['FO-34'], sent: []});
});
