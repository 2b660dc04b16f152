// Narrow plans for h1 as the primary: what is of an earlier term or round, or said by a host that it is not about.

import {happens, type ScriptStep} from '../../cases/script.js';
import {type NarrowPlan, SEVERAL} from '../plan.js';
import {ELECTED, fires, h3, hears} from '../scene.js';

const reports = (type: string): ScriptStep => hears('VmStatus', {'message.term': 3, 'message.report.type': type});

const reads = (value: string): ScriptStep =>
  hears('Retrieved', {'message.term': 3, 'message.retrievals.0.value': value});

const [ACK, ALIVE] = [hears('ComponentAck'), hears('Alive', {'message.term': 3})];

/** By name. */
export const NARROW_AS_PRIMARY: Readonly<Record<string, NarrowPlan>> = {
  'an answer to an earlier round': {
    scene: 'asking',
    forks: [
      [fires('Fallback', {'timer.phase': 'querying'})],
      [hears('BecameAccessible')],
      [hears('AccessAnswer')],
      [hears('AccessAnswer'), h3('AccessAnswer'), hears('SetResult')],
      [h3('AccessAnswer'), hears('SetResult', {'message.result': 'failed'}), fires('Fallback')],
    ],
  },
  'a host that is commanded no more': {
    scene: 'asking',
    forks: [
      [hears('AccessAnswer', {'message.accessible': true})],
      [fires('Fallback', {'timer.phase': 'commanding'}), hears('SetResult', {'message.result': 'failed'})],
      [h3('AccessAnswer', {'message.accessible': true})],
      [hears('SetResult'), fires('Fallback'), hears('AccessAnswer')],
      [h3('SetResult', {'message.result': 'ok'}), hears('SetResult', {'message.result': 'ok'})],
    ],
  },
  'what an earlier term has left': {
    scene: 'primary',
    forks: [
      [ALIVE],
      [reports('running'), happens('Request')],
      [hears('Claim', {'message.term': 4})],
      ...ELECTED,
      [happens('Request', {generation: 1})],
      [ACK],
      [ACK],
    ],
  },
  'timers of an earlier role': {
    scene: 'placing',
    forks: [
      [hears('Claim', {'message.term': 4})],
      ['Host', 'Retrieval', 'Failover', 'Election', 'Heartbeat'].map(type => fires(type)),
      [fires('Silence')],
    ],
  },
  'a probe that is answered too late': {
    scene: 'protecting',
    forks: [
      [fires('Host', {'timer.host': 'h2'})],
      [ALIVE],
      [happens('Probed')],
      [fires('Host', {'timer.host': 'h2'}), ALIVE, fires('Heartbeat')],
    ],
  },
  'the word of another host': {
    scene: 'primary',
    forks: [
      [ALIVE],
      [reports('running'), reports('storageLost')],
      [h3('VmStatus'), hears('VmStatus', {'message.term': 3})],
      [happens('Request')],
      [ACK],
    ],
  },
  'the host that has said last that it runs the VM': {
    scene: 'primary',
    forks: [
      [ALIVE],
      [reports('running')],
      [h3('VmStatus', {'message.report.type': 'running'})],
      [happens('Request')],
      [ACK],
      [h3('VmStatus', {'message.report.type': 'absent'})],
    ],
  },
  'attempts that count, or no more': {
    scene: 'starting',
    forks: [
      [
        ...['failed', 'inaccessible', 'locked', 'capacity'].map(type =>
          hears('RestartResult', {'message.result.type': type}),
        ),
        fires('Failover', {'timer.stage': 'starting'}),
      ],
      [reports('running'), h3('VmStatus', {'message.report.type': 'running'})],
      [reports('storageLost'), h3('VmStatus', {'message.report.type': 'absent'})],
      [hears('PlaceAnswer', {'message.standing.accessible': true, 'message.standing.holder': null})],
      [h3('PlaceAnswer', {'message.standing.accessible': false})],
    ],
    change: {capacity: 0},
  },
  'timers of an earlier round': {
    scene: 'placing',
    forks: [
      [hears('PlaceAnswer')],
      [h3('PlaceAnswer', {'message.standing.accessible': false})],
      [hears('BecamePlaceable'), hears('RestartResult')],
      [fires('Failover'), hears('PlaceAnswer'), hears('RestartResult')],
    ],
    change: {capacity: 0},
  },
  'the answer of a host that has failed': {
    scene: 'silent while it is asked',
    forks: [
      [happens('Probed', {host: 'h3'})],
      [h3('PlaceAnswer', {'message.standing.accessible': true, 'message.standing.holder': null})],
      [hears('PlaceAnswer')],
    ],
    change: {capacity: 0},
  },
  'a host that fails after it has said yes': {
    scene: 'placing',
    forks: [
      [hears('PlaceAnswer', {'message.standing.accessible': true})],
      [fires('Host', {'timer.host': 'h2'})],
      [happens('Probed', {host: 'h2'})],
      [h3('PlaceAnswer')],
    ],
    change: {capacity: 0},
  },
  'what a host has published before it failed': {
    scene: 'protecting',
    forks: [
      [hears('PlacePublished', {'message.term': 3}), h3('PlacePublished')],
      [fires('Host', {'timer.host': 'h2'})],
      [happens('Probed', {host: 'h2', ping: false})],
      [ALIVE],
      [h3('PlacePublished'), hears('PlacePublished', {'message.term': 3})],
    ],
    change: {placement: 'publish', capacity: 0},
  },
  'a VM that is unprotected after all': {
    scene: 'handed over',
    forks: [
      [happens('PowerOff')],
      [happens('Request', {value: 'unprotected', generation: 1})],
      [hears('AccessAnswer', {'message.accessible': true})],
      [hears('SetResult', {'message.result': 'ok'})],
      [hears('BecamePlaceable')],
    ],
  },
  'a place that has turned out to be none': {
    scene: 'published',
    forks: [[hears('RestartResult')], [h3('PlacePublished'), fires('Failover')], [h3('PlacePublished')]],
    change: {placement: 'publish', capacity: 0},
  },
  'an attempt that holds up no other VM': {
    scene: 'several',
    forks: [
      [hears('PlaceAnswer', {'message.standing.accessible': true, 'message.standing.holder': null})],
      [h3('PlaceAnswer', {'message.standing.accessible': false})],
      [hears('RestartResult'), fires('Failover')],
      [hears('PlaceAnswer', {'message.vm': 'v3', 'message.standing.accessible': false})],
      [h3('PlaceAnswer', {'message.vm': 'v3', 'message.standing.accessible': false})],
    ],
    change: SEVERAL,
  },
  'room that was lacking in an earlier round': {
    scene: 'waiting',
    forks: [
      [hears('BecamePlaceable')],
      [hears('PlaceAnswer', {'message.standing.accessible': true, 'message.standing.capacity': false})],
      [h3('PlaceAnswer', {'message.standing.accessible': false})],
      [hears('BecamePlaceable', {'message.round': 2})],
      [hears('PlaceAnswer', {'message.standing.accessible': false, 'message.round': 3})],
      [h3('PlaceAnswer', {'message.standing.accessible': false, 'message.round': 3})],
    ],
  },
  'a host that is back while room is lacking': {
    scene: 'placing',
    forks: [
      [hears('PlaceAnswer', {'message.standing.accessible': true, 'message.standing.capacity': false})],
      [h3('PlaceAnswer', {'message.standing.accessible': false})],
      [fires('Host', {'timer.host': 'h3'})],
      [happens('Probed', {host: 'h3', ping: false})],
      [h3('Alive', {'message.term': 3})],
    ],
    change: {capacity: 0},
  },
  'a request that is repeated': {
    scene: 'protecting',
    forks: [[happens('Request', {value: 'protected', generation: 1})]],
  },
  'a VM that is created anew under its primary': {scene: 'primary', forks: [[happens('Created')], [ACK]]},
  'a protected VM that is created anew': {scene: 'protecting', forks: [[happens('Created')], [ACK]]},
  'a claim of its own term': {scene: 'protecting', forks: [[hears('Claim', {'message.term': 3})]]},
  'a VM that is unprotected elsewhere': {
    scene: 'handed over',
    forks: [
      [reads('unprotected'), hears('BecamePlaceable')],
      [reads('unprotected'), reads('protected'), hears('BecamePlaceable')],
      [hears('BecamePlaceable'), hears('PlaceAnswer')],
    ],
  },
  'a VM that is protected elsewhere': {
    scene: 'handed over',
    forks: [
      [happens('Request', {value: 'unprotected', generation: 2})],
      [hears('AccessAnswer', {'message.accessible': true})],
      [hears('SetResult', {'message.result': 'ok'})],
      [reads('protected')],
    ],
  },
  'an intent that is known': {
    scene: 'protecting',
    forks: [[hears('VmStatus', {'message.report.type': 'ended'})], [reports('running'), reports('absent')]],
  },
  'an election that is over': {
    scene: 'up',
    forks: [
      [fires('Silence')],
      [fires('Election')],
      [hears('Candidacy', {'message.term': 0}), hears('Claim')],
      [happens('IsolationChecked'), fires('Election'), hears('Candidacy')],
      [happens('IsolationChecked'), fires('Election'), fires('Silence')],
    ],
  },
};
