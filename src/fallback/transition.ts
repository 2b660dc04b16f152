import type {Config} from '../cluster/config.js';
import type {Term} from '../cluster/ids.js';
import type {RequestId} from '../cluster/request.js';
import type {NonEmpty} from '../kernel/nonempty.js';
import type {Outcome, Outcomes} from '../kernel/outcome.js';
import type {RuleId} from '../rules.js';
import type {FallbackEffect, FallbackTimer} from './events.js';
import type {Fallback, Memory} from './fallback.js';
import {next, type Target, type Trigger} from './phase.js';

/** Who coordinates, and in which term. */
export type Primary = {
  readonly config: Config;
  readonly term: Term;
  /** Whether the fallback of another VM holds this one up: only without `parallel-fallbacks`. */
  readonly occupied: boolean;
};

export type Coordinated = Outcome<Fallback, FallbackEffect>;
export type Coordination = Outcomes<Fallback, FallbackEffect>;

/** The id that a round's requests carry and their answers echo. */
export const requestIdOf = ({term}: Primary, {vm, generation, round}: Memory): RequestId => ({
  term,
  vm,
  generation,
  round,
});

/** The timer that runs in this phase, or null. */
export const timerOf = ({vm, phase, generation, round}: Fallback): FallbackTimer | null =>
  phase === 'idle' || phase === 'queued' ? null : {type: 'Fallback', vm, phase, generation, round};

/**
 * The only way to change phase: along a row of the table; what the table refuses is ignored (FB-25). The timers follow
 * from the phases, so no handler can forget one.
 */
export const moved = <T extends Trigger>(
  {config}: Primary,
  from: Fallback,
  trigger: T,
  to: Fallback & {readonly phase: Target[T]},
  effects: readonly FallbackEffect[],
  rules: NonEmpty<RuleId>,
): Coordinated =>
  next(from.phase, trigger) === null
    ? {state: from, effects: [], rules: ['FB-25']}
    : {state: to, effects: config.repairs.timeouts ? [...stopped(from), ...effects, ...started(to)] : effects, rules};

/** The order that stops this phase's timer, if it has one. */
export const stopped = (from: Fallback): readonly FallbackEffect[] => ordered('CancelTimer', timerOf(from));

const started = (to: Fallback): readonly FallbackEffect[] => ordered('SetTimer', timerOf(to));

const ordered = (type: 'CancelTimer' | 'SetTimer', timer: FallbackTimer | null): readonly FallbackEffect[] =>
  timer === null ? [] : [{type, timer}];
