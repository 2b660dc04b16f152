// Narrow plans for what is written to an object: by calls that wait, that are late, or that change nothing.

import {happens} from '../../cases/script.js';
import {H2, type NarrowPlan} from '../plan.js';
import {h1, h3, hears, view} from '../scene.js';

const ACK = hears('ComponentAck');

/** By name. */
export const NARROW_WRITES: Readonly<Record<string, NarrowPlan>> = {
  'a SET of a reign that is over': {
    self: H2,
    scene: 'led',
    forks: [
      [h1('Publish', {'message.known.content.lock.holder': null})],
      [h1('SetCommand', {'message.term': 1})],
      [h1('Lead', {'message.number': 2})],
      [h1('Reply', {'message.result': 'ok'})],
    ],
  },
  'a call that waits before a component is current': {
    scene: 'running',
    forks: [[h3('Joined')], [happens('PowerOff')], [h3('ComponentAck')], [ACK], [ACK]],
  },
  'what leaves the count of attempts, and what clears it': {
    scene: 'protecting',
    forks: [
      [hears('Call', {'message.number': 3, 'message.call.attempt': {generation: 1, number: 1}})],
      [ACK],
      [
        hears('Call', {'message.number': 3, 'message.call.type': 'Set', 'message.call.generation': 1}),
        happens('Created'),
      ],
    ],
  },
  'a clearing that changes nothing': {
    scene: 'locked',
    forks: [
      [h3('Joined')],
      [h3('ComponentAck')],
      [ACK],
      [view('h1', 'h2')],
      [hears('Joined')],
      [ACK],
      [hears('Call', {'message.number': 6, 'message.call.type': 'ClearAttempts', 'message.call.epoch': 1})],
    ],
  },
};
