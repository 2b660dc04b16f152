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

export const endGroup = (leader: number): void => {
  if (leader > 0) isThere(-leader, 'SIGKILL');
};

/** How long a process may take to be gone, by itself or once it was killed. */
const GONE_MS = 1000;

/** Waits until a condition holds; whether it does. */
const within = async (holds: () => boolean): Promise<boolean> => {
  const late = performance.now() + GONE_MS;
  while (!holds() && performance.now() < late) await pause(5);
  return holds();
};

const marked = (mark: string): readonly number[] =>
  pids().filter(pid => textOf(`/proc/${pid}/environ`).includes(`${MARK}=${mark}`));

/** Whether a process of the group still runs: one that has ended and waits for its parent to take note does not. */
const isGroupAlive = (leader: number): boolean => {
  if (!isThere(-leader, 0)) return false;
  const states = pids().map(pid => /\) (?<state>\S) \d+ (?<group>\d+) /.exec(textOf(`/proc/${pid}/stat`))?.groups);
  const ofGroup = states.filter(state => Number(state?.['group']) === leader);
  return ofGroup.length === 0 || ofGroup.some(state => state?.['state'] !== 'Z');
};

const isGone = (leader: number, mark: string): boolean => !isGroupAlive(leader) && marked(mark).length === 0;

/**
 * Ends what is left of a subject, in its process group or wherever it carries the mark (found only where there is
 * `/proc`), and waits until it is gone. Whether anything had to be killed.
 */
export const endAll = async (leader: number, mark: string, isPatient: boolean): Promise<boolean> => {
  if (isPatient && (await within(() => isGone(leader, mark)))) return false;
  endGroup(leader);
  for (const pid of marked(mark)) isThere(pid, 'SIGKILL');
  await within(() => isGone(leader, mark));
  return true;
};

const pids = (): readonly number[] => {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
};

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
};
