// Narrow plans for what a host keeps for others, and tells them once: registrations of either kind, which take each
// other's place, and how a VM stands.

import {happens, type ScriptStep} from '../../cases/script.js';
import {type NarrowPlan, TWO_VMS, WITH_A_DISK} from '../plan.js';
import {FRESH, h3, hears, view} from '../scene.js';

const ACK = hears('ComponentAck');

const ackOf = (object: string): ScriptStep => hears('ComponentAck', {'message.object': object});

const call = (type: string, where: Readonly<Record<string, unknown>>): ScriptStep =>
  hears('Call', {'message.number': 3, 'message.call.type': type, ...where});

const registers = (term: number, where: Readonly<Record<string, unknown>>): ScriptStep =>
  hears('PlaceRegister', {'message.term': term, ...where});

/** It wants room too, and to hear at once. */
const WANTED = {'message.round': 0, 'message.wanted.level': true};

/** It wants to hear of changes only, and is newer within its term. */
const CHANGES = {'message.generation': 2};

const QUERY = hears('PlaceQuery', {'message.term': 0});

const EVERYONE = ['h1', 'h2', 'h3'];

/** By name. */
export const NARROW_REGISTRATIONS: Readonly<Record<string, NarrowPlan>> = {
  'a registration for all objects': {
    scene: 'registered',
    forks: [
      [hears('WaitRegister', {'message.scope': 'all'})],
      [h3('WaitRegister', {'message.term': 1})],
      [view(...EVERYONE)],
      [FRESH],
      [ackOf('v1-namespace'), ackOf('v1-disk')],
      [ackOf('v1-disk'), hears('WaitRegister', {'message.generation': 2, 'message.term': 1})],
      [ackOf('v1-namespace'), ackOf('v1-disk')],
    ],
    change: {vms: WITH_A_DISK},
  },
  'registrations for two VMs': {
    scene: 'registered',
    forks: [
      [registers(1, {'message.vm': 'v1', 'message.round': 0})],
      [registers(1, {'message.vm': 'v2'})],
      [hears('WaitRegister', {'message.vm': 'v2'})],
      [view(...EVERYONE)],
      [FRESH],
      [ackOf('v1-namespace')],
      [ackOf('v2-namespace')],
    ],
    change: {...TWO_VMS, capacity: 2},
  },
  'a registration for a place instead of an earlier one': {
    scene: 'two accessible',
    forks: [
      [hears('Claim', {'message.term': 1})],
      [happens('PowerOn', {vm: 'v2'})],
      [ACK],
      [registers(1, WANTED), registers(1, CHANGES)],
      [registers(1, CHANGES), registers(2, WANTED)],
      [happens('PowerOff', {vm: 'v2'})],
    ],
    change: TWO_VMS,
  },
  'a place that is lost and there again': {
    scene: 'following',
    forks: [
      [registers(0, CHANGES)],
      [registers(1, WANTED), view('h1')],
      [view('h1'), view(...EVERYONE)],
      [view(...EVERYONE), FRESH],
      [FRESH, ACK],
      [ACK],
    ],
  },
  'a place that is locked for a while': {
    scene: 'following',
    forks: [
      [registers(0, CHANGES)],
      [call('TakeLock', {'message.call.attempt': null})],
      [ACK],
      [call('ReleaseLock', {'message.call.epoch': 1}), registers(1, WANTED)],
      [ACK, call('ReleaseLock', {'message.call.epoch': 1})],
      [ACK],
    ],
  },
  'a VM that starts where there is room for another': {
    scene: 'following',
    forks: [
      [happens('PowerOn')],
      [QUERY, registers(0, WANTED), hears('RestartCommand', {'message.term': 0})],
      [ACK, happens('PowerOff')],
      [QUERY],
    ],
    change: {capacity: 2},
  },
  'two VMs that are out of reach at once where places are published': {
    scene: 'two accessible',
    forks: [[hears('Claim', {'message.term': 1})], [view('h1')]],
    change: {...TWO_VMS, placement: 'publish'},
  },
  'a VM that starts where places are published': {
    scene: 'following',
    forks: [[happens('PowerOn')], [ACK, happens('PowerOff')]],
    change: {placement: 'publish', capacity: 2},
  },
};
