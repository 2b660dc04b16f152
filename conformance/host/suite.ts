import {
  type ComposedState,
  type HostConfig,
  type HostEffect,
  type HostEvent,
  type HostId,
  hostId,
  mirrored,
  objectId,
  profile,
  type Repairs,
  SCHEDULE,
  vmId,
} from '../../src/index.js';
import {worldWithin} from '../cases/world.js';
import {type Bounded, type Plan, planIn, type Suite, told} from '../suite.js';
import {type Scene, staged} from './scene.js';
import {hostSettlement} from './settlement.js';
import {wholeHost} from './specification.js';
import {hostStories} from './stories.js';
import {surroundingsOf} from './surroundings.js';

type HostPlan = Bounded & {
  readonly self: HostId;
  /** How the host comes to where the search begins: a scene of `scene.ts`. */
  readonly scene: Scene;
};

const [H1, H2, H3] = [hostId('h1'), hostId('h2'), hostId('h3')] as const;
const HOSTS = [H1, H2, H3];

const SMALL = {repeats: 0, open: 8};

/** Each is about one part of what a host does, from where that part begins: its length counts beyond the scene. */
const COVERED: Readonly<Record<string, HostPlan>> = {
  'a host comes up': {
    ...SMALL,
    self: H1,
    scene: 'down',
    length: 4,
    happenings: {restart: 2, crash: 1, view: 1, claim: 1, hello: 1},
  },
  'a member of a reign': {
    ...SMALL,
    self: H2,
    scene: 'up',
    length: 3,
    happenings: {restart: 1, lead: 2, left: 1, write: 1, view: 1, disk: 1, call: 1},
  },
  'the owner of the directory': {
    ...SMALL,
    self: H1,
    scene: 'accessible',
    length: 3,
    happenings: {restart: 1, hello: 1, view: 1, call: 2, disk: 1, left: 1},
  },
  'an election': {
    ...SMALL,
    self: H1,
    scene: 'up',
    length: 3,
    happenings: {restart: 1, candidacy: 1, claim: 1},
  },
  'a primary': {
    ...SMALL,
    self: H1,
    scene: 'primary',
    length: 3,
    happenings: {restart: 1, request: 1, status: 2, claim: 1, crash: 1, view: 1},
  },
  'a restart': {
    ...SMALL,
    self: H1,
    scene: 'protecting',
    length: 3,
    happenings: {restart: 1, request: 1, status: 2},
  },
  'a secondary': {
    ...SMALL,
    self: H1,
    scene: 'following',
    length: 3,
    happenings: {restart: 1, claim: 2, ask: 1, command: 1, place: 1, 'restart command': 1, retrieve: 1},
  },
  'a VM': {
    ...SMALL,
    self: H1,
    scene: 'running',
    length: 3,
    happenings: {restart: 2, power: 2, migrate: 1, create: 1, view: 1, crash: 1},
  },
};

const WALKED: Bounded = {
  length: 40,
  happenings: {
    restart: 3,
    crash: 1,
    view: 4,
    request: 3,
    power: 3,
    migrate: 1,
    create: 1,
    disk: 1,
    claim: 2,
    candidacy: 1,
    status: 3,
    ask: 2,
    command: 2,
    place: 2,
    'restart command': 1,
    retrieve: 1,
    hello: 2,
    lead: 2,
    left: 1,
    write: 1,
    call: 2,
  },
  repeats: 3,
  open: 10,
};

/**
 * For a whole host that keeps the given repairs: all of `hardened` if none are named. It is tried as one of three hosts
 * with one VM, whose namespace object has a component on each.
 */
export const hostSuite = ({
  repairs = profile('hardened'),
}: {
  readonly repairs?: Repairs;
} = {}): Suite<HostConfig, ComposedState, HostEvent, HostEffect> => ({
  specification: wholeHost,
  plans: [
    ...Object.entries(COVERED).map(([name, {self, scene, length, ...bound}]) => {
      const config = configOf(self, repairs);
      const {world, steps} = staged(worldWithin(surroundingsOf(config), bound), scene);
      return {name, config, world, length: steps + length, recall: 0, walks: null};
    }),
    walks('random walks', H1, repairs),
    walks('random walks of another host', H2, repairs),
    {
      ...planIn(
        'stories',
        configOf(H1, repairs),
        surroundingsOf(configOf(H1, repairs)),
        told(Object.keys(WALKED.happenings)),
      ),
      stories: hostStories,
    },
  ],
  settlement: hostSettlement,
});

const walks = (name: string, self: HostId, repairs: Repairs): Plan<HostConfig, HostEvent, HostEffect> => {
  const config = configOf(self, repairs);
  return planIn(name, config, surroundingsOf(config), WALKED, {walks: 50, recall: 0});
};

/** One VM with two replicas and a witness. */
export const configOf = (self: HostId, repairs: Repairs): HostConfig => {
  const vm = vmId('v1');
  return {
    self,
    hosts: HOSTS,
    vms: [{vm, namespace: mirrored(objectId('v1-namespace'), 'namespace', [H1, H2, H3]), disks: []}],
    repairs,
    elector: 'builtin',
    datastores: 0,
    isolationResponse: 'leave',
    subsets: 'any',
    plans: [{vm, stored: true, priority: 0}],
    placement: 'ask',
    scope: 'all',
    schedule: SCHEDULE,
    concurrency: 1,
    notices: 'per-vm',
    capacity: 1,
    cleanByDefault: false,
  };
};
