// Narrow plans for h1 as the primary of a VM that waits for a place: what it registers with hosts is repeated, and no
// longer than the wait lasts.

import {happens} from '../../cases/script.js';
import {type NarrowPlan, OUTSIDE, SEVERAL} from '../plan.js';
import {fires, h3, hears, view} from '../scene.js';
import type {Fork} from '../ways.js';

const again = (stage: string): Fork => [fires('Failover', {'timer.stage': stage})];

const PLACEABLE: Fork = [hears('BecamePlaceable')];

const FAILURE = {'message.result.type': 'failed'};

/** It was the last attempt, and cannot be made on the host itself. */
const FAILED: Fork = [hears('RestartResult', FAILURE)];
const LAST = {capacity: 0, schedule: [0]};

const PUBLISHED: Fork = [h3, hears].map(from => from('PlacePublished', {'message.term': 3}));

const BACK = h3('Alive', {'message.term': 3});

/** By name. */
export const NARROW_WAITING: Readonly<Record<string, NarrowPlan>> = {
  'a registration of what waits that is repeated': {
    scene: 'waiting',
    forks: [again('waiting'), again('waiting'), PLACEABLE, again('waiting')],
  },
  'a registration of what lacks room that is repeated': {
    scene: 'placing',
    forks: [
      [hears('PlaceAnswer', {'message.standing.accessible': true, 'message.standing.capacity': false})],
      [h3('PlaceAnswer', {'message.standing.accessible': false})],
      again('lacking'),
      again('lacking'),
      PLACEABLE,
      again('lacking'),
    ],
    change: {capacity: 0},
  },
  'a registration for changes that is repeated': {
    scene: 'starting',
    forks: [FAILED, again('exhausted'), again('exhausted'), PLACEABLE, again('exhausted')],
    change: LAST,
  },
  'a registration after the last attempt that is repeated': {
    scene: 'starting',
    forks: [[view('h1')], FAILED, again('exhausted'), again('exhausted'), PLACEABLE, again('exhausted')],
    change: LAST,
  },
  'a registration that is repeated while a host is gone': {
    scene: 'deserted',
    forks: [again('waiting'), [BACK], again('waiting')],
  },
  'a host that fails while a VM waits': {
    scene: 'waiting',
    forks: [
      again('waiting'),
      [fires('Host', {'timer.host': 'h3'})],
      [happens('Probed', {host: 'h3', heartbeat: 'isolated'})],
      again('waiting'),
    ],
  },
  'a VM outside the object store whose attempts are spent': {
    scene: 'starting',
    forks: [FAILED, again('exhausted'), PLACEABLE],
    change: {...OUTSIDE, schedule: [0]},
  },
  'a VM outside the object store that others publish': {
    scene: 'protecting',
    forks: [
      [hears('VmStatus', {'message.term': 3, 'message.report.type': 'storageLost'})],
      PUBLISHED,
      PUBLISHED,
      [hears('RestartResult', FAILURE), h3('RestartResult', FAILURE)],
      PUBLISHED,
      PUBLISHED,
    ],
    change: {...OUTSIDE, schedule: [0], placement: 'publish'},
  },
  'a turn of several that are as urgent': {
    scene: 'several',
    forks: [again('placing'), PLACEABLE, again('placing')],
    change: SEVERAL,
  },
  'a wait that ends with the role': {
    scene: 'waiting',
    forks: [[hears('Claim', {'message.term': 4})], again('waiting')],
  },
  'a VM that waits where places are published': {
    scene: 'protecting',
    forks: [
      [hears('VmStatus', {'message.term': 3, 'message.report.type': 'storageLost'})],
      [h3('PlacePublished'), hears('PlacePublished', {'message.term': 3})],
    ],
    change: {placement: 'publish', capacity: 0},
  },
};
