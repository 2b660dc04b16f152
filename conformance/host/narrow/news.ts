// Narrow plans for news that is old, of a later round or term, or that nobody has asked for; and for what a primary
// makes of news: which places there are, and how many attempts have failed.

import {happens, type ScriptStep} from '../../cases/script.js';
import {H2, type NarrowPlan} from '../plan.js';
import {ELECTED, fires, h1, h3, hears, view} from '../scene.js';

const reports = (type: string, from: typeof hears = hears): ScriptStep =>
  from('VmStatus', {'message.term': 3, 'message.report.type': type});

const LOST = reports('storageLost');

const ALIVE = hears('Alive', {'message.term': 3});

/** h2 fails. */
const GONE = [
  [fires('Host', {'timer.host': 'h2'})],
  [happens('Probed', {host: 'h2', ping: false, heartbeat: 'none'})],
] as const;

/** How the VM stands on h2, as that host publishes. */
const publishes = (standing: Readonly<Record<string, unknown>>): ScriptStep =>
  hears('PlacePublished', {'message.term': 3, ...standing});

const FREE = {'message.standing.capacity': true, 'message.standing.holder': null};

const PLACE = publishes({'message.standing.accessible': true, ...FREE});

const PUBLISHING = {placement: 'publish', capacity: 0} as const;

const TAKEN = {'message.number': 1, 'message.known.version.sequence': 2, 'message.known.content.lock.epoch': 3};

const UNLOCKED = h1('Publish', {'message.known.content.lock.holder': null});

const answers = (from: typeof hears, accessible: boolean, where: Readonly<Record<string, unknown>> = {}): ScriptStep =>
  from('PlaceAnswer', {'message.standing.accessible': accessible, ...FREE, ...where});

/** As h1, the primary. */
const AS_PRIMARY: Readonly<Record<string, NarrowPlan>> = {
  'an older state than the platform has told': {
    scene: 'handed over',
    forks: [[hears('Retrieved', {'message.retrievals.0.generation': 0})], [ALIVE], [reports('running')], [LOST]],
  },
  'requests that are older than what was read back': {
    scene: 'primary',
    forks: [
      [hears('Retrieved', {'message.retrievals.0.generation': 3})],
      [happens('Request', {generation: 1})],
      [hears('ComponentAck', {'message.version.sequence': 2})],
      [happens('Request', {value: 'unprotected', generation: 2})],
      [hears('ComponentAck', {'message.version.sequence': 3})],
    ],
  },
  'the word of a host after an intent that is newer': {
    scene: 'protecting',
    forks: [[hears('VmStatus', {'message.term': 3, 'message.report.ending.intent': 2})], [reports('running')], [LOST]],
  },
  'a VM that is protected after its host has failed': {
    scene: 'primary',
    forks: [[ALIVE], [reports('running')], ...GONE, [happens('Request')], [hears('ComponentAck')]],
  },
  'a request that only the generation tells from the one before': {
    scene: 'primary',
    forks: [
      [view('h1')],
      [happens('Request', {generation: 0, value: 'protected'})],
      [happens('Request', {generation: 1})],
    ],
  },
  'a count that a start has ended': {
    scene: 'commanded again',
    forks: [
      [reports('running'), reports('running', h3)],
      [LOST, reports('storageLost', h3)],
      [answers(hears, true, {'message.round': 5})],
      [answers(h3, false, {'message.round': 5})],
    ],
    change: {capacity: 0},
  },
  'a host with room that fails before others have answered': {
    scene: 'waiting',
    forks: [[hears('BecamePlaceable')], [answers(hears, true)], ...GONE, [answers(h3, false)]],
    change: {capacity: 0},
  },
  'a publication that nobody has asked for': {scene: 'waiting', forks: [[h3('PlacePublished'), PLACE]]},
  'a publication of a host that is gone': {
    scene: 'deserted',
    forks: [
      [h3('PlacePublished')],
      [h3('Alive', {'message.term': 3})],
      [publishes({'message.standing.accessible': true, 'message.standing.capacity': false})],
    ],
    change: PUBLISHING,
  },
  'a place that is published no longer': {
    scene: 'protecting',
    forks: [
      [PLACE],
      [publishes({'message.standing.accessible': false}), publishes({'message.standing.holder': 'h3'})],
      [LOST],
    ],
    change: PUBLISHING,
  },
  'its own host as a place': {
    scene: 'protecting',
    forks: [[fires('Heartbeat')], [LOST]],
    change: {placement: 'publish'},
  },
  'places that were published before all attempts were spent': {
    scene: 'primary',
    forks: [
      [ALIVE],
      [h3('PlacePublished')],
      [hears('Retrieved', {'message.retrievals.0.generation': 3})],
      [h3('PlacePublished')],
    ],
    change: {...PUBLISHING, schedule: [0]},
  },
  'a last attempt where places are tried': {
    scene: 'protecting',
    forks: [[LOST], [h3('RestartResult')]],
    change: {placement: 'try', capacity: 0, schedule: [0]},
  },
  'a last attempt where the namespace object counts': {
    scene: 'starting',
    forks: [[hears('RestartResult')]],
    change: {scope: 'namespace', capacity: 0, schedule: [0]},
  },
};

/** As any host. */
const AS_HOST: Readonly<Record<string, NarrowPlan>> = {
  'an isolation that is over': {
    scene: 'isolated',
    forks: [[fires('Isolation')], [happens('IsolationChecked', {reachable: true})], [fires('Isolation')]],
  },
  'what comes back to its sender': {
    scene: 'up',
    forks: [
      [hears('Claim', {from: 'h1'})],
      ...ELECTED.slice(0, 1),
      [hears('Candidacy', {from: 'h1'}), hears('Claim', {from: 'h1'})],
      ...ELECTED.slice(1),
      [ALIVE],
      [hears('Alive', {from: 'h1', 'message.term': 3})],
    ],
  },
  'a VM that ends twice': {
    scene: 'running',
    forks: [[happens('PowerOff')], [happens('PowerOn')], [happens('PowerOff')], [hears('Claim', {'message.term': 1})]],
  },
  'a power-on behind a SET': {
    self: H2,
    scene: 'led',
    forks: [[UNLOCKED], [h1('SetCommand', {'message.term': 1})], [happens('PowerOn')]],
  },
  'a lock that another host is known to hold': {
    self: H2,
    scene: 'member',
    forks: [[h1('Publish', TAKEN)], [h1('Reply', {'message.result': 'held'})]],
  },
  'an answer after a crash': {
    self: H2,
    scene: 'led',
    forks: [
      [UNLOCKED],
      [h1('SetCommand', {'message.term': 1})],
      [happens('Crashed')],
      [happens('Restarted', {reachable: ['h1', 'h2', 'h3']})],
      [h1('Reply', {'message.result': 'ok'})],
    ],
  },
};

/** By name. */
export const NARROW_NEWS: Readonly<Record<string, NarrowPlan>> = {...AS_PRIMARY, ...AS_HOST};
