import {readFileSync} from 'node:fs';
import {oneLine, Refusal} from '../../model/cli/refusal.js';
import {type Line, streamIn} from '../report/stream.js';

/** The lines of a report. Refuses what is none. */
export const linesFrom = (file: string): readonly Line[] => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (thrown) {
    throw new Refusal(`${file} cannot be read: ${oneLine(thrown)}`);
  }
  const read = streamIn(text);
  if (read.type === 'Refused') throw new Refusal(`${file} is not a report: ${read.reason}`);
  return read.lines;
};
