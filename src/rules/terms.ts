import {must, mustWithout, type Rule} from './rule.js';

/** Terms and roles. */
export const TERMS = {
  'TM-01': must('terms'),
  'TM-02': must('terms'),
  'TM-03': must('terms'),
  'TM-04': must(),
  'TM-05': must(),
  'TM-06': must(),
  'TM-07': mustWithout('terms'),
  'TM-08': must(),
  'TM-09': must(),
  'TM-10': must(),
  'TM-11': must(),
} as const satisfies Readonly<Record<`TM-${string}`, Rule>>;
