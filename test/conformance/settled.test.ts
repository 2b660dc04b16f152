// What a program owes once a core has healed is judged by the command too.

import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import test from 'ava';
import {holdfastConform, kits} from './conform-command.js';

/** A storage module of which each answer that it leaves out may be lost, but not all of them. */
const program = `
import {serve} from '${pathToFileURL(join(kits, '..', 'index.ts')).href}';
import {doing, mutant, subjectOf} from '${pathToFileURL(join(kits, '..', 'mutants', 'mutant.ts')).href}';
import {storageContract} from '${pathToFileURL(join(kits, '..', 'storage', 'specification.ts')).href}';

const isHeard = ({stimulus}) => stimulus.type !== 'Set' || stimulus.value === 'protected';
const silent = mutant('', 'ST-05', doing((effects, situation) => (isHeard(situation) ? effects : [])));
await serve({implementation: {name: 'silent'}}, {storage: subjectOf(storageContract, silent)});
`;

const folder = mkdtempSync(join(tmpdir(), 'holdfast-settled-'));
test.after.always(() => rmSync(folder, {recursive: true, force: true}));

test('a storage module that never answers whoever repeats a SET does not conform, wherever it runs', async t => {
  const file = join(folder, 'silent.mts');
  writeFileSync(file, program);
  const subject = [process.execPath, '--import=tsx', file];
  const walks = ['--lane', 'deep', '--run', 'random walks', '--repairs', 'hardened'];
  const {code, stdout} = await holdfastConform('test', '--profile', 'storage', ...walks, '--', ...subject);
  t.regex(stdout, /^fail: storage: silent: broken: ST-02\n/);
  t.regex(stdout, /SET\s+unprotected\s+\(generation 0\)\s+is\s+never\s+answered/);
  t.is(code, 1);
});
