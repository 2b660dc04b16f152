// Narrow plans: what comes too late, twice or from the wrong host, and what would show that it was not ignored; and
// what befalls one VM while another is under way.

import {happens} from '../../cases/script.js';
import {H2, H3, type NarrowPlan, SEVERAL, TWO_VMS} from '../plan.js';
import {COMMANDED_LATE, fires, h1, h3, hears, view} from '../scene.js';

const [ACK, JOINED, ON, OFF] = [hears('ComponentAck'), hears('Joined'), happens('PowerOn'), happens('PowerOff')];

const [CALL, SET] = [hears('Call'), hears('Call', {'message.call.type': 'Set'})];

const TAKE = hears('Call', {'message.call.type': 'TakeLock'});

/** The owner gives way to itself: it begins another reign, and what was published last counts no more. */
const ANEW = [[h1('Lead', {'message.number': 2})], [h1('ComponentWrite', {'message.number': 2})]];

const QUERY = h1('PlaceQuery', {'message.term': 0});

const GRANT = h1('Reply', {'message.call.type': 'TakeLock', 'message.result': 'ok', 'message.epoch': 1});

const DENIAL = h1('Reply', {'message.call.type': 'TakeLock', 'message.result': 'held'});

const TAKEN_SINCE = {'message.number': 2, 'message.known.content.lock.epoch': 3};

const PUBLISHED = h1('Publish', {'message.known.content.lock.holder': null});

/** As h2, a member. */
const MEMBER: Readonly<Record<string, NarrowPlan>> = {
  'a registration that comes too late': {
    self: H2,
    scene: 'led',
    forks: [
      [
        ...['WaitRegister', 'PlaceRegister'].flatMap(type => [
          h1(type, {'message.generation': 2, 'message.term': 1}),
          h1(type, {'message.round': 1}),
        ]),
      ],
      [
        ...['WaitRegister', 'PlaceRegister'].flatMap(type => [
          h1(type, {'message.generation': 1, 'message.term': 1}),
          h3(type, {'message.term': 1}),
        ]),
      ],
      [PUBLISHED],
    ],
  },
  'a place that is told once': {
    self: H2,
    scene: 'led',
    forks: [
      ['WaitRegister', 'PlaceRegister'].map(type => h1(type, {'message.generation': 1, 'message.term': 1})),
      [PUBLISHED],
      ...ANEW,
      [h1('Publish', {'message.known.content.lock.holder': null, 'message.number': 2})],
    ],
  },
  'what a VM that starts does not heed': {
    self: H2,
    scene: 'member',
    forks: [
      ['MigratedOut', 'MigratedIn', 'PowerOn', 'PowerOff', 'Created'].map(type => happens(type)),
      [h1('Reply', {'message.call.type': 'TakeLock'})],
      [OFF, happens('MigratedOut'), QUERY],
    ],
  },
  'a power-on that was ended': {
    self: H2,
    scene: 'member',
    forks: [[OFF], [ON], [GRANT, DENIAL, h1('Lead', {'message.number': 2})], [GRANT, OFF], [QUERY, OFF]],
  },
  'a lock that an earlier reign has granted': {
    self: H2,
    scene: 'given up',
    forks: [[ON, happens('Created')], [GRANT, h1('Publish', TAKEN_SINCE)], [GRANT], [QUERY, OFF]],
  },
  'a ghost that runs again': {
    self: H2,
    scene: 'member with a VM',
    forks: [...ANEW, [h1('Publish')], [fires('Ghost'), OFF], [QUERY, OFF]],
  },
  'a reign that is over': {
    self: H2,
    scene: 'member with a VM',
    forks: [
      [h1('Lead', {'message.number': 2})],
      [
        ...['Publish', 'ComponentWrite', 'Left'].map(type => h1(type, {'message.number': 1})),
        ...['Publish', 'ComponentWrite', 'Left', 'Lead'].map(type => h3(type)),
      ],
      [h1('ComponentWrite', {'message.number': 2})],
      [PUBLISHED],
    ],
  },
  'a command of an older term': {
    self: H2,
    scene: 'led',
    forks: [['SetCommand', 'RestartCommand'].map(type => h1(type, {'message.term': 0}))],
  },
  'a command of an older intent': {
    self: H2,
    scene: 'led',
    forks: [...COMMANDED_LATE, [GRANT]],
  },
  'a lower host that comes back': {self: H3, scene: 'led by h2', forks: [[view('h1', 'h2', 'h3')]]},
  'a VM that has come by migration ends': {
    self: H2,
    scene: 'led',
    forks: [[PUBLISHED], [happens('MigratedIn')], [OFF]],
  },
  'a VM that ends where that is clean by default': {
    self: H2,
    scene: 'member with a VM',
    forks: [
      [h1('Claim', {'message.term': 1})],
      [h1('Publish', {'message.known.content.lock.epoch': 3}), h1('Left'), OFF],
      [OFF, fires('Ghost')],
    ],
    change: {cleanByDefault: true},
  },
  'a version that is written again': {self: H2, scene: 'led', forks: [[h1('ComponentWrite')]]},
  'an older version': {
    self: H2,
    scene: 'member with a VM',
    forks: [[h1('Publish')], [h1('Publish', {'message.number': 1}), OFF], [QUERY]],
  },
  'an epoch that only an answer has told': {
    self: H2,
    scene: 'led',
    forks: [
      [h1('Publish', {'message.number': 1, 'message.known.content.lock.epoch': 1})],
      [ON],
      [GRANT],
      [h1('Publish', {'message.number': 1}), OFF],
    ],
  },
};

