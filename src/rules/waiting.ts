import {must, type Rule} from './rule.js';

/** Waiting for accessibility. */
export const WAITING = {
  'WT-01': must(),
  'WT-02': must('level-triggered'),
  'WT-03': must(),
  'WT-04': must('level-triggered'),
  'WT-05': must(),
  'WT-06': must(),
  'WT-07': must('timeouts'),
  'WT-08': must('request-ids'),
  'WT-09': must(),
  'WT-10': must(),
} as const satisfies Readonly<Record<`WT-${string}`, Rule>>;
