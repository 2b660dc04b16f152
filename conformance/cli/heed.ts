import {setImmediate} from 'node:timers/promises';

/** What long work of one thread calls now and then: signals are heard between two turns of the loop. */
export const heedOf =
  (asked: AbortSignal): (() => Promise<void>) =>
  async () => {
    await setImmediate();
    asked.throwIfAborted();
  };
