import {may, must, mustWithout, type Rule} from './rule.js';

/** Who directs a partition of the storage network. */
export const DIRECTORY = {
  'DR-01': must('directory-owner'),
  'DR-02': must('directory-owner'),
  'DR-03': must('directory-owner'),
  'DR-04': mustWithout('directory-owner'),
  'DR-05': must('directory-owner'),
  'DR-06': must('directory-owner'),
  'DR-07': must('directory-owner'),
  'DR-08': must('directory-owner'),
  'DR-09': must('directory-owner'),
  'DR-10': must('directory-owner'),
  'DR-11': mustWithout('directory-owner'),
  'DR-12': must(),
  'DR-13': must(),
  'DR-14': must('directory-owner'),
  'DR-15': must('directory-owner'),
  'DR-16': must('directory-owner'),
  'DR-17': must(),
  'DR-18': must(),
  'DR-19': must(),
  'DR-20': must(),
  'DR-21': must('directory-owner'),
  'DR-22': must('directory-owner'),
} as const satisfies Readonly<Record<`DR-${string}`, Rule>>;

/** Objects, their components and votes. */
export const OBJECTS = {
  'OB-01': must('configuration-numbers'),
  'OB-02': mustWithout('configuration-numbers'),
  'OB-03': must(),
  'OB-04': must(),
  'OB-05': must('directory-owner'),
  'OB-06': must('directory-owner'),
  'OB-07': mustWithout('directory-owner'),
  'OB-08': must(),
  'OB-09': must(),
  'OB-10': must(),
  'OB-11': must(),
  'OB-12': must(),
  'OB-13': must(),
  'OB-14': must(),
  'OB-15': must('directory-owner'),
  'OB-16': must('quorum-recalculation'),
  'OB-17': must('quorum-recalculation'),
  'OB-18': mustWithout('quorum-recalculation'),
  'OB-19': must(),
  'OB-20': must(),
  'OB-21': must(),
  'OB-22': must('directory-owner'),
  'OB-23': must('directory-owner'),
  'OB-24': must('directory-owner'),
} as const satisfies Readonly<Record<`OB-${string}`, Rule>>;

/** What hosts know of objects, and are told. */
export const CHANGES = {
  'CH-01': must(),
  'CH-02': must('directory-owner'),
  'CH-03': must('directory-owner'),
  'CH-04': must('directory-owner'),
  'CH-05': must('cache-notices'),
  'CH-06': mustWithout('cache-notices'),
  'CH-07': must(),
  'CH-08': may(),
} as const satisfies Readonly<Record<`CH-${string}`, Rule>>;
