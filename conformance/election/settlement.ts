// What an HA module that elects owes once a core has healed: somebody leads, this host or one that it follows.

import type {Config, Event, State} from '../../src/index.js';
import {at} from '../canonical.js';
import type {Settlement} from '../cases/settlement.js';
import type {Step} from '../oracle/earlier.js';

/**
 * The core is this host: it reaches the isolation address, and the others are silent. Besides what is under way it
 * needs a restart, and at most two rounds of an election, since it may have been beaten in the one that is under way:
 * in each the timers of silence, of isolation and of the election, and two looks at the isolation address.
 */
const boundOf = (_: Config, underWay: number): number => 1 + underWay + 2 * (3 + 2);

export const electionSettlement: Settlement<Config, State, Event> = {
  healing: ({facts}) => (at(facts, ['isUp']) === false ? {type: 'Restarted'} : null),
  isFair: (_, answer) =>
    answer.type === 'TimerFired' ||
    (answer.type === 'IsolationChecked' && answer.reachable) ||
    (answer.type === 'Probed' && answer.ping),
  schedule: [],
  isLossy: true,
  afterWalks: true,
  bound: boundOf,
  debts: ({past}) => {
    const last = past.at(-1)?.stimulus;
    return past.findLastIndex(isLed) > past.findLastIndex(isLost)
      ? []
      : [{rule: last === undefined ? 'EL-01' : ruleAfter(last), what: 'this host leads nobody and follows nobody'}];
  },
};

export const isLed = ({stimulus, observed}: Step<unknown>): boolean =>
  at(stimulus, ['message', 'type']) === 'Claim' ||
  observed.some(effect => at(effect, ['type']) === 'Send' && at(effect, ['message', 'type']) === 'Claim');

/** What ends a reign or a following, as far as this host knows. */
export const isLost = ({stimulus}: Step<unknown>): boolean =>
  at(stimulus, ['type']) === 'Crashed' ||
  at(stimulus, ['timer', 'type']) === 'Silence' ||
  at(stimulus, ['reachable']) === false;

/** By which rule it had to go on. */
const ruleAfter = (stimulus: Event): 'EL-01' | 'EL-09' | 'EL-10' | 'EL-13' | 'EL-14' => {
  if (stimulus.type === 'IsolationChecked') return 'EL-14';
  if (stimulus.type !== 'TimerFired') return 'EL-01';
  return stimulus.timer.type === 'Election' ? 'EL-10' : stimulus.timer.type === 'Isolation' ? 'EL-13' : 'EL-09';
};
