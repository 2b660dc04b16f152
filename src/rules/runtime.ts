import {must, mustWithout, type Rule} from './rule.js';

/** What a host does with its VMs. */
export const RUNTIME = {
  'RS-01': must(),
  'RS-02': must(),
  'RS-03': must(),
  'RS-04': must(),
  'RS-05': must(),
  'RS-06': must(),
  'RS-07': must(),
  'RS-08': mustWithout('intent-generation'),
  'RS-09': must('intent-generation'),
  'RS-10': must(),
  'RS-11': must('intent-generation'),
  'RS-12': must('ghost-kill'),
  'RS-13': must(),
  'RS-14': must('ghost-kill'),
  'RS-15': must(),
  'RS-16': must(),
  'RS-17': must(),
  'RS-18': must('write-fencing'),
  'RS-19': mustWithout('write-fencing'),
  'RS-20': must(),
} as const satisfies Readonly<Record<`RS-${string}`, Rule>>;
