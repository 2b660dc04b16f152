// Hazards of writing the protection state: H1 to H8, H19 to H21 and H25.

import type {Hazard} from './hazard.js';
import {ask} from './question.js';

export const PROTECTION_HAZARDS: readonly Hazard[] = [
  {
    id: 'H1',
    title: 'Stale delegated SET',
    story:
      'The primary commands a host to SET a VM as protected, and the command is slow. Meanwhile the storage network ' +
      'heals, the user powers the VM off, and that is committed. Then the old command is carried out: the VM is ' +
      'protected again, and the next failure of its host powers it on against the will of the user.',
    predicted: 'found',
    questions: [
      ask(
        'protect',
        'MonotoneMeta',
        {hosts: '3', views: '2'},
        {
          asks: 'Does what is committed go back?',
          ends: '*Unprotected*, generation 2, was committed; *protected*, generation 1, has taken its place.',
        },
      ),
      ask(
        'protect',
        'NoResurrection',
        {hosts: '3', views: '2'},
        {
          asks: 'And was the user told otherwise? Other ways lead there, too, so that it takes more to prevent.',
          ends:
            'The user was told that the VM is off and unprotected (generation 2). The namespace object says *protected* ' +
            '(generation 1), and a failure of its host would power it on.',
        },
      ),
    ],
  },
  {
    id: 'H2',
    title: 'Lost acknowledgement',
    story:
      'A SET is carried out and its answer is lost. The primary goes on to other hosts, and the SET is carried out ' +
      'a second time.',
    predicted: 'absent',
    questions: [ask('protect', 'IdempotentSet', {hosts: '3', 'lost-replies': '1', views: '1'}, {given: ['timeouts']})],
  },
  {
    id: 'H3',
    title: 'Duplicate commands',
    story:
      'Two hosts answer yes. The first is commanded and given up for silent, and the second is commanded. The slow one ' +
      'acts when the user has changed his mind.',
    predicted: 'found',
    questions: [
      ask(
        'protect',
        'MonotoneMeta',
        {hosts: '3', views: '1', 'early-timeouts': '1'},
        {
          given: ['every-responder', 'timeouts'],
          ends:
            'h1 took its own call for silent, and h2 had *unprotected*, generation 2, committed. That call was only slow: ' +
            '*protected*, generation 1, is what is committed now.',
        },
      ),
    ],
  },
  {
    id: 'H4',
    title: 'Protected but not durable',
    story:
      'The primary marks its memory and the platform is told, before any SET was carried out. The primary crashes, ' +
      'and nothing that is left says that the VM is protected.',
    predicted: 'found',
    questions: [
      ask(
        'protect',
        'ReportedImpliesDurable',
        {hosts: '3', crashes: '1', views: '0'},
        {
          lacking: ['completion-report'],
          asks: 'The claims can be read so that the platform is told as soon as the primary has marked its memory:',
          ends:
            'The platform takes the VM for protected, and no SET has been carried out: if the primary crashes now, nothing ' +
            'that is left says so.',
        },
      ),
      ask(
        'protect',
        'ReportedImpliesDurable',
        {hosts: '3', crashes: '1', views: '0'},
        {asks: 'They can also be read so that it is told when a SET has been carried out:'},
      ),
    ],
  },
  {
    id: 'H5',
    title: 'Primary crashes in the middle of a fallback',
    story:
      'The platform has handed over its request, the primary has commanded another host, and crashes. The next ' +
      'primary has never heard of the VM.',
    predicted: 'found',
    questions: [
      ask(
        'protect',
        'EventuallyProtected',
        {hosts: '3', handovers: '1', views: '1', toggles: '1'},
        {
          ends:
            'It takes no crash even: the platform has handed its request to h1, which was primary no more and ignored it, ' +
            'and never hands it to h2, which is.',
        },
      ),
    ],
  },
  {
    id: 'H6',
    title: 'Query, then cut',
    story:
      'A host says that it can access the VM, the storage network changes, and the command fails there. Others that ' +
      'said yes are not tried.',
    predicted: 'found',
    questions: [
      ask(
        'protect',
        'ExhaustBeforeWaiting',
        {hosts: '4', views: '2', toggles: '1'},
        {
          given: ['request-ids'],
          ends: 'h1 begins to wait after the first failure. It has not heard h3 and h4, and both could do it by now.',
        },
      ),
    ],
  },
  {
    id: 'H7',
    title: 'Lost wake-up',
    story:
      'Every host was asked. One that said no becomes able to access the VM before the primary has registered its ' +
      'wait; no further change comes, and the primary waits for ever.',
    predicted: 'found',
    questions: [
      ask(
        'protect',
        'NoLostWakeup',
        {hosts: '3', views: '2', toggles: '1'},
        {
          ends:
            'h1 and h2 can use v since the network changed. h2 had said *no* before that; it knows of the wait now, and ' +
            'announces only what changes from here on: nothing does.',
        },
      ),
    ],
  },
  {
    id: 'H8',
    title: 'Wrong predicate',
    story:
      'The namespace object has its quorum on one side and a disk on the other. The primary asks who can access all ' +
      'objects of the VM; nobody can, although SET touches the namespace object only.',
    predicted: 'found',
    questions: [
      ask(
        'protect',
        'EventuallyProtected',
        {hosts: '4', views: '2', toggles: '1', subsets: 'one'},
        {
          given: ['level-triggered'],
          ends:
            'h1 and h2 can use the namespace object, which is all that SET touches. The disk is with h3 and h4, so that all ' +
            'three said *no*, and h1 waits.',
        },
      ),
    ],
  },
  {
    id: 'H19',
    title: 'Two commanders',
    story:
      'A host reaches the old primary and the new one, and obeys both. The old one does not know yet that it was ' +
      'superseded.',
    predicted: 'found',
    questions: [
      ask(
        'protect',
        'SingleCommander',
        {hosts: '3', handovers: '1', views: '1', toggles: '1'},
        {ends: 'h2 is primary itself, by term 2, and obeys what h1 commands by term 1.'},
      ),
    ],
  },
  {
    id: 'H20',
    title: 'The one host that could is never asked',
    story:
      'The primary asks only hosts that its own storage module does not reach, because those that it reaches should not ' +
      'see more than itself. Where reachability is not transitive, one of them does.',
    predicted: 'found',
    questions: [
      ask(
        'protect',
        'EventuallyProtected',
        {hosts: '4', topology: 'graphs', views: '1', toggles: '1', subsets: 'complement'},
        {
          given: ['namespace-query'],
          ends:
            'h4 reaches every host and could do it. h1 reaches h4, and so never asked it; and what h4 can access does not ' +
            'change, so that it has nothing to announce.',
        },
      ),
    ],
  },
  {
    id: 'H21',
    title: 'Silence',
    story:
      'A host that was asked or commanded never answers, or the message is lost. The primary waits for it for ever.',
    predicted: 'found',
    questions: [
      ask(
        'protect',
        'EventuallyProtected',
        {hosts: '3', losses: '1', views: '1', toggles: '1'},
        {
          given: ['generations', 'request-ids', 'terms'],
          ends: 'The question to h2 is lost. h1 awaits an answer for ever, and never asks h3, which could do it.',
        },
      ),
      ask(
        'failover',
        'EventuallyRestarted',
        {views: '0', crashes: '1', losses: '1'},
        {
          given: ['lock-registration'],
          ends:
            'The question to h3 is lost. h1 awaits an answer for ever, and starts the VM nowhere, not even on its own ' +
            'host.',
        },
      ),
    ],
  },
  {
    id: 'H25',
    title: 'Head-of-line blocking',
    story: 'The fallback of one VM cannot be answered, and the primary works on no other VM in the meantime.',
    predicted: 'found',
    questions: [
      ask(
        'protect',
        'NonInterference',
        {hosts: '3', vms: '2', views: '1', losses: '1', toggles: '2'},
        {
          given: ['generations', 'request-ids', 'terms', 'timeouts'],
          ends:
            'The question about v is lost, and nothing answers it any more. w waits for its turn behind v, although h2 and ' +
            'h3 could have it committed.',
        },
      ),
    ],
  },
];
