// The words for a step: of what was persisted before, only what is new is told.

import {at} from '../canonical.js';
import {isPersist} from '../oracle/oracle.js';
import type {Specification} from '../specification.js';

/** What was persisted last, after these effects too; null: nothing so far. */
export const persistedBy = (effects: readonly unknown[], last: unknown): unknown =>
  at(effects.findLast(isPersist), ['durable']) ?? last;

/** The same specification, in its words for what comes after that was persisted. */
export const since = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  last: unknown,
): Specification<Config, State, Stimulus, Effect> => ({...specification, ...specification.keeping?.tellSince?.(last)});
