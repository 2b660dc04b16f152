// What storage owes once the network is whole again: whoever repeats a SET is answered. Any answer may be lost, but not
// every one for ever (ST-05).

import {generation} from '../../src/index.js';
import {at, isSame} from '../canonical.js';
import type {Moment, Settlement} from '../cases/settlement.js';
import type {StorageConfig, StorageState, StorageStimulus} from './specification.js';
import type {Facts} from './surroundings.js';

/** So often a SET is repeated on each host before nobody waits for an answer any more. */
const PATIENCE = 20;

type StorageMoment = Moment<StorageConfig, StorageState, StorageStimulus>;

export const storageSettlement: Settlement<StorageConfig, StorageState, StorageStimulus> = {
  healing: moment => {
    const {config, past} = moment;
    const {hosts} = config;
    const facts = moment.facts as Facts;
    if (!isSame(facts.view, [hosts])) return {type: 'ViewChanged', view: [hosts]};
    if (isAnswered(moment)) return null;
    const host = hosts[calls(past).length % hosts.length];
    return host === undefined ? null : {type: 'Set', host, value: facts.value, generation: facts.generation};
  },
  isFair: () => false,
  schedule: [],
  isLossy: true,
  afterWalks: true,
  bound: ({hosts}) => 1 + PATIENCE * hosts.length,
  debts: moment => {
    const {value, generation: newest} = moment.facts as Facts;
    return isAnswered(moment) ? [] : [{rule: 'ST-02', what: `SET ${value} (generation ${newest}) is never answered`}];
  },
};

const calls = (past: StorageMoment['past']) => past.filter(({stimulus}) => stimulus.type === 'Set');

/** Whether the newest SET was answered since the network is whole, by whichever host. */
const isAnswered = ({config: {hosts}, past, facts}: StorageMoment): boolean => {
  const newest = (facts as Facts).generation;
  const whole = past.findLastIndex(({stimulus}) => stimulus.type === 'ViewChanged');
  const {stimulus: last} = past[whole] ?? {};
  const isWhole = last === undefined || (last.type === 'ViewChanged' && isSame(last.view, [hosts]));
  return (
    isWhole &&
    calls(past.slice(whole + 1)).some(
      ({stimulus, observed}) =>
        stimulus.type === 'Set' &&
        generation(stimulus.generation) === newest &&
        observed.some(effect => at(effect, ['type']) === 'Reply' && at(effect, ['result']) !== 'failed'),
    )
  );
};
