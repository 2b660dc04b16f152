// Two-phase commit for SPIN, with the states of TwoPhase.tla: one process, and per action of the specification one
// option that is executable when the action is enabled. Written out manager by manager, which is the fastest form
// that we found.

/** The model for so many resource managers, in Promela. */
export const promelaOf = (managers: number): string => {
  const each = Array.from({length: managers}, (_, n) => n);
  const someone = (state: string): string => each.map(n => `rm[${n}] == ${state}`).join(' || ');
  const option = (guard: string, ...changes: readonly string[]): string =>
    `  :: d_step { ${guard} -> ${changes.join('; ')}; consistent }`;
  return [
    '#define working 0',
    '#define prepared 1',
    '#define committed 2',
    '#define aborted 3',
    '#define undecided 0',
    `#define consistent assert(!((${someone('committed')}) && (${someone('aborted')})))`,
    '',
    `byte rm[${managers}];`,
    'byte tm;',
    `bool received[${managers}];`,
    `bool vote[${managers}];`,
    'bool commit;',
    'bool abort;',
    '',
    'active proctype TwoPhaseCommit() {',
    '  do',
    option(`tm == undecided && ${each.map(n => `received[${n}]`).join(' && ')}`, 'tm = committed', 'commit = true'),
    option('tm == undecided', 'tm = aborted', 'abort = true'),
    ...each.flatMap(n => [
      option(`tm == undecided && vote[${n}]`, `received[${n}] = true`),
      option(`rm[${n}] == working`, `rm[${n}] = prepared`, `vote[${n}] = true`),
      option(`rm[${n}] == working`, `rm[${n}] = aborted`),
      option('commit', `rm[${n}] = committed`),
      option('abort', `rm[${n}] = aborted`),
    ]),
    '  od',
    '}',
    '',
  ].join('\n');
};