/** As h1, which owns the directory. */
const OWNER: Readonly<Record<string, NarrowPlan>> = {
  'a registration that is repeated': {
    scene: 'following',
    forks: [false, true].map(level => [hears('PlaceRegister', {'message.round': 1, 'message.wanted.level': level})]),
  },
  'a VM that has ended and is started in vain': {
    scene: 'running',
    forks: [[hears('Claim', {'message.term': 1})], [OFF], [ON], [view('h1')]],
  },
  'a VM that starts with a lock of its host': {
    scene: 'running',
    forks: [
      [happens('Crashed')],
      [happens('Restarted', {reachable: ['h1', 'h2', 'h3']})],
      [hears('Joined', {'message.components.0.content.register.generation': 0})],
      [ON],
      [ACK],
      [ACK],
    ],
  },
  'a component that was lost': {
    scene: 'accessible',
    forks: [[happens('ComponentLost')], [JOINED], [h3('Joined')], [ACK]],
  },
  'an absence that is over': {
    scene: 'running',
    forks: [[h3('Joined')], [fires('Absence'), h3('ComponentAck')], [fires('Absence'), OFF], [ACK]],
  },
  'calls that wait': {scene: 'accessible', forks: [[ON], [OFF, SET], [TAKE, SET], [ACK], [ACK]]},
  'an older version that is acknowledged again': {
    scene: 'accessible',
    forks: [[ON], [ACK], [OFF, ACK], [ACK]],
  },
  'a lock of an older epoch': {scene: 'accessible', forks: [[CALL], [ACK], [CALL, ON]]},
  'a VM that is created anew': {
    scene: 'accessible',
    forks: [[happens('Created')], [ACK], [ON, SET], [ACK], [OFF, SET]],
  },
  'a VM that is created anew while it runs': {
    scene: 'running',
    forks: [[happens('Created')], [ACK], [ON, OFF, hears('PlaceQuery')], [ACK], [ON]],
  },
  'an isolation that was responded to': {
    scene: 'isolated',
    forks: [
      [fires('Isolation')],
      [happens('IsolationChecked', {reachable: false})],
      [ON],
      [fires('Isolation')],
      [happens('IsolationChecked')],
    ],
    change: {isolationResponse: 'power-off'},
  },
  'a number that is ahead': {scene: 'accessible', forks: [[hears('Hello', {'message.number': 12})]]},
  'the word of a host that has not joined': {scene: 'running', forks: [[h3('Left')]]},
  'what is said of an earlier reign': {
    scene: 'running',
    forks: [
      [view('h1', 'h2')],
      [ACK, JOINED, ...['Refused', 'Left', 'Call'].map(type => hears(type))],
      [JOINED],
      [ACK],
    ],
  },
  'an attempt of its own that ends with the reign': {
    scene: 'own attempt',
    forks: [[happens('ViewChanged'), ACK, happens('PowerOff'), fires('Failover')]],
  },
};

/** With a second VM, of which nobody else knows anything. */
const NEIGHBOUR: Readonly<Record<string, NarrowPlan>> = {
  'two VMs that start': {
    scene: 'two accessible',
    forks: [
      [happens('PowerOn', {vm: 'v1'})],
      [happens('PowerOn', {vm: 'v2'})],
      [view('h1', 'h2'), view('h1'), ACK, OFF, happens('Crashed'), hears('PlaceQuery'), hears('RestartCommand')],
      [JOINED, ACK, OFF, happens('MigratedIn'), happens('Restarted')],
    ],
    change: {...TWO_VMS, capacity: 2},
  },
  'room that another VM takes': {
    scene: 'two accessible',
    forks: [
      [happens('PowerOn', {vm: 'v2'})],
      ['PlaceQuery', 'PlaceRegister', 'RestartCommand'].map(type => hears(type)),
      [happens('PowerOff', {vm: 'v2'}), ACK],
      [hears('PlaceQuery'), happens('PowerOff', {vm: 'v2'})],
    ],
    change: TWO_VMS,
  },
  'two VMs that run': {
    scene: 'two running',
    forks: [
      [view('h1'), OFF, happens('MigratedOut'), happens('Crashed'), hears('Claim')],
      [fires('Ghost'), view('h1', 'h2'), happens('Restarted', {reachable: ['h1', 'h2']}), ACK],
      [JOINED, OFF],
    ],
    change: {...TWO_VMS, capacity: 2},
  },
  'two VMs of a host that is cut off': {
    scene: 'two running',
    forks: [
      [fires('Silence')],
      [fires('Election')],
      [happens('IsolationChecked', {reachable: false})],
      [fires('Isolation')],
      [happens('IsolationChecked')],
    ],
    change: {...TWO_VMS, capacity: 2, isolationResponse: 'power-off'},
  },
  'two VMs that are read back': {scene: 'two accessible', forks: [[hears('Retrieve')]], change: TWO_VMS},
  'several VMs that are out of reach at once': {scene: 'several', forks: [[view('h1')]], change: SEVERAL},
  'several VMs that wait': {
    scene: 'several waiting',
    forks: [
      [fires('Host', {'timer.host': 'h3'}), hears('BecamePlaceable')],
      [happens('Probed', {host: 'h3', ping: false}), h3('BecamePlaceable')],
      [h3('Alive'), hears('PlaceAnswer', {'message.standing.accessible': true}), hears('BecamePlaceable')],
    ],
    change: SEVERAL,
  },
};

/** By name. */
export const NARROW_LATE: Readonly<Record<string, NarrowPlan>> = {...MEMBER, ...OWNER, ...NEIGHBOUR};
