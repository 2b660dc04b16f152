// Ends what a subject has started, and nothing else.

import {readdirSync, readFileSync} from 'node:fs';

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

/** Ends processes that carry the mark wherever they went; how many there were. Finds them only where there is `/proc`. */
export const endStrays = (mark: string): number => {
  const marked = pids().filter(pid => environmentOf(pid).includes(`${MARK}=${mark}`));
  return marked.filter(pid => isThere(pid, 'SIGKILL')).length;
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
