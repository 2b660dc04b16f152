// Hazards of reading the protection state: H17 and H22.

import type {Hazard} from './hazard.js';
import {ask} from './question.js';

export const RETRIEVAL_HAZARDS: readonly Hazard[] = [
  {
    id: 'H17',
    title: 'Stale cache',
    story:
      'A new primary reads the protection states from the replicated cache before that has converged. A VM is missing, ' +
      'and nothing announces that it has arrived.',
    predicted: 'found',
    questions: [
      ask(
        'retrieve',
        'MasterLearns',
        {views: '0', commits: '1', handovers: '1', writer: 'primary'},
        {
          asks: 'For the primary, which asks every host once when it is elected:',
          ends:
            'The caches of all hosts say *protected* by now. The primary h2 has only the answers of before, *unprotected*, ' +
            'and does not ask again.',
        },
      ),
      ask(
        'storage',
        'MasterLearns',
        {views: '0', toggles: '1', reads: '1'},
        {
          given: ['directory-owner'],
          asks: 'For the storage module, which could tell what has arrived:',
          ends: 'h1 called GET before the SET was committed. Its cache has that by now, and nothing announces it.',
        },
      ),
    ],
  },
  {
    id: 'H22',
    title: 'Knowledge here, hosts there',
    story:
      'Both networks are split, differently. One primary knows that a VM is protected and has no host that can use it; ' +
      'the other has the hosts and does not know.',
    predicted: 'found',
    questions: [
      ask(
        'retrieve',
        'MasterLearns',
        {views: '1', commits: '1', handovers: '0'},
        {
          ends:
            'A primary on the other side of the HA network had the SET carried out, and h1 knows nothing of that. h1 called ' +
            'GET when it was elected and never again, although its hosts h1 and h2 have v in their caches now.',
        },
      ),
    ],
  },
];
