// Narrow plans for what a reign, a lock or a role leaves to the next one: what is forgotten with it, and what lasts.

import {happens} from '../../cases/script.js';
import {AT_ITS_MEMBER, H2, type NarrowPlan, TWO_VMS, WITH_A_DISK} from '../plan.js';
import {COMMANDED_LATE, fires, h1, h3, hears, view} from '../scene.js';

const [ACK, ON, OFF] = [hears('ComponentAck'), happens('PowerOn'), happens('PowerOff')];

const COMMANDED = h1('SetCommand', {'message.term': 1});

const DONE = h1('Reply', {'message.result': 'ok'});

const GRANTED_SINCE = h1('Reply', {'message.result': 'ok', 'message.epoch': 2});

const OWN = h1('Publish', {'message.known.content.lock.holder': 'h2'});

const TAKEN = {type: 'TakeLock', identity: 1, host: 'h2', attempt: null};

/** By name. */
export const NARROW_REIGNS: Readonly<Record<string, NarrowPlan>> = {
  'a component that a member has lost': {
    self: H2,
    scene: 'led',
    forks: [[happens('ComponentLost')], [h1('Lead', {'message.number': 2})], [h1('ComponentWrite')]],
  },
  'a SET that is commanded twice': {
    self: H2,
    scene: 'led',
    forks: [[h1('Publish', {'message.known.content.lock.holder': null})], [COMMANDED], [COMMANDED], [DONE], [DONE]],
  },
  'an absence that outlasts a reign': {
    scene: 'accessible',
    forks: [[fires('Absence')], [ACK], [ACK], [view('h1')], [view('h1', 'h2')], [hears('Joined')]],
  },
  'a call that comes before the object is taken up': {
    scene: 'running',
    forks: [
      [view('h1', 'h2')],
      [hears('Hello', {'message.number': 4})],
      [hears('Hello', {'message.number': 5})],
      [hears('Call', {'message.number': 6})],
    ],
  },
  'a power-on that waits behind another when the reign ends': {
    self: H2,
    scene: 'member',
    forks: [[OFF], [ON], [view('h2', 'h3')]],
    change: {vms: AT_ITS_MEMBER},
  },
  'the lock of a VM that has ended': {
    self: H2,
    scene: 'led',
    forks: [
      [h1('Publish', {'message.number': 1, 'message.known.content.lock.epoch': 1})],
      [ON],
      [GRANTED_SINCE],
      [OFF],
      [h1('PlaceQuery', {'message.term': 1})],
    ],
  },
  'a lock that is granted while the VM runs': {self: H2, scene: 'member with a VM', forks: [[GRANTED_SINCE]]},
  'a lock of its own host that is not that of the VM': {self: H2, scene: 'member with a VM', forks: [[OWN]]},
  'a lock that is held by its own host, as far as it knows': {
    self: H2,
    scene: 'led',
    forks: [[OWN], [ON], [h1('Reply', {'message.result': 'held'})]],
  },
  'a lock that is taken more often than that of another VM': {
    scene: 'two running',
    forks: [
      [happens('PowerOff', {vm: 'v1'})],
      [happens('PowerOn', {vm: 'v1'})],
      ...[3, 4, 5].map(sequence => [
        hears('ComponentAck', {'message.object': 'v1-namespace', 'message.version.sequence': sequence}),
      ]),
    ],
    change: {...TWO_VMS, capacity: 2},
  },
  'a member that is behind': {scene: 'accessible', forks: [[hears('Hello', {'message.number': 2})]]},
  'a component that was written often, and long ago': {
    scene: 'accessible',
    forks: [
      [happens('Crashed')],
      [happens('Restarted', {reachable: ['h1', 'h2', 'h3']})],
      [h3('Hello', {'message.number': 4})],
      [h3('Hello', {'message.number': 5})],
      [h3('Joined', {'message.components.0.version.sequence': 9})],
    ],
  },
  'a lock that another host holds under the same epoch': {
    scene: 'accessible',
    forks: [
      [hears('Call', {'message.number': 3, 'message.call': TAKEN})],
      [ACK],
      [happens('MigratedIn')],
      [OFF],
      [hears('ComponentAck', {'message.version.sequence': 3})],
    ],
  },
  'a ghost whose namespace object can be accessed': {
    scene: 'running with a disk',
    forks: [
      [view('h1', 'h2')],
      [hears('Joined', {'message.number': 6})],
      [hears('ComponentAck', {'message.object': 'v1-namespace', 'message.number': 6})],
      [fires('Ghost')],
    ],
    change: {vms: WITH_A_DISK},
  },
  'a VM that has migrated to where it is starting': {
    self: H2,
    scene: 'member',
    forks: [[happens('MigratedIn')], [h1('PlaceQuery', {'message.term': 0}), OFF]],
  },
  'a VM that is neither to run nor able to': {
    self: H2,
    scene: 'led',
    forks: [...COMMANDED_LATE, [DONE]],
    change: {vms: WITH_A_DISK},
  },
};
