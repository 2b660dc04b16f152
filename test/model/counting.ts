import type {Builder, Slot} from '../../model/index.js';
import {next} from '../../model/index.js';

/** Counts to 3, fairly or not, and claims something of it. */
export const counting =
  (fair: {fair?: 'weak' | 'strong'}, claim: (m: Builder, n: Slot<number>) => void) =>
  (m: Builder): void => {
    const n = m.slot('n', 0);
    m.action('Count', fair, read => (read(n) < 3 ? [next(n.set(read(n) + 1))] : []));
    m.terminal(read => read(n) === 3);
    claim(m, n);
  };
