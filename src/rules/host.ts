import {must, type Rule} from './rule.js';

/** The modules of one host, composed. */
export const HOST = {
  'HO-01': must(),
  'HO-02': must(),
  'HO-03': must(),
  'HO-04': must(),
  'HO-05': must(),
  'HO-06': must(),
  'HO-07': must(),
  'HO-08': must(),
  'HO-10': must(),
  'HO-11': must(),
  'HO-12': must(),
  'HO-13': must(),
  'HO-14': must(),
  'HO-15': must(),
  'HO-16': must(),
  'HO-17': must(),
  'HO-19': must(),
  'HO-20': must(),
} as const satisfies Readonly<Record<`HO-${string}`, Rule>>;
