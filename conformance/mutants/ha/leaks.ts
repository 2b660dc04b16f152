// Faults of memory: what should be forgotten and is kept, and the other way round.

import type {State} from '../../../src/index.js';
import {keeping, mistaking, mutant} from '../mutant.js';
import {all, asPrimary, type HaMutant, onMessage} from './faults.js';

type Watches = Extract<State, {readonly role: 'secondary'}>['watches'];

const isReplaced = ({vm, primary}: Watches[number], by: Watches): boolean =>
  by.some(watch => watch.vm === vm && watch.primary === primary);

/** What a host that is down may still hold, though it should not. */
const heldBy = (state: State): Watches => {
  if (state.role === 'secondary') return state.watches;
  return 'held' in state ? (state.held as Watches) : [];
};

export const leakingMutants: readonly HaMutant[] = [
  mutant(
    'remembers registrations over a crash',
    'TM-09',
    keeping((after, before) => {
      if (after.role === 'down' && heldBy(before).length > 0) return {...after, held: heldBy(before)};
      return after.role === 'secondary' && before.role === 'down' ? {...after, watches: heldBy(before)} : after;
    }),
  ),
  mutant(
    'keeps the registrations of an older term',
    'TM-01',
    keeping((after, before) =>
      after.role === 'secondary' && before.role === 'secondary' && after.durable.term > before.durable.term
        ? {...after, watches: [...before.watches.filter(old => !isReplaced(old, after.watches)), ...after.watches]}
        : after,
    ),
  ),
  mutant(
    'keeps a registration of which it has told',
    'WT-05',
    keeping((after, before) =>
      after.role === 'secondary' && before.role === 'secondary' && after.durable.term === before.durable.term
        ? {...after, watches: [...before.watches.filter(old => !isReplaced(old, after.watches)), ...after.watches]}
        : after,
    ),
  ),
  mutant(
    'forgets registrations when something comes that does not concern them',
    'WT-03',
    keeping((after, before) =>
      after.role === 'secondary' && after === before && after.watches.length > 0 ? {...after, watches: []} : after,
    ),
  ),
  mutant(
    'as a primary, answers about all objects whatever it is asked',
    'FB-13',
    mistaking(situation => {
      const {stimulus} = situation;
      return all(onMessage('AccessQuery'), asPrimary)(situation) && stimulus.type === 'Received'
        ? {
            ...situation,
            stimulus: {...stimulus, message: {...stimulus.message, scope: 'all'} as typeof stimulus.message},
          }
        : situation;
    }),
  ),
];
