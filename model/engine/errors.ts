/**
 * The model itself is broken: it threw, answered nonsense, or broke a rule of modelling. Exit code 2 at the command
 * line.
 */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}

/** Could an array not be had? Then what was found so far still stands, though it can neither go on nor be saved. */
export const isOutOfMemory = (error: unknown): boolean =>
  (error instanceof RangeError &&
    /allocation failed|Invalid typed array length|Invalid array buffer length/i.test(error.message)) ||
  (error as NodeJS.ErrnoException | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY';

export {shown} from '../define/flaw.js';
