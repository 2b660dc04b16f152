// What has gone wrong in storage: the hazards and partitions that concern the contract for one VM.

import {happens, type ScriptStep} from '../cases/script.js';
import type {Story} from '../cases/story.js';

const cut = (...sides: readonly string[]): ScriptStep =>
  happens('ViewChanged', {view: sides.map(side => side.split(' '))});

const set = (host: string, generation: number, value: string): ScriptStep => happens('Set', {host, generation, value});

const asked = (host: string): ScriptStep => happens('Ask', {host});

const WHOLE = cut('h1 h2 h3 h4');

const plain = {needs: [], dependsOn: [], core: null} as const;

const SPLIT = 'the storage network is split';

export const storageStories: readonly Story[] = [
  {
    ...plain,
    name: SPLIT,
    moral: 'The side with a quorum writes, and the other side is refused.',
    of: 'partition 2',
    steps: [cut('h1', 'h2 h3 h4'), set('h1', 1, 'protected'), set('h2', 1, 'protected'), asked('h1'), asked('h2')],
  },
  {
    ...plain,
    name: 'a SET arrives when a newer one is committed',
    moral: 'It changes nothing, and says that it was stale.',
    of: 'H1',
    needs: ['generations'],
    steps: [
      set('h1', 1, 'protected'),
      set('h1', 2, 'unprotected'),
      set('h2', 1, 'protected'),
      set('h2', 2, 'unprotected'),
    ],
  },
  {
    ...plain,
    name: 'a SET is repeated because its answer was lost',
    moral: 'It is answered as if it were the first, whoever calls it.',
    of: 'H2',
    steps: [set('h1', 1, 'protected'), set('h2', 1, 'protected'), set('h2', 2, 'unprotected')],
  },
  {
    ...plain,
    name: 'answers are lost again and again',
    moral: 'Whoever goes on repeating a SET is answered in the end.',
    of: 'H2',
    steps: [cut('h1', 'h2', 'h3', 'h4'), set('h1', 1, 'protected')],
    core: 'here',
  },
  {
    ...plain,
    name: 'the namespace object is on one side, a disk on the other',
    moral: 'A SET needs the namespace object only; what can be accessed is said of each by itself.',
    of: 'H8',
    dependsOn: [SPLIT],
    steps: [cut('h1 h2', 'h3 h4'), set('h1', 1, 'protected'), asked('h1'), asked('h3')],
  },
  {
    ...plain,
    name: 'a component that a SET has not reached comes back',
    moral: 'It counts for nothing until one that has it is reached, and is brought up to date then.',
    of: 'H16',
    dependsOn: [SPLIT],
    steps: [
      cut('h1 h3 h4', 'h2'),
      set('h1', 1, 'protected'),
      cut('h1', 'h2 h3 h4'),
      asked('h2'),
      WHOLE,
      cut('h1', 'h2 h3 h4'),
      asked('h2'),
    ],
  },
  {
    ...plain,
    name: 'no side has a quorum',
    moral: 'Nobody writes, nobody can access the VM, and all can when the network is whole again.',
    of: 'H23',
    steps: [
      cut('h1', 'h2', 'h3', 'h4'),
      set('h1', 1, 'protected'),
      set('h2', 1, 'protected'),
      asked('h3'),
      WHOLE,
      asked('h2'),
      set('h3', 1, 'protected'),
    ],
  },
];
