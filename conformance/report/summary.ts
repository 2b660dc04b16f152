// A run for a person who reads a terminal, from its stream. The first line is the verdict.

import {wrapped} from '../../model/report/layout.js';
import {count, counted, duration} from '../../model/report/numbers.js';
import {type Paint, PLAIN} from '../../model/report/paint.js';
import {printable} from '../../model/report/value.js';
import {OUTCOMES} from '../adapter/breakdown.js';
import type {Line, LineOf} from './stream.js';
import {failureText, plansText, traceText} from './text.js';

export const linesOf = <E extends Line['e']>(lines: readonly Line[], e: E): readonly LineOf<E>[] =>
  lines.filter((line): line is LineOf<E> => line.e === e);

/** The command that shows a failure again; null where there is none. */
export type Replay = (failure: LineOf<'failure'>) => string | null;

/** What was found. */
export const summaryText = (lines: readonly Line[], replay: Replay, paint: Paint = PLAIN): string => {
  const [end] = linesOf(lines, 'end');
  const wanted = linesOf(lines, 'failure').filter(failure => !isExpected(lines, failure));
  return [
    headline(lines, paint),
    ...(end === undefined || end.outcome === null ? [] : [errorText(end, paint)]),
    ...wanted.map(failure => failureText(failure, paint, replay(failure))),
    triedText(lines),
    ...linesOf(lines, 'doctor').flatMap(noteText),
  ]
    .filter(part => part !== '')
    .join('\n\n');
};

/** What is added to the rule of a failure that the expectations name. */
export const expectedText = (lines: readonly Line[], failure: LineOf<'failure'>): string =>
  isExpected(lines, failure) ? ' (expected)' : '';

/** Whether the expectations name the rule that is thought broken. */
export const isExpected = (lines: readonly Line[], failure: LineOf<'failure'>): boolean =>
  linesOf(lines, 'rule').some(({rule, verdict}) => rule === failure.broken[0]?.rule && verdict === 'xfail');

const headline = (lines: readonly Line[], paint: Paint): string => {
  const [run] = linesOf(lines, 'run');
  const [hello] = linesOf(lines, 'hello');
  const [end] = linesOf(lines, 'end');
  const verdict = end?.verdict ?? 'inconclusive';
  const stress = {pass: paint.good, fail: paint.bad, error: paint.bad, inconclusive: paint.doubtful}[verdict];
  const {name, version} = hello?.implementation ?? {};
  const who = [name, version].filter(part => typeof part === 'string').join(' ');
  const level = end?.level === null || end === undefined ? [] : [`level ${end.level}`];
  const reason = (end?.reason ?? null) === null || end?.verdict === 'error' ? [] : [end?.reason ?? ''];
  return [stress(verdict), ...(run === undefined ? [] : [run.module]), who, ...level, ...reason]
    .filter(part => part !== '')
    .map((part, index) => (index === 0 ? part : printable(part)))
    .join(': ');
};

/** What is broken in the adapter, what led to it, and what it has said of that itself. */
export const errorText = ({outcome, reason, trace, complaints}: LineOf<'end'>, paint: Paint): string =>
  [
    `The adapter looks broken (${outcome}): ${OUTCOMES[outcome ?? 'threw']}.`,
    ...(reason === null ? [] : reason.split('\n').map(line => wrapped(printable(line), 2))),
    ...(trace.length === 0 ? [] : [traceText('What led to it:', trace, paint)]),
    ...(complaints === ''
      ? []
      : [
          'Its standard error ends:',
          ...complaints
            .split('\n')
            .slice(-8)
            .map(line => `  ${printable(line)}`),
        ]),
  ].join('\n');

/** What the doctor has noted although nothing was wrong. */
const noteText = ({verdict, reason}: LineOf<'doctor'>): readonly string[] =>
  verdict === 'pass' && reason !== null ? [wrapped(`Note: ${printable(reason)}.`, 2)] : [];

