// Which timers do not run in a state: to cancel one of them does nothing, and so is up to the subject.

import type {ComposedState, FallbackTimer, State} from '../../src/index.js';
import {at, isSame} from '../canonical.js';

/** The only role in which a timer of this type runs (spec/timers.md). */
const RUNS_AS: Readonly<Record<string, State['role']>> = {
  Silence: 'secondary',
  Election: 'electing',
  Isolation: 'isolated',
  Heartbeat: 'primary',
  Host: 'primary',
  Retrieval: 'primary',
  Fallback: 'primary',
  Failover: 'primary',
};

/** Whether the timer of an HA module surely does not run. */
export const isIdle = (state: State, timer: unknown): boolean => {
  const role = RUNS_AS[String(at(timer, ['type']))];
  if (role === undefined) return false;
  return state.role !== role || (state.role === 'primary' && isOver(state.fallbacks, timer));
};

const isOver = (fallbacks: Extract<State, {readonly role: 'primary'}>['fallbacks'], timer: unknown): boolean =>
  at(timer, ['type']) === 'Fallback' &&
  fallbacks.every(({vm, phase, generation, round}) => {
    const running: FallbackTimer | null =
      phase === 'idle' || phase === 'queued' ? null : {type: 'Fallback', vm, phase, generation, round};
    return !isSame(running, timer);
  });

/** The same for a whole host, which has a timer for each VM that it restarts. */
export const isIdleOnHost = ({ha: {ha, lead}}: ComposedState, timer: unknown): boolean =>
  isIdle(ha, timer) ||
  (at(timer, ['type']) === 'Failover' &&
    (lead?.failover.inventory ?? []).every(
      ({vm, stage, round, attempts: attempt}) => !isSame({type: 'Failover', vm, stage, round, attempt}, timer),
    ));
