// An object becomes a program that speaks the adapter protocol.

import {PassThrough} from 'node:stream';
import {text} from 'node:stream/consumers';
import test from 'ava';
import {haModule, referenceOf, serve} from '../../conformance/index.js';
import {eager} from '../../src/index.js';

const spoken = async (...requests: readonly object[]): Promise<readonly unknown[]> => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  input.end(requests.map(request => `${JSON.stringify(request)}\n`).join(''));
  await serve({implementation: {name: 'reference'}}, {ha: referenceOf(haModule, eager)}, input, output);
  output.end();
  const lines = (await text(output)).trimEnd().split('\n');
  return lines.map(line => JSON.parse(line));
};

const config = {self: 'h1', hosts: ['h1', 'h2'], vms: [], repairs: {terms: true}};

test('it introduces itself with the modules that it has', async t => {
  t.deepEqual(await spoken({id: 0, cmd: 'hello'}), [
    {id: 0, ok: true, protocol: 'holdfast/1', implementation: {name: 'reference'}, modules: ['ha']},
  ]);
});

test('it answers each step with the effects, and ends at bye', async t => {
  const answers = await spoken(
    {id: 1, cmd: 'reset', module: 'ha', config},
    {id: 2, cmd: 'step', event: {type: 'Crashed'}},
    {id: 3, cmd: 'bye'},
    {id: 4, cmd: 'step', event: {type: 'Restarted'}},
  );
  t.deepEqual(answers, [
    {id: 1, ok: true},
    {id: 2, ok: true, effects: []},
    {id: 3, ok: true},
  ]);
});

test('it refuses in words what it cannot do, and goes on', async t => {
  const answers = await spoken(
    {id: 1, cmd: 'step', event: {type: 'Crashed'}},
    {id: 2, cmd: 'reset', module: 'storage', config},
    {id: 3, cmd: 'dance'},
    {id: 4, cmd: 'reset', module: 'ha', config: null},
    {id: 5, cmd: 'step', event: {type: 'Received'}},
    {id: 6, cmd: 'bye'},
  );
  const codes = answers.map(answer => (answer as {error?: {code: string}}).error?.code ?? 'ok');
  t.deepEqual(codes, ['bad-request', 'unsupported', 'unsupported', 'ok', 'internal', 'ok']);
});
