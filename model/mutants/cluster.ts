// Mutants of whole hosts: faults of one module that users of the cluster notice.

import type {Modules} from '../../src/index.js';
import {type Mutants, mistaking} from './mutant.js';

export const MUTANTS: Mutants<Modules> = {
  'takes-a-failed-set-for-done': {
    does: 'takes a SET that has failed for one that was carried out',
    fault: ({recoveryOutcomes}) => ({
      recoveryOutcomes: mistaking(
        recoveryOutcomes,
        (config, state, event): Parameters<typeof recoveryOutcomes> => [
          config,
          state,
          event.type === 'StorageReplied' ? {...event, result: 'ok'} : event,
        ],
      ),
    }),
    trials: [{messages: 'queued', only: 'Service'}],
  },
  'does-not-read-the-intent': {
    does: 'starts a VM for a primary without reading in its object whether it is to run',
    fault: ({runtimeOutcomes}) => ({
      runtimeOutcomes: mistaking(
        runtimeOutcomes,
        (config, state, event): Parameters<typeof runtimeOutcomes> => [
          {...config, repairs: {...config.repairs, 'intent-generation': event.type !== 'LockAnswered'}},
          state,
          event,
        ],
      ),
    }),
    trials: [{messages: 'queued', only: 'Service'}],
  },
};
