// Whether a stream says what it claims to: the verdicts, the level and the exit code are found anew from its raw lines.

import {digestOf, type Line, type LineOf} from './stream.js';

/** What is proven at each level, by the lane that it takes. Expected failures are failures here. */
export const LEVELS = {
  L0: {lanes: ['core', 'full', 'deep'], says: 'the cases that come to every rule and find every known fault'},
  L1: {lanes: ['full', 'deep'], says: 'every situation within the small bounds'},
  L2: {lanes: ['deep'], says: 'random walks through the large bound as well'},
} as const;

export type LevelName = keyof typeof LEVELS;

const those = <E extends Line['e']>(lines: readonly Line[], e: E): readonly LineOf<E>[] =>
  lines.filter((line): line is LineOf<E> => line.e === e);

/** The highest level that the raw lines prove, or null. */
export const levelOf = (lines: readonly Line[]): LevelName | null => {
  const [run] = those(lines, 'run');
  const done = those(lines, 'plan').filter(({isComplete}) => isComplete);
  const isWhole =
    run !== undefined &&
    run.plans.length > 0 &&
    !run.isPartial &&
    run.plans.every(({name}) => done.some(plan => plan.name === name)) &&
    those(lines, 'doctor').length > 0 &&
    those(lines, 'doctor').every(({verdict}) => verdict === 'pass');
  const isRight = those(lines, 'failure').length === 0 && done.every(({rejected}) => rejected === 0);
  const end = those(lines, 'end')[0];
  if (!isWhole || !isRight || end === undefined || end.verdict === 'error') return null;
  const reached = (Object.keys(LEVELS) as LevelName[]).filter(level =>
    (LEVELS[level].lanes as readonly string[]).includes(run.lane),
  );
  return reached.at(-1) ?? null;
};

export type Verified = {readonly level: LevelName | null; readonly problems: readonly string[]};

/** `fingerprints` are those of the plans of this suite, for the module, repairs and lane of the stream. */
export const verified = (
  lines: readonly Line[],
  fingerprints: readonly {readonly name: string; readonly fingerprint: string}[],
): Verified => {
  const [run] = those(lines, 'run');
  const end = lines.at(-1);
  if (run === undefined || end?.e !== 'end')
    return {level: null, problems: ['it was cut short: there is no last line']};
  const level = levelOf(lines);
  const missing = run.isPartial ? [] : fingerprints.filter(plan => !run.plans.some(({name}) => name === plan.name));
  const other = run.plans.filter(
    plan => !fingerprints.some(({name, fingerprint}) => name === plan.name && fingerprint === plan.fingerprint),
  );
  const claimed = new Map(those(lines, 'rule').map(each => [each.rule, each]));
  const wrong = run.rules.filter(rule => {
    const line = claimed.get(rule);
    if (line === undefined) return true;
    const plans = those(lines, 'plan');
    const counted = (kind: 'rules' | 'supposed'): number =>
      plans.reduce((sum, plan) => sum + (plan[kind].find(({id}) => id === rule)?.steps ?? 0), 0);
    const [steps, supposed] = [counted('rules'), counted('supposed')];
    const isSeen = steps > 0 || (supposed > 0 && !plans.some(({suspected}) => suspected.includes(rule)));
    const isBroken = those(lines, 'failure').some(({broken}) => broken[0]?.rule === rule);
    const says = {
      broken: ['fail', 'xfail'],
      kept: ['pass', 'xpass'],
      absent: ['blocked', 'not-reached', 'inconclusive'],
    };
    const verdicts = says[isBroken ? 'broken' : isSeen ? 'kept' : 'absent'];
    return line.steps !== steps || line.supposed !== supposed || !verdicts.includes(line.verdict);
  });
  return {
    level,
    problems: [
      ...(digestOf(lines.slice(0, -1)) === end.digest
        ? []
        : ['a line was changed, left out or added: the digest differs']),
      ...missing.map(({name}) => `the plan "${name}" is missing`),
      ...(other.length === 0 ? [] : [`made by another suite: it has other plans than this one (${other[0]?.name})`]),
      ...(wrong.length === 0 ? [] : [`verdicts that do not follow from the lines: ${wrong.join(', ')}`]),
      ...(level === end.level ? [] : [`it claims level ${end.level ?? 'none'}, and proves ${level ?? 'none'}`]),
    ],
  };
};
