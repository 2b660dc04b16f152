import type {Repair, Repairs} from './profile/repairs.js';

/** The key words of RFC 2119. */
export type Level = 'MUST' | 'SHOULD' | 'MAY';

/** A rule of the specification. It applies where the repairs in `with` are all on and those in `without` all off. */
export type Rule = {
  readonly level: Level;
  readonly with: readonly Repair[];
  readonly without: readonly Repair[];
};

const must = (...repairs: readonly Repair[]): Rule => ({level: 'MUST', with: repairs, without: []});
const mustWithout = (...repairs: readonly Repair[]): Rule => ({level: 'MUST', with: [], without: repairs});
const may = (...repairs: readonly Repair[]): Rule => ({level: 'MAY', with: repairs, without: []});

/** Every rule: its sentence, source and reason stand in `spec/` under the same id. */
export const RULES = {
  'FB-01': must(),
  'FB-02': must(),
  'FB-03': must('generations'),
  'FB-04': must(),
  'FB-05': must(),
  'FB-06': must('completion-report'),
  'FB-07': mustWithout('completion-report'),
  'FB-08': must(),
  'FB-09': must(),
  'FB-10': must(),
  'FB-11': must('namespace-query'),
  'FB-12': mustWithout('namespace-query'),
  'FB-13': must(),
  'FB-14': must(),
  'FB-15': may(),
  'FB-16': must(),
  'FB-17': must(),
  'FB-18': must(),
  'FB-19': must('every-responder'),
  'FB-20': must('every-responder'),
  'FB-21': must(),
  'FB-22': mustWithout('every-responder'),
  'FB-23': must('request-ids'),
  'FB-24': must(),
  'FB-25': must(),
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
  'TO-01': must('timeouts'),
  'TO-02': must('timeouts'),
  'TO-03': must('timeouts'),
  'TO-04': must(),
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
  'ST-01': must(),
  'ST-02': must(),
  'ST-03': must('generations'),
  'ST-04': must('generations'),
  'ST-05': may(),
  'ST-06': must(),
  'ST-07': must(),
  'PL-01': must(),
  'PL-02': must(),
  'PL-03': must(),
  'PL-04': must(),
  'PL-05': must('resend'),
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleId = keyof typeof RULES;

/** Whether the rule has a say where these repairs are on and the others off. */
export const isApplicable = (id: RuleId, repairs: Repairs): boolean => {
  const {with: needs, without}: Rule = RULES[id];
  return needs.every(repair => repairs[repair]) && !without.some(repair => repairs[repair]);
};
