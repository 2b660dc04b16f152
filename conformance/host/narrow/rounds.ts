// Narrow plans for h1 as the primary: timers and requests that are not of the round that runs, attempts however they
// end, and whose turn is next.

import {mirrored, objectId, vmId} from '../../../src/index.js';
import {happens, type ScriptStep} from '../../cases/script.js';
import {H1, H2, H3, type NarrowPlan, SEVERAL, TWO_VMS, WITH_A_DISK} from '../plan.js';
import {ELECTED, FRESH, fires, h3, hears, view} from '../scene.js';
import type {Fork} from '../ways.js';

type Where = Readonly<Record<string, unknown>>;

const yes = (where: Where = {}): ScriptStep => hears('AccessAnswer', {'message.accessible': true, ...where});

const no = (where: Where = {}): ScriptStep => hears('AccessAnswer', {'message.accessible': false, ...where});

/** Of a second host. */
const neither = (where: Where = {}): ScriptStep => no({from: 'h3', ...where});

const ackOf = (object: string): ScriptStep => hears('ComponentAck', {'message.object': object});

const result = (type: string): ScriptStep => hears('RestartResult', {'message.result.type': type});

const reports = (type: string): ScriptStep => hears('VmStatus', {'message.term': 3, 'message.report.type': type});

const WELL = {'message.standing.accessible': true, 'message.standing.capacity': true, 'message.standing.holder': null};

const DENIED = {'message.standing.accessible': false};

/** By one host after the other. */
const denied = (vm: string): readonly Fork[] => [
  [hears('PlaceAnswer', {'message.vm': vm, ...DENIED})],
  [h3('PlaceAnswer', {'message.vm': vm, ...DENIED})],
];

const OFF = h3('Retrieved', {'message.term': 3, 'message.retrievals.0.value': 'unprotected'});

/** More attempts than any schedule has. */
const SPENT = h3('Retrieved', {'message.term': 3, 'message.retrievals.0.attempts': 9});

const PUBLISHED: Fork = [h3('PlacePublished', {'message.term': 3, ...WELL})];

const ALIVE = hears('Alive', {'message.term': 3});

const calls = (call: Where): ScriptStep =>
  hears('Call', {
    'message.number': 3,
    ...Object.fromEntries(Object.entries(call).map(([key, value]) => [`message.call.${key}`, value])),
  });

const WAITED: Fork = [fires('Failover', {'timer.stage': 'exhausted'})];

/** It holds what is written to it, and its neighbour too. */
const A_DISK_AND_A_NEIGHBOUR = [
  ...WITH_A_DISK,
  {vm: vmId('v2'), namespace: mirrored(objectId('v2-namespace'), 'namespace', [H1, H2, H3]), disks: []},
];

