// The files that a run is reported in.

import {openSync, writeFileSync} from 'node:fs';
import {oneLine, Refusal} from '../../model/cli/refusal.js';
import {badgeOf} from '../report/badge.js';
import {ctrfOf} from '../report/ctrf.js';
import {pageOf} from '../report/html.js';
import {junitOf} from '../report/junit.js';
import {markdownOf} from '../report/markdown.js';
import type {Line} from '../report/stream.js';
import type {Replay} from '../report/summary.js';

const FORMATS = {
  junit: junitOf,
  ctrf: ctrfOf,
  markdown: markdownOf,
  badge: badgeOf,
  html: pageOf,
} as const satisfies Readonly<Record<string, (lines: readonly Line[], replay: Replay) => string>>;

type Format = keyof typeof FORMATS | 'ndjson';

const NAMES: readonly string[] = ['ndjson', ...Object.keys(FORMATS)];

export type Output = {readonly format: Format; readonly file: string};

const isFormat = (name: string): name is Format => NAMES.includes(name);

/** What `--report ndjson=run.ndjson,junit=-` asks for. */
export const outputsIn = (text: string): readonly Output[] =>
  text.split(',').map(part => {
    const [, format = part, file = ''] = /^([a-z]+)=(.+)$/.exec(part) ?? [];
    if (isFormat(format) && file !== '') return {format, file};
    throw new Refusal(`--report is FORMAT=FILE, FORMAT one of ${NAMES.join(', ')}; not "${part}"`);
  });

/** Writes a stream as it comes, each line at once, and everything else in the end. */
export class Writer {
  /** Standard output is taken by a report, so nothing else is written there. */
  readonly ownsOutput: boolean;
  readonly #opened: readonly {readonly format: Format; readonly write: (text: string) => void}[];

  constructor(outputs: readonly Output[]) {
    const names = outputs.map(({file}) => file);
    const twice = names.find((name, index) => names.indexOf(name) < index);
    if (twice !== undefined) throw new Refusal(`--report names ${twice} twice`);
    this.ownsOutput = names.includes('-');
    this.#opened = outputs.map(({format, file}) => ({format, write: writerTo(file)}));
  }

  line(line: Line): void {
    for (const {format, write} of this.#opened) if (format === 'ndjson') write(`${JSON.stringify(line)}\n`);
  }

  finish(lines: readonly Line[], replay: Replay): void {
    for (const {format, write} of this.#opened) if (format !== 'ndjson') write(FORMATS[format](lines, replay));
  }
}

/** Opened before the run, so that no time is spent on what cannot be written; what is written is there at once. */
const writerTo = (file: string): ((text: string) => void) => {
  if (file === '-') return text => void process.stdout.write(text);
  try {
    const descriptor = openSync(file, 'w');
    return text => writeFileSync(descriptor, text);
  } catch (thrown) {
    throw new Refusal(`--report ${file} cannot be written: ${oneLine(thrown)}`);
  }
};
