// Subjects that do what no subject should: each has its own named outcome, nothing is left running, and what was found
// before is kept.

import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setImmediate} from 'node:timers/promises';
import test from 'ava';
import {Breakdown, type Outcome} from '../../conformance/adapter/breakdown.js';
import type {Open} from '../../conformance/adapter/channel.js';
import {program} from '../../conformance/adapter/program.js';
import {addressOf, socket} from '../../conformance/adapter/socket.js';
import {run, unmet} from '../../conformance/cli/run.js';
import {met} from '../../conformance/cli/subject.js';
import type {Line, LineOf} from '../../conformance/report/stream.js';
import {withModule} from '../../conformance/suites.js';
import {profile} from '../../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-hostile-'));
test.after.always(() => rmSync(folder, {recursive: true, force: true}));

/** The wire in a few lines: answers like a subject that never does anything. `step` may be taken over. */
const ADAPTER = `
const {createInterface} = require('node:readline');
const write = value => process.stdout.write(JSON.stringify(value) + '\\n');
const HELLO = {ok: true, protocol: 'holdfast/1', implementation: {name: 'hostile'}, modules: ['ha', 'storage']};
const refuse = (id, code) => write({id, ok: false, error: {code}});
let isReset = false;
const answer = ({id, cmd, event}) => {
  if (cmd === 'hello') write({id, ...HELLO});
  else if (cmd === 'reset') { isReset = true; write({id, ok: true}); }
  else if (cmd === 'step') isReset ? step(id, event) : refuse(id, 'bad-request');
  else if (cmd === 'bye') bye(id);
  else refuse(id, 'unsupported');
};
let step = (id, event) => write({id, ok: true, effects: reply(event)});
let reply = event => event.type === 'Ask' ? [{type: 'Access', accessible: {namespace: true, all: true}}] : [];
let bye = id => { write({id, ok: true}); process.exit(0); };
createInterface({input: process.stdin}).on('line', line => answer(JSON.parse(line)));
`;

/** A program of the wire above and what it does otherwise. */
const hostile = (script: string): Open => program([process.execPath, '--eval', `${ADAPTER}\n${script}`]);

type Run = {readonly end: LineOf<'end'>; readonly lines: readonly Line[]};

const tried = async (open: Open, timeoutSeconds = 20, plans = ['votes that can tie']): Promise<Run> => {
  const lines: Line[] = [];
  try {
    const subject = await met(open, timeoutSeconds);
    const repairs = profile('claimed');
    const asked = {
      module: 'storage',
      repairs,
      lane: 'core',
      steps: 30_000,
      seed: 1,
      failures: 20,
      isWanted: (plan: string) => plans.includes(plan),
      expectations: [],
      today: '2026-01-01',
      signal: null,
    } as const;
    const end = await withModule('storage', repairs, 'core', suite =>
      run(subject, suite, asked, line => lines.push(line)),
    );
    return {end, lines};
  } catch (thrown) {
    if (!(thrown instanceof Breakdown)) throw thrown;
    return {end: unmet(thrown), lines};
  }
};

/** Gone, or only waiting for its parent to take note. */
const hasEnded = (pid: string): boolean => {
  const status = `/proc/${pid}/status`;
  return !existsSync(status) || /^State:\s+[ZX]/m.test(readFileSync(status, 'utf8'));
};

const LATE = 'let count = 0; const before = step;';

