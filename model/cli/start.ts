import {interruptible} from './interruption.js';
import {prepare} from './thread.js';
import type {Word} from './word.js';

/**
 * Runs the command `holdfast`: listens for interruptions and starts the thread that a search will need, and only then
 * reads what it is told.
 */
export const start = async (others: readonly Word[]): Promise<void> => {
  const interruption = interruptible();
  if (process.argv[2] === 'check' || process.argv[2] === 'audit') prepare();
  const {run} = await import('./program.js');
  await run(process.argv.slice(2), interruption, others);
};
