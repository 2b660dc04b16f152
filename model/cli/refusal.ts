import {shortened} from '../report/layout.js';
import {printable} from '../report/value.js';

/** Bad usage, or a broken model: one line for the user, exit code 2. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** Whatever was thrown, on one line and without control characters. */
export const oneLine = (thrown: unknown): string => {
  const text = said(thrown).trim();
  return shortened(printable(text.replace(/\s*\n\s*/g, ' ')));
};

/** To ask what somebody else has thrown may throw in its turn. */
const said = (thrown: unknown): string => {
  try {
    return String(thrown instanceof Error ? thrown.message || thrown.name : thrown);
  } catch {
    return 'what was thrown cannot be looked at';
  }
};
