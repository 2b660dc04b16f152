import {styleText} from 'node:util';

/** How a report stresses words: with colours on a terminal, not at all in a file or a pipe. */
export type Paint = {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly doubtful: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
};

// Whether there are to be colours is decided by whoever knows where the report goes.
const as = (format: Parameters<typeof styleText>[0]) => (text: string) =>
  styleText(format, text, {validateStream: false});
const unchanged = (text: string): string => text;

export const COLOURS: Paint = {
  good: as('green'),
  bad: as('red'),
  doubtful: as('yellow'),
  strong: as('bold'),
  faint: as('dim'),
};

export const PLAIN: Paint = {
  good: unchanged,
  bad: unchanged,
  doubtful: unchanged,
  strong: unchanged,
  faint: unchanged,
};
