// Narrow plans for components and their votes: where they are not one each on every host, and where votes are given up.

import {type Component, type HostConfig, objectId, vmId} from '../../../src/index.js';
import {happens, type ScriptStep} from '../../cases/script.js';
import {H1, H2, H3, type NarrowPlan} from '../plan.js';
import {FRESH, fires, h3, hears, view} from '../scene.js';

const laidOut = (...components: readonly Component[]): Pick<HostConfig, 'vms'> => ({
  vms: [{vm: vmId('v1'), namespace: {object: objectId('v1-namespace'), kind: 'namespace', components}, disks: []}],
});

const HEAVY_WITNESS = laidOut(
  {host: H1, kind: 'witness', votes: 3},
  {host: H2, kind: 'replica', votes: 1},
  {host: H3, kind: 'replica', votes: 1},
);

const FIRST = {'message.components.0.content.register.generation': 0};

const ABSENT = fires('Absence');

/** Of the entry that was written as this one of a reign. */
const acked = (sequence: number): ScriptStep => hears('ComponentAck', {'message.version.sequence': sequence});

const backed = (sequence: number): ScriptStep => h3('ComponentAck', {'message.version.sequence': sequence});

/** By name. */
export const NARROW_VOTES: Readonly<Record<string, NarrowPlan>> = {
  'votes that tie': {
    scene: 'registered',
    forks: [[hears('AccessQuery', {'message.term': 1})]],
    change: laidOut({host: H1, kind: 'replica', votes: 1}, {host: H2, kind: 'replica', votes: 1}),
  },
  'a witness with more votes than the replicas': {
    scene: 'registered',
    forks: [[hears('AccessQuery', {'message.term': 1})]],
    change: HEAVY_WITNESS,
  },
  'an object that has no component on its owner': {
    scene: 'up',
    forks: [[hears('Joined', FIRST)], [h3('Joined', FIRST)], [acked(1)], [backed(1)], [happens('PowerOn')]],
    change: laidOut({host: H2, kind: 'replica', votes: 1}, {host: H3, kind: 'replica', votes: 1}),
  },
  'votes of a witness beside which no replica stands': {
    scene: 'up',
    forks: [
      [hears('Joined', FIRST)],
      [acked(1)],
      [ABSENT],
      [acked(2)],
      [acked(3)],
      [h3('Joined', FIRST)],
      [backed(3)],
      [ABSENT],
      [backed(4)],
    ],
    change: HEAVY_WITNESS,
  },
  'votes of one that is there, and another one instead': {
    scene: 'up',
    forks: [[h3('Joined', FIRST)], [backed(1)], [ABSENT], [backed(2)], [backed(3)], [view('h1', 'h2')], [FRESH]],
  },
  'votes that are given up and come back': {
    scene: 'accessible',
    forks: [
      [ABSENT],
      [acked(2)],
      [acked(3)],
      [happens('PowerOn')],
      [acked(4)],
      [h3('Joined', FIRST)],
      [ABSENT],
      [backed(4)],
      [acked(5)],
      [ABSENT],
      [acked(6)],
    ],
  },
  'a call with the votes that are left': {
    scene: 'accessible',
    forks: [[ABSENT], [acked(2)], [acked(3)], [view('h1')], [happens('PowerOn')]],
  },
  'what comes of a reign that was given up': {
    self: H2,
    scene: 'own reign',
    forks: [[backed(1)], [view('h1', 'h2', 'h3')], [ABSENT, h3('Joined', FIRST)]],
  },
  'a refusal of a reign that was given up': {
    self: H2,
    scene: 'down',
    forks: [[happens('Restarted', {reachable: ['h2', 'h3']})], [view('h1', 'h2', 'h3')], [h3('Refused')]],
  },
  'an intent that only the generation tells from the one before': {
    scene: 'primary',
    forks: [[happens('PowerOff')], [acked(2)]],
  },
};
