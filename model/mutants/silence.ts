// Mutants of a primary of whose messages, or of whose answers, one gets lost.

import type {FailoverEvent, failoverOutcomes} from '../../src/index.js';
import {deafTo} from './deaf.js';
import {doing, type Mutants} from './mutant.js';

type Relations = {readonly failoverOutcomes: typeof failoverOutcomes};

/** It is time to repeat the registrations of a wait. */
const isWaitTimer = (event: FailoverEvent): boolean =>
  event.type === 'TimerFired' && ['lacking', 'waiting', 'exhausted'].includes(event.timer.stage);

const LOST = {views: '0', crashes: '1', losses: '1', only: 'EventuallyRestarted'};

/** Nobody can use the VM, and neither other host hears that it waits; then both can. */
const LOST_WHILE_IT_WAITS = {...LOST, views: '2', crashes: '0', cuts: 'any', losses: '2'};

export const SILENCE_MUTANTS: Mutants<Relations> = {
  'waits-for-every-answer': {
    does: 'waits for ever for a host that it has asked for a place',
    fault: deafTo(event => event.type === 'TimerFired' && event.timer.stage === 'placing'),
    trials: [LOST],
  },
  'waits-for-every-start': {
    does: 'waits for ever for a host that it has commanded',
    fault: deafTo(event => event.type === 'TimerFired' && event.timer.stage === 'starting'),
    trials: [LOST],
  },
  'never-registers-again': {
    does: 'never repeats the registrations of a wait',
    fault: deafTo(isWaitTimer),
    trials: [LOST_WHILE_IT_WAITS],
  },
  'registers-again-with-itself': {
    does: 'repeats the registration of a wait with its own host only',
    fault: ({failoverOutcomes}) => ({
      failoverOutcomes: doing(failoverOutcomes, (effects, {self}, _term, _state, event) =>
        isWaitTimer(event) ? effects.filter(effect => effect.type !== 'Send' || effect.to === self) : effects,
      ),
    }),
    trials: [LOST_WHILE_IT_WAITS],
  },
};
