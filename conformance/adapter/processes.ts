// Ends what a subject has started, and nothing else.

import {readdirSync, readFileSync} from 'node:fs';
import {setTimeout as pause} from 'node:timers/promises';

/** In the environment of a subject and of all that it starts: how those are known that left its process group. */
export const MARK = 'HOLDFAST_SUBJECT';

const isThere = (pid: number, signal: NodeJS.Signals | 0): boolean => {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
};

/** Whether any process of the group still runs. */
export const isGroupAlive = (leader: number): boolean => isThere(-leader, 0);

export const endGroup = (leader: number): void => {
  if (leader > 0) isThere(-leader, 'SIGKILL');
};

/** How long a process may take to be gone once it was killed. */
const GONE_MS = 1000;

/**
 * Ends processes that carry the mark wherever they went, and waits until they are gone; how many there were. Finds them
 * only where there is `/proc`.
 */
export const endStrays = async (mark: string): Promise<number> => {
  const isMarked = (pid: number): boolean => environmentOf(pid).includes(`${MARK}=${mark}`);
  const marked = pids().filter(isMarked);
  for (const pid of marked) isThere(pid, 'SIGKILL');
  const late = performance.now() + GONE_MS;
  while (marked.some(isMarked) && performance.now() < late) await pause(5);
  return marked.length;
};

const pids = (): readonly number[] => {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
};

const environmentOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return '';
  }
};
