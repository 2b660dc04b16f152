// What whole hosts are tried in: each plan is about one part of what a host does, from where that part begins.

import {type HostConfig, type HostId, hostId, mirrored, objectId, vmId} from '../../src/index.js';
import type {Bounded} from '../suite.js';
import type {Scene} from './scene.js';

/** The bound counts from behind the scene on, and so does the length. */
export type HostPlan = Bounded & {
  readonly self: HostId;
  /** How the host comes to where the search begins: a scene of `scene.ts`. */
  readonly scene: Scene;
  /** In what it is configured otherwise. */
  readonly change?: Partial<HostConfig>;
};

const [H1, H2, H3] = [hostId('h1'), hostId('h2'), hostId('h3')] as const;

const V1 = vmId('v1');

const SMALL = {repeats: 0, open: 8, self: H1} as const;

/** Only what was ordered last is answered. */
const NEAR = {...SMALL, open: 4} as const;

/** The disk is not accessible where the namespace object is, as nobody has acknowledged what it holds. */
const WITH_A_DISK: HostConfig['vms'] = [
  {
    vm: V1,
    namespace: mirrored(objectId('v1-namespace'), 'namespace', [H1, H2, H3]),
    disks: [mirrored(objectId('v1-disk'), 'disk', [H1, H2, H3])],
  },
];

const STORAGE: Readonly<Record<string, HostPlan>> = {
  'a host comes up': {
    ...SMALL,
    scene: 'down',
    length: 4,
    happenings: {restart: 2, crash: 1, view: 1, claim: 1, hello: 1},
  },
  'a member of a reign': {
    ...SMALL,
    self: H2,
    scene: 'up',
    length: 3,
    happenings: {lead: 2, left: 1, write: 1, view: 1, disk: 1, call: 1, hello: 1},
  },
  'the owner of the directory': {
    ...SMALL,
    scene: 'accessible',
    length: 3,
    happenings: {hello: 1, view: 1, call: 2, disk: 1, left: 1},
  },
  'a reign that gives way': {
    ...NEAR,
    self: H2,
    scene: 'own reign',
    length: 2,
    happenings: {view: 1, call: 1, left: 1, stray: 1},
  },
  'a lock that another host takes': {...NEAR, scene: 'accessible', length: 3, happenings: {call: 1, power: 1}},
};

const ROLES: Readonly<Record<string, HostPlan>> = {
  'an election': {...SMALL, scene: 'up', length: 3, happenings: {candidacy: 1, claim: 1}},
  'a host that is cut off': {
    ...NEAR,
    scene: 'isolated',
    length: 3,
    happenings: {candidacy: 1, claim: 1},
    change: {isolationResponse: 'power-off'},
  },
  'a primary that hears nobody': {...NEAR, scene: 'alone', length: 2, happenings: {candidacy: 1, alive: 1}},
  'a primary': {
    ...SMALL,
    scene: 'primary',
    length: 3,
    happenings: {request: 1, status: 1, claim: 1, crash: 1, view: 1},
  },
  'what a primary reads back': {...NEAR, open: 6, scene: 'primary', length: 3, happenings: {status: 1}},
  'a secondary': {
    ...SMALL,
    scene: 'following',
    length: 3,
    happenings: {claim: 1, ask: 1, command: 1, place: 1, 'restart command': 1, retrieve: 1},
  },
};

const FALLBACK: Readonly<Record<string, HostPlan>> = {
  'a primary that cannot write': {...NEAR, scene: 'asking', length: 4, happenings: {request: 1, resend: 1}},
  'a primary that waits': {...NEAR, open: 5, scene: 'stuck', length: 4, happenings: {view: 1}},
  'a timer that fires too late': {...NEAR, repeats: 1, scene: 'asking', length: 3, happenings: {}},
  'what comes late': {...NEAR, scene: 'registered', length: 3, happenings: {ask: 1, place: 1, later: 2}},
  'what others wait for': {
    ...NEAR,
    scene: 'registered',
    length: 4,
    happenings: {view: 1, place: 1},
    change: {notices: 'coarse'},
  },
};

