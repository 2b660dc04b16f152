// Hazards of the storage modules: H15, H16, H18, H27 and H28.

import type {Repair} from '../../src/index.js';
import type {Hazard} from './hazard.js';
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

const but = (...left: readonly Repair[]) => ({given: SOUND.filter(repair => !left.includes(repair))});

export const STORAGE_HAZARDS: readonly Hazard[] = [
  {
    id: 'H15',
    title: 'A component is lost with what it held',
    story:
      'A SET is committed on two of three components. One of them is lost for good before the third has caught up, and ' +
      'the other is cut off.',
    predicted: 'found',
    questions: [
      ask(
        'storage',
        'MonotoneMeta',
        {views: '1', toggles: '1', losses: '1', links: 'partitions'},
        but('configuration-numbers'),
      ),
      ask(
        'storage',
        'DurableMeta',
        {views: '1', toggles: '1', losses: '1', links: 'partitions'},
        but('configuration-numbers'),
      ),
    ],
  },
  {
    id: 'H16',
    title: 'A stale component comes back',
    story:
      'A component misses a SET. When the storage network changes, it and another that is stale outvote the one that ' +
      'knows, and an old state is read and written on.',
    predicted: 'found',
    questions: [
      ask('storage', 'MonotoneMeta', {views: '2', toggles: '1', links: 'partitions'}, but('configuration-numbers')),
    ],
  },
  {
    id: 'H18',
    title: 'Who counts the votes',
    story:
      'Two hosts reach a third and not each other. Each counts two of three votes for itself, and both take the object ' +
      'for theirs.',
    predicted: 'found',
    questions: [ask('storage', 'QuorumExclusive', {views: '1', toggles: '0'}, but('directory-owner'))],
  },
  {
    id: 'H27',
    title: 'A flag that outlives its VM',
    story:
      'A VM is protected, deleted and created anew. A late SET, meant for the old one, is carried out on the new one.',
    predicted: 'found',
    questions: [ask('storage', 'NoResurrection', {views: '0', toggles: '1', creations: '1'}, but('object-identity'))],
  },
  {
    id: 'H28',
    title: 'Votes are dealt anew during a partition',
    story: 'One side recalculates the votes of an object while the other counts by the old ones. Both have a quorum.',
    predicted: 'found',
    questions: [
      ask(
        'storage',
        'QuorumExclusive',
        {views: '1', toggles: '0', absences: '1', links: 'partitions'},
        but('quorum-recalculation'),
      ),
      ask(
        'storage',
        'SingleWriter',
        {views: '1', toggles: '0', absences: '1', locks: '2', links: 'partitions'},
        but('quorum-recalculation'),
      ),
    ],
  },
];
