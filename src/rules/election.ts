import {must, type Rule} from './rule.js';

/** Election and isolation. */
export const ELECTION = {
  'EL-01': must(),
  'EL-02': must(),
  'EL-03': must(),
  'EL-04': must(),
  'EL-05': must(),
  'EL-06': must(),
  'EL-07': must(),
  'EL-08': must(),
  'EL-09': must(),
  'EL-10': must(),
  'EL-11': must(),
  'EL-12': must(),
  'EL-13': must(),
  'EL-14': must(),
  'EL-15': must(),
  'EL-16': must(),
  'EL-17': must(),
  'EL-18': must(),
} as const satisfies Readonly<Record<`EL-${string}`, Rule>>;
