import {
  type Component,
  hostId,
  mirrored,
  type ObjectLayout,
  objectId,
  profile,
  type Repairs,
  vmId,
} from '../../src/index.js';
import type {Bound} from '../cases/world.js';
import {always, type Bounded, type Plan, planIn, type Suite} from '../suite.js';
import {storageSettlement} from './settlement.js';
import {
  type StorageConfig,
  type StorageEffect,
  type StorageState,
  type StorageStimulus,
  storageContract,
} from './specification.js';
import {storageStories} from './stories.js';
import {surroundingsOf} from './surroundings.js';

const [H1, H2, H3, H4] = [hostId('h1'), hostId('h2'), hostId('h3'), hostId('h4')] as const;

const home = (...components: readonly Component[]): ObjectLayout => ({
  object: objectId('v1-namespace'),
  kind: 'namespace',
  components,
});

const COMMON = mirrored(objectId('v1-namespace'), 'namespace', [H1, H2, H3]);

/** A side can have exactly half of the votes. A cluster refuses such a layout; the contract says what it is worth. */
const TIED = home(
  {host: H1, kind: 'replica', votes: 2},
  {host: H2, kind: 'replica', votes: 1},
  {host: H3, kind: 'witness', votes: 1},
);

/** A witness has most of the votes, and no data. */
const WITNESSED = home({host: H1, kind: 'replica', votes: 1}, {host: H2, kind: 'witness', votes: 2});

/** The first host has a quorum by itself, and the data: what it writes alone, nobody else has. */
const ALONE = home({host: H1, kind: 'replica', votes: 2}, {host: H2, kind: 'replica', votes: 1});

/** A side without the first host can have a quorum, by the heavy component and one more. */
const HEAVY = home(
  {host: H1, kind: 'replica', votes: 1},
  {host: H2, kind: 'replica', votes: 1},
  {host: H3, kind: 'replica', votes: 1},
  {host: H4, kind: 'replica', votes: 2},
);

/**
 * For the storage modules of a cluster together, as far as SET and the two predicates of one VM are concerned, with the
 * given repairs: all of `hardened` if none are named. Every situation within small bounds, then random walks.
 */
export const storageSuite = ({
  repairs = profile('hardened'),
}: {
  readonly repairs?: Repairs;
} = {}): Suite<StorageConfig, StorageState, StorageStimulus, StorageEffect> => {
  const {common, alone, tied, witnessed, elsewhere, heavy} = layouts(repairs);
  const sets = {set: 2, again: 1, overtaken: 1, conflict: 1};
  return {
    specification: storageContract,
    plans: [
      plan('SET in each order', common, {view: 1, ...sets}, {length: 5, recall: 1}),
      // What a fault leaves behind comes out only once the network has split again, another way.
      plan('components that fall behind', common, {view: 3, set: 1, ask: 1}, {length: 5, recall: 5}),
      plan(
        'a SET that changes nothing',
        common,
        {view: 2, set: 1, again: 1, overtaken: 1, ask: 1},
        {length: 5, recall: 5},
      ),
      plan('a heavy component', heavy, {view: 3, set: 1, ask: 1}, {length: 5, recall: 5}),
      plan('a host that is enough by itself', alone, {view: 2, set: 1, ask: 2}, {length: 5, recall: 5}),
      plan('votes that can tie', tied, {view: 1, ask: 1, set: 1}, {length: 3, recall: 1}),
      plan('a heavy witness', witnessed, {view: 1, ask: 1, set: 1}, {length: 3, recall: 1}),
      plan('a disk elsewhere', elsewhere, {view: 2, ask: 1, set: 1}, {length: 4, recall: 1}),
      plan('random walks', elsewhere, MANY, {length: 40, walks: 50}),
      {...plan('stories', elsewhere, always(Object.keys(MANY)), {length: 0}), stories: storageStories},
    ],
    // A SET that is repeated is known by its generation (ST-04).
    settlement: repairs.generations ? storageSettlement : null,
  };
};

/** The clusters that it is tried in. */
export const layouts = (repairs: Repairs) => {
  const three = [H1, H2, H3];
  const only = (namespace: ObjectLayout): StorageConfig => ({
    hosts: three,
    vm: {vm: vmId('v1'), namespace, disks: []},
    repairs,
  });
  const elsewhere: StorageConfig = {
    hosts: [...three, H4],
    vm: {vm: vmId('v1'), namespace: COMMON, disks: [mirrored(objectId('v1-disk'), 'disk', [H2, H3, H4])]},
    repairs,
  };
  const heavy: StorageConfig = {hosts: [...three, H4], vm: {vm: vmId('v1'), namespace: HEAVY, disks: []}, repairs};
  return {common: only(COMMON), alone: only(ALONE), tied: only(TIED), witnessed: only(WITNESSED), elsewhere, heavy};
};

const MANY = {view: 10, ask: 10, set: 10, again: 5, overtaken: 5, conflict: 5};

const plan = (
  name: string,
  config: StorageConfig,
  happenings: Bound['happenings'],
  {length, recall = 0, walks = null}: Pick<Bounded, 'length'> & Parameters<typeof planIn>[4],
): Plan<StorageConfig, StorageStimulus, StorageEffect> =>
  planIn(name, config, surroundingsOf(config), {length, happenings, repeats: 0, open: 0}, {recall, walks});
