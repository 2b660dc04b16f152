// Hostile subjects that listen at an address instead of being started.

import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type Server} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import type {Outcome} from '../../conformance/adapter/breakdown.js';
import type {Open} from '../../conformance/adapter/channel.js';
import {addressOf, socket} from '../../conformance/adapter/socket.js';
import {HOSTILE, tried, wordsOf} from './hostile-programs.js';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-sockets-'));
test.after.always(() => rmSync(folder, {recursive: true, force: true}));

/** A listener that is such a program for each connection, and how to get there. */
const listening = async (script: string): Promise<{readonly server: Server; readonly open: Open}> => {
  const [command, ...words] = wordsOf(script);
  const server = createServer(each => {
    const child = spawn(command, words, {stdio: ['pipe', 'pipe', 'ignore']}).on('exit', () => each.end());
    for (const stream of [each, child.stdin, child.stdout]) stream.on('error', () => each.destroy());
    each.on('close', () => child.kill('SIGKILL')).pipe(child.stdin);
    child.stdout.pipe(each);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const place = server.address();
  const address = typeof place === 'object' && place !== null ? addressOf(`tcp:127.0.0.1:${place.port}`) : null;
  if (address === null) throw new Error('no address');
  return {server, open: socket(address)};
};

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

/** As for programs; but of one that has ended a listener only closes the connection. */
const BEHIND_A_SOCKET: Readonly<Record<string, Outcome>> = {
  'answers with invalid JSON': 'not-json',
  'answers with a number': 'wrong-shape',
  'writes a line of 100 MB': 'line-too-long',
  'writes half an answer': 'closed-output',
  'exits in the middle': 'closed-output',
  'answers twice': 'unsolicited',
  'takes its leave in words': 'not-json',
};

for (const [name, outcome] of Object.entries(BEHIND_A_SOCKET)) {
  test(`one behind a socket that ${name} is found out as ${outcome}, and so is one of two at once`, async t => {
    const {server, open} = await listening(HOSTILE[name]?.[0] ?? t.fail());
    for (const jobs of [0, 2]) {
      const {end} = await tried(open, 20, ['votes that can tie'], jobs);
      t.is(end.outcome, outcome, end.reason ?? '');
      t.is(end.exit, 4);
    }
    server.close();
    await once(server, 'close');
  });
}

test('a listener that hangs up is found out', async t => {
  const server = createServer(each => each.on('data', () => each.destroy()));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const place = server.address();
  const address = typeof place === 'object' && place !== null ? addressOf(`tcp:127.0.0.1:${place.port}`) : null;
  if (address === null) throw new Error('no address');
  t.is((await tried(socket(address))).end.outcome, 'closed-output');
  server.close();
});
