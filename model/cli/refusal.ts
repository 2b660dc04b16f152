import {shortened} from '../report/layout.js';
import {printable} from '../report/value.js';

/** Bad usage, or a broken model: one line for the user, exit code 2. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** Whatever was thrown, on one line and without control characters. */
export const oneLine = (thrown: unknown): string => {
  const text = thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
  return shortened(printable(text.trim().replace(/\s*\n\s*/g, ' ')));
};
