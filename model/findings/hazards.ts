// The hazards of the protocol family, in the order in which the project lists them.

import type {Repair} from '../../src/index.js';
import type {Hazard, Question} from './hazard.js';

const ask = (
  scene: string,
  property: string,
  choices: Readonly<Record<string, string>>,
  given: readonly Repair[] = [],
): Question => ({scene, choices, property, given});

export const HAZARDS: readonly Hazard[] = [
  {
    id: 'H1',
    title: 'Stale delegated SET',
    story:
      'The primary commands a host to SET a VM as protected, and the command is slow. Meanwhile the storage network ' +
      'heals, the user powers the VM off, and that is committed. Then the old command is carried out: the VM is ' +
      'protected again, and the next failure of its host powers it on against the will of the user.',
    predicted: 'found',
    questions: [ask('protect', 'MonotoneMeta', {hosts: '3'}), ask('protect', 'NoResurrection', {hosts: '3'})],
  },
  {
    id: 'H2',
    title: 'Lost acknowledgement',
    story:
      'A SET is carried out and its answer is lost. The primary goes on to other hosts, and the SET is carried out ' +
      'a second time.',
    predicted: 'absent',
    questions: [ask('protect', 'IdempotentSet', {hosts: '3', 'lost-replies': '1', views: '2'}, ['timeouts'])],
  },
  {
    id: 'H3',
    title: 'Duplicate commands',
    story:
      'Two hosts answer yes and both are commanded, the second after the first was given up for silent. The slow one ' +
      'acts when the user has changed his mind.',
    predicted: 'found',
    questions: [ask('protect', 'MonotoneMeta', {hosts: '3', views: '1', duplicates: '1'})],
  },
  {
    id: 'H4',
    title: 'Protected but not durable',
    story:
      'The primary marks its memory and the platform is told, before any SET was carried out. The primary crashes, ' +
      'and nothing that is left says that the VM is protected.',
    predicted: 'found',
    questions: [ask('protect', 'ReportedImpliesDurable', {hosts: '3', crashes: '1', views: '1'})],
  },
  {
    id: 'H5',
    title: 'Primary crashes in the middle of a fallback',
    story:
      'The platform has handed over its request, the primary has commanded another host, and crashes. The next ' +
      'primary has never heard of the VM.',
    predicted: 'found',
    questions: [ask('protect', 'EventuallyProtected', {hosts: '3', handovers: '1', views: '1', toggles: '1'})],
  },
  {
    id: 'H6',
    title: 'Query, then cut',
    story:
      'A host says that it can access the VM, the storage network changes, and the command fails there. Others that ' +
      'said yes are not tried.',
    predicted: 'found',
    questions: [ask('protect', 'ExhaustBeforeWaiting', {hosts: '4', views: '2', toggles: '1'}, ['request-ids'])],
  },
  {
    id: 'H7',
    title: 'Lost wake-up',
    story:
      'Every host was asked. One that said no becomes able to access the VM before the primary has registered its ' +
      'wait; no further change comes, and the primary waits for ever.',
    predicted: 'found',
    questions: [ask('protect', 'NoLostWakeup', {hosts: '3'})],
  },
  {
    id: 'H8',
    title: 'Wrong predicate',
    story:
      'The namespace object has its quorum on one side and a disk on the other. The primary asks who can access all ' +
      'objects of the VM; nobody can, although SET touches the namespace object only.',
    predicted: 'found',
    questions: [ask('protect', 'EventuallyProtected', {hosts: '4', views: '2', toggles: '1', subsets: 'one'})],
  },
];
