import type {Line} from './stream.js';
import {linesOf} from './summary.js';

/** A badge as shields.io reads it from an endpoint: the level, never a percentage. */
export const badgeOf = (lines: readonly Line[]): string => {
  const [run] = linesOf(lines, 'run');
  const [end] = linesOf(lines, 'end');
  const expected = linesOf(lines, 'rule').filter(({verdict}) => verdict === 'xfail').length;
  const known = expected === 0 ? '' : `, ${expected} known`;
  const verdict = end?.verdict ?? 'inconclusive';
  const message = verdict === 'pass' ? `${end?.level ?? 'in part'}${known}` : verdict;
  const color = {
    pass: end?.level == null ? 'yellow' : 'brightgreen',
    fail: 'red',
    error: 'red',
    inconclusive: 'yellow',
  };
  const badge = {schemaVersion: 1, label: `holdfast ${run?.module ?? ''}`.trim(), message, color: color[verdict]};
  return `${JSON.stringify(badge)}\n`;
};
