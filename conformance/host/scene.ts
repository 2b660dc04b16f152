// How a case comes to where it gets interesting: the first steps are given, and a subject is judged by them as by all.

import {happens, type ScriptStep} from '../cases/script.js';

export const fires = (timer: string, where: Readonly<Record<string, unknown>> = {}): ScriptStep =>
  happens('TimerFired', {'timer.type': timer, ...where});

export const hears = (message: string, where: Readonly<Record<string, unknown>> = {}): ScriptStep =>
  happens('Received', {'message.type': message, from: 'h2', ...where});

export const h1 = (message: string, where: Readonly<Record<string, unknown>> = {}): ScriptStep =>
  hears(message, {from: 'h1', ...where});

export const h3 = (message: string, where: Readonly<Record<string, unknown>> = {}): ScriptStep =>
  hears(message, {from: 'h3', ...where});

export const view = (...reachable: readonly string[]): ScriptStep => happens('ViewChanged', {reachable});

/** The components of the peer are as they were created. */
export const FRESH = hears('Joined', {'message.components.0.content.register.generation': 0});

/** A host that has heard of no primary elects itself, step by step. */
export const ELECTED: readonly (readonly ScriptStep[])[] = [
  [fires('Silence')],
  [fires('Election')],
  [happens('IsolationChecked', {reachable: true})],
];

/** As a member, a host is commanded to start a VM by an older intent than the object has. */
export const COMMANDED_LATE: readonly (readonly ScriptStep[])[] = [
  [h1('ComponentWrite', {'message.number': 1, 'message.entry.content.register.generation': 3})],
  [h1('Publish', {'message.known.content.register.generation': 3, 'message.known.content.lock.holder': null})],
  [h1('RestartCommand', {'message.term': 1, 'message.generation': 1})],
];

const UP = [happens('Restarted', {reachable: ['h1', 'h2', 'h3']})];

/** Its storage module reaches nobody. */
const CUT_OFF = [happens('Restarted', {reachable: ['h1']})];

/** The directory is owned here, and the namespace object accessible: a second host has joined and holds the entry. */
const ACCESSIBLE = [...UP, hears('Joined'), hears('ComponentAck')];

/** The same for a host that was up, and cut off. */
const UP_AGAIN = [happens('ViewChanged', {reachable: ['h1', 'h2', 'h3']}), hears('Joined'), hears('ComponentAck')];

const ELECTING = [fires('Silence'), fires('Election')];

const LEADS = [...ELECTING, happens('IsolationChecked', {reachable: true})];

const PRIMARY = [...ACCESSIBLE, ...LEADS];

/** Its first term, as a secondary tells it. */
const tells = (report: string): ScriptStep => hears('VmStatus', {'message.term': 3, 'message.report.type': report});

/** It leads, knows that its VM runs on another host, and has written that it is protected. */
const PROTECTING = [...PRIMARY, hears('Alive'), tells('running'), happens('Request'), hears('ComponentAck')];

const PLACING = [...PROTECTING, tells('storageLost')];

/** Its VM was reported, and then gone, before it was protected. */
const DEPARTED = [
  ...PRIMARY,
  hears('Alive'),
  tells('running'),
  tells('absent'),
  happens('Request'),
  hears('ComponentAck'),
];

const place = (from: string, accessible: boolean): ScriptStep =>
  hears('PlaceAnswer', {from, 'message.standing.accessible': accessible, 'message.standing.capacity': true});

const STARTING = [...PLACING, place('h2', true), place('h3', false)];

/** Patience is over with all that were asked or commanded, and what is asked now is asked in a later round. */
const ASKED_AGAIN = [...PLACING, fires('Failover', {'timer.stage': 'placing'}), hears('BecamePlaceable')];

const COMMANDED_AGAIN = [
  ...STARTING,
  fires('Failover', {'timer.stage': 'starting'}),
  fires('Failover', {'timer.stage': 'delayed'}),
  ...['h2', 'h3'].map(from =>
    hears('PlaceAnswer', {from, 'message.round': 3, 'message.standing.capacity': from === 'h2'}),
  ),
];

/** It has read back that three VMs are protected, none of which is known to run. */
const SEVERAL = [
  ...UP,
  hears('Joined'),
  ...['v1', 'v2', 'v3'].map(vm => hears('ComponentAck', {'message.object': `${vm}-namespace`})),
  ...LEADS,
  hears('Retrieved', {'message.retrievals.2.generation': 3}),
];

/** Nobody else can be asked any more, and it cannot write by itself. */
const ASKING = [...CUT_OFF, ...LEADS, happens('Request')];

const denies = (from: string): ScriptStep => hears('AccessAnswer', {from, 'message.accessible': false});

const isGone = (host: string): readonly ScriptStep[] => [
  fires('Host', {'timer.host': host}),
  happens('Probed', {host, ping: false, heartbeat: 'none'}),
];

const WAITING = [...PROTECTING, happens('ViewChanged', {reachable: ['h1']}), tells('storageLost')];

/** As h2, in a reign of h1, with its VM running. */
const MEMBER = [
  ...UP,
  hears('Lead', {from: 'h1', 'message.number': 1}),
  hears('ComponentWrite', {from: 'h1', 'message.number': 1}),
  hears('Publish', {from: 'h1'}),
];

const FOLLOWING = [...ACCESSIBLE, hears('Claim')];

/** A primary wanted to hear when the VM can be started here; it was told, and then access was lost again. */
const TOLD = [
  ...CUT_OFF,
  hears('Claim', {'message.term': 1}),
  hears('PlaceRegister', {'message.term': 1}),
  ...UP_AGAIN,
  happens('ViewChanged', {reachable: ['h1']}),
];

