// A way to a subject: lines there, lines back. What goes wrong with it is told once, by name.

import {isUtf8} from 'node:buffer';
import type {Breakdown} from './breakdown.js';
import {Breakdown as Broken} from './breakdown.js';
import {LONGEST_LINE} from './protocol.js';

/** Who hears what comes from a subject. After `broken` nothing more comes. */
export type Ears = {
  readonly line: (text: string) => void;
  readonly broken: (breakdown: Breakdown) => void;
};

export type Channel = {
  /** Whole lines, each with its end. */
  readonly write: (lines: string) => void;
  /** Lets go of the subject, which was told to end or has broken down. What was wrong with its end, if anything. */
  readonly close: (isBroken: boolean) => Promise<Breakdown | null>;
  /** How it ended, where that is odd and yet not held against it. */
  readonly parting: () => string | null;
  /** The last of what it has written to its standard error. */
  readonly complaints: () => string;
  /** The beginning of a line that has no end yet. */
  readonly unfinished: () => string;
};

/** Throws a Breakdown where there is nobody, or not before the signal comes. */
export type Open = (ears: Ears, patience: AbortSignal) => Promise<Channel>;

export type LineReader = {readonly take: (chunk: Buffer) => void} & Pick<Channel, 'unfinished'>;

/** So many bytes of a line without an end are shown. */
const SHOWN = 100;

/** Cuts what arrives into lines. A line that is too long is not waited for: what a subject can fill is bounded. */
export const lineReader = ({line, broken}: Ears): LineReader => {
  let rest: Buffer[] = [];
  let length = 0;
  const take = (chunk: Buffer): void => {
    if (length > LONGEST_LINE) return;
    const end = chunk.lastIndexOf(10);
    if (end < 0) {
      rest.push(chunk);
      length += chunk.length;
      if (length > LONGEST_LINE) broken(tooLong());
      return;
    }
    const whole = Buffer.concat([...rest, chunk.subarray(0, end)]);
    rest = end + 1 < chunk.length ? [chunk.subarray(end + 1)] : [];
    length = chunk.length - end - 1;
    if (!isUtf8(whole)) {
      broken(new Broken('not-json', 'it wrote bytes that are not UTF-8'));
      return;
    }
    for (const text of whole.toString('utf8').split('\n')) {
      if (text.length > LONGEST_LINE) {
        broken(tooLong());
        return;
      }
      line(text);
    }
    if (length > LONGEST_LINE) broken(tooLong());
  };
  return {take, unfinished: () => Buffer.concat(rest, Math.min(length, SHOWN)).toString('utf8')};
};

const tooLong = (): Breakdown =>
  new Broken('line-too-long', `it wrote more than ${LONGEST_LINE} bytes without an end of line`);
