/** Numbers between two breaths. */
const SLICE = 1024;

/**
 * The whole numbers to before `count`, with a breath now and then, so that signals come through. Throws when one
 * aborts.
 */
export const counting = async function* (count: number, signal: AbortSignal | undefined): AsyncGenerator<number> {
  for (let n = 0; n < count; n++) {
    if (n % SLICE === SLICE - 1) await new Promise(resolve => setImmediate(resolve));
    signal?.throwIfAborted();
    yield n;
  }
};
