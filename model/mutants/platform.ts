// Mutants of the management platform, and of how its requests are taken in turn.

import {keeping, type Mutants, mistaking} from './mutant.js';
import {type Relations, without} from './protect-faults.js';

export const MUTANTS: Mutants<Relations> = {
  'one-fallback-at-a-time': {
    does: 'lets the fallback of one VM wait for that of another',
    fault: without('parallel-fallbacks'),
    trials: [
      {hosts: '3', views: '1', toggles: '2', vms: '2', losses: '1', 'lost-replies': '1', only: 'NonInterference'},
    ],
  },
  'platform-believes-the-last-report': {
    does: 'takes whatever is reported last for done last',
    fault: ({platformOutcomes}) => ({
      platformOutcomes: keeping(platformOutcomes, (after, _repairs, _before, event) =>
        event.type === 'Reported' ? {...after, reported: event.generation} : after,
      ),
    }),
    trials: [{hosts: '3', views: '1', toggles: '2', handovers: '1', only: 'MonotoneReports'}],
  },
  'platform-stays-with-the-old-primary': {
    does: 'does not ask a new primary for what the old one has not confirmed',
    fault: ({platformOutcomes}) => ({
      platformOutcomes: mistaking(platformOutcomes, (repairs, state, event) => [
        {...repairs, resend: false},
        state,
        event,
      ]),
    }),
    trials: [
      {hosts: '3', views: '1', toggles: '1', handovers: '1'},
      {hosts: '3', views: '0', toggles: '2', handovers: '1', only: 'EventuallyUnprotected'},
    ],
  },
};
