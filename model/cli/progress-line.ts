import {clearLine, cursorTo} from 'node:readline';
import type {WriteStream} from 'node:tty';
import {progressText} from '../report/progress.js';
import type {Progress} from '../report/result.js';

const INTERVAL_SECONDS = 0.2;

/** A line on standard error that follows a search; it writes nothing unless standard error is a terminal. */
export const progressLine = (stream: WriteStream = process.stderr) => {
  let last: {readonly label: string; readonly progress: Progress} | null = null;

  const show = (label: string, progress: Progress): void => {
    const before = last?.label === label ? last.progress : null;
    if (!stream.isTTY || progress.seconds - (before?.seconds ?? 0) < INTERVAL_SECONDS) return;
    last = {label, progress};
    const line = `${label}: ${progressText(progress, before)}`;
    cursorTo(stream, 0);
    stream.write(line.slice(0, stream.columns - 1));
    clearLine(stream, 1);
  };

  const clear = (): void => {
    if (last === null) return;
    last = null;
    cursorTo(stream, 0);
    clearLine(stream, 0);
  };

  return {show, clear};
};
