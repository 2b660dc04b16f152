/** What the command's exit code says. */
export const EXIT = {
  /** Conformant, as far as was asked. */
  pass: 0,
  fail: 1,
  /** Bad usage. */
  usage: 2,
  /** Cut short: what was tried was allowed. */
  inconclusive: 3,
  /** The subject, or what joins it to the suite, is broken. */
  error: 4,
  /** A fault of ours. */
  fault: 5,
} as const;
