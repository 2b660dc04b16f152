// What has gone wrong in whole hosts: the hazards and partitions that concern storage, failover and runtime together.

import {happens, often, type ScriptStep} from '../cases/script.js';
import type {Story} from '../cases/story.js';

const fires = (timer: string, where: Readonly<Record<string, unknown>> = {}): ScriptStep =>
  happens('TimerFired', {'timer.type': timer, ...where});

const hears = (message: string, where: Readonly<Record<string, unknown>> = {}): ScriptStep =>
  happens('Received', {'message.type': message, ...where});

const written: ScriptStep = often(hears('ComponentAck'));

const view = (...reachable: readonly string[]): ScriptStep => happens('ViewChanged', {reachable});

/** The directory is owned here, and the namespace object accessible. */
const UP: readonly ScriptStep[] = [happens('Restarted', {reachable: ['h1', 'h2', 'h3']}), hears('Joined'), written];

const LEADS: readonly ScriptStep[] = [
  fires('Silence'),
  fires('Election'),
  happens('IsolationChecked', {reachable: true}),
];

const FOLLOWS: readonly ScriptStep[] = [...UP, hears('Claim', {from: 'h2', 'message.term': 1})];

const RUNS: readonly ScriptStep[] = [
  ...UP,
  happens('PowerOn'),
  written,
  hears('Claim', {from: 'h2', 'message.term': 1}),
];

/** The first term that this host can be elected in, told by a secondary. */
const tells = (report: string): ScriptStep => hears('VmStatus', {'message.term': 3, 'message.report.type': report});

/** It leads, its VM runs on another host, and is protected. */
const PROTECTS: readonly ScriptStep[] = [
  ...UP,
  ...LEADS,
  hears('Alive', {from: 'h2'}),
  tells('running'),
  happens('Request', {value: 'protected'}),
  written,
];

const plain = {needs: [], dependsOn: [], core: null} as const;

const WRITTEN = 'the HA network is split, the storage network is whole';

const READS = 'the primary reads what it was never told';
const TWO = 'two hosts start one VM';

/** What GET has told of it elsewhere. */
const PROTECTED_ONCE = [{vm: 'v1', value: 'protected', generation: 3, attempts: 1}];

