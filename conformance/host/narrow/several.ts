// Narrow plans for several of what the plain configuration has one of: VMs at a time, and datastores.

import {happens} from '../../cases/script.js';
import {type NarrowPlan, SEVERAL, TWO_VMS} from '../plan.js';
import {ELECTED, fires, h3, hears} from '../scene.js';

const [V1, V2, V3] = ['v1', 'v2', 'v3'].map(vm => ({'message.vm': vm}));

const RETRIEVED = hears('Retrieved', {'message.retrievals.1.generation': 3});

const RUNNING = {'message.report.type': 'running'};

const PLACE = {'message.standing.accessible': true, 'message.standing.capacity': true, 'message.standing.holder': null};

const AT_A_TIME = {...SEVERAL, concurrency: 2};

/** By name. */
export const NARROW_SEVERAL: Readonly<Record<string, NarrowPlan>> = {
  'several VMs at a time': {
    scene: 'several',
    forks: [
      [fires('Host', {'timer.host': 'h2'})],
      [happens('Probed', {host: 'h2', heartbeat: 'none'})],
      ['v1', 'v2'].map(vm => h3('PlaceAnswer', {'message.vm': vm, 'message.standing.accessible': false})),
      ['v1', 'v2', 'v3'].map(vm => h3('PlaceAnswer', {'message.vm': vm, 'message.standing.accessible': false})),
    ],
    change: AT_A_TIME,
  },
  'several VMs of a host that fails': {
    scene: 'several',
    forks: [
      [hears('VmStatus', {'message.term': 3, 'message.report.type': 'running'})],
      [
        hears('PlaceAnswer', {
          'message.vm': 'v3',
          'message.standing.accessible': true,
          'message.standing.capacity': true,
          'message.standing.holder': null,
        }),
      ],
      [h3('PlaceAnswer', {'message.vm': 'v3', 'message.standing.accessible': false})],
      [hears('RestartResult', {'message.result.type': 'ok'})],
      [fires('Host', {'timer.host': 'h2'})],
      [happens('Probed', {host: 'h2', ping: false, heartbeat: 'none'})],
      [h3('PlaceAnswer', {'message.vm': 'v2', 'message.standing.accessible': false})],
    ],
    change: AT_A_TIME,
  },
  'a coarse notice to a primary of several VMs': {
    scene: 'two accessible',
    forks: [...ELECTED, [hears('Call', {'message.number': 3, 'message.call.type': 'Set'})], [hears('ComponentAck')]],
    change: {...TWO_VMS, notices: 'coarse'},
  },
  'a host with more datastores': {
    scene: 'up',
    forks: [[fires('Silence')], [h3('Candidacy')], [fires('Election')]],
    change: {datastores: 1},
  },
  'VMs without a plan': {
    scene: 'several waiting',
    forks: [
      [hears('BecamePlaceable', V1)],
      [hears('BecamePlaceable', V2)],
      [hears('BecamePlaceable', V3)],
      [fires('Failover', {'timer.stage': 'placing'})],
    ],
    change: {...SEVERAL, plans: SEVERAL.plans?.slice(-1) ?? []},
  },
  'two VMs that have ended': {
    scene: 'two running',
    forks: [...['v2', 'v1'].map(vm => [happens('PowerOff', {vm})]), [hears('Claim', {'message.term': 1})]],
    change: {...TWO_VMS, capacity: 2},
  },
  'where two VMs run': {
    scene: 'two accessible',
    forks: [
      ...ELECTED,
      [hears('Alive', {'message.term': 3})],
      [hears('VmStatus', {...V1, ...RUNNING, 'message.term': 3})],
      [hears('VmStatus', {...V2, ...RUNNING})],
      [happens('Request', {vm: 'v1', value: 'protected'})],
      [hears('ComponentAck', {'message.object': 'v1-namespace', 'message.version.sequence': 2})],
    ],
    change: TWO_VMS,
  },
  'places of two VMs that are published': {
    scene: 'two accessible',
    forks: [
      ...ELECTED,
      [RETRIEVED],
      [hears('PlacePublished', {...V2, ...PLACE})],
      [hears('PlacePublished', {...V1, ...PLACE, 'message.term': 3})],
      [
        hears('RestartResult', {...V2, 'message.result.type': 'inaccessible'}),
        hears('RestartResult', {...V2, 'message.result.type': 'failed'}),
      ],
      [fires('Failover', {'timer.stage': 'delayed'})],
      [hears('RestartResult', {...V1, 'message.result.type': 'ok'})],
    ],
    change: {...TWO_VMS, placement: 'publish', capacity: 0},
  },
};
