// What an exploration found, for a person. The first line is the verdict.

import {columns, wrapped} from './layout.js';
import {count, counted, duration, memory, rounded} from './numbers.js';
import {type Paint, PLAIN} from './paint.js';
import type {Coverage, Result, Violation} from './result.js';
import {traceText} from './trace.js';
import {printable} from './value.js';

const BUSIEST = 5;

/** Why the last state of the trace, or the trace itself, is a violation. */
const accusation = ({property, kind, trace}: Violation): string => {
  const name = printable(property);
  const steps = counted(trace.length - 1, 'step');
  switch (kind) {
    case 'invariant':
      return `After ${steps} ${name} is false. No shorter way leads there:`;
    case 'step':
      return `Step ${trace.length - 1} breaks ${name}. No shorter way leads there:`;
    case 'quiescent':
      return `After ${steps} nothing fair is left to happen, and ${name} is false. No shorter way leads there:`;
    case 'deadlock':
      return `After ${steps} nothing can happen any more, in a state that is not terminal. No shorter way leads there:`;
    case 'temporal':
      return `This behaviour, which never ends, breaks ${name}:`;
  }
};

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

/** How far the verdict reaches. */
const scope = (result: Result): string => {
  const {distinct, generated, depth, complete} = result;
  const counts = `${counted(distinct, 'distinct state')}, ${count(generated)} generated, depth ${count(depth)}`;
  if (complete) return `${counts}. Every reachable state was explored.`;
  return result.verdict === 'violated'
    ? `${counts}. The search ended at the depth of the violation.`
    : `${counts} so far. Nothing wrong among these; of the rest nothing is known.`;
};

const cost = ({generated, seconds, peakMemoryBytes}: Result): string =>
  `${duration(seconds)}, ${rounded(generated / Math.max(seconds, 1e-3))} generated/s, peak memory ${memory(peakMemoryBytes)}.`;

const fired = (noun: string, total: number, never: readonly string[]): readonly string[] => {
  if (total === 0) return [];
  if (never.length === 0) return [`Every ${noun} fired (${count(total)}).`];
  return [wrapped(`Never fired, of ${counted(total, noun)}: ${never.map(printable).join(', ')}.`, 2)];
};

const coverageText = ({actions, rules, neverFired}: Coverage): readonly string[] => {
  const busiest = [...actions].sort((a, b) => b.generated - a.generated).slice(0, BUSIEST);
  const rows = busiest.map(({name, generated, distinct}) => [printable(name), count(generated), count(distinct)]);
  const table = columns([['busiest actions', 'generated', 'distinct'], ...rows], [1, 2]);
  const ruleCount = new Set([...rules.map(({id}) => id), ...neverFired.rules]).size;
  return [
    ...(rows.length === 0 ? [] : ['', ...table, '']),
    ...fired('action', actions.length, neverFired.actions),
    ...fired('rule', ruleCount, neverFired.rules),
  ];
};

/** The report of one exploration. `title` names the model with the options that were chosen, as one would say them. */
export const summaryText = (result: Result, title: string, paint: Paint = PLAIN): string => {
  const {violation} = result;
  const trace = violation === null ? [] : [wrapped(accusation(violation)), traceText(violation, paint), ''];
  return [
    verdictLine(result, title, paint),
    '',
    ...trace,
    wrapped(scope(result)),
    cost(result),
    ...coverageText(result.coverage),
  ].join('\n');
};
