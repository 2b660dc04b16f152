import test from 'ava';
import {check} from '../../../model/index.js';
import {OPTIONS, PROPERTY_NAMES, type PropertyName} from '../../../model/scenes/storage/options.js';
import {storage} from '../../../model/scenes/storage/storage.js';
import {type Repair, RULES} from '../../../src/index.js';

type Sizes = Readonly<Record<string, unknown>>;

/** Each exploration once, however many tests ask for it. */
const explored = new Map<string, ReturnType<typeof check>>();
const exploration = (size: Sizes): ReturnType<typeof check> => {
  const key = JSON.stringify(size);
  const result = explored.get(key) ?? check(storage, size);
  explored.set(key, result);
  return result;
};

/**
 * For each repair: a size at which the hardened storage module without it fails, what fails, and after how many
 * steps.
 */
const MISSED: {
  readonly [R in Repair]?: {readonly size: Sizes; readonly property: PropertyName; readonly steps: number};
} = {
  'cache-notices': {size: {views: 0, toggles: 1, reads: 1}, property: 'MasterLearns', steps: 9},
  'configuration-numbers': {size: {views: 1, toggles: 1, losses: 1}, property: 'MonotoneMeta', steps: 9},
  'directory-owner': {
    size: {views: 1, toggles: 0, only: 'QuorumExclusive'},
    property: 'QuorumExclusive',
    steps: 1,
  },
  generations: {size: {views: 0, toggles: 2}, property: 'MonotoneMeta', steps: 8},
  'object-identity': {size: {views: 0, toggles: 1, creations: 1}, property: 'NoResurrection', steps: 8},
  'quorum-recalculation': {
    size: {views: 1, toggles: 0, absences: 1, links: 'partitions'},
    property: 'QuorumExclusive',
    steps: 3,
  },
};

for (const [repair, {size, property, steps}] of Object.entries(MISSED)) {
  test(`without ${repair}, ${property} fails, and with it nothing does`, async t => {
    const {violation} = await check(storage, {...size, without: repair});
    t.is(violation?.property, property);
    t.is((violation?.trace.length ?? 0) - 1, steps);
    const hardened = await exploration(size);
    t.deepEqual([hardened.verdict, hardened.complete], ['holds', true]);
  });
}

test('without configuration-numbers, two stale components bring an old state back although nothing was lost', async t => {
  const {violation} = await check(storage, {toggles: 1, without: 'configuration-numbers'});
  t.is(violation?.property, 'MonotoneMeta');
});

test('without directory-owner, quorums are exclusive as long as the storage network splits into sides', async t => {
  const size = {views: 1, toggles: 0, links: 'partitions', without: 'directory-owner', only: 'QuorumExclusive'};
  t.is((await check(storage, size)).verdict, 'holds');
});

test('without quorum-recalculation, two hosts write to one VM', async t => {
  const size = {views: 1, toggles: 0, absences: 1, locks: 2, links: 'partitions', only: 'SingleWriter'};
  t.is((await check(storage, {...size, without: 'quorum-recalculation'})).violation?.property, 'SingleWriter');
});

/** Each kind of fault by itself: the hardened module refines the contract. */
const FAULTS: readonly Sizes[] = [
  {},
  {views: 1, losses: 1},
  {views: 1, creations: 1},
  {views: 1, crashes: 1},
  {views: 1, absences: 2, links: 'partitions'},
  {views: 1, toggles: 0, locks: 2},
  {views: 0, toggles: 0, locks: 3},
  {views: 1, reads: 1},
  {views: 0, toggles: 2},
  {views: 1, links: 'partitions', unreduced: true},
];

for (const fault of FAULTS) {
  test(`the hardened storage module holds with ${JSON.stringify(fault)}`, async t => {
    const {verdict, complete} = await exploration(fault);
    t.deepEqual({verdict, complete}, {verdict: 'holds', complete: true});
  });
}

/** Where other rules apply. One property that holds all the same keeps the search going. */
const ELSEWHERE: readonly Sizes[] = [
  {without: 'cache-notices'},
  {without: 'configuration-numbers'},
  {without: 'directory-owner', absences: 0, only: 'NoResurrection'},
  {without: 'quorum-recalculation'},
].map(size => ({views: 1, absences: 1, links: 'partitions', only: 'NoMinorityCommit', ...size}));

/**
 * Of the contract: what an HA module is answered where it takes the contract for granted, which other scenes fire. Of
 * the module: what only messages out of turn and the coarse notices reach.
 */
const ELSEWHERE_RULES = ['ST-01', 'ST-04', 'ST-05', 'ST-06', 'ST-07', 'ST-09', 'ST-11', 'ST-12', 'ST-13', 'ST-14'];
const UNREACHED = ['DR-13', 'DR-20', 'DR-21', 'CH-08'];

test('every rule of the storage modules fires in some exploration', async t => {
  const fired = new Set<string>();
  for (const size of [...FAULTS, ...ELSEWHERE]) {
    const {coverage} = await exploration(size);
    for (const {id, generated} of coverage.rules) if (generated > 0) fired.add(id);
  }
  const ours = Object.keys(RULES).filter(id => /^(ST|LK|DR|OB|CH)-/.test(id));
  t.deepEqual(
    ours.filter(id => !fired.has(id)),
    [...ELSEWHERE_RULES, ...UNREACHED].sort((a, b) => ours.indexOf(a) - ours.indexOf(b)),
  );
});

test('every property can be asked for by itself, and holds where all hold', async t => {
  t.deepEqual(OPTIONS.only.values, PROPERTY_NAMES);
  for (const only of PROPERTY_NAMES) {
    t.is((await check(storage, {views: 1, toggles: 1, links: 'partitions', only})).verdict, 'holds', only);
  }
});
