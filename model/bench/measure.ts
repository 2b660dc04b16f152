import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Contestant} from './contestant.js';
import {versionOf} from './program.js';
import type {Sample} from './results.js';

type Measured = {readonly output: string; readonly sample: Sample};
type Used = Omit<Sample, 'wallSeconds'>;
type Command = Contestant['command'];

/** How to learn what a process uses: the command to run in its place, and what to ask while it runs and at the end. */
export type Meter = {
  readonly command: Command;
  /** Asked again and again with the number of the process; null when there is nothing to ask. */
  readonly whileRunning: ((pid: number) => void) | null;
  readonly used: () => Used;
};

/** GNU time starts the process and writes down what the kernel tells at its end. */
const gnuTime = (command: Command): Meter => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-time-'));
  const file = join(folder, 'used');
  return {
    command: ['time', '--format', '%U %S %M', '--output', file, ...command],
    whileRunning: null,
    used: () => {
      const [user = Number.NaN, system = Number.NaN, kilobytes = Number.NaN] = readFileSync(file, 'utf8')
        .trim()
        .split(' ')
        .map(Number);
      rmSync(folder, {recursive: true});
      return {cpuSeconds: user + system, peakBytes: kilobytes * 1024};
    },
  };
};

const TICKS_PER_SECOND = 100;

/** What Linux tells of a process while it runs: so the last moments before its end are missed. */
export const procfs = (command: Command): Meter => {
  let last: Used = {cpuSeconds: null, peakBytes: null};
  return {
    command,
    whileRunning: pid => {
      try {
        // The name of the program, in parentheses, may hold spaces; user and system time are the 12th and 13th word
        // after it.
        const words = readFileSync(`/proc/${pid}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ');
        const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
        if (kilobytes === undefined) return;
        const ticks = Number(words[11]) + Number(words[12]);
        last = {cpuSeconds: ticks / TICKS_PER_SECOND, peakBytes: Number(kilobytes) * 1024};
      } catch {
        // It has ended, or this system has no such files.
      }
    },
    used: () => last,
  };
};

/** The best meter that this machine has. */
export const meterHere = (): ((command: Command) => Meter) =>
  versionOf('time', ['--version'], /(GNU)/) === 'GNU' ? gnuTime : procfs;

const POLL_MS = 10;

/** Runs a command to its end. Rejects when it fails, with the end of what it said. */
export const measure = (
  command: Command,
  cwd: string,
  meterFor: (command: Command) => Meter = meterHere(),
): Promise<Measured> =>
  new Promise((resolve, reject) => {
    const {command: metered, whileRunning, used} = meterFor(command);
    const [program, ...words] = metered;
    const started = performance.now();
    const child = spawn(program, words, {cwd, stdio: ['ignore', 'pipe', 'pipe']});
    const {pid} = child;
    const polling =
      whileRunning === null || pid === undefined ? undefined : setInterval(() => whileRunning(pid), POLL_MS);
    let output = '';
    let complaint = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint += text;
    });
    child.on('error', reject);
    child.on('close', code => {
      const wallSeconds = (performance.now() - started) / 1000;
      clearInterval(polling);
      if (code === 0) resolve({output, sample: {wallSeconds, ...used()}});
      else reject(new Error(`${command.join(' ')} ended with ${code}: ${(complaint || output).trim().slice(-500)}`));
    });
  });
