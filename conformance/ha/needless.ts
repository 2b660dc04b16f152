import {canonical} from '../canonical.js';

/**
 * The effects without those that change nothing whatever the state is: a timer that has just fired does not run, so
 * cancelling it is up to the subject.
 */
export const withoutNeedless = <Effect>(event: unknown, effects: readonly Effect[]): readonly Effect[] => {
  const fired = timerOf(event, 'TimerFired');
  return fired === null || effects.length === 0
    ? effects
    : effects.filter(effect => timerOf(effect, 'CancelTimer') !== fired);
};

/** The timer that an event or effect of this type is about, as text. */
const timerOf = (value: unknown, type: string): string | null =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === type && 'timer' in value
    ? canonical(value.timer)
    : null;
