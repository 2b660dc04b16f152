// What a suite says of a subject, for a person. The first line is the verdict.

import {indented, WIDTH, wrapped} from '../../model/report/layout.js';
import {counted} from '../../model/report/numbers.js';
import {type Paint, PLAIN} from '../../model/report/paint.js';
import {printable, textOf} from '../../model/report/value.js';
import {at, isSame} from '../canonical.js';
import type {Result} from './result.js';
import {ruleText} from './rule-text.js';
import type {LineOf} from './stream.js';

/** A failure as it is told, wherever it was read. */
type Told = Omit<LineOf<'failure'>, 'e' | 'choices' | 'broken' | 'trace' | 'allowed' | 'standing' | 'differences'> & {
  readonly broken: readonly ToldBroken[];
  readonly trace: readonly ToldStep[];
  readonly allowed: readonly ToldAllowed[];
  readonly standing: readonly string[];
  readonly differences: readonly string[];
  readonly choices: readonly number[];
};

type ToldBroken = {readonly rule: string; readonly level: string; readonly because: string};
type ToldWords = {readonly stimulus: string; readonly effects: readonly string[]};
type ToldStep = {readonly told: ToldWords; readonly rules: readonly string[]};
type ToldAllowed = {
  readonly told: readonly string[];
  readonly rules: readonly {readonly id: string; readonly level: string}[];
};

/** Where there are more alternatives than this, the nearest are shown. */
const MOST_ALTERNATIVES = 6;

/** The whole result: the verdict; for a failure the broken rules, the trace, what was allowed; then what was tried. */
export const resultText = (result: Result, paint: Paint = PLAIN): string => {
  const {failure, trace} = result;
  return [
    verdictLine(result, paint),
    ...(failure !== null
      ? [failureText(failure, paint)]
      : trace.length > 0
        ? [traceText('So far:', trace, paint)]
        : []),
    coverageText(result),
  ].join('\n\n');
};

/**
 * What is wrong, the broken rules, the shortest case, and what would have been allowed in its last step; then the
 * command that shows it again, if there is one.
 */
export const failureText = (failure: Told, paint: Paint, again: string | null = null): string =>
  [
    isOwing(failure)
      ? outstandingText(failure)
      : wrongText(`Step ${failure.trace.length}`, failure.trace, failure.differences, paint),
    brokenText(failure.broken, paint),
    traceText(titleOf(failure), failure.trace, paint),
    ...(failure.standing.length === 0 ? [] : [standingText(failure)]),
    ...(isOwing(failure) ? [] : [allowedText(failure, paint)]),
    ...(again === null ? [] : [`See it again: ${again}`]),
  ].join('\n\n');

/** The case by its id and the name of its plan, and what of its configuration is not as plain as can be. */
const titleOf = (failure: Told): string => {
  const given = Object.entries(failure.config).flatMap(([field, value]) =>
    UNTOLD.includes(field) || isPlain(field, value) ? [] : [`${field} ${textOf(value)}`],
  );
  const title = `${failure.case}, of "${failure.plan}"${healedText(failure)}:`;
  return [title, ...(given.length === 0 ? [] : [wrapped(`  given ${given.join(', ')}`, 4)])].join('\n');
};

/** Fields of a configuration that no line can hold, and one that the profile decides. */
const UNTOLD = ['hosts', 'repairs', 'vm', 'vms', 'elector'];

/** What a configuration says where nothing is special about it. */
const PLAINEST: Readonly<Record<string, unknown>> = {
  datastores: 0,
  isolationResponse: 'leave',
  subsets: 'any',
  placement: 'ask',
  scope: 'all',
  notices: 'per-vm',
  cleanByDefault: false,
};

const isPlain = (field: string, value: unknown): boolean =>
  field === 'plans' ? Array.isArray(value) && value.every(isPlainPlan) : isSame(value, PLAINEST[field] ?? null);

const isPlainPlan = (plan: unknown): boolean => at(plan, ['stored']) === true && at(plan, ['priority']) === 0;

const standingText = ({standing}: Told): string =>
  ['Before the last step, in the names of the library:', effectsText(standing, 5)].join('\n');

type Settling = Pick<Told, 'settled' | 'choices' | 'differences'>;

const isOwing = ({settled}: Settling): boolean => settled !== null && settled.bound !== null;

const healedText = ({settled, choices}: Settling): string => {
  if (settled === null) return '';
  const core = settled.core === 'here' ? 'this host and its storage module' : 'all the other hosts';
  return `, where ${core} are well again after step ${choices.length}`;
};

/** What did not come about although nothing was in the way. */
const outstandingText = ({settled, differences}: Settling): string =>
  [
    `Within ${counted(settled?.bound ?? 0, 'step')} everything has to come about. After ${settled?.steps} nothing more ` +
      'comes, or the time is up. Outstanding:',
    effectsText(eachOnce(differences), 5),
  ].join('\n');

const verdictLine = ({verdict, module, reason}: Result, paint: Paint): string => {
  const stress = {pass: paint.good, fail: paint.bad, error: paint.bad, inconclusive: paint.doubtful}[verdict];
  return [stress(verdict), module, ...(reason === null ? [] : [printable(reason)])].join(': ');
};

