// What an audit found, for a person. The first line is the verdict.

import type {Audit, AuditedReduction, Flaw} from './audit.js';
import {indented, WIDTH, wrapped} from './layout.js';
import {count, counted, duration, memory} from './numbers.js';
import {type Paint, PLAIN} from './paint.js';
import {stateText} from './state.js';
import {printable} from './value.js';

const headline = ({verdict, reason, reductions}: Audit, title: string, paint: Paint): string => {
  switch (verdict) {
    case 'proved':
      return `${paint.good('proved')}: ${title}: what is left out changes nothing`;
    case 'refuted':
      return `${paint.bad('refuted')}: ${title}: a reduction is wrong`;
    case 'incomplete':
      return `${paint.doubtful('incomplete')}: ${title}: ${printable(reason ?? whyIncomplete(reductions))}`;
    case 'nothing':
      return `nothing to audit: ${title} declares no symmetry and no normalisers, and its orders cannot be reduced`;
  }
};

const whyIncomplete = (reductions: readonly AuditedReduction[]): string =>
  reductions.find(({verdict}) => verdict === 'incomplete')?.reason ?? 'cut short';

const PROVED: {readonly [R in AuditedReduction['reduction']]: string} = {
  symmetry:
    'Renaming leads from reachable states to reachable states, where the same fails; one of each orbit is found.',
  normalisers: 'Each normaliser is idempotent; the normal forms of all reachable states are found, and the same fails.',
  'partial-order':
    'Whatever fails is found, and nothing else; all states are reachable; the same actions and rules fire.',
};

const flawText = ({claim, states}: Flaw): string =>
  [
    indented(wrapped(`${printable(claim)}${states.length === 0 ? '.' : ':'}`, 0, WIDTH - 2), 2),
    ...states.flatMap(({what, state}) => [`  ${what}:`, stateText(state, 4)]),
  ].join('\n');

const reductionText = ({reduction, verdict, reason, full, reduced, flaw}: AuditedReduction, paint: Paint): string => {
  const counts = full === null || reduced === null ? '' : `, ${counted(full, 'state')} as ${count(reduced)}`;
  const line = `${paint.strong(reduction)}: ${verdict}${counts}`;
  if (flaw !== null) return `${line}\n${flawText(flaw)}`;
  const text = reason === null ? PROVED[reduction] : printable(reason);
  return `${line}\n${indented(wrapped(text, 0, WIDTH - 2), 2)}`;
};

/** The report of an audit. `title` names the model with the options that were chosen, as one would say them. */
export const auditText = (audit: Audit, title: string, paint: Paint = PLAIN): string => {
  const {reductions, seconds, peakMemoryBytes} = audit;
  if (audit.verdict === 'nothing') return headline(audit, title, paint);
  return [
    headline(audit, title, paint),
    ...(reductions.length === 0 ? [] : ['', ...reductions.map(each => reductionText(each, paint)), '']),
    `${duration(seconds)}, peak memory ${memory(peakMemoryBytes)}.`,
  ].join('\n');
};
