import {count, counted} from '../numbers.js';
import type {Coverage} from '../result.js';
import {share} from '../share.js';
import {escaped} from './escape.js';

type Row = {readonly name: string; readonly generated: number; readonly distinct: number | null};

const rowHtml = ({name, generated, distinct}: Row, total: number, most: number): string => {
  const width = ((100 * generated) / Math.max(most, 1)).toFixed(2);
  const bar = generated === 0 ? '' : `<span class="bar" style="width:${width}%"></span>`;
  const cells = [
    `<td class="name">${escaped(name)}</td>`,
    `<td class="number">${count(generated)}</td>`,
    `<td class="number">${share(generated, total)}</td>`,
    `<td class="share">${bar}</td>`,
    distinct === null ? '' : `<td class="number">${count(distinct)}</td>`,
  ];
  return `<tr>${cells.join('')}</tr>`;
};

/** A table of what fired how often, the busiest first, with a bar for each in proportion to the busiest. */
const tableHtml = (noun: string, rows: readonly Row[], total: number): string => {
  const most = Math.max(0, ...rows.map(({generated}) => generated));
  const sorted = [...rows].sort((a, b) => b.generated - a.generated);
  const last = rows.some(({distinct}) => distinct !== null) ? '<th class="number">new states</th>' : '';
  return [
    '<div class="wide"><table><thead><tr>',
    `<th>${noun}</th><th class="number">generated</th><th class="number">share</th><th></th>${last}</tr></thead><tbody>`,
    ...sorted.map(row => rowHtml(row, total, most)),
    '</tbody></table></div>',
  ].join('\n');
};

const neverHtml = (noun: string, names: readonly string[], total: number): string => {
  if (total === 0) return '';
  if (names.length === 0) return `<p>Every ${noun} fired (${count(total)}).</p>`;
  const listed = names.map(name => `<code>${escaped(name)}</code>`).join(', ');
  return `<p><strong class="incomplete">Never fired</strong>, of ${counted(total, noun)}: ${listed}.</p>`;
};

/** What happened how often, and what never did. */
export const coverageHtml = ({actions, rules, neverFired}: Coverage): readonly string[] => {
  const total = actions.reduce((sum, {generated}) => sum + generated, 0);
  const ids = new Set([...rules.map(({id}) => id), ...neverFired.rules]);
  const section = (noun: string, rows: readonly Row[], never: readonly string[], size: number): readonly string[] =>
    rows.length === 0 && never.length === 0 ? [] : [tableHtml(noun, rows, total), neverHtml(noun, never, size)];
  const ofActions = section('action', actions, neverFired.actions, actions.length);
  const ofRules = section(
    'rule',
    rules.map(({id, generated}) => ({name: id, generated, distinct: null})),
    neverFired.rules,
    ids.size,
  );
  return [
    ...(ofActions.length === 0 ? [] : ['<h2>Actions</h2>', ...ofActions]),
    ...(ofRules.length === 0 ? [] : ['<h2>Rules</h2>', ...ofRules]),
  ];
};