const FAILOVER: Readonly<Record<string, HostPlan>> = {
  'a restart': {...SMALL, scene: 'protecting', length: 3, happenings: {status: 1, end: 1}},
  'old news': {...NEAR, scene: 'handed over', length: 1, happenings: {news: 1}},
  'a VM whose lock is held': {...NEAR, scene: 'locked', length: 2, happenings: {status: 1}},
  'a counted attempt': {
    ...NEAR,
    scene: 'protecting',
    length: 4,
    happenings: {status: 1, request: 1},
    change: {vms: WITH_A_DISK, placement: 'try', scope: 'namespace'},
  },
  'a VM that left before it was protected': {...NEAR, scene: 'departed', length: 2, happenings: {status: 1, end: 1}},
  'a search that is repeated': {
    ...SMALL,
    scene: 'asked again',
    length: 3,
    happenings: {},
    change: {capacity: 0},
  },
  'a command that is repeated': {
    ...SMALL,
    scene: 'commanded again',
    length: 2,
    happenings: {},
    change: {capacity: 0},
  },
  'a host that fails while it is asked': {...NEAR, scene: 'silent while it is asked', length: 3, happenings: {}},
  'a search for a place': {...NEAR, scene: 'placing', length: 3, happenings: {status: 1}, change: {capacity: 0}},
  'a start on another host': {
    ...NEAR,
    scene: 'starting',
    length: 3,
    happenings: {end: 1, request: 1},
    change: {capacity: 0},
  },
  'the last attempt': {
    ...NEAR,
    scene: 'starting',
    length: 3,
    happenings: {status: 1},
    change: {capacity: 0, schedule: [0]},
  },
  'a VM outside the object store': {
    ...NEAR,
    scene: 'starting',
    length: 3,
    happenings: {status: 1},
    change: {capacity: 0, plans: [{vm: V1, stored: false, priority: 0}]},
  },
  'a VM that waits for a place': {...NEAR, scene: 'waiting', length: 3, happenings: {status: 1, request: 1}},
  'a host that is back': {...NEAR, scene: 'deserted', length: 2, happenings: {alive: 1}},
  'places that are published': {
    ...NEAR,
    scene: 'protecting',
    length: 3,
    happenings: {status: 1, publication: 2},
    change: {placement: 'publish', capacity: 0},
  },
  'a host that publishes': {
    ...NEAR,
    scene: 'following',
    length: 2,
    happenings: {view: 1, power: 1},
    change: {placement: 'publish'},
  },
  'places that are tried': {
    ...NEAR,
    scene: 'protecting',
    length: 3,
    happenings: {status: 1},
    change: {placement: 'try'},
  },
  'a host without room': {
    ...NEAR,
    scene: 'following',
    length: 2,
    happenings: {place: 1, 'restart command': 1, power: 1},
    change: {capacity: 0},
  },
};

const VMS: Readonly<Record<string, HostPlan>> = {
  'a VM': {
    ...SMALL,
    scene: 'running',
    length: 3,
    happenings: {restart: 1, power: 1, migrate: 1, create: 1, view: 1, crash: 1},
  },
  'a VM of a member': {
    ...NEAR,
    self: H2,
    scene: 'member with a VM',
    length: 3,
    happenings: {write: 1, left: 1, lead: 1, power: 1},
  },
  'a power-on that is under way': {
    ...NEAR,
    self: H2,
    scene: 'member',
    length: 3,
    happenings: {left: 1, lead: 1, power: 1},
  },
  'a lock that comes too late': {
    ...SMALL,
    self: H2,
    scene: 'given up',
    length: 2,
    happenings: {left: 1, power: 1},
  },
  'a disk that is back later': {
    ...NEAR,
    scene: 'running with a disk',
    length: 3,
    happenings: {view: 1},
    change: {vms: WITH_A_DISK},
  },
  'a disk that is out of reach': {
    ...NEAR,
    scene: 'accessible',
    length: 3,
    happenings: {power: 1, view: 1},
    change: {vms: WITH_A_DISK},
  },
};

/** By name. Together they come to every rule of a whole host that can be come to. */
export const COVERED: Readonly<Record<string, HostPlan>> = {...STORAGE, ...ROLES, ...FALLBACK, ...FAILOVER, ...VMS};

/** What random walks may meet. */
export const WALKED: Bounded = {
  length: 40,
  happenings: {
    restart: 3,
    crash: 1,
    view: 4,
    request: 3,
    resend: 2,
    power: 3,
    migrate: 1,
    create: 1,
    disk: 1,
    claim: 2,
    candidacy: 1,
    alive: 2,
    status: 3,
    end: 2,
    ask: 2,
    later: 1,
    command: 2,
    place: 2,
    'restart command': 1,
    retrieve: 1,
    news: 1,
    hello: 2,
    lead: 2,
    left: 1,
    write: 1,
    call: 2,
  },
  repeats: 3,
  open: 10,
};
