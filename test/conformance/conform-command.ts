// `holdfast conform` for the tests, from today's sources.

import {spawn, spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {commandFile} from '../compiled.js';

const root = join(import.meta.dirname, '..', '..');

export const kits = join(root, 'conformance', 'kits');

export type Ended = {readonly code: number | null; readonly stdout: string; readonly stderr: string};

/** Runs the command to its end. */
export const holdfastConform = (...words: readonly string[]): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const command = [commandFile('conformance'), 'conform', ...words];
    const child = spawn(process.execPath, command, {cwd: root, stdio: ['ignore', 'pipe', 'pipe']});
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

/** The Go command, on the path or where its own installation puts it; null where there is none. */
export const go = ['go', '/usr/local/go/bin/go'].find(name => spawnSync(name, ['version']).status === 0) ?? null;

/** How to start a file of a kit. */
export const inTypeScript = (file: string): readonly string[] => [
  process.execPath,
  '--import=tsx',
  join(kits, 'typescript', file),
];

export const inPython = (file: string): readonly string[] => ['python3', join(kits, 'python', file)];

/**
 * Makes programs of the kit in Go, into that folder. The compiler keeps what it has made of the standard library, so
 * only the first time on a machine takes long.
 */
export const makeInGo = (folder: string, programs: readonly string[]): void => {
  if (go === null) throw new Error('there is no go');
  const words = ['build', '-buildvcs=false', '-o', `${folder}/`, ...programs.map(name => `./${name}`)];
  const {status, stderr} = spawnSync(go, words, {cwd: join(kits, 'go'), encoding: 'utf8'});
  if (status !== 0) throw new Error(stderr);
};
