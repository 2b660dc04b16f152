// Narrow plans for what happens a second time, or after what it seemed to belong to: a stall, a round, a role, a crash.

import {happens} from '../../cases/script.js';
import {H2, type NarrowPlan} from '../plan.js';
import {fires, h1, h3, hears, view} from '../scene.js';

const [ACK, JOINED] = [hears('ComponentAck'), hears('Joined')];

const FAILED = hears('RestartResult', {'message.result.type': 'failed'});

/** By name. */
export const NARROW_SECOND: Readonly<Record<string, NarrowPlan>> = {
  'a VM that ended before a crash': {
    scene: 'running',
    forks: [
      [happens('PowerOff')],
      [happens('Crashed')],
      [happens('Restarted', {reachable: ['h1', 'h2', 'h3']})],
      [hears('Claim', {'message.term': 1})],
    ],
  },
  'a VM that is stalled once more': {
    scene: 'running',
    forks: [[view('h1')], [view('h1', 'h2', 'h3')], [JOINED], [ACK], [view('h1')]],
  },
  'a SET that took too long': {
    scene: 'primary',
    forks: [
      [happens('Request')],
      [fires('Fallback', {'timer.phase': 'setting'})],
      [hears('AccessAnswer')],
      [h3('AccessAnswer', {'message.accessible': false})],
      [hears('SetResult', {'message.result': 'failed'}), ACK],
      [ACK],
    ],
  },
  'a command that outlasts a role': {
    self: H2,
    scene: 'led',
    forks: [
      [h1('Publish', {'message.known.content.lock.holder': null})],
      [h1('SetCommand', {'message.term': 1})],
      [fires('Silence')],
      [h1('Reply', {'message.result': 'ok'})],
    ],
  },
  'a power-on that outlasts its primary': {
    self: H2,
    scene: 'led',
    forks: [
      [h1('Publish', {'message.known.content.lock.holder': null})],
      [h1('RestartCommand', {'message.term': 1})],
      [h3('Claim', {'message.term': 2})],
      [h1('Reply', {'message.result': 'ok'})],
    ],
  },
  'the end of a VM that has run elsewhere since': {
    scene: 'protecting',
    forks: [
      [h3('VmStatus', {'message.term': 3, 'message.report.type': 'running'})],
      [hears('VmStatus', {'message.term': 3, 'message.report.ending.clean': false})],
    ],
  },
  'attempts that were spent before': {
    scene: 'primary',
    forks: [[hears('Retrieved', {'message.retrievals.0.generation': 3})]],
    change: {schedule: [0]},
  },
  'a host that is back after the last attempt': {
    scene: 'starting',
    forks: [
      [FAILED],
      [fires('Host', {'timer.host': 'h3'})],
      [happens('Probed', {host: 'h3', ping: false})],
      [h3('Alive', {'message.term': 3})],
    ],
    change: {capacity: 0, schedule: [0]},
  },
  'a publication after the last attempt, of the namespace object': {
    scene: 'published',
    forks: [[FAILED], [h3('PlacePublished')]],
    change: {placement: 'publish', scope: 'namespace', capacity: 0, schedule: [0]},
  },
  'room that is published': {
    scene: 'published',
    forks: [
      [hears('RestartResult', {'message.result.type': 'capacity'})],
      [hears('PlacePublished', {'message.term': 3, 'message.standing.accessible': true})],
      [hears('PlacePublished', {'message.term': 3, 'message.standing.accessible': true})],
    ],
    change: {placement: 'publish', capacity: 0},
  },
};
