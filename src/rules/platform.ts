import {must, type Rule} from './rule.js';

/** The management platform. */
export const PLATFORM = {
  'PL-01': must(),
  'PL-02': must(),
  'PL-03': must(),
  'PL-04': must(),
  'PL-05': must('resend'),
} as const satisfies Readonly<Record<`PL-${string}`, Rule>>;
