// The suite's own README: its dialogue is what the kit says, its names are those of the code, and its tour leads where
// it says.

import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {OUTCOMES} from '../../conformance/adapter/breakdown.js';
import {EXIT} from '../../conformance/cli/exit.js';
import {LEVELS} from '../../conformance/report/verify.js';
import {hasPython, holdfastConform, inPython, kits} from './conform-command.js';

const text = readFileSync(join(kits, '..', 'README.md'), 'utf8');
const blocks = (language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, block = '']) => block);

test('the dialogue is the one that the kit in Python has', t => {
  const dialogue =
    blocks('text')
      .find(block => block.startsWith('>'))
      ?.trimEnd()
      .split('\n') ?? [];
  const said = (mark: string): readonly string[] =>
    dialogue.filter(line => line.startsWith(mark)).map(line => line.slice(2));
  t.true(said('>').length >= 6);
  t.is(said('>').length, said('<').length);
  if (!hasPython) return;
  const [command = '', ...words] = inPython('ha_module.py');
  const {stdout} = spawnSync(command, words, {input: `${said('>').join('\n')}\n`, encoding: 'utf8'});
  t.deepEqual(
    stdout
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line)),
    said('<').map(line => JSON.parse(line)),
  );
});

test('every outcome, level and exit code is explained', t => {
  for (const [name, meaning] of Object.entries(OUTCOMES)) t.true(text.includes(`| \`${name}\` | ${meaning} |`), name);
  for (const level of Object.keys(LEVELS)) t.true(text.includes(`| ${level} |`), level);
  for (const code of Object.values(EXIT)) t.true(text.includes(`\n| ${code} |`), String(code));
});

test('the tour in Python leads where it says', async t => {
  if (!hasPython) {
    t.pass();
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-tour-'));
  try {
    await holdfastConform('init', 'python', folder);
    const template = join(folder, 'template.py');
    const tried = () => holdfastConform('test', '--run', 'questions*', '--', 'python3', template);
    const [shown = ''] = blocks('text');
    const first = (await tried()).stdout.split('Broken, the most likely first:\n')[1] ?? '';
    t.true(first.startsWith(shown), 'the first failure is the one that is shown');

    const [mended = ''] = blocks('python');
    const before = readFileSync(template, 'utf8');
    const begin = '        if message["type"] == "AccessQuery":  # FB-13';
    const [head = '', rest = ''] = before.split(begin);
    const method = rest.slice(0, rest.indexOf('    def '));
    const after = method.replaceAll('return [', 'return effects + [');
    writeFileSync(template, `${head}${mended}${begin}${after}${rest.slice(method.length)}`);
    execFileSync('python3', ['-m', 'py_compile', template]);
    t.notRegex((await tried()).stdout, /TM-01 \(MUST\)/);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
});