const REQUESTS: Readonly<Record<string, NarrowPlan>> = {
  'timers of an earlier round of the same request': {
    scene: 'asking',
    forks: [
      [yes()],
      [neither()],
      [hears('SetResult', {'message.result': 'failed'})],
      [hears('BecameAccessible')],
      [yes({'message.round': 1}), no({'message.round': 1})],
      [neither({'message.round': 1}), fires('Fallback', {'timer.round': 0, 'timer.phase': 'querying'})],
      [fires('Fallback', {'timer.round': 0})],
    ],
    change: {subsets: 'all'},
  },
  'timers of an earlier request': {
    scene: 'asking',
    forks: [
      [yes()],
      [neither()],
      [happens('Request', {generation: 2})],
      [yes({'message.generation': 2}), fires('Fallback', {'timer.generation': 1, 'timer.phase': 'querying'})],
      [neither({'message.generation': 2})],
      [fires('Fallback', {'timer.generation': 1})],
    ],
    change: {subsets: 'all'},
  },
  'a notification of an earlier request': {
    scene: 'stuck',
    forks: [
      [happens('Request', {generation: 2})],
      [no({'message.generation': 2})],
      [neither({'message.generation': 2})],
      [hears('BecameAccessible', {'message.generation': 1})],
    ],
    change: {subsets: 'all'},
  },
  'a host that is gone and is asked all the same': {
    scene: 'asking',
    forks: [
      [fires('Host', {'timer.host': 'h3'})],
      [happens('Probed', {host: 'h3', ping: false, heartbeat: 'none'})],
      [happens('Request', {generation: 2})],
      [no({'message.generation': 2})],
      [neither({'message.generation': 2})],
      [fires('Fallback', {'timer.generation': 2, 'timer.phase': 'waiting'})],
    ],
    change: {subsets: 'all'},
  },
  'a request for another VM': {
    scene: 'asking',
    forks: [
      [happens('Request', {vm: 'v2'})],
      ['v1', 'v2'].map(vm => yes({'message.vm': vm})),
      ['v1', 'v2'].map(vm => neither({'message.vm': vm})),
      [hears('SetResult', {'message.result': 'ok'}), yes()],
      [neither()],
    ],
    change: {...TWO_VMS, subsets: 'all'},
  },
  'what becomes accessible beside what a primary waits for': {
    scene: 'stuck',
    forks: [
      [view('h1', 'h2', 'h3')],
      [FRESH],
      [ackOf('v1-disk'), ackOf('v2-namespace')],
      [ackOf('v1-namespace')],
      [ackOf('v1-namespace')],
    ],
    change: {vms: A_DISK_AND_A_NEIGHBOUR},
  },
  'a SET that took too long, of a VM whose disk is out of reach': {
    scene: 'primary',
    forks: [[happens('Request')], [fires('Fallback', {'timer.phase': 'setting'})], [no()], [neither()]],
    change: {vms: WITH_A_DISK},
  },
};

