/** Exit codes by verdict. Bad usage and a broken model have their own: 2. */
export const EXIT = {holds: 0, violated: 1, incomplete: 3} as const;

export const EXIT_REFUSED = 2;
