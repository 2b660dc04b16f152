// What an exploration found, for a person. The first line is the verdict.

import {columns, wrapped} from './layout.js';
import {count, counted, duration, memory, rounded} from './numbers.js';
import {type Paint, PLAIN} from './paint.js';
import type {Coverage, Result, Violation} from './result.js';
import {share} from './share.js';
import {traceText} from './trace.js';
import {printable} from './value.js';
import {accusation, scope} from './verdict.js';

const BUSIEST = 5;
const MANY = 100_000;

const verdictLine = (result: Result, title: string, paint: Paint): string => {
  switch (result.verdict) {
    case 'holds':
      return `${paint.good('holds')}: ${title}`;
    case 'violated':
      return `${paint.bad('violated')}: ${title}: ${printable(result.violation?.property ?? '')}`;
    case 'incomplete':
      return `${paint.doubtful('incomplete')}: ${title}: ${printable(result.reason ?? 'cut short')}`;
  }
};

const cost = ({generated, seconds, peakMemoryBytes}: Result): string =>
  `${duration(seconds)}, ${rounded(generated / Math.max(seconds, 1e-3))} generated/s, peak memory ${memory(peakMemoryBytes)}.`;

/** Memory per state, once there are so many that the least size of the tables does not count. */
const density = ({distinct, tableBytes}: Result): readonly string[] =>
  tableBytes === undefined || distinct < MANY
    ? []
    : [`Tables of ${memory(tableBytes)}: ${(tableBytes / distinct).toFixed(1)} bytes per distinct state.`];

const fired = (noun: string, total: number, never: readonly string[]): readonly string[] => {
  if (total === 0) return [];
  if (never.length === 0) return [`Every ${noun} fired (${count(total)}).`];
  return [wrapped(`Never fired, of ${counted(total, noun)}: ${never.map(printable).join(', ')}.`, 2)];
};

const coverageText = ({actions, rules, neverFired}: Coverage): readonly string[] => {
  const busiest = [...actions].sort((a, b) => b.generated - a.generated).slice(0, BUSIEST);
  const total = actions.reduce((sum, {generated}) => sum + generated, 0);
  const rows = busiest.map(({name, generated, distinct}) => [
    printable(name),
    count(generated),
    share(generated, total),
    count(distinct),
  ]);
  const table = columns([['busiest actions', 'generated', 'share', 'distinct'], ...rows], [1, 2, 3]);
  const ruleCount = new Set([...rules.map(({id}) => id), ...neverFired.rules]).size;
  return [
    ...(rows.length === 0 ? [] : ['', ...table, '']),
    ...fired('action', actions.length, neverFired.actions),
    ...fired('rule', ruleCount, neverFired.rules),
  ];
};

/** What holds, and says nothing. */
const warningsText = ({warnings = []}: Result): readonly string[] =>
  warnings.map(({property, reason}) => wrapped(`Warning: ${printable(property)} says nothing: ${printable(reason)}.`));

/** What is wrong, and the trace that shows it. */
export const violationText = (result: Result, violation: Violation, paint: Paint = PLAIN): string =>
  `${wrapped(`${accusation(result, violation)}:`)}\n${traceText(violation, paint)}`;

/** The report of one exploration. `title` names the model with the options that were chosen, as one would say them. */
export const summaryText = (result: Result, title: string, paint: Paint = PLAIN): string => {
  const {violation} = result;
  const trace = violation === null ? [] : [violationText(result, violation, paint), ''];
  return [
    verdictLine(result, title, paint),
    '',
    ...trace,
    wrapped(scope(result)),
    ...warningsText(result),
    cost(result),
    ...density(result),
    ...coverageText(result.coverage),
  ].join('\n');
};
