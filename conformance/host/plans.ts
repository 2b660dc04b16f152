// What whole hosts are tried in: each plan is about one part of what a host does, from where that part begins.

import type {Bounded} from '../suite.js';
import {FAILOVER} from './failover.js';
import {H2, type HostPlan, NEAR, SMALL, TWO_VMS, WITH_A_DISK} from './plan.js';

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
  'what others have heard': {...NEAR, scene: 'told', length: 3, happenings: {view: 1, place: 1}},
  'what others want to hear': {
    ...NEAR,
    scene: 'overtaken',
    length: 3,
    happenings: {place: 1, later: 1, neighbour: 1},
    change: TWO_VMS,
  },
  'what others wait for': {
    ...NEAR,
    scene: 'registered',
    length: 4,
    happenings: {view: 1, place: 1},
    change: {notices: 'coarse'},
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
    neighbour: 2,
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
    publication: 1,
    hello: 2,
    stray: 2,
    lead: 2,
    left: 1,
    write: 1,
    call: 2,
  },
  repeats: 3,
  open: 10,
};
