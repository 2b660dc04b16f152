import {mapAll, type Outcome} from '../../src/index.js';
import {at} from '../canonical.js';
import {withoutIdle} from '../oracle/oracle.js';
import type {Specification} from '../specification.js';

/** Timers of which a host has one. */
const ONLY = ['Silence', 'Election', 'Isolation', 'Heartbeat', 'Retrieval'];

/**
 * It cancels those timers that do not run which the relation leaves alone, and leaves alone those that it cancels; and
 * whenever it does something, it persists what is durable, be it so already.
 */
export const contrary = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
): Specification<Config, State, Stimulus, Effect> => {
  const {outcomes, isIdle, keeping} = specification;
  return isIdle === undefined
    ? specification
    : {
        ...specification,
        outcomes: (config, state, stimulus) =>
          mapAll(outcomes(config, state, stimulus), (outcome): Outcome<State, Effect> => {
            const ordered = outcome.effects.map(effect => at(effect, ['timer', 'type']));
            const alone = ONLY.filter(type => !ordered.includes(type)).map(type => ({type}));
            const cancelling = alone
              .filter(timer => isIdle(config, state, timer))
              .map(timer => ({type: 'CancelTimer', timer}) as Effect);
            const effects = [...withoutIdle(specification, config, state, outcome.effects), ...cancelling];
            const isKeeping = effects.length > 0 && keeping !== undefined;
            const persisting = isKeeping ? [{type: 'Persist', durable: keeping.kept(outcome.state)} as Effect] : [];
            return {...outcome, effects: [...persisting, ...effects]};
          }),
      };
};
