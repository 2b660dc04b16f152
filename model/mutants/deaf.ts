import type {FailoverEvent, FailoverState, failoverOutcomes} from '../../src/index.js';
import {ignoring} from './mutant.js';

/** The primary does not hear of something. */
export const deafTo =
  (when: (event: FailoverEvent, state: FailoverState) => boolean) =>
  (relations: {readonly failoverOutcomes: typeof failoverOutcomes}) => ({
    failoverOutcomes: ignoring(
      relations.failoverOutcomes,
      (_config, _term, state): FailoverState => state,
      (_config, _term, state, event) => when(event, state),
    ),
  });
