// Faults of our own, and answers made to bring them about: each ends the run, and nothing is left running.

import {spawn} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setImmediate} from 'node:timers/promises';
import test from 'ava';
import {answerReader} from '../../conformance/adapter/answers.js';
import {Breakdown} from '../../conformance/adapter/breakdown.js';
import {connected} from '../../conformance/adapter/connection.js';
import {program} from '../../conformance/adapter/program.js';
import {wholeHost} from '../../conformance/host/specification.js';
import {storageContract} from '../../conformance/storage/specification.js';
import {profile} from '../../src/index.js';
import {commandFile} from '../compiled.js';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-faults-'));
test.after.always(() => rmSync(folder, {recursive: true, force: true}));

/** Gone, or only waiting for its parent to take note. */
const hasEnded = (pid: string): boolean => {
  const status = `/proc/${pid}/status`;
  return !existsSync(status) || /^State:\s+[ZX]/m.test(readFileSync(status, 'utf8'));
};

/** Notes who it is, reads, and never answers nor ends. */
const deaf = (note: string): readonly string[] => [
  process.execPath,
  '--eval',
  `require('node:fs').writeFileSync(${JSON.stringify(note)}, String(process.pid));
  process.stdin.resume(); process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);`,
];

const noted = async (note: string): Promise<string> => {
  while (!existsSync(note) || readFileSync(note, 'utf8') === '') await setImmediate();
  return readFileSync(note, 'utf8');
};

test('what is nested too deep is no answer, however short the words are that it is made of', t => {
  for (const [open, close] of [
    ['[', ']'],
    ['{"a":', '}'],
  ] as const) {
    const read = (depth: number) =>
      answerReader()(`{"id":1,"ok":true,"effects":[${open.repeat(depth)}1${close.repeat(depth)}]}`);
    t.false(read(90) instanceof Breakdown);
    const found = read(100_000);
    t.true(found instanceof Breakdown && found.outcome === 'wrong-shape' && /deep/.test(found.message));
  }
});

test('an effect whose type is a word of the language calls for no rule', t => {
  const repairs = profile('hardened');
  for (const kind of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    t.deepEqual(storageContract.callingFor({repairs} as never, kind), []);
    t.deepEqual(wholeHost.callingFor({repairs} as never, kind), []);
  }
});

test('a subject that is abandoned is gone, and whoever waits for it is told', async t => {
  const note = join(folder, 'abandoned');
  const connection = await connected(program(deaf(note)), 60_000);
  const pid = await noted(note);
  const asked = ['"cmd":"a"', '"cmd":"b"'].map(fields => connection.ask(fields));
  await connection.abandon();
  for (const answered of await Promise.all(asked)) t.is(answered.type, 'Broken');
  t.true(hasEnded(pid));
});

test('a fault that nobody waits for ends the run with its own code, and the subject with it', async t => {
  const note = join(folder, 'faulted');
  const fault = `data:text/javascript,${encodeURIComponent(
    `import {existsSync} from 'node:fs';
     const fail = () => Promise.reject(new Error('seeded'));
     const look = () => existsSync(${JSON.stringify(note)}) ? fail() : setTimeout(look, 20);
     look();`,
  )}`;
  const words = [commandFile('conformance'), 'conform', 'test', '--timeout', '60', '--', ...deaf(note)];
  const child = spawn(process.execPath, ['--import', fault, ...words], {stdio: ['ignore', 'ignore', 'pipe']});
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const code = await new Promise(resolve => child.on('close', resolve));
  t.is(code, 5);
  t.regex(said, /a fault of holdfast itself: seeded/);
  const pid = await noted(note);
  // The kernel may take its time to carry out the kill.
  while (!hasEnded(pid)) await setImmediate();
});
