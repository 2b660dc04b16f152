// Programs that do what no subject should, and how a run with them ends.

import {Breakdown, type Outcome} from '../../conformance/adapter/breakdown.js';
import type {Open} from '../../conformance/adapter/channel.js';
import {program} from '../../conformance/adapter/program.js';
import {run, unmet} from '../../conformance/cli/run.js';
import {crewOf, met} from '../../conformance/cli/subject.js';
import type {Line, LineOf} from '../../conformance/report/stream.js';
import {withModule} from '../../conformance/suites.js';
import {profile} from '../../src/index.js';

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
export const wordsOf = (script: string): readonly [string, ...string[]] => [
  process.execPath,
  '--eval',
  `${ADAPTER}\n${script}`,
];

export const hostile = (script: string): Open => program(wordsOf(script));

type Run = {readonly end: LineOf<'end'>; readonly lines: readonly Line[]};

export const tried = async (
  open: Open,
  timeoutSeconds = 20,
  plans: readonly string[] = ['votes that can tie'],
  jobs = 0,
): Promise<Run> => {
  const lines: Line[] = [];
  try {
    const subject = await met(open, timeoutSeconds);
    const crew = await crewOf(open, timeoutSeconds, jobs);
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
      run(subject, suite, asked, line => lines.push(line), crew),
    );
    return {end, lines};
  } catch (thrown) {
    if (!(thrown instanceof Breakdown)) throw thrown;
    return {end: unmet(thrown), lines};
  }
};

const LATE = 'let count = 0; const before = step;';

/** What each does, the outcome that names it, and a word that the reason must hold. */
export const HOSTILE: Readonly<Record<string, readonly [script: string, outcome: Outcome, says: RegExp]>> = {
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
  'takes its leave in words': ['bye = () => console.log("good-bye");', 'not-json', /good-bye/],
  'ends without taking its leave': ['bye = () => process.exit(0);', 'exited', /^it ended without an answer to bye$/],
  'refuses to take its leave': [
    'bye = id => { refuse(id, "internal"); process.exit(0); };',
    'refused',
    /^it refused bye: internal$/,
  ],
  'answers with a number beyond all bounds': [
    `step = id => {
      const line = JSON.stringify({id, ok: true, effects: [{type: 'Reply', result: 0}]});
      process.stdout.write(line.replace('"result":0', '"result":1e999') + '\\n');
    };`,
    'wrong-shape',
    /larger than any that can be read/,
  ],
  'fails as the other host of two': [
    `HELLO.capabilities = {hosts: 2}; const known = answer; process.stdin.removeAllListeners();
    createInterface({input: process.stdin}).on('line', line => {
      const request = JSON.parse(line);
      request.host === 'b' && request.cmd === 'step' ? refuse(request.id, 'internal') : known(request);
    });`,
    'refused',
    /^it refused step: internal$/,
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
