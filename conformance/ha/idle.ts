// Which timers do not run in a state: to cancel one of them does nothing, and so is up to the subject.

import {
  type ComposedState,
  type Config,
  type FallbackTimer,
  failoverTimerOf,
  type HostConfig,
  type State,
} from '../../src/index.js';
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
export const isIdle = ({repairs}: Pick<Config, 'repairs'>, state: State, timer: unknown): boolean => {
  const type = String(at(timer, ['type']));
  const role = RUNS_AS[type];
  if (role === undefined) return false;
  if (state.role !== role || (type === 'Retrieval' && !repairs['periodic-retrieval'])) return true;
  return type === 'Fallback' && (!repairs.timeouts || state.role !== 'primary' || isOver(state.fallbacks, timer));
};

const isOver = (fallbacks: Extract<State, {readonly role: 'primary'}>['fallbacks'], timer: unknown): boolean =>
  fallbacks.every(({vm, phase, generation, round}) => {
    const running: FallbackTimer | null =
      phase === 'idle' || phase === 'queued' ? null : {type: 'Fallback', vm, phase, generation, round};
    return !isSame(running, timer);
  });

/** The same for a whole host, which has a timer for each VM that it restarts. */
export const isIdleOnHost = (
  config: HostConfig,
  {ha: {ha, lead}}: Pick<ComposedState, 'ha'>,
  timer: unknown,
): boolean =>
  isIdle(config, ha, timer) ||
  (at(timer, ['type']) === 'Failover' &&
    (lead?.failover.inventory ?? []).every(entry => !isSame(failoverTimerOf(config, entry), timer)));
