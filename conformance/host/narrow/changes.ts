// Narrow plans for what a change of role or of reign leaves as it is, and for what is learnt about a VM by the way.

import {happens, type ScriptStep} from '../../cases/script.js';
import {H2, type NarrowPlan, WITH_A_DISK} from '../plan.js';
import {FRESH, fires, h1, h3, hears, view} from '../scene.js';
import type {Fork} from '../ways.js';

const IN_VAIN = happens('IsolationChecked', {reachable: false});

const WON = happens('IsolationChecked', {reachable: true});

const CALLED: readonly Fork[] = [[fires('Silence')], [fires('Election')]];

const claims = (term: number, from: typeof hears = hears): ScriptStep => from('Claim', {'message.term': term});

const STRANGER: Fork = ['Candidacy', 'Claim'].map(message => hears(message, {from: 'h9'}));

/** Each kind of message that an HA module hears, in one term. */
const anyOf = (term: number): Fork =>
  [
    ...['Claim', 'Alive', 'Candidacy', 'VmStatus', 'Retrieve', 'Retrieved', 'PlacePublished', 'AccessQuery'],
    ...['SetCommand', 'WaitRegister', 'PlaceQuery', 'PlaceRegister', 'RestartCommand'],
  ].map(message => hears(message, {'message.term': term}));

const acked = (reign: number, sequence: number): ScriptStep =>
  hears('ComponentAck', {'message.number': reign, 'message.version.sequence': sequence});

/** A reign of h1 and h2 alone comes after that of all three. */
const ANOTHER_REIGN: readonly Fork[] = [[view('h1', 'h2')], [FRESH]];

const AS_SECONDARY: Readonly<Record<string, NarrowPlan>> = {
  'the lowest term of its own above another': {
    self: H2,
    scene: 'up',
    forks: [[claims(1, h1)], [claims(2, h1)], [claims(3, h1)], ...CALLED, [WON]],
  },
  'the lowest number of its own above another': {
    self: H2,
    scene: 'up',
    forks: [...[1, 2, 3].map((number): Fork => [h1('Lead', {'message.number': number})]), [view('h2', 'h3')]],
  },
  'the word of a host that is not of the cluster': {
    scene: 'up',
    forks: [STRANGER, [fires('Silence')], STRANGER, [fires('Election')]],
  },
  'messages of an older term to an isolated host': {
    scene: 'following',
    forks: [[claims(1)], ...CALLED, [IN_VAIN], anyOf(0)],
  },
  'messages of an older term in an election': {scene: 'following', forks: [[claims(1)], [fires('Silence')], anyOf(0)]},
  'messages of a higher term': {scene: 'following', forks: [anyOf(1)]},
  'a registration before an election': {
    scene: 'registered',
    forks: [[fires('Silence')], [claims(1)], [view('h1', 'h2', 'h3')], [FRESH], [hears('ComponentAck')]],
  },
  'a registration for a place before its host leads': {
    scene: 'registered',
    forks: [
      [hears('PlaceRegister', {'message.term': 1, 'message.round': 0, 'message.wanted.capacity': true})],
      ...CALLED,
      [WON],
      [view('h1', 'h2', 'h3')],
      [hears('Joined')],
      [hears('ComponentAck')],
    ],
  },
  'a VM of which a disk is out of reach is read back': {
    scene: 'following',
    forks: [[hears('Retrieve', {'message.term': 0})]],
    change: {vms: WITH_A_DISK},
  },
};

const IN_A_REIGN: Readonly<Record<string, NarrowPlan>> = {
  'a command of an earlier reign and one of this': {
    scene: 'following',
    forks: [
      [hears('SetCommand', {'message.term': 0})],
      ...ANOTHER_REIGN,
      [acked(6, 1)],
      [hears('SetCommand', {'message.term': 1})],
      [acked(6, 2)],
    ],
  },
  'a VM that was created anew in an earlier reign': {
    scene: 'following',
    forks: [
      [happens('Created', {identity: 2})],
      [acked(3, 2)],
      ...ANOTHER_REIGN,
      [hears('SetCommand', {'message.term': 0})],
      [acked(6, 1)],
      [acked(6, 2)],
    ],
  },
  'a lock that nobody needs and that is published again': {
    self: H2,
    scene: 'up',
    forks: [
      [h1('Lead', {'message.number': 1})],
      ...[2, 3].map(
        (sequence): Fork => [
          h1('Publish', {
            'message.number': 1,
            'message.known.version.sequence': sequence,
            'message.known.content.lock.holder': 'h2',
          }),
        ],
      ),
    ],
  },
  'a lock of a host that is out of reach': {
    self: H2,
    scene: 'down',
    forks: [
      [happens('Restarted', {reachable: ['h1', 'h2']})],
      [h1('Lead', {'message.number': 1})],
      [h1('Publish', {'message.number': 1, 'message.known.content.lock.holder': 'h3'})],
      [happens('PowerOn')],
      [h1('Reply', {'message.result': 'held'})],
    ],
  },
  'an answer to another call that names a newer epoch': {
    self: H2,
    scene: 'member with a VM',
    forks: [
      [claims(1, h1)],
      [h1('SetCommand', {'message.term': 1})],
      [h1('Reply', {'message.call.type': 'Set', 'message.epoch': 3})],
    ],
  },
  'a component that is lost twice': {
    self: H2,
    scene: 'up',
    forks: [1, 2].flatMap((number): readonly Fork[] => [
      [h1('Lead', {'message.number': number})],
      [happens('ComponentLost')],
    ]),
  },
  'a VM that migrates away while it is stalled': {
    scene: 'following',
    forks: [[happens('PowerOn')], [acked(3, 2)], [view('h1')], [happens('MigratedOut')]],
  },
};

const tells = (report: string, where: Readonly<Record<string, unknown>> = {}, from = hears): ScriptStep =>
  from('VmStatus', {'message.term': 3, 'message.report.type': report, ...where});

const answers = (from: typeof hears, accessible: boolean): ScriptStep =>
  from('PlaceAnswer', {'message.standing.accessible': accessible, 'message.standing.holder': null});

const AS_PRIMARY: Readonly<Record<string, NarrowPlan>> = {
  'a newer intent that another host tells of': {
    scene: 'protecting',
    forks: [[tells('ended', {'message.report.ending.intent': 2}, h3)], [tells('storageLost')]],
  },
  'a newer request for a VM that waits': {
    scene: 'waiting',
    forks: [
      [happens('Request', {value: 'protected', generation: 2})],
      [hears('AccessAnswer', {'message.accessible': true})],
      [h3('AccessAnswer', {'message.accessible': false})],
      [hears('SetResult', {'message.result': 'ok'})],
    ],
  },
  'a host that fails while it is asked, and is up again': {
    scene: 'silent while it is asked',
    forks: [
      [happens('Probed', {host: 'h3', ping: false, heartbeat: 'none'})],
      [h3('Alive', {'message.term': 3})],
      [answers(h3, true)],
      [answers(hears, false)],
    ],
    change: {capacity: 0},
  },
};

/** By name. */
export const NARROW_CHANGES: Readonly<Record<string, NarrowPlan>> = {...AS_SECONDARY, ...IN_A_REIGN, ...AS_PRIMARY};