export const hostStories: readonly Story[] = [
  {
    ...plain,
    name: WRITTEN,
    moral: 'Whoever leads on this side writes what it is asked for, and reports it.',
    of: 'partition 1',
    steps: [...UP, ...LEADS, happens('Request'), written],
  },
  {
    ...plain,
    name: 'both networks are split alike',
    moral: 'What was asked for on a side without a quorum comes about when the storage network is whole again.',
    of: 'partition 3',
    needs: ['timeouts', 'level-triggered'],
    steps: [happens('Restarted', {reachable: ['h1']}), ...LEADS, happens('Request')],
    core: 'here',
  },
  {
    ...plain,
    name: 'a VM loses its storage',
    moral: 'Its host tells the primary, although the HA network is whole.',
    of: 'H13',
    needs: ['storage-loss-trigger'],
    steps: [...RUNS, view('h1')],
  },
  {
    ...plain,
    name: 'the primary hears that a VM has lost its storage',
    moral: 'It restarts the VM where it can be accessed.',
    of: 'H13',
    needs: ['storage-loss-trigger', 'timeouts'],
    steps: [...PROTECTS, tells('storageLost')],
    core: 'here',
  },
  {
    ...plain,
    name: 'a VM that runs from memory',
    moral: 'It is ended after a while: it may have been restarted elsewhere.',
    of: 'H12',
    needs: ['ghost-kill', 'storage-loss-trigger'],
    steps: [...RUNS, view('h1'), fires('Ghost')],
  },
  {
    ...plain,
    name: 'the user stops a VM',
    moral: 'That is told as what it is, and not as a failure.',
    of: 'H14',
    needs: ['intent-generation'],
    steps: [...RUNS, happens('PowerOff'), written],
  },
  {
    ...plain,
    name: 'a host fails with its VM',
    moral: 'What ran there and is protected is restarted.',
    of: 'H9',
    needs: ['timeouts'],
    dependsOn: [WRITTEN],
    steps: [...PROTECTS, fires('Host', {'timer.host': 'h2'}), happens('Probed', {host: 'h2', ping: false})],
    core: 'here',
  },
  {
    ...plain,
    name: 'the host that is to start a VM cannot',
    moral: 'Its attempt is over, and the VM is tried again after a delay.',
    of: 'H24',
    needs: ['timeouts'],
    steps: [
      ...PROTECTS,
      fires('Host', {'timer.host': 'h3'}),
      happens('Probed', {host: 'h3', ping: false}),
      tells('storageLost'),
      often(hears('PlaceAnswer', {'message.standing.accessible': false})),
    ],
  },
  {
    ...plain,
    name: READS,
    moral: 'It asks every host again and again which VMs are protected.',
    of: 'H17',
    needs: ['periodic-retrieval'],
    steps: [...UP, ...LEADS, fires('Retrieval')],
  },
  {
    ...plain,
    name: 'a host that reaches nobody counts votes',
    moral: 'It can access nothing, whatever it held before.',
    of: 'H18',
    steps: [...FOLLOWS, view('h1'), hears('AccessQuery'), view('h1', 'h2'), hears('Joined')],
  },
  {
    ...plain,
    name: 'a component is gone for long',
    moral: 'Its votes are given up by a side that has a quorum.',
    of: 'H28',
    needs: ['quorum-recalculation'],
    steps: [
      happens('Restarted', {reachable: ['h1', 'h2', 'h3']}),
      hears('Joined'),
      written,
      view('h1', 'h2'),
      hears('Joined', {'message.number': 6}),
      written,
      fires('Absence'),
    ],
  },
  {
    ...plain,
    name: 'the storage network flaps while a VM waits',
    moral: 'Each change is followed up, and the VM is restarted once the network stays well.',
    of: 'H10',
    needs: ['timeouts', 'level-triggered'],
    steps: [
      ...PROTECTS,
      view('h1'),
      tells('storageLost'),
      hears('BecamePlaceable'),
      often(hears('PlaceAnswer', {'message.standing.accessible': false})),
      hears('BecamePlaceable'),
    ],
    core: 'here',
  },
  {
    ...plain,
    name: TWO,
    moral: 'One of them gets the lock; the other is told who has it.',
    of: 'H11',
    steps: [...UP, hears('Call', {from: 'h2', 'message.call.type': 'TakeLock'}), written, happens('PowerOn')],
  },
  {
    ...plain,
    name: 'the one that lost tries again when the user has stopped the VM',
    moral: 'The lock goes back, and the start is refused.',
    of: 'H11',
    needs: ['intent-generation'],
    dependsOn: [TWO],
    steps: [...FOLLOWS, hears('RestartCommand', {'message.term': 1, 'message.generation': 0}), written],
  },
  {
    ...plain,
    name: 'the side with the quorum does not know the VM',
    moral: 'Its primary learns of the VM from a host that can read it, and restarts it.',
    of: 'H22',
    needs: ['timeouts'],
    dependsOn: [READS],
    steps: [...UP, ...LEADS, hears('Retrieved', {'message.retrievals': PROTECTED_ONCE})],
    core: 'here',
  },
  {
    ...plain,
    name: 'a VM has moved when its former host fails',
    moral: 'It is left where it runs.',
    of: 'H26',
    needs: ['lock-registration'],
    steps: [
      ...PROTECTS,
      happens('MigratedIn'),
      fires('Host', {'timer.host': 'h2'}),
      happens('Probed', {host: 'h2', ping: false}),
    ],
  },
  {
    ...plain,
    name: 'a SET comes late for a VM that was created anew',
    moral: 'It names the object that is gone, and changes nothing.',
    of: 'H27',
    needs: ['object-identity'],
    steps: [
      ...UP,
      happens('Created', {identity: 2}),
      written,
      hears('Call', {'message.call.type': 'Set', 'message.call.identity': 1}),
      written,
    ],
  },
  {
    ...plain,
    name: 'a component is lost with what it held',
    moral: 'It is made anew from one that is current, and counts for nothing before.',
    of: 'H15',
    steps: [...UP, happens('ComponentLost')],
  },
];