const coverageText = ({coverage, seed}: Result): string => {
  const {completed, unfinished, steps, situations, pairs, rules} = coverage;
  const fired = rules.map(({id}) => id).join(', ');
  return [
    ...(completed.length === 0 ? [] : [`Gone through whole: ${plansText(completed)}.`]),
    ...(unfinished.length === 0 ? [] : [`Not finished: ${plansText(unfinished)}.`]),
    `${counted(steps, 'step')}, ${counted(situations, 'situation')}, ${counted(pairs, 'pair')} of state and stimulus.`,
    `Seed ${seed}. Rules fired: ${fired === '' ? 'none' : fired}.`,
  ]
    .map(line => wrapped(line, 2))
    .join('\n');
};

/** So many plans are named; where there are more, the stream does it, and every report that is made of it. */
const MOST_PLANS = 8;

export const plansText = (names: readonly string[]): string =>
  names.length > MOST_PLANS ? `${names.length} plans` : names.join('; ');

/** Every step, numbered from 1 unless its number is told. */
export const traceText = <Step extends ToldStep>(
  title: string,
  trace: readonly Step[],
  paint: Paint,
  numberOf: (step: Step, index: number) => number = (_, index) => index + 1,
): string => [title, ...trace.map((step, index) => stepText(step, numberOf(step, index), paint))].join('\n');

const stepText = ({told, rules}: ToldStep, number: number, paint: Paint): string => {
  const why = rules.length === 0 ? '' : ` [${rules.join(', ')}]`;
  const head = `${String(number).padStart(3)}  ${printable(told.stimulus)}${why}`;
  return [paint.strong(wrapped(head, 9)), effectsText(told.effects, 5)].join('\n');
};

const effectsText = (told: readonly string[], columns: number): string => {
  const lines = told.length === 0 ? ['(nothing)'] : told.map(printable);
  return indented(lines.map(line => wrapped(line, 4, WIDTH - columns)).join('\n'), columns);
};

/** How the last of these steps, which is called so, differs from what comes nearest of all that was allowed. */
export const wrongText = (
  name: string,
  trace: readonly ToldStep[],
  differences: readonly string[],
  paint: Paint,
): string => {
  const head = `${name} goes wrong: ${printable(trace.at(-1)?.told.stimulus ?? '')}`;
  return [paint.strong(wrapped(head, 2)), effectsText(eachOnce(differences), 5)].join('\n');
};

/** What differs several times alike is told once and counted. A line that begins with a space belongs to the former. */
const eachOnce = (told: readonly string[]): readonly string[] => {
  const times = new Map<string, number>();
  for (const block of told.length === 0 ? [] : told.join('\n').split(/\n(?! )/))
    times.set(block, (times.get(block) ?? 0) + 1);
  return [...times].flatMap(([block, many]) => {
    const [first = '', ...within] = block.split('\n');
    return [many === 1 ? first : `${first} (${many} times)`, ...within];
  });
};

/** What would have been allowed in the last step. */
export const allowedText = ({allowed}: Pick<Told, 'allowed'>, paint: Paint): string => {
  const shown = allowed.slice(0, MOST_ALTERNATIVES);
  const rest = allowed.length - shown.length;
  return [
    'The last step is not allowed. Allowed were, the nearest first:',
    ...shown.map(option => alternativeText(option, paint)),
    ...(rest === 0 ? [] : [`  and ${rest} more`]),
  ].join('\n');
};

const alternativeText = ({told, rules}: ToldAllowed, paint: Paint): string => {
  const head = `  -  by ${rules.map(({id, level}) => (level === 'MUST' ? id : `${id} (${level})`)).join(', ')}`;
  return [paint.strong(wrapped(head, 9)), effectsText(told, 5)].join('\n');
};

/** So many rules are told with their texts, and so many of them whole; the specification has the rest. */
const [MOST_RULES, WHOLE_RULES] = [4, 2];

/** The rules that are most likely broken, with their texts and why they are thought broken; the others by their ids. */
export const brokenText = (broken: readonly ToldBroken[], paint: Paint): string => {
  const rest = broken.slice(MOST_RULES);
  return [
    'Broken, the most likely first:',
    ...broken
      .slice(0, MOST_RULES)
      .map((each, index) => ruleTextOf(each, broken[index - 1], index < WHOLE_RULES, paint)),
    ...[...new Set(rest.map(({because}) => because))].map(because => {
      const rules = rest.flatMap(each => (each.because === because ? [each.rule] : []));
      return wrapped(`  or perhaps ${rules.join(', ')}: ${printable(because)}`, 5);
    }),
  ].join('\n');
};

/** A sentence that another one follows. */
const FIRST_SENTENCE = /^(.*?[^.][.:]) [A-Z][\s\S]*$/;

const ruleTextOf = (
  {rule, level, because}: ToldBroken,
  before: ToldBroken | undefined,
  isWhole: boolean,
  paint: Paint,
): string => {
  const whole = ruleText(rule);
  const text = isWhole ? whole : (whole?.replace(FIRST_SENTENCE, '$1 [...]') ?? null);
  const why = because === before?.because ? 'for the same reason' : `because ${printable(because)}`;
  const lines = [...(text === null ? [] : [text]), why];
  return [
    paint.strong(`  ${rule} (${level})`),
    indented(lines.map(line => wrapped(line, 0, WIDTH - 5)).join('\n'), 5),
  ].join('\n');
};
