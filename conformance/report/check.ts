// The verdict on each rule, from what a run has found.

import {isApplicable, type Level, type Repairs, RULES, type RuleId} from '../../src/index.js';
import type {ModuleName} from '../adapter/protocol.js';
import {OUTSIDE} from '../outside.js';
import type {Expectation} from './expectations.js';
import type {Result} from './result.js';

/**
 * `pass`: cases came to it, and it was kept. `fail`: it is broken. `xfail`: broken, as expected. `xpass`: kept, though
 * expected to be broken. `blocked`: no case came to it, perhaps for what is broken before it, or only beyond that,
 * where it seems to be broken. `not-reached`: no case came to it under the choices that this subject makes.
 * `inconclusive`: not reached before the run was cut short.
 */
export type RuleVerdict = 'pass' | 'fail' | 'xfail' | 'xpass' | 'blocked' | 'not-reached' | 'inconclusive';

type Profile = {readonly module: string; readonly chapters: readonly string[]};

export type Check = {
  readonly rule: RuleId;
  readonly level: Level;
  readonly verdict: RuleVerdict;
  /** How many judged steps it allowed. */
  readonly steps: number;
  /** How many it allowed beyond a step that nothing allows. */
  readonly supposed: number;
  /** The shortest case in which it is broken. */
  readonly case: string | null;
};

/** The rules that a module of this profile, with these repairs, is judged by. */
export const rulesOf = ({module, chapters}: Profile, repairs: Repairs): readonly RuleId[] =>
  rulesFor(chapters, repairs).filter(rule => OUTSIDE[module as ModuleName]?.[rule] === undefined);

/** The rules of these chapters that apply with these repairs. */
export const rulesFor = (chapters: readonly string[], repairs: Repairs): readonly RuleId[] =>
  (Object.keys(RULES) as RuleId[])
    .filter(id => chapters.includes(id.slice(0, 2)) && isApplicable(id, repairs))
    .sort((a, b) => (a < b ? -1 : 1));

export const checksOf = (
  rules: readonly RuleId[],
  {coverage, failures, verdict}: Pick<Result, 'coverage' | 'failures' | 'verdict'>,
  expectations: readonly Expectation[],
): readonly Check[] =>
  rules.map(rule => {
    const steps = coverage.rules.find(({id}) => id === rule)?.steps ?? 0;
    const failure = failures.find(({broken}) => broken[0]?.rule === rule);
    const isExpected = expectations.some(expectation => expectation.covers(rule));
    const isCut = coverage.unfinished.length > 0 || verdict === 'error';
    const absent = isCut ? 'inconclusive' : failures.length > 0 ? 'blocked' : 'not-reached';
    const supposed = coverage.supposed.find(({id}) => id === rule)?.steps ?? 0;
    const isSeen = steps > 0 || (supposed > 0 && !coverage.suspected.includes(rule));
    const kept = !isSeen ? absent : isExpected && !isCut ? 'xpass' : 'pass';
    const broken = isExpected ? 'xfail' : 'fail';
    return {
      rule,
      level: RULES[rule].level,
      verdict: failure === undefined ? kept : broken,
      steps,
      supposed,
      case: failure?.case ?? null,
    };
  });
