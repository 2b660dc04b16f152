// Narrow plans for several of what the plain configuration has one of: VMs at a time, and datastores.

import {happens} from '../cases/script.js';
import {type NarrowPlan, SEVERAL, TWO_VMS} from './plan.js';
import {ELECTED, fires, h3, hears} from './scene.js';

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
};
