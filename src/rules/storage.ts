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
  'ST-08': must('object-identity'),
  'ST-09': must(),
  'ST-10': must(),
  'ST-11': must(),
  'ST-12': must(),
  'ST-13': may(),
  'ST-14': must(),
} as const satisfies Readonly<Record<`ST-${string}`, Rule>>;
