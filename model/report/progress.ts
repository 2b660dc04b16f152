import {count, duration, memory, rounded} from './numbers.js';
import type {Progress} from './result.js';

/** How far a search is, in one line. The rate is that since `before`; null asks for the rate since the start. */
export const progressText = (now: Progress, before: Progress | null): string => {
  if (now.activity !== undefined)
    return `${count(now.distinct)} distinct, ${now.activity}, ${memory(now.memoryBytes)}, ${duration(now.seconds)}`;
  const generated = now.generated - (before?.generated ?? 0);
  const seconds = now.seconds - (before?.seconds ?? 0);
  return [
    `${count(now.generated)} states`,
    `${count(now.distinct)} distinct`,
    `${count(now.queue)} queued`,
    `depth ${count(now.depth)}`,
    `${rounded(generated / Math.max(seconds, 1e-3))}/s`,
    memory(now.memoryBytes),
    duration(now.seconds),
  ].join(', ');
};
