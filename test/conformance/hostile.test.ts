// Subjects that do what no subject should: each has its own named outcome, nothing is left running, and what was found
// before is kept.

import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setImmediate} from 'node:timers/promises';
import test from 'ava';
import {program} from '../../conformance/adapter/program.js';
import {addressOf, socket} from '../../conformance/adapter/socket.js';
import {summaryText} from '../../conformance/report/summary.js';
import {HOSTILE, hostile, tried} from './hostile-programs.js';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-hostile-'));
test.after.always(() => rmSync(folder, {recursive: true, force: true}));

/** Gone, or only waiting for its parent to take note. */
const hasEnded = (pid: string): boolean => {
  const status = `/proc/${pid}/status`;
  return !existsSync(status) || /^State:\s+[ZX]/m.test(readFileSync(status, 'utf8'));
};

/** A module that answers rightly as long as the network is whole, so that only what is seeded is wrong. */
const RIGHT = new Set<string>([
  'does not end',
  'takes its leave in words',
  'ends without taking its leave',
  'refuses to take its leave',
  'leaves a child behind',
  'leaves a daemon behind',
]);

for (const [name, [script, outcome, says]] of Object.entries(HOSTILE)) {
  test(`one that ${name} is found out as ${outcome}`, async t => {
    const {end} = await tried(hostile(script));
    t.is(end.verdict, 'error', JSON.stringify(end));
    t.is(end.outcome, outcome, end.reason ?? '');
    t.regex(end.reason ?? '', says);
    t.is(end.exit, 4);
    t.is(RIGHT.has(name) ? end.trace.length : 0, 0);
  });
}

test('one that never answers is found out as silent, though it still reads', async t => {
  const {end} = await tried(hostile('step = () => {};'), 1);
  t.is(end.outcome, 'silent');
});

test('one that does not even read is found out as silent', async t => {
  const {end} = await tried(program([process.execPath, '--eval', 'setInterval(() => {}, 1000)']), 1);
  t.is(end.outcome, 'silent');
});

test('one that cannot be started, and an address where nobody listens, are named', async t => {
  t.is((await tried(program(['./no-such-program']))).end.outcome, 'not-started');
  const nowhere = addressOf(`unix:${join(folder, 'nobody')}`);
  t.is(nowhere === null ? null : (await tried(socket(nowhere))).end.outcome, 'not-started');
});

test('the last of its standard error is kept', async t => {
  const {end} = await tried(hostile('step = () => { console.error("out of luck"); process.exit(9); };'));
  t.is(end.outcome, 'exited');
  t.regex(end.complaints, /out of luck/);
});

test('an exit code after bye is noted, and changes no verdict', async t => {
  const leaving = (how: string) => tried(hostile(`bye = id => { write({id, ok: true}); ${how}; };`));
  const note = ({lines}: Awaited<ReturnType<typeof leaving>>) =>
    lines.find(line => line.e === 'doctor' && line.check === 'it ends when it is told to');
  const whole = await leaving('process.exit(0)');
  t.like(note(whole), {verdict: 'pass', reason: null});
  const odd = await leaving('process.exitCode = 9; process.stdin.destroy()');
  t.like(note(odd), {verdict: 'pass', outcome: null, reason: 'it answered bye, and ended with exit code 9'});
  t.regex(
    summaryText(odd.lines, () => null),
    /\n\nNote: it answered bye, and ended with exit code 9\.$/,
  );
  t.deepEqual([odd.end.verdict, odd.end.exit], [whole.end.verdict, whole.end.exit]);
  const killed = await leaving('process.kill(process.pid, "SIGABRT")');
  t.like(note(killed), {verdict: 'pass', reason: 'it answered bye, and ended by the signal SIGABRT'});
});

test('what was found before it broke down is kept, line by line', async t => {
  const script = `const known = answer; process.stdin.removeAllListeners();
    reply = event => event.type === 'Ask' ? [{type: 'Access', accessible: {namespace: true, all: true}}] : [];
    createInterface({input: process.stdin}).on('line', line => {
      const {config} = JSON.parse(line);
      const heavy = config?.vm.namespace.components.some(({kind, votes}) => kind === 'witness' && votes === 2);
      heavy ? process.exit(1) : known(JSON.parse(line));
    });`;
  const {end, lines} = await tried(hostile(script), 20, ['votes that can tie', 'a heavy witness']);
  t.is(end.outcome, 'exited');
  t.deepEqual(
    lines.filter(({e}) => e === 'failure' || e === 'plan').map(({e}) => e),
    ['failure', 'plan', 'plan'],
  );
  t.is(lines.at(-1)?.e, 'end');
});

test('all that a subject has started is ended, though it hides from its process group', async t => {
  const note = join(folder, 'child');
  const child = `require('node:fs').writeFileSync(${JSON.stringify(note)}, String(process.pid));
    setInterval(() => {}, 1000);`;
  const {end} = await tried(
    hostile(
      `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], {detached: true, stdio: 'ignore'}).unref();
      const sure = bye; bye = id => { while (!require('node:fs').existsSync(${JSON.stringify(note)})); sure(id); };`,
    ),
  );
  t.is(end.outcome, 'left-children');
  // The kernel may take its time to carry out the kill.
  while (!hasEnded(readFileSync(note, 'utf8'))) await setImmediate();
  t.pass();
});
