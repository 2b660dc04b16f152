// `holdfast conform` for the tests, from today's sources.

import {spawn, spawnSync} from 'node:child_process';
import {join} from 'node:path';

const root = join(import.meta.dirname, '..', '..');

export const kits = join(root, 'conformance', 'kits');

export type Ended = {readonly code: number | null; readonly stdout: string; readonly stderr: string};

/** Runs the command to its end. */
export const holdfastConform = (...words: readonly string[]): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const command = [join(root, 'conformance', 'cli', 'main.ts'), 'conform', ...words];
    const child = spawn(process.execPath, ['--import=tsx', ...command], {cwd: root, stdio: ['ignore', 'pipe', 'pipe']});
    const text = {stdout: '', stderr: ''};
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (part: string) => {
        text[stream] += part;
      });
    }
    child.on('error', reject);
    child.on('close', code => resolve({code, ...text}));
  });

export const hasPython = spawnSync('python3', ['--version']).status === 0;

/** How to start a file of a kit. */
export const inTypeScript = (file: string): readonly string[] => [
  process.execPath,
  '--import=tsx',
  join(kits, 'typescript', file),
];

export const inPython = (file: string): readonly string[] => ['python3', join(kits, 'python', file)];
