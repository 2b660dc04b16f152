import {COLOURS, type Paint, PLAIN} from '../report/paint.js';
import {printable} from '../report/value.js';

/** Colours for a terminal that has them and whose owner does not refuse them; none for a file or a pipe. */
export const paintOf = (stream: {readonly isTTY?: boolean; readonly hasColors?: () => boolean}): Paint =>
  stream.isTTY === true && stream.hasColors?.() === true ? COLOURS : PLAIN;

export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** JSON as a person may read it too. */
export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));

/** A line on standard error that is no complaint. */
export const remark = (line: string): void => {
  process.stderr.write(`holdfast: ${printable(line)}\n`);
};