/** Another host has locked the VM, whose object is on this host alone, and is out of reach since. */
const ABANDONED = [
  ...UP,
  hears('Joined'),
  hears('Claim'),
  hears('Call', {'message.number': 3, 'message.call.type': 'TakeLock'}),
  happens('ViewChanged', {reachable: ['h1']}),
];

/** A power-on took too long: the reign that was to grant its lock is over, and the next one serves. */
const GIVEN_UP = [
  ...MEMBER,
  happens('PowerOn'),
  hears('Lead', {from: 'h1', 'message.number': 2}),
  hears('ComponentWrite', {from: 'h1', 'message.number': 2}),
  hears('Publish', {from: 'h1', 'message.number': 2}),
];

/** As h2, a member of a reign of h1, which leads as well; nothing is published yet. */
const LED = [
  ...UP,
  hears('Lead', {from: 'h1', 'message.number': 1}),
  hears('ComponentWrite', {from: 'h1', 'message.number': 1}),
  hears('Claim', {from: 'h1', 'message.term': 1}),
];

/** Both VMs can be accessed. */
const TWO_ACCESSIBLE = [
  ...UP,
  hears('Joined'),
  ...['v1', 'v2'].map(vm => hears('ComponentAck', {'message.object': `${vm}-namespace`})),
];

const starts = (vm: string): readonly ScriptStep[] => [
  happens('PowerOn', {vm}),
  hears('ComponentAck', {'message.object': `${vm}-namespace`}),
];

/**
 * It commands itself to start the only VM, which was protected before, has run here, and was stopped by its user: what
 * he meant was lost with a reign.
 */
const OWN_ATTEMPT = [
  ...UP,
  hears('Joined', {'message.components.0.content.register.generation': 3}),
  hears('ComponentAck'),
  happens('Request', {generation: 1}),
  happens('Request', {generation: 2}),
  happens('Request', {generation: 3}),
  happens('PowerOn'),
  happens('PowerOff', {generation: 4}),
  happens('ViewChanged', {reachable: ['h1', 'h2']}),
  hears('Joined'),
  hears('ComponentAck'),
  hears('ComponentAck'),
  ...LEADS,
  place('h2', false),
  place('h3', false),
];

const SCENES = {
  down: [],
  led: LED,
  'two accessible': TWO_ACCESSIBLE,
  'two running': [...TWO_ACCESSIBLE, ...starts('v1'), ...starts('v2')],
  'own attempt': OWN_ATTEMPT,
  'several waiting': [...CUT_OFF, ...LEADS, hears('Retrieved', {'message.retrievals.2.generation': 3})],
  up: UP,
  accessible: ACCESSIBLE,
  primary: PRIMARY,
  protecting: PROTECTING,
  locked: [...PROTECTING, hears('Call', {'message.call.type': 'TakeLock'}), hears('ComponentAck')],
  placing: PLACING,
  published: [
    ...PROTECTING,
    hears('PlacePublished', {
      'message.term': 3,
      'message.standing.accessible': true,
      'message.standing.capacity': true,
    }),
    tells('storageLost'),
  ],
  several: SEVERAL,
  starting: STARTING,
  departed: DEPARTED,
  'asked again': ASKED_AGAIN,
  'commanded again': COMMANDED_AGAIN,
  'silent while it is asked': [...PLACING, fires('Host', {'timer.host': 'h3'})],
  waiting: WAITING,
  deserted: [...WAITING, ...isGone('h3')],
  asking: ASKING,
  'handed over': [...ASKING, hears('AccessAnswer', {'message.accessible': true}), hears('SetResult')],
  stuck: [...ASKING, denies('h2'), denies('h3')],
  following: FOLLOWING,
  told: TOLD,
  abandoned: ABANDONED,
  overtaken: [...FOLLOWING, hears('PlaceRegister', {'message.generation': 2})],
  registered: [...CUT_OFF, hears('Claim', {'message.term': 1}), hears('WaitRegister', {'message.term': 1})],
  running: [...ACCESSIBLE, happens('PowerOn'), hears('ComponentAck')],
  'running with a disk': [
    ...ACCESSIBLE,
    hears('ComponentAck', {'message.object': 'v1-disk'}),
    happens('PowerOn'),
    hears('ComponentAck'),
  ],
  isolated: [
    ...ACCESSIBLE,
    happens('PowerOn'),
    hears('ComponentAck'),
    ...ELECTING,
    happens('IsolationChecked', {reachable: false}),
  ],
  alone: [...PRIMARY, fires('Host', {'timer.host': 'h2'}), fires('Host', {'timer.host': 'h3'}), fires('Heartbeat')],
  'led by h2': [happens('Restarted', {reachable: ['h2', 'h3']}), hears('Lead')],
  'own reign': [happens('Restarted', {reachable: ['h2', 'h3']}), hears('Joined', {from: 'h3'})],
  'given up': GIVEN_UP,
  member: [...MEMBER, happens('PowerOn')],
  'member with a VM': [...MEMBER, happens('PowerOn'), hears('Reply', {from: 'h1', 'message.result': 'ok'})],
} as const satisfies Readonly<Record<string, readonly ScriptStep[]>>;

export type Scene = keyof typeof SCENES;

/** The steps of a scene; where it begins has to offer all of them. */
export const stepsOf = (scene: Scene): readonly ScriptStep[] => SCENES[scene];