/** What each does, the outcome that names it, and a word that the reason must hold. */
const HOSTILE: Readonly<Record<string, readonly [script: string, outcome: Outcome, says: RegExp]>> = {
  'prints a banner first': [
    'console.log("Welcome to my HA module");',
    'not-json',
    /Welcome to my HA module.*standard error/,
  ],
  'answers with invalid JSON': ['step = () => process.stdout.write("{\\n");', 'not-json', /"\{", which is not JSON/],
  'answers with bytes that are not text': [
    'step = () => process.stdout.write(Buffer.from([0xff, 0xfe, 10]));',
    'not-json',
    /not UTF-8/,
  ],
  'answers with a number': ['step = () => write(7);', 'wrong-shape', /"7": an answer is a JSON object/],
  'answers with its number as a text': [
    'step = id => write({id: String(id), ok: true, effects: []});',
    'wrong-shape',
    /"id" is "\d+"/,
  ],
  'ends its lines twice': [
    'step = id => { write({id, ok: true, effects: []}); process.stdout.write("\\n"); };',
    'not-json',
    /no empty lines/,
  ],
  'answers ahead of its turn': [
    `step = id => write({id: id + 1, ok: true, effects: []});`,
    'unsolicited',
    /request \d+ was next: there is one answer/,
  ],
  'writes half an answer': [
    'step = () => { process.stdout.write("{\\"id\\":"); setTimeout(() => process.exit(1), 100); };',
    'exited',
    /"\{\\"id\\":" and no end of line/,
  ],
  'answers without saying what to': ['step = () => write({ok: true, effects: []});', 'wrong-shape', /"id"/],
  'answers a step without effects': ['step = id => write({id, ok: true});', 'wrong-shape', /list of effects/],
  'answers with a thousand and one effects': [
    'step = id => write({id, ok: true, effects: Array(1001).fill(1)});',
    'runaway',
    /1001 effects/,
  ],
  'writes a line of 100 MB': [
    'const much = Buffer.alloc(2 ** 20, 120); step = () => { for (let i = 0; i < 100; i++) process.stdout.write(much); };',
    'line-too-long',
    /1048576 bytes/,
  ],
  'exits in the middle': [
    `${LATE} step = (id, e) => ++count > 40 ? process.exit(3) : before(id, e);`,
    'exited',
    /code 3/,
  ],
  'is killed in the middle': [
    `${LATE} step = (id, e) => ++count > 40 ? process.kill(process.pid, 'SIGKILL') : before(id, e);`,
    'exited',
    /SIGKILL/,
  ],
  'answers twice': [
    `${LATE} step = (id, e) => { before(id, e); before(id, e); };`,
    'unsolicited',
    /nobody had asked|is answered already/,
  ],
  'speaks on its own initiative': ['write({id: 999, ok: true});', 'unsolicited', /999/],
  'closes its output and runs on': [
    `${LATE} step = (id, e) => ++count > 40 ? require('node:fs').closeSync(1) : before(id, e);`,
    'closed-output',
    /runs? on|ran on/,
  ],
  'refuses every step': ['step = id => refuse(id, "internal");', 'refused', /internal/],
  'says ok to everything': [
    'const known = answer; process.stdin.removeAllListeners(); createInterface({input: process.stdin}).on("line", l => { const {id, cmd} = JSON.parse(l); write({id, ...HELLO, effects: [], state: 1}); });',
    'refuses-nothing',
    /does not exist/,
  ],
  'does nothing': ['reply = () => [];', 'nothing-right', /^The first that is wrong.*missing: Access/s],
  'sends back what it is given': [
    'reply = event => [event];',
    'nothing-right',
    /^The first that is wrong.*was answered.*Allowed is: /s,
  ],
  'answers by chance': [
    `let coin = 0; reply = event => event.type === 'Ask' ? [{type: 'Access', accessible: {namespace: true, all: true}}] : event.type === 'Set' && ++coin % 3 > 0 ? [{type: 'Reply', result: 'ok'}] : [];`,
    'not-repeatable',
    /differently/,
  ],
  'does not end': [
    'bye = id => { write({id, ok: true}); setInterval(() => {}, 1000); };',
    'ignored-shutdown',
    /killed/,
  ],
  'leaves a child behind': [
    'require("node:child_process").spawn("sleep", ["600"], {stdio: "ignore"}).unref();',
    'left-children',
    /left processes/,
  ],
  'leaves a daemon behind': [
    'require("node:child_process").spawn("sleep", ["600"], {stdio: "ignore", detached: true}).unref();',
    'left-children',
    /left processes/,
  ],
};

/** A module that answers rightly as long as the network is whole, so that only what is seeded is wrong. */
const RIGHT = new Set<string>(['does not end', 'leaves a child behind', 'leaves a daemon behind']);

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

test('a subject behind a Unix socket is tried like a program', async t => {
  const path = join(folder, 'listening');
  const file = join(folder, 'server.cjs');
  writeFileSync(
    file,
    `require('node:net').createServer(socket => {
      const isReset = {now: false};
      require('node:readline').createInterface({input: socket}).on('line', line => {
        const {id, cmd, event} = JSON.parse(line);
        const write = value => socket.write(JSON.stringify({id, ...value}) + '\\n');
        const hello = {protocol: 'holdfast/1', implementation: {name: 'listener'}, modules: ['storage']};
        const all = [{type: 'Access', accessible: {namespace: true, all: true}}];
        if (cmd === 'hello') write({ok: true, ...hello});
        else if (cmd === 'reset') { isReset.now = true; write({ok: true}); }
        else if (cmd === 'step' && isReset.now) write({ok: true, effects: event.type === 'Ask' ? all : []});
        else if (cmd === 'bye') write({ok: true});
        else write({ok: false, error: {code: 'unsupported'}});
      });
    }).listen(${JSON.stringify(path)}, () => console.log('listening'));`,
  );
  const server = spawn(process.execPath, [file], {stdio: ['ignore', 'pipe', 'ignore']});
  try {
    await once(server.stdout, 'data');
    const address = addressOf(`unix:${path}`);
    if (address === null) throw new Error('no address');
    const {end, lines} = await tried(socket(address));
    t.is(end.verdict, 'fail');
    t.true(lines.some(line => line.e === 'failure'));
  } finally {
    server.kill();
  }
});

test('a listener that hangs up is found out', async t => {
  const server = createServer(each => each.on('data', () => each.destroy()));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const listening = server.address();
  const address =
    typeof listening === 'object' && listening !== null ? addressOf(`tcp:127.0.0.1:${listening.port}`) : null;
  if (address === null) throw new Error('no address');
  t.is((await tried(socket(address))).end.outcome, 'closed-output');
  server.close();
});
