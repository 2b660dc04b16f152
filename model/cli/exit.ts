/** Exit codes by verdict. Bad usage and a broken model have their own: 2. */
export const EXIT = {holds: 0, violated: 1, incomplete: 3} as const;

/** The same for audits. Where there is nothing to audit nothing is wrong. */
export const EXIT_AUDIT = {proved: 0, nothing: 0, refuted: 1, incomplete: 3} as const;

export const EXIT_REFUSED = 2;
