import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {timeline} from '../../../src/driver/example/timeline.js';

const GOLDEN = join(import.meta.dirname, 'five-hosts.txt');
const HEAD =
  '# What `npm run example` prints. UPDATE_TRACES=1 npx ava test/src/driver/timeline.test.ts writes it anew.';

const lines = timeline();

/** The index of the first line that has all of these, after the one of the given index. */
const after = (index: number, ...words: readonly string[]): number =>
  lines.findIndex((line, at) => at > index && words.every(word => line.includes(word)));

test('five hosts whose storage network is cut tell what they told before', t => {
  const told = `${[HEAD, '', ...lines].join('\n')}\n`;
  if (process.env['UPDATE_TRACES'] !== undefined) writeFileSync(GOLDEN, told);
  t.is(told, readFileSync(GOLDEN, 'utf8'));
});

test('the protection state is written through the fallback, by a host that has access', t => {
  const cut = after(-1, 'the storage network is cut');
  const asked = after(cut, 'h5', 'can you access web?');
  const commanded = after(asked, 'h5', 'commands h1: SET web protected');
  const done = after(commanded, 'h1', 'SET web ok');
  const reported = after(done, 'h5', 'tells the platform: web is protected');
  t.true(cut >= 0 && asked > cut && commanded > asked && done > commanded && reported > done);
});

test('a VM whose storage is on the other side is restarted there, and its ghost is ended', t => {
  const stalled = after(-1, 'h3', 'db is stalled here');
  const restarted = after(stalled, 'h4', 'db is running here');
  const ended = after(restarted, 'h3', 'db was ended here');
  t.true(stalled >= 0 && restarted > stalled && ended > restarted);
});

test('a VM whose host has crashed is restarted where it can run, not where the primary is', t => {
  const crash = after(-1, 'h1 crashes');
  const restarted = after(crash, 'h2', 'web is running here');
  t.true(crash >= 0 && restarted > crash);
});

test('the run is the same each time', t => {
  t.deepEqual(timeline(), lines);
});
