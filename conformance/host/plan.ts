// A plan for whole hosts, and what hosts are configured to where the plain configuration does not show enough.

import {type HostConfig, type HostId, hostId, mirrored, objectId, vmId} from '../../src/index.js';
import type {Bounded} from '../suite.js';
import type {Scene} from './scene.js';
import type {Fork} from './ways.js';

/** The bound counts from behind the scene on, and so does the length. */
export type HostPlan = Bounded & {
  readonly self: HostId;
  /** How the host comes to where the search begins: a scene of `scene.ts`. */
  readonly scene: Scene;
  /** In what it is configured otherwise. */
  readonly change?: Partial<HostConfig>;
};

export const [H1, H2, H3] = [hostId('h1'), hostId('h2'), hostId('h3')] as const;

const V1 = vmId('v1');

export const SMALL = {repeats: 0, open: 8, self: H1} as const;

/** Only what was ordered last is answered. */
export const NEAR = {...SMALL, open: 4} as const;

/** The disk is not accessible where the namespace object is, as nobody has acknowledged what it holds. */
export const WITH_A_DISK: HostConfig['vms'] = [
  {
    vm: V1,
    namespace: mirrored(objectId('v1-namespace'), 'namespace', [H1, H2, H3]),
    disks: [mirrored(objectId('v1-disk'), 'disk', [H1, H2, H3])],
  },
];

/** The object is on one host alone, which can access it whomever it reaches. */
const onlyOn = (host: HostId): HostConfig['vms'] => [
  {
    vm: V1,
    namespace: {object: objectId('v1-namespace'), kind: 'namespace', components: [{host, kind: 'replica', votes: 1}]},
    disks: [],
  },
];

export const [AT_HOME, AT_ITS_MEMBER] = [onlyOn(H1), onlyOn(H2)] as const;

/** The witness stands before the replicas. */
export const WITNESS_FIRST: HostConfig['vms'] = [
  {
    vm: V1,
    namespace: {
      object: objectId('v1-namespace'),
      kind: 'namespace',
      components: [
        {host: H1, kind: 'witness', votes: 1},
        {host: H2, kind: 'replica', votes: 1},
        {host: H3, kind: 'replica', votes: 1},
      ],
    },
    disks: [],
  },
];

/** With the priority of each. */
const vms = (priorities: Readonly<Record<string, number>>): Partial<HostConfig> => ({
  vms: Object.keys(priorities).map(name => ({
    vm: vmId(name),
    namespace: mirrored(objectId(`${name}-namespace`), 'namespace', [H1, H2, H3]),
    disks: [],
  })),
  plans: Object.entries(priorities).map(([name, priority]) => ({vm: vmId(name), stored: true, priority})),
});

export const TWO_VMS = vms({v1: 0, v2: 1});

/** The last is the most urgent, and of equals there are two; none can be started on the host itself. */
export const SEVERAL: Partial<HostConfig> = {...vms({v1: 0, v2: 0, v3: 1}), capacity: 0};

export const OUTSIDE: Partial<HostConfig> = {capacity: 0, plans: [{vm: V1, stored: false, priority: 0}]};

/** A few ways behind a scene, all of which are gone: as h1, unless it says otherwise. */
export type NarrowPlan = Pick<HostPlan, 'scene' | 'change'> & {
  readonly self?: HostId;
  /** What may happen in the first step behind the scene, in the second, and so on. */
  readonly forks: readonly Fork[];
};
