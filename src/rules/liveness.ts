import {must, type Rule} from './rule.js';

/** Heartbeats and the states of hosts. */
export const LIVENESS = {
  'LV-01': must(),
  'LV-02': must(),
  'LV-03': must(),
  'LV-04': must(),
  'LV-05': must(),
  'LV-06': must(),
  'LV-07': must(),
  'LV-08': must(),
  'LV-09': must(),
  'LV-10': must(),
  'LV-11': must(),
} as const satisfies Readonly<Record<`LV-${string}`, Rule>>;
