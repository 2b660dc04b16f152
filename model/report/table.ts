// Several explorations in one table, each against the verdict that is expected of it.

import {columns} from './layout.js';
import {count, counted, duration} from './numbers.js';
import {type Paint, PLAIN} from './paint.js';
import type {Result} from './result.js';
import {storyText} from './trace.js';
import {printable} from './value.js';

export type Row = {
  /** The model with the options that were chosen. */
  readonly title: string;
  readonly expected: 'holds' | 'violated';
  /** Null where the search did not get to run. */
  readonly result: Result | null;
};

const isDone = ({result}: Row): boolean => result !== null && result.verdict !== 'incomplete';
const isAsExpected = ({expected, result}: Row): boolean => result?.verdict === expected;

/** What all rows say together: a verdict that is not as expected weighs more than one that is missing. */
export const overall = (rows: readonly Row[]): Result['verdict'] =>
  rows.every(isAsExpected) ? 'holds' : rows.some(row => isDone(row) && !isAsExpected(row)) ? 'violated' : 'incomplete';

const headline = (rows: readonly Row[], paint: Paint): string => {
  const verdict = overall(rows);
  const wrong = rows.filter(row => isDone(row) && !isAsExpected(row)).length;
  const done = rows.filter(isDone).length;
  if (verdict === 'holds') return `${paint.good('as expected')}: ${counted(rows.length, 'verdict')}`;
  if (verdict === 'violated')
    return `${paint.bad('not as expected')}: ${count(wrong)} of ${count(rows.length)} verdicts`;
  const reason = rows.find(({result}) => result?.verdict === 'incomplete')?.result?.reason ?? 'cut short';
  return `${paint.doubtful('incomplete')}: ${printable(reason)}; ${count(done)} of ${count(rows.length)} verdicts are in`;
};

const remark = (row: Row): string => {
  const {expected, result} = row;
  if (result === null || result.verdict === 'incomplete') return `expected: ${expected}`;
  const {violation} = result;
  const found = violation === null ? '' : `${printable(violation.property)} in ${violation.trace.length - 1} steps`;
  return isAsExpected(row)
    ? `${found === '' ? '' : `${found}, `}as expected`
    : `${found === '' ? '' : `${found}, `}EXPECTED: ${expected}`;
};

const cells = (row: Row): readonly string[] => {
  const {title, result} = row;
  return result === null
    ? [title, 'not run', '', '', '', '', remark(row)]
    : [
        title,
        result.verdict,
        count(result.distinct),
        count(result.generated),
        count(result.depth),
        duration(result.seconds),
        remark(row),
      ];
};

/** The counterexample of one row, in short. */
const story = ({title, result}: Row, paint: Paint): readonly string[] => {
  const violation = result?.violation ?? null;
  if (violation === null) return [];
  return [
    '',
    `How ${title} breaks ${printable(violation.property)}:`,
    storyText(violation, paint),
    paint.faint(`What each step changed: holdfast check ${title}`),
  ];
};

export const tableText = (rows: readonly Row[], paint: Paint = PLAIN): string => {
  const head = ['model', 'verdict', 'distinct', 'generated', 'depth', 'time', ''];
  const table = columns([head, ...rows.map(cells)], [2, 3, 4, 5]);
  return [headline(rows, paint), '', ...table, ...rows.flatMap(row => story(row, paint))].join('\n');
};
