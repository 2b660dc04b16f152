// Log files that are not what they should be: each is named, with its line, and none passes for a log without faults.

import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import test from 'ava';
import {judgeFor} from '../../../conformance/validate/laws.js';
import {validationText} from '../../../conformance/validate/text.js';
import {validate} from '../../../conformance/validate/validate.js';
import {clusterLogs} from './cluster-logs.js';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-files-'));
test.after.always(() => rmSync(folder, {recursive: true, force: true}));

const [, own = []] = [...clusterLogs()][0] ?? [];
const lines = own.slice(0, 40);
const received = lines.findIndex(line => line.includes('"type":"Received"'));

/** A name that is free, so that the tests may run side by side. */
const judged = (name: string, content: string | Buffer) => {
  const file = join(folder, `${name.replaceAll(' ', '-')}.ndjson`);
  writeFileSync(file, content);
  return validate([file], judgeFor);
};

const whole = (changed: readonly string[]): string => `${changed.join('\n')}\n`;
const at = (index: number, change: (line: string) => string): string =>
  whole(lines.map((line, place) => (place === index ? change(line) : line)));

const WRONG: Readonly<Record<string, readonly [content: string | Buffer, line: number, reason: RegExp]>> = {
  'an empty file': ['', 1, /no line/],
  'a file of blank lines': ['\n\n', 1, /no line/],
  'a compressed file': [gzipSync(whole(lines)), 1, /compressed/],
  'a file in UTF-16': [Buffer.from(whole(lines), 'utf16le'), 1, /no UTF-8/],
  'a host whose name is no UTF-8': [
    Buffer.from(whole(lines).replace('"host":"h1","seq":3', '"host":"h\u00e9","seq":3'), 'latin1'),
    1 + lines.findIndex(line => line.includes('"seq":3')),
    /no UTF-8/,
  ],
  'an event that there is none of': [
    at(received, line => line.replace('"type":"Received"', '"type":"Recieved"')),
    received + 1,
    /Recieved/,
  ],
  'a message of a host that there is none of': [
    at(received, line => line.replace(/"from":"\w+"/, '"from":"h9"')),
    received + 1,
    /h9, no host of the cluster/,
  ],
  'a head that names another host than its configuration': [
    at(0, line => line.replace('"self":"h1"', '"self":"h2"')),
    1,
    /self is not h1/,
  ],
  'a repair that nothing is said of': [
    at(0, line => line.replace('"timeouts":true,', '')),
    1,
    /repairs.timeouts is missing/,
  ],
  'the line of another program': [at(20, () => '2026-01-01 INFO started'), 21, /not JSON/],
};

for (const [name, [content, line, reason]] of Object.entries(WRONG)) {
  test(`${name} is found, and told`, async t => {
    const found = await judged(name, content);
    t.is(found.answer, 'violated');
    t.is(found.violation?.line, line);
    t.regex(found.reason ?? '', reason);
    t.notThrows(() => validationText(found));
  });
}

for (const [name, content] of Object.entries({
  'a byte order mark': `\uFEFF${whole(lines)}`,
  'lines that end as on Windows': `${lines.join('\r\n')}\r\n`,
})) {
  test(`${name} changes nothing`, async t => {
    const {answer, lines: read} = await judged(name, content);
    t.deepEqual([answer, read], ['consistent', lines.length]);
  });
}

test('logs that stand one behind the other in a file are not all compared, and that is told', async t => {
  const logs = clusterLogs();
  const found = await judged('one behind the other', whole([...(logs.get('h5') ?? []), ...(logs.get('h1') ?? [])]));
  t.is(found.answer, 'partial');
  t.true(found.messages.unknown > 0);
  t.regex(found.reason ?? '', /the log of h1 begins behind lines that it has sent to/);
});

test('where a whole host is said to be an HA module alone, what others send it is no fault of ours', async t => {
  const files = [...clusterLogs()].slice(0, 2).map(([host, [head = '', ...steps]], index) => {
    const file = join(folder, `kinds-${host}.ndjson`);
    const other = index === 0 ? head.replace('"module":"host"', '"module":"ha"') : head;
    writeFileSync(file, whole([other, ...steps]));
    return file;
  });
  t.is((await validate(files, judgeFor)).answer, 'violated');
});

test('two logs of one module are refused', async t => {
  const file = join(folder, 'twice.ndjson');
  writeFileSync(file, whole(lines));
  await t.throwsAsync(validate([file, file], judgeFor), {message: /both logs of h1 \(host\)/});
});
