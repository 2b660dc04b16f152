import type {CheckLimits} from '../limits.js';

/** Thrown by a computation that is to end before it is done; the message says why. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** Lets a long computation be watched, and stopped. */
export type Pace = {
  /** Is it time to breathe? To be asked every few thousand steps. */
  readonly isDue: () => boolean;
  /**
   * Lets signals come through, and tells what is done and how much of it, from 0 to 1. Throws Stopped where the
   * computation is to end.
   */
  readonly breathe: (activity: string, share: number) => Promise<void>;
};

/** Steps between two looks at the clock. */
export const STRIDE = 4096;
const BREATHE_MS = 40;

/** As the limits ask for. `tell` is told what is being done, in words, and how much memory is held. */
export const paceFor = (
  {signal, memoryBytes}: Pick<CheckLimits, 'signal' | 'memoryBytes'>,
  tell: (activity: string, memoryBytes: number) => void = () => {},
): Pace => {
  let breathed = performance.now();
  return {
    isDue: () => performance.now() - breathed >= BREATHE_MS,
    breathe: async (activity, share) => {
      const memory = process.memoryUsage.rss();
      tell(`${activity}: ${Math.floor(100 * share)} %`, memory);
      await new Promise(resolve => setImmediate(resolve));
      breathed = performance.now();
      if (signal?.aborted === true) throw new Stopped('interrupted');
      if (memoryBytes !== undefined && memory > memoryBytes) throw new Stopped('out of memory');
    },
  };
};
