// Text of at most 80 columns, where words allow it.

import {count} from './numbers.js';

export const WIDTH = 80;

/** Breaks a text between words, though not after a colon; lines after the first are indented by `indent` columns. */
export const wrapped = (text: string, indent = 0, width = WIDTH): string => {
  const [first = '', ...words] = text.split(/(?<!:) /);
  const lines: string[] = [];
  let line = first;
  for (const word of words) {
    const longer = `${line} ${word}`;
    if (longer.length > width) lines.push(line);
    line = longer.length > width ? ' '.repeat(indent) + word : longer;
  }
  return [...lines, line].join('\n');
};

/** Nobody reads a value of more characters than these to its end. */
const LONG = 2000;

/** A text that is not too long to be looked at: what is left out of a longer one is counted. */
export const shortened = (text: string): string =>
  text.length <= LONG ? text : `${text.slice(0, LONG)} … (${count(text.length - LONG)} characters more)`;

/** Every line of the text, moved right. */
export const indented = (text: string, columns: number): string => text.replace(/^(?=.)/gm, ' '.repeat(columns));

/** Cells in columns, two blanks apart. Columns named in `right` (from 0) are aligned to the right. */
export const columns = (rows: readonly (readonly string[])[], right: readonly number[] = []): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map(row => (row[i] ?? '').length)));
  const cell = (text: string, i: number): string =>
    right.includes(i) ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0);
  return rows.map(row => row.map(cell).join('  ').trimEnd());
};
