import {must, type Rule} from './rule.js';

/** The exclusive lock. */
export const LOCK = {
  'LK-01': must(),
  'LK-02': must(),
  'LK-03': must(),
  'LK-04': must(),
  'LK-05': must(),
  'LK-06': must(),
  'LK-07': must(),
  'LK-08': must(),
} as const satisfies Readonly<Record<`LK-${string}`, Rule>>;