const triedText = (lines: readonly Line[]): string => {
  const plans = linesOf(lines, 'plan');
  const [run] = linesOf(lines, 'run');
  const [end] = linesOf(lines, 'end');
  if (plans.length === 0 || run === undefined) return '';
  const told = (isComplete: boolean): string =>
    plansText(
      run.plans
        .map(({name}) => name)
        .filter(name => plans.some(plan => plan.name === name && plan.isComplete) === isComplete),
    );
  const steps = plans.reduce((sum, plan) => sum + plan.steps, 0);
  const [done, left] = [told(true), told(false)];
  const stories = storiesText(lines);
  return [
    ...(done === '' ? [] : [`${run.lane === 'soak' ? 'Gone on with to the end' : 'Gone through whole'}: ${done}.`]),
    ...(left === '' ? [] : [`Not finished: ${left}.`]),
    ...(stories === '' ? [] : [stories]),
    `${rulesText(lines)} ${counted(steps, 'step')} in ${duration(end?.seconds ?? 0)}.`,
  ]
    .map(line => wrapped(line, 2))
    .join('\n');
};

const STORY_WORDS: Readonly<Record<LineOf<'story'>['verdict'], string>> = {
  pass: 'told to the end',
  fail: 'went wrong',
  unsupported: 'not applicable without repairs that are not claimed',
  blocked: 'not applicable, since another one did not pass',
  'not-reached': 'left by the choices of this subject',
  inconclusive: 'not told before the end',
};

const storiesText = (lines: readonly Line[]): string => {
  const stories = linesOf(lines, 'story');
  const parts = Object.entries(STORY_WORDS).flatMap(([verdict, words]) => {
    const those = stories.filter(story => story.verdict === verdict).map(({name}) => `"${name}"`);
    if (those.length === 0) return [];
    return [verdict === 'pass' ? `${those.length} ${words}` : `${those.length} ${words} (${those.join(', ')})`];
  });
  return stories.length === 0 ? '' : `Of ${count(stories.length)} stories: ${parts.join('; ')}.`;
};

const WORDS: Readonly<Record<LineOf<'rule'>['verdict'], string>> = {
  pass: 'kept',
  fail: 'broken',
  xfail: 'broken as expected',
  xpass: 'kept, though expected to be broken',
  blocked: 'not reached, perhaps for what is broken',
  'not-reached': 'not reached under the choices of this subject',
  inconclusive: 'not reached before the end',
};

const rulesText = (lines: readonly Line[]): string => {
  const rules = linesOf(lines, 'rule');
  const isPartial = linesOf(lines, 'run').some(run => run.isPartial);
  const parts = Object.entries(WORDS).flatMap(([verdict, words]) => {
    const those = rules.filter(rule => rule.verdict === verdict).map(({rule}) => rule);
    if (those.length === 0) return [];
    const isAbsent = verdict === 'not-reached' || verdict === 'blocked';
    if (isAbsent && isPartial) return [`${those.length} not reached by the plans that were wanted`];
    return [verdict === 'pass' ? `${those.length} ${words}` : `${those.length} ${words} (${those.join(', ')})`];
  });
  const beyond = rules.filter(({verdict, steps}) => verdict === 'pass' && steps === 0).length;
  const only = beyond === 0 ? '' : ` ${beyond} of those kept were reached only beyond what is broken.`;
  const candidates = linesOf(lines, 'failure').flatMap(({broken: [, ...others]}) => others.map(({rule}) => rule));
  const doubted = rules.filter(({rule, verdict}) => verdict === 'pass' && candidates.includes(rule));
  const names = doubted.map(({rule}) => rule).join(', ');
  const perhaps = doubted.length === 0 ? '' : ` Of those kept, what is broken may be instead: ${names}.`;
  return `Of ${counted(rules.length, 'rule')}: ${parts.join('; ')}.${only}${perhaps}`;
};