const ATTEMPTS: Readonly<Record<string, NarrowPlan>> = {
  'the last attempt, however it ends': {
    scene: 'starting',
    forks: [
      [
        ...['inaccessible', 'locked', 'failed', 'capacity'].map(result),
        fires('Failover', {'timer.stage': 'starting'}),
        fires('Host', {'timer.host': 'h2'}),
      ],
      [...WAITED, happens('Probed', {host: 'h2', ping: false, heartbeat: 'none'})],
    ],
    change: {capacity: 0, schedule: [0]},
  },
  'a VM that its user wants off by what the object says': {
    scene: 'starting',
    forks: [
      [result('refused')],
      [reports('running'), happens('Request', {value: 'protected', generation: 1})],
      [
        reports('storageLost'),
        hears('VmStatus', {'message.term': 3, 'message.report.ending.clean': false}),
        ackOf('v1-namespace'),
        fires('Host', {'timer.host': 'h2'}),
      ],
      [happens('Probed', {host: 'h2', ping: false, heartbeat: 'none'}), reports('storageLost')],
    ],
    change: {capacity: 0},
  },
  'a host that fails after it has said that it has no room': {
    scene: 'waiting',
    forks: [
      [hears('BecamePlaceable')],
      [
        hears('PlaceAnswer', {'message.standing.accessible': true, 'message.standing.capacity': false}),
        hears('PlaceAnswer', DENIED),
      ],
      [fires('Host', {'timer.host': 'h2'})],
      [happens('Probed', {host: 'h2', ping: false, heartbeat: 'none'})],
      [h3('PlaceAnswer', DENIED), fires('Failover', {'timer.stage': 'placing'})],
    ],
  },
  'more attempts than the schedule has': {
    scene: 'stuck',
    forks: [[SPENT], [...WAITED, hears('BecamePlaceable')]],
    change: {schedule: [0, 2]},
  },
  'a count of attempts that is read back twice': {
    scene: 'primary',
    forks: [
      [ALIVE],
      [view('h1')],
      [hears('Retrieved', {'message.retrievals.0.generation': 3}), SPENT],
      [hears('Retrieved', {'message.retrievals.0.generation': 5}), SPENT],
      [hears('BecamePlaceable')],
    ],
  },
  'a VM that is read back when its host has failed': {
    scene: 'primary',
    forks: [
      [ALIVE],
      [reports('running'), reports('storageLost')],
      [fires('Host', {'timer.host': 'h2'})],
      [happens('Probed', {host: 'h2', ping: false, heartbeat: 'none'})],
      [
        h3('Retrieved', {'message.retrievals.0.generation': 3, 'message.retrievals.0.attempts': 1}),
        happens('Request', {vm: 'v1'}),
      ],
      [ackOf('v1-namespace')],
    ],
  },
  'a VM that is read back when it is stalled': {
    scene: 'primary',
    forks: [[ALIVE], [reports('storageLost')], [hears('Retrieved', {'message.retrievals.0.generation': 3})]],
  },
  'a VM that its new primary has counted attempts at': {
    scene: 'following',
    forks: [
      [happens('Request', {generation: 1})],
      [calls({type: 'Set', generation: 1, identity: 1})],
      [ackOf('v1-namespace')],
      [calls({type: 'TakeLock', attempt: {generation: 1, number: 1}})],
      [ackOf('v1-namespace')],
      ...ELECTED,
    ],
  },
  'a host that runs one VM no more, and still another': {
    scene: 'primary',
    forks: [
      [ALIVE],
      [reports('running')],
      ...['running', 'absent'].map(type => [
        hears('VmStatus', {'message.term': 3, 'message.vm': 'v2', 'message.report.type': type}),
      ]),
      [happens('Request', {vm: 'v1'})],
      [ackOf('v1-namespace')],
    ],
    change: TWO_VMS,
  },
  'what others have published when an attempt fails': {
    scene: 'published',
    forks: [PUBLISHED, ['locked', 'inaccessible'].map(result), [fires('Failover', {'timer.stage': 'delayed'})]],
    change: {placement: 'publish', capacity: 0},
  },
  'what others have published when a host has no room': {
    scene: 'published',
    forks: [
      PUBLISHED,
      [result('capacity')],
      [hears('PlacePublished', {'message.term': 3, ...WELL})],
      [result('failed')],
      PUBLISHED,
    ],
    change: {placement: 'publish', capacity: 0, schedule: [0]},
  },
  'a place that is published and locked': {
    scene: 'protecting',
    forks: [
      [h3('PlacePublished', {'message.standing.holder': 'h2'}), reports('storageLost')],
      [h3('PlacePublished', {'message.standing.holder': 'h2'}), reports('storageLost')],
      [h3('PlacePublished', {'message.standing.holder': null})],
    ],
    change: {placement: 'publish', capacity: 0},
  },
};

const TURNS: Readonly<Record<string, NarrowPlan>> = {
  'a VM that is unprotected when it is its turn': {
    scene: 'several',
    forks: [
      [OFF, hears('PlaceAnswer', {'message.vm': 'v1', ...WELL})],
      [h3('PlaceAnswer', {'message.vm': 'v1', ...DENIED})],
      [OFF, ...['refused', 'capacity', 'ok'].map(result)],
    ],
    change: SEVERAL,
  },
  'a VM whose delay is over when it is not its turn': {
    scene: 'several',
    forks: [
      [hears('PlaceAnswer', {'message.vm': 'v1', ...WELL})],
      [h3('PlaceAnswer', {'message.vm': 'v1', ...DENIED})],
      [result('failed')],
      [fires('Failover', {'timer.stage': 'delayed'})],
      ...denied('v3'),
    ],
    change: SEVERAL,
  },
  'a VM that is unprotected before it is its turn': {
    scene: 'several',
    forks: [...denied('v1'), [hears('BecamePlaceable', {'message.vm': 'v1'})], [OFF], ...denied('v3')],
    change: SEVERAL,
  },
};

/** By name. */
export const NARROW_ROUNDS: Readonly<Record<string, NarrowPlan>> = {...REQUESTS, ...ATTEMPTS, ...TURNS};
