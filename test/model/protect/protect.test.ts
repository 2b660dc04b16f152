import test from 'ava';
import {check} from '../../../model/index.js';
import {isOfScene} from '../../../model/scenes/protect/coverage.js';
import {OPTIONS, PROPERTY_NAMES} from '../../../model/scenes/protect/options.js';
import {protect} from '../../../model/scenes/protect/protect.js';
import {type Repair, RULES} from '../../../src/index.js';

type Sizes = Readonly<Record<string, unknown>>;

/** Each exploration once, however many tests ask for it. */
const explored = new Map<string, ReturnType<typeof check>>();
const exploration = (size: Sizes): ReturnType<typeof check> => {
  const key = JSON.stringify(size);
  const result = explored.get(key) ?? check(protect, size);
  explored.set(key, result);
  return result;
};

/** For each repair: a size at which the hardened protocol without it fails, and what fails then. */
const MISSED: {readonly [R in Repair]?: {readonly size: Sizes; readonly property: (typeof PROPERTY_NAMES)[number]}} = {
  'ask-everyone': {
    size: {hosts: 4, topology: 'graphs', views: 1, toggles: 1, subsets: 'complement'},
    property: 'BoundedRounds',
  },
  'completion-report': {size: {hosts: 3}, property: 'ReportedImpliesDurable'},
  'every-responder': {size: {hosts: 4, views: 2}, property: 'ExhaustBeforeWaiting'},
  generations: {size: {hosts: 3}, property: 'MonotoneMeta'},
  'level-triggered': {size: {hosts: 3, only: 'NoLostWakeup'}, property: 'NoLostWakeup'},
  'namespace-query': {size: {hosts: 4, views: 2, toggles: 1, subsets: 'one'}, property: 'EventuallyProtected'},
  'parallel-fallbacks': {size: {hosts: 3, vms: 2, views: 1, losses: 1}, property: 'NonInterference'},
  'request-ids': {size: {hosts: 3}, property: 'ExhaustBeforeWaiting'},
  resend: {size: {hosts: 3, handovers: 1}, property: 'EventuallyProtected'},
  terms: {size: {hosts: 3, handovers: 1}, property: 'SingleCommander'},
  timeouts: {size: {hosts: 3, losses: 1}, property: 'EventuallyProtected'},
};

for (const [repair, {size, property}] of Object.entries(MISSED)) {
  test(`without ${repair}, ${property} fails, and with it nothing does`, async t => {
    const without = await check(protect, {...size, without: repair});
    t.is(without.violation?.property, property);
    const smaller = 'handovers' in size ? {...size, views: 1} : size;
    const hardened = await exploration(smaller);
    t.is(hardened.verdict, 'holds');
    t.deepEqual(hardened.coverage.neverFired, {actions: [], rules: []});
  });
}

test('as claimed, a SET that is late undoes a newer one', async t => {
  const {violation} = await check(protect, {profile: 'claimed'});
  t.is(violation?.property, 'MonotoneMeta');
  t.is(violation?.trace.length, 13, 'twelve steps after the initial state');
});

test('as claimed, the late SET is found as a resurrection too', async t => {
  const {violation} = await check(protect, {profile: 'claimed', hosts: 3, only: 'NoResurrection'});
  t.is(violation?.property, 'NoResurrection');
});

test('as claimed, a primary that was superseded undoes what its successor did', async t => {
  const {violation} = await check(protect, {profile: 'claimed', hosts: 3, handovers: 1, only: 'MonotoneMeta'});
  t.is(violation?.property, 'MonotoneMeta');
  t.true((violation?.trace.length ?? 0) < 13, 'sooner than by a late command');
});

/** Each kind of fault by itself, where the hardened protocol must hold and every rule that can fire does. */
const FAULTS: readonly Sizes[] = [
  {},
  {handovers: 1, views: 2},
  {crashes: 1},
  {'lost-replies': 1},
  {losses: 1},
  {duplicates: 1},
  {'early-timeouts': 1},
  {subsets: 'one', hosts: 4},
  {subsets: 'all', hosts: 4},
  {unreduced: true, views: 2},
  {subsets: 'complement'},
  {subsets: 'partition'},
];

for (const fault of FAULTS) {
  test(`the hardened protocol holds with ${JSON.stringify(fault)}`, async t => {
    const {verdict, complete, coverage} = await exploration({hosts: 3, ...fault});
    t.deepEqual({verdict, complete}, {verdict: 'holds', complete: true});
    t.deepEqual(coverage.neverFired, {actions: [], rules: []});
  });
}

/** Where other rules apply, or nothing is forgotten. One property that holds all the same keeps the search going. */
const ELSEWHERE: readonly Sizes[] = [
  {unreduced: true, views: 1, toggles: 1, handovers: 1},
  {without: 'completion-report', views: 2},
  {without: 'every-responder', views: 2},
  {without: 'ask-everyone', views: 2, subsets: 'complement'},
  {without: 'parallel-fallbacks', views: 1, vms: 2},
  {without: 'namespace-query', views: 2},
  {without: 'terms', views: 1, toggles: 1, handovers: 1},
].map(size => ({...size, only: 'NoMinorityCommit'}));

test('every rule that this scene is about fires in some exploration', async t => {
  const sizes = [...FAULTS.filter(fault => !('hosts' in fault)), ...ELSEWHERE];
  const fired = new Set<string>();
  for (const size of sizes) {
    const {coverage} = await exploration({hosts: 3, ...size});
    for (const {id, generated} of coverage.rules) if (generated > 0) fired.add(id);
  }
  t.deepEqual(
    Object.keys(RULES).filter(id => isOfScene(id) && !fired.has(id)),
    [],
  );
});

test('every property can be asked for by itself, and holds where all hold', async t => {
  t.deepEqual(OPTIONS.only.values, PROPERTY_NAMES);
  const size = {hosts: 3, views: 1, toggles: 2};
  for (const only of PROPERTY_NAMES) t.is((await check(protect, {...size, only})).verdict, 'holds', only);
});
