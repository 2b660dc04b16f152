/** How long a search may take to answer an interruption before its thread is ended. */
const GRACE_MS = 1000;

/** One interruption may arrive twice: sent to the whole process group, and passed on by a parent such as npm. */
const ECHO_MS = 200;

export type Interruption = {
  /** Somebody wants the search to stop: it should say what it has. */
  readonly asked: AbortSignal;
  /** It did not stop in time, or was told again: it is stopped. */
  readonly insisted: AbortSignal;
  /** Lets the search take its time: from now on only being told again stops it. */
  readonly grant: () => void;
};

/** Turns Ctrl-C and SIGTERM into an interruption. A third one ends the process as if nobody listened. */
export const interruptible = (): Interruption => {
  const asked = new AbortController();
  const insisted = new AbortController();
  let askedAt = 0;
  let grace: NodeJS.Timeout | undefined;
  const onSignal = (): void => {
    if (!asked.signal.aborted) {
      askedAt = performance.now();
      asked.abort();
      grace = setTimeout(() => insisted.abort(), GRACE_MS).unref();
    } else if (performance.now() - askedAt > ECHO_MS) {
      insisted.abort();
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    }
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return {asked: asked.signal, insisted: insisted.signal, grant: () => clearTimeout(grace)};
};

/** Calls `act` once `signal` is aborted, be it already, unless `over` was aborted before. */
export const whenAborted = (signal: AbortSignal, over: AbortSignal, act: () => void): void => {
  if (signal.aborted) act();
  else signal.addEventListener('abort', act, {once: true, signal: over});
};
