import test from 'ava';
import {check} from '../../../model/index.js';
import {failover} from '../../../model/scenes/failover/failover.js';
import {PROPERTY_NAMES, type PropertyName} from '../../../model/scenes/failover/options.js';

type Sizes = Readonly<Record<string, unknown>>;

const NONE = {views: 0, splits: 0, crashes: 0, toggles: 0};

/** Each kind of fault by itself or with one other, where the hardened protocol must hold. */
const HOLDS: readonly Sizes[] = [
  {views: 2},
  {crashes: 1},
  {crashes: 1, toggles: 1},
  {views: 1, splits: 1},
  {splits: 1, toggles: 1},
  {migrations: 1, crashes: 1},
  {vms: 2, capacity: 1, crashes: 1},
  {hosts: 4, views: 1},
  {isolation: 'power-off', splits: 1},
  {leases: true, views: 2},
  {placement: 'publish', crashes: 1},
  {placement: 'publish', hosts: 4, views: 1},
  {placement: 'publish', views: 2, attempts: 1},
  {views: 1, crashes: 1},
  {views: 1, crashes: 1, attempts: 1},
  {losses: 2, crashes: 1},
  {losses: 1, views: 2},
  {losses: 2, views: 2, cuts: 'any', attempts: 1},
  {losses: 1, splits: 1},
];

for (const size of HOLDS) {
  test(`the hardened protocol holds with ${JSON.stringify(size)}`, async t => {
    const {verdict, complete, violation} = await check(failover, {...NONE, ...size});
    t.deepEqual(
      {verdict, complete, violation: violation?.property},
      {verdict: 'holds', complete: true, violation: undefined},
    );
  });
}

/** For each hazard: what fails, where, in how many steps, and the same without the hazard. */
const HAZARDS: readonly {
  readonly title: string;
  readonly property: PropertyName;
  readonly size: Sizes;
  readonly steps: number;
  readonly remedy: Sizes;
}[] = [
  {
    title: 'H9: where only the namespace object is asked about, every attempt of the schedule is futile',
    property: 'BoundedFutileRestarts',
    size: {hosts: 4, views: 1, query: 'namespace', futile: 2},
    steps: 26,
    remedy: {query: 'all', futile: 1},
  },
  {
    title: 'H11: as claimed, a primary restarts what the user has switched off on the other side',
    property: 'NoResurrection',
    size: {profile: 'claimed', splits: 1, toggles: 1},
    steps: 7,
    remedy: {with: 'intent-generation'},
  },
  {
    title: 'H12: two instances execute for a moment, even in the hardened protocol',
    property: 'AtMostOneRunning',
    size: {views: 1},
    steps: 8,
    remedy: {leases: true},
  },
  {
    title: 'H12: without fenced writes, a ghost writes when the storage network has healed',
    property: 'SingleWriter',
    size: {views: 2, without: 'write-fencing'},
    steps: 9,
    remedy: {without: ''},
  },
  {
    title: 'H12: a ghost that nobody ends stays',
    property: 'GhostsEnd',
    size: {views: 1, without: 'ghost-kill'},
    steps: 8,
    remedy: {without: ''},
  },
  {
    title: 'H13: as claimed, nobody restarts a VM that has lost its storage and executes',
    property: 'EventuallyServing',
    size: {profile: 'claimed', views: 1},
    steps: 2,
    remedy: {with: 'storage-loss-trigger'},
  },
  {
    title: 'H14: a kill that could not be written is taken for a clean stop',
    property: 'EventuallyRestarted',
    size: {views: 1, without: 'intent-generation'},
    steps: 4,
    remedy: {without: ''},
  },
  {
    title: 'H26: a VM has moved, its new host fails, and the list names the old one',
    property: 'EventuallyRestarted',
    size: {crashes: 1, migrations: 1, without: 'lock-registration'},
    steps: 3,
    remedy: {without: ''},
  },
];

for (const {title, property, size, steps, remedy} of HAZARDS) {
  test(title, async t => {
    const {violation} = await check(failover, {...NONE, ...size, only: property});
    t.is(violation?.property, property);
    t.is((violation?.trace.length ?? 0) - 1, steps, 'the shortest way');
    const {verdict} = await check(failover, {...NONE, ...size, ...remedy, only: property});
    t.is(verdict, 'holds');
  });
}

test('either the trigger, or the end of the ghost told by number, makes a VM serve again', async t => {
  for (const repairs of ['storage-loss-trigger', 'ghost-kill,intent-generation']) {
    const size = {...NONE, views: 1, profile: 'claimed', with: repairs, only: 'EventuallyServing'};
    t.is((await check(failover, size)).verdict, 'holds', repairs);
  }
});

test('what nobody could be told of is restarted although the user has switched it off', async t => {
  const {violation} = await check(failover, {...NONE, crashes: 1, toggles: 1, only: 'NoResurrectionStrict'});
  t.is(violation?.property, 'NoResurrectionStrict');
});

/** Three-way cuts: no side has a quorum of a mirrored object. */
const SHATTERED: readonly Sizes[] = [
  {cuts: 'any', views: 1, only: 'StartsWithQuorum'},
  {cuts: 'any', views: 1, only: 'WaitsWithoutQuorum'},
  {cuts: 'any', views: 1, vms: 2, pinned: true, only: 'NonInterference'},
];

for (const size of SHATTERED) {
  test(`H23: where no side has a quorum, a VM waits and no other does: ${JSON.stringify(size)}`, async t => {
    const {verdict, complete} = await check(failover, {...NONE, ...size});
    t.deepEqual({verdict, complete}, {verdict: 'holds', complete: true});
  });
}

test('H23: as claimed, nobody waits for a VM that has lost its storage and executes', async t => {
  const size = {cuts: 'any', views: 1, profile: 'claimed', only: 'WaitsWithoutQuorum'};
  const {violation} = await check(failover, {...NONE, ...size});
  t.is(violation?.property, 'WaitsWithoutQuorum');
});

test('H10: when the storage network has come to rest, a VM that could be started runs', async t => {
  const size = {cuts: 'alone', views: 2, attempts: 1, only: 'RestartedInTheEnd'};
  const {verdict, complete} = await check(failover, {...NONE, ...size});
  t.deepEqual({verdict, complete}, {verdict: 'holds', complete: true});
});

test('H10: a VM whose attempts are spent on a lock that is released later is not restarted', async t => {
  const size = {cuts: 'alone', views: 2, attempts: 1, only: 'RestartedInTheEnd', without: 'lock-registration'};
  const {violation} = await check(failover, {...NONE, ...size});
  t.is(violation?.property, 'RestartedInTheEnd');
});

test('every property can be asked for by itself', async t => {
  for (const only of PROPERTY_NAMES.filter(name => name !== 'NoResurrectionStrict')) {
    t.is((await check(failover, {...NONE, views: 1, leases: true, futile: 3, only})).verdict, 'holds', only);
  }
});

test('a place that is tried and not asked for may fail as often as there are attempts', async t => {
  const {violation} = await check(failover, {...NONE, views: 1, placement: 'try', only: 'EventuallyRestarted'});
  t.is(violation?.property, 'EventuallyRestarted');
});
