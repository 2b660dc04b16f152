// One step may go on in several parts, one after the other. Each outcome of one is followed by each of the next.

import type {Config} from '../../cluster/config.js';
import type {FailoverConfig} from '../../failover/config.js';
import {flatMapAll, mapAll} from '../../kernel/nonempty.js';
import type {Outcome, Outcomes} from '../../kernel/outcome.js';
import type {RecoveryEffect} from './events.js';
import type {RecoveryState} from './state.js';

/** Fixed for the life of a host. */
export type RecoveryConfig = Config & FailoverConfig;

export type Decision = Outcome<RecoveryState, RecoveryEffect>;
export type Decisions = Outcomes<RecoveryState, RecoveryEffect>;

/** What follows in the same step. A part that has nothing to do with it adds no rule. */
export const continued = (before: Decisions, next: (state: RecoveryState) => Decisions): Decisions =>
  flatMapAll(before, first =>
    mapAll(next(first.state), ({state, effects, rules}) =>
      state === first.state && effects.length === 0
        ? first
        : {state, effects: [...first.effects, ...effects], rules: [...first.rules, ...rules]},
    ),
  );

/** The same for each of these, in turn. */
export const forEach = <T>(
  before: Decisions,
  values: readonly T[],
  next: (state: RecoveryState, value: T) => Decisions,
): Decisions =>
  values.reduce<Decisions>((decisions, value) => continued(decisions, state => next(state, value)), before);
