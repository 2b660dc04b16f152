import {may, must, type Rule} from './rule.js';

/** The storage contract. */
export const STORAGE = {
  'ST-01': must(),
  'ST-02': must(),
  'ST-03': must('generations'),
  'ST-04': must('generations'),
  'ST-05': may(),
  'ST-06': must(),
  'ST-07': must(),
} as const satisfies Readonly<Record<`ST-${string}`, Rule>>;
