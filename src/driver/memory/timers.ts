import type {HostTimer} from '../../host/events.js';
import type {Timers} from '../surroundings.js';
import type {Clock} from './clock.js';

/** One host's timers by a clock. */
export const createTimers = (clock: Clock, durationOf: (timer: HostTimer) => number): Timers => {
  const running = new Map<string, () => void>();
  const nameOf = (timer: HostTimer): string => JSON.stringify(timer);

  const cancel = (timer: HostTimer): void => {
    running.get(nameOf(timer))?.();
    running.delete(nameOf(timer));
  };
  return {
    set: (timer, due) => {
      cancel(timer);
      const stop = clock.after(durationOf(timer), () => {
        running.delete(nameOf(timer));
        due();
      });
      running.set(nameOf(timer), stop);
    },
    cancel,
    clear: () => {
      for (const stop of running.values()) stop();
      running.clear();
    },
  };
};
