import {must, mustWithout, type Rule} from './rule.js';

/** Reading the protection states back. */
export const RETRIEVAL = {
  'RT-01': must(),
  'RT-02': must(),
  'RT-03': must(),
  'RT-04': must(),
  'RT-05': must('periodic-retrieval'),
  'RT-06': must(),
  'RT-07': must('generations'),
  'RT-08': must(),
  'RT-09': mustWithout('generations'),
} as const satisfies Readonly<Record<`RT-${string}`, Rule>>;
