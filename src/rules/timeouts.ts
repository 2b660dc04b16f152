import {must, type Rule} from './rule.js';

/** Silence counts as no. */
export const TIMEOUTS = {
  'TO-01': must('timeouts'),
  'TO-02': must('timeouts'),
  'TO-03': must('timeouts'),
  'TO-04': must(),
} as const satisfies Readonly<Record<`TO-${string}`, Rule>>;
