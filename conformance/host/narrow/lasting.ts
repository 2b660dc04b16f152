// Narrow plans: what a host keeps or owes beyond its round, role or term; and what only another layout shows.

import {hostId, mirrored, objectId, vmId} from '../../../src/index.js';
import {happens} from '../../cases/script.js';
import {H2, type NarrowPlan, WITNESS_FIRST} from '../plan.js';
import {ELECTED, fires, h1, h3, hears, view} from '../scene.js';

const [H9, H10] = [hostId('h9'), hostId('h10')];

/** By name. */
export const NARROW_LASTING: Readonly<Record<string, NarrowPlan>> = {
  'a primary that is elected once more': {
    scene: 'protecting',
    forks: [
      [fires('Host', {'timer.host': 'h2'})],
      [happens('Probed', {host: 'h2', ping: false, heartbeat: 'none'})],
      [hears('Claim', {'message.term': 4})],
      ...ELECTED,
    ],
  },
  'a primary that has crashed': {
    scene: 'primary',
    forks: [[happens('Crashed')], [happens('Restarted', {reachable: ['h1', 'h2', 'h3']})], ...ELECTED],
  },
  'a VM that was known to run before it was read back': {
    scene: 'primary',
    forks: [
      [hears('Alive', {'message.term': 3})],
      [hears('VmStatus', {'message.term': 3, 'message.report.type': 'running'})],
      [hears('Retrieved', {'message.retrievals.0.generation': 3})],
    ],
  },
  'who has said yes to an earlier request': {
    scene: 'asking',
    forks: [
      [hears('AccessAnswer', {'message.accessible': true})],
      [h3('AccessAnswer', {'message.accessible': true})],
      [happens('Request', {generation: 2})],
      [hears('AccessAnswer', {'message.generation': 2, 'message.accessible': false})],
    ],
  },
  'a request that is taken back': {
    scene: 'asking',
    forks: [[happens('PowerOff')], [happens('Request', {value: 'unprotected', generation: 1})]],
  },
  'a command that outlasts its term': {
    self: H2,
    scene: 'led',
    forks: [
      [h1('Publish', {'message.known.content.lock.holder': null})],
      ['SetCommand', 'RestartCommand'].map(type => h1(type, {'message.term': 1})),
      [h1('Claim', {'message.term': 2})],
      [h1('Reply', {'message.result': 'ok'})],
    ],
  },
  'a candidate that is outranked by one and outranks another': {
    self: H2,
    scene: 'up',
    forks: [
      [fires('Silence')],
      [h1('Candidacy'), h3('Candidacy')],
      [h1('Candidacy'), h3('Candidacy')],
      [fires('Election')],
    ],
  },
  'a host whose name is a longer text': {
    self: H9,
    scene: 'down',
    forks: [
      [happens('Restarted', {reachable: ['h10', 'h2', 'h9']})],
      [fires('Silence')],
      [hears('Candidacy', {from: 'h10'})],
    ],
    change: {
      hosts: [H10, H2, H9],
      vms: [{vm: vmId('v1'), namespace: mirrored(objectId('v1-namespace'), 'namespace', [H10, H2, H9]), disks: []}],
    },
  },
  'a host that was taken to have failed answers a ping': {
    scene: 'deserted',
    forks: [[fires('Host', {'timer.host': 'h3'})], [happens('Probed', {host: 'h3', ping: true})]],
  },
  'a VM that is unprotected while it starts': {
    scene: 'starting',
    forks: [
      [happens('Request', {value: 'unprotected', generation: 2})],
      [hears('ComponentAck')],
      [hears('RestartResult', {'message.result.type': 'failed'}), fires('Failover', {'timer.stage': 'starting'})],
    ],
    change: {capacity: 0},
  },
  'a publication after the last attempt': {
    scene: 'published',
    forks: [
      ['inaccessible', 'failed'].map(type => hears('RestartResult', {'message.result.type': type})),
      [h3('PlacePublished')],
    ],
    change: {placement: 'publish', capacity: 0, schedule: [0]},
  },
  'a recalculation that the next reign goes on with': {
    scene: 'accessible',
    forks: [[fires('Absence')], [view('h1', 'h2')], [hears('Joined')], [hears('ComponentAck')]],
    change: {vms: WITNESS_FIRST},
  },
  'a registration that outlasts a term': {
    scene: 'registered',
    forks: [
      [hears('PlaceRegister')],
      [hears('Claim', {'message.term': 2}), fires('Silence'), happens('Crashed')],
      [view('h1', 'h2', 'h3'), happens('Restarted', {reachable: ['h1', 'h2', 'h3']})],
      [hears('Joined')],
      [hears('ComponentAck')],
    ],
  },
  'an isolation that is not the first': {
    scene: 'isolated',
    forks: [
      [fires('Isolation')],
      [happens('IsolationChecked', {reachable: false})],
      [happens('IsolationChecked', {reachable: true})],
      [fires('Election')],
      [happens('IsolationChecked', {reachable: false})],
      [happens('PowerOn')],
      [fires('Isolation')],
      [happens('IsolationChecked', {reachable: false})],
    ],
    change: {isolationResponse: 'power-off'},
  },
  'a VM that ended, and has come and gone since': {
    scene: 'running',
    forks: [
      [happens('PowerOff')],
      [happens('MigratedIn')],
      [happens('MigratedOut')],
      [hears('Claim', {'message.term': 1})],
    ],
  },
  'a ghost on an isolated host': {
    scene: 'isolated',
    forks: [
      [view('h1')],
      [fires('Isolation')],
      [happens('IsolationChecked', {reachable: false})],
      [happens('PowerOn')],
    ],
    change: {isolationResponse: 'power-off'},
  },
  'a last attempt that fails otherwise than the one before': {
    scene: 'commanded again',
    forks: [[hears('RestartResult', {'message.result.type': 'failed'})]],
    change: {capacity: 0, schedule: [0, 2]},
  },
  'a host that says too late that the VM runs': {
    scene: 'starting',
    forks: [[fires('Failover', {'timer.stage': 'starting'})], [hears('RestartResult', {'message.result.type': 'ok'})]],
    change: {capacity: 0},
  },
  'a VM that was known to run before its own host told of it': {
    scene: 'primary',
    forks: [
      [hears('Alive', {'message.term': 3})],
      [hears('VmStatus', {'message.term': 3, 'message.report.type': 'running'})],
      [hears('Call', {'message.number': 3, 'message.call.type': 'Set', 'message.call.generation': 1})],
      [hears('ComponentAck')],
    ],
  },
  'a search that another term has begun': {
    scene: 'placing',
    forks: [[hears('Claim', {'message.term': 4})], ...ELECTED],
  },
  'what was published in another term': {
    scene: 'published',
    forks: [[hears('Claim', {'message.term': 4})], ...ELECTED],
    change: {placement: 'publish', capacity: 0},
  },
};
