// What is persisted in words: where something was persisted before, only what is new.

import {at} from '../canonical.js';
import {isPersist} from '../oracle/oracle.js';
import type {Specification} from '../specification.js';

/** What was persisted last, after these effects too; null: nothing so far. */
export const persistedBy = (effects: readonly unknown[], last: unknown): unknown =>
  at(effects.findLast(isPersist), ['durable']) ?? last;

/** The same specification, in whose words that was persisted last. */
export const since = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  last: unknown,
): Specification<Config, State, Stimulus, Effect> => {
  const {keeping, tellEffect} = specification;
  return {
    ...specification,
    tellEffect: effect => {
      const news = isPersist(effect) ? (keeping?.newsIn?.(at(effect, ['durable']), last) ?? null) : null;
      return news === null ? tellEffect(effect) : `Persist, new: ${news}`;
    },
  };
};
