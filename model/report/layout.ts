// Text of at most 80 columns, where words allow it.

export const WIDTH = 80;

/** Breaks a text between words, though not after a colon; lines after the first are indented by `indent` columns. */
export const wrapped = (text: string, indent = 0, width = WIDTH): string => {
  const lines = text.split(/(?<!:) /).reduce<string[]>((done, word) => {
    const last = done.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last === undefined || longer.length > width)
      return [...done, last === undefined ? word : ' '.repeat(indent) + word];
    return [...done.slice(0, -1), longer];
  }, []);
  return lines.join('\n');
};

/** Every line of the text, moved right. */
export const indented = (text: string, columns: number): string => text.replace(/^(?=.)/gm, ' '.repeat(columns));

/** Cells in columns, two blanks apart. Columns named in `right` (from 0) are aligned to the right. */
export const columns = (rows: readonly (readonly string[])[], right: readonly number[] = []): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map(row => (row[i] ?? '').length)));
  const cell = (text: string, i: number): string =>
    right.includes(i) ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0);
  return rows.map(row => row.map(cell).join('  ').trimEnd());
};
