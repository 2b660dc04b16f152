// What reports and validated logs have exercised, all together.

import {ROLE_ROWS, RULES, type RuleId, repairsOf} from '../../src/index.js';
import {rulesFor} from '../report/check.js';
import type {Line} from '../report/stream.js';
import {linesOf} from '../report/summary.js';
import {isRepair} from '../suites.js';
import {CHAPTERS} from '../validate/laws.js';
import type {Validation} from '../validate/validation.js';

/** Something that says what was exercised. */
export type Evidence =
  | {readonly type: 'Report'; readonly name: string; readonly lines: readonly Line[]}
  | {readonly type: 'Validation'; readonly name: string; readonly validation: Validation};

/** `violated` says more than `exercised`: a rule may be both. */
export type RuleState = 'violated' | 'exercised' | 'not-reached';

export type CoveredRule = {
  readonly rule: string;
  readonly level: string;
  readonly state: RuleState;
  /** How many judged steps it allowed: in cases, and in logs. */
  readonly cases: number;
  readonly logs: number;
  /** In which of the files it is broken. */
  readonly violated: readonly string[];
};

export type CoveredPlan = {
  readonly module: string;
  readonly plan: string;
  readonly isComplete: boolean;
  /** Situations told apart, and pairs of state and stimulus judged. */
  readonly situations: number;
  readonly pairs: number;
};

/** A change of role, and how often logs have it. */
export type CoveredChange = {readonly change: string; readonly steps: number};

/** Plain data. */
export type MergedCoverage = {
  readonly format: 'holdfast-coverage/1';
  readonly files: readonly string[];
  readonly rules: readonly CoveredRule[];
  readonly plans: readonly CoveredPlan[];
  /** Every change of role that there is; null where no log of HA modules is among the files. */
  readonly roles: readonly CoveredChange[] | null;
};

/** Every rule that one of the files could have exercised stands in it once. */
export const merged = (all: readonly Evidence[]): MergedCoverage => ({
  format: 'holdfast-coverage/1',
  files: all.map(({name}) => name),
  rules: [...new Set(all.flatMap(within))].sort().map(rule => covered(rule, all)),
  plans: plansOf(all),
  roles: rolesOf(all),
});

/** The rules that a file could have exercised. */
const within = (evidence: Evidence): readonly string[] => {
  if (evidence.type === 'Report') return linesOf(evidence.lines, 'run').flatMap(({rules}) => rules);
  return evidence.validation.modules.flatMap(({module, repairs}) =>
    rulesFor(CHAPTERS[module], repairsOf(repairs.filter(isRepair))),
  );
};

const covered = (rule: string, all: readonly Evidence[]): CoveredRule => {
  const steps = (wanted: Evidence['type']): number =>
    all.filter(({type}) => type === wanted).reduce((sum, each) => sum + stepsOf(each, rule), 0);
  const violated = all.filter(each => isViolated(each, rule)).map(({name}) => name);
  const [cases, logs] = [steps('Report'), steps('Validation')];
  const state = violated.length > 0 ? 'violated' : cases + logs > 0 ? 'exercised' : 'not-reached';
  return {rule, level: RULES[rule as RuleId]?.level ?? 'MUST', state, cases, logs, violated};
};

const stepsOf = (evidence: Evidence, rule: string): number => {
  const counts: readonly {readonly id: string; readonly steps: number}[] =
    evidence.type === 'Report'
      ? linesOf(evidence.lines, 'plan').flatMap(({rules}) => rules)
      : evidence.validation.modules.flatMap(({rules}) => rules);
  return counts.filter(({id}) => id === rule).reduce((sum, {steps}) => sum + steps, 0);
};

const isViolated = (evidence: Evidence, rule: string): boolean =>
  evidence.type === 'Report'
    ? linesOf(evidence.lines, 'failure').some(({broken}) => broken[0]?.rule === rule)
    : evidence.validation.violation?.broken[0]?.rule === rule;

/** The same plan may stand in several reports: whoever came further counts. */
const plansOf = (all: readonly Evidence[]): readonly CoveredPlan[] => {
  const best = new Map<string, CoveredPlan>();
  for (const evidence of all) {
    if (evidence.type !== 'Report') continue;
    const module = linesOf(evidence.lines, 'run')[0]?.module ?? '';
    for (const {name: plan, isComplete, situations, pairs} of linesOf(evidence.lines, 'plan')) {
      const known = best.get(`${module} ${plan}`);
      if (known === undefined || pairs > known.pairs) {
        best.set(`${module} ${plan}`, {module, plan, isComplete, situations, pairs});
      }
    }
  }
  return [...best.values()];
};

const rolesOf = (all: readonly Evidence[]): readonly CoveredChange[] | null => {
  const modules = all.flatMap(each => (each.type === 'Validation' ? each.validation.modules : []));
  const ofHa = modules.filter(({module}) => module !== 'storage');
  if (ofHa.length === 0) return null;
  const changes = ROLE_ROWS.filter(({fromState, toState}) => fromState !== toState).map(
    ({fromState, toState}) => `${fromState} > ${toState}`,
  );
  return [...new Set(changes)].sort().map(change => ({
    change,
    steps: ofHa
      .flatMap(({roles}) => roles)
      .filter(role => role.change === change)
      .reduce((sum, {steps}) => sum + steps, 0),
  }));
};
