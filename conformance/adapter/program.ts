// A subject that is a program: started in a process group of its own, so that all of it can be ended.

import {type ChildProcessWithoutNullStreams, spawn} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {once} from 'node:events';
import {setTimeout as pause} from 'node:timers/promises';
import {Breakdown} from './breakdown.js';
import {type Channel, type Ears, lineReader, type Open} from './channel.js';
import {endAll, endGroup, MARK} from './processes.js';

/** How long a program may take to end after it was told to, and how long a closed pipe may be the first sign of it. */
const GRACE_MS = 2000;
const SIGN_MS = 250;

/** How much of standard error is kept, in characters. */
const MOST_COMPLAINTS = 4000;

/** Leaders of the groups that must not outlive this process. */
const RUNNING = new Set<number>();
process.once('exit', () => RUNNING.forEach(endGroup));

/** Starts the program. It sees `HOLDFAST_SUBJECT` in its environment, as do all processes that it starts. */
export const program =
  ([command = '', ...words]: readonly string[]): Open =>
  async ears => {
    const mark = randomUUID();
    const child = spawn(command, words, {detached: true, stdio: 'pipe', env: {...process.env, [MARK]: mark}});
    // Whoever is told of a breakdown closes the channel, and hears nothing more.
    child.stdin.on('error', () => {});
    try {
      await once(child, 'spawn');
    } catch (thrown) {
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      throw new Breakdown('not-started', `${command} cannot be started: ${message}`);
    }
    return attended(child, mark, ears);
  };

const attended = (child: ChildProcessWithoutNullStreams, mark: string, ears: Ears): Channel => {
  const {pid = 0, stdin, stdout, stderr} = child;
  let complaints = '';
  let isClosing = false;
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
  const hasSaidAll = new Promise<void>(resolve => stderr.once('end', () => resolve()));
  RUNNING.add(pid);

  const tell = (breakdown: Breakdown): void => {
    if (!isClosing) ears.broken(breakdown);
  };
  const how = (): string =>
    child.signalCode === null ? `with exit code ${child.exitCode}` : `by the signal ${child.signalCode}`;
  const exited = (): Breakdown => new Breakdown('exited', `it ended ${how()} before it was told to`);
  /** A pipe that closes is often the first that is heard of a process that ends. */
  const onPipeClosed = async (outcome: 'closed-input' | 'closed-output', side: string): Promise<void> => {
    await Promise.race([Promise.all([ended, hasSaidAll]), pause(SIGN_MS)]);
    tell(hasEnded() ? exited() : new Breakdown(outcome, `it closed its standard ${side} while it ran on`));
  };
  stdin.on('error', () => void onPipeClosed('closed-input', 'input'));
  const reader = lineReader(ears);
  stdout.on('data', reader.take);
  stdout.on('end', () => void onPipeClosed('closed-output', 'output'));
  stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-MOST_COMPLAINTS);
  });
  // Its children may hold the pipe open: what it wrote itself is in it by now.
  child.on('exit', () => setTimeout(() => tell(exited()), SIGN_MS).unref());

  const close = async (isBroken: boolean): Promise<Breakdown | null> => {
    isClosing = true;
    stdin.end();
    if (!isBroken) await Promise.race([ended, pause(GRACE_MS)]);
    const wasStubborn = !hasEnded();
    let hasLeft = false;
    try {
      hasLeft = await endAll(pid, mark, !isBroken && !wasStubborn);
      await ended;
    } catch (thrown) {
      endGroup(pid);
      throw thrown;
    } finally {
      // Whatever went wrong, nothing of it keeps this process.
      for (const stream of [stdin, stdout, stderr]) stream.destroy();
      child.unref();
      RUNNING.delete(pid);
    }
    if (isBroken) return null;
    if (wasStubborn)
      return new Breakdown('ignored-shutdown', `it ran on for ${GRACE_MS / 1000} s after bye, and was killed`);
    return hasLeft ? new Breakdown('left-children', 'it left processes behind, which were killed') : null;
  };

  return {
    write: lines => void stdin.write(lines),
    close,
    // A memory checker, say, finds what it finds when all is over, and has no other way to say so.
    parting: () => (hasEnded() && child.exitCode !== 0 ? `it answered bye, and ended ${how()}` : null),
    complaints: () => complaints,
    unfinished: reader.unfinished,
  };
};
