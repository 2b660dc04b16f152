// Hazards of the storage modules: H15, H16, H18, H27 and H28.

import type {Repair} from '../../src/index.js';
import type {Hazard, Question} from './hazard.js';
import {ask} from './question.js';

/** What the storage module needs besides the repair that a hazard is about. */
const SOUND: readonly Repair[] = [
  'cache-notices',
  'configuration-numbers',
  'directory-owner',
  'generations',
  'object-identity',
  'quorum-recalculation',
];

const but = (left: Repair, words: Pick<Question, 'asks' | 'ends'> = {}) => ({
  given: SOUND.filter(repair => repair !== left),
  ...words,
});

export const STORAGE_HAZARDS: readonly Hazard[] = [
  {
    id: 'H15',
    title: 'A component is lost with what it held',
    story:
      'A SET is committed on two of three components. One of them is lost for good, and the one in its place is empty. ' +
      'Before the other is heard again, the empty one and the third, which has not caught up, are taken for a quorum.',
    predicted: 'found',
    questions: [
      ask(
        'storage',
        'MonotoneMeta',
        {views: '1', toggles: '1', losses: '1', links: 'partitions'},
        but('configuration-numbers', {
          asks: 'Does what is committed go back?',
          ends:
            '*Protected*, generation 1, was committed on h1 and h2. Now *unprotected*, generation 0, is committed on h1 and ' +
            'h3, and the SET that had been answered is forgotten.',
        }),
      ),
      ask(
        'storage',
        'DurableMeta',
        {views: '1', toggles: '1', losses: '1', links: 'partitions'},
        but('configuration-numbers', {
          asks:
            'Does anybody else go on from something older than what was committed last? No: what is wrong is what was ' +
            'committed last.',
        }),
      ),
    ],
  },
  {
    id: 'H16',
    title: 'A stale component comes back',
    story:
      'A component misses a SET. When the storage network changes, its host comes to direct the object. Nobody compares ' +
      'whose state is newer: the first component within reach counts, and that is its own old one, although another has ' +
      'the new state. It writes the old state on, and a quorum takes it.',
    predicted: 'found',
    questions: [
      ask(
        'storage',
        'MonotoneMeta',
        {views: '2', toggles: '1', links: 'partitions'},
        but('configuration-numbers', {
          ends:
            '*Protected*, generation 1, was committed on h1 and h3. Now *unprotected*, generation 0, is committed on h2 and ' +
            'h3: h3 has given up the newer for the older.',
        }),
      ),
    ],
  },
  {
    id: 'H18',
    title: 'Who counts the votes',
    story:
      'Two hosts reach a third and not each other. Each counts two of three votes for itself, and both take the object ' +
      'for theirs.',
    predicted: 'found',
    questions: [
      ask(
        'storage',
        'QuorumExclusive',
        {views: '1', toggles: '0'},
        but('directory-owner', {
          ends: 'h2 counts h1 and itself, h3 counts h1 and itself: each has two of three votes and could commit.',
        }),
      ),
    ],
  },
  {
    id: 'H27',
    title: 'A flag that outlives its VM',
    story:
      'A VM is protected, deleted and created anew. A late SET, meant for the old one, is carried out on the new one.',
    predicted: 'found',
    questions: [
      ask(
        'storage',
        'NoResurrection',
        {views: '0', toggles: '1', creations: '1'},
        but('object-identity', {
          ends:
            'The SET was meant for v as it was before it was created anew. It has been carried out on the new one, which ' +
            'the user has not switched on.',
        }),
      ),
    ],
  },
  {
    id: 'H28',
    title: 'Votes are dealt anew during a partition',
    story:
      'One side recalculates the votes of an object while the other counts by the old ones: a host that is cut off with ' +
      'one of three votes takes the two others for absent, and deals the votes to what it has. Both have a quorum.',
    predicted: 'found',
    questions: [
      ask(
        'storage',
        'QuorumExclusive',
        {views: '1', toggles: '0', absences: '1', links: 'partitions'},
        but('quorum-recalculation', {
          asks: 'Do two sides have a quorum?',
          ends: 'h1 and h3 have two of three votes as they were; h2 alone has a quorum of those that it has dealt.',
        }),
      ),
      ask(
        'storage',
        'SingleWriter',
        {views: '1', toggles: '0', absences: '1', locks: '2', links: 'partitions'},
        but('quorum-recalculation', {
          asks: 'And what comes of that for a VM?',
          ends: 'h1 holds the lock by the old votes and h2 by its own: a VM that runs on both could write twice.',
        }),
      ),
    ],
  },
];
