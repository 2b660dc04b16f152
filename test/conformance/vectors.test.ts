// The test vectors: their form, that they are the same each time, and that a runner in Python tells right from wrong.

import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {withModule} from '../../conformance/suites.js';
import {drawn} from '../../conformance/vectors/draw.js';
import {vector} from '../../conformance/vectors/vector.js';
import {profile} from '../../src/index.js';
import {hasPython, holdfastConform, kits} from './conform-command.js';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-vectors-'));
test.after.always(() => rmSync(folder, {recursive: true, force: true}));

const linesOf = (module: string): readonly string[] =>
  readFileSync(join(folder, `${module}.ndjson`), 'utf8')
    .trimEnd()
    .split('\n');

test.serial('the command writes vectors, each with an id of its own, that come to nearly every rule', async t => {
  const {code, stdout} = await holdfastConform('vectors', '--out', folder);
  t.is(code, 0);
  const [, covered = 0, all = 0] =
    /ha\.ndjson: \d+ vectors, which come to (\d+) of (\d+) rules/.exec(stdout)?.map(Number) ?? [];
  t.true(covered > 0.85 * all, stdout);
  for (const module of ['ha', 'storage']) {
    const vectors = linesOf(module).map(line => vector.parse(JSON.parse(line)));
    t.true(vectors.length > 40);
    t.is(new Set(vectors.map(({id}) => id)).size, vectors.length);
    if (module === 'ha') t.true(vectors.some(({steps}) => steps.some(({allow}) => allow.length > 1)));
    for (const {steps} of vectors) for (const {allow, follow} of steps) t.true(follow < allow.length);
  }
});

test.serial('they are the same each time', t => {
  const again = withModule('storage', profile('hardened'), 'full', suite => drawn('storage', suite));
  t.deepEqual(
    again.map(each => JSON.stringify(each)),
    linesOf('storage'),
  );
});

const inPython = (module: string, name: string) =>
  spawnSync('python3', ['-B', 'run_vectors.py', join(folder, 'ha.ndjson'), module, name], {
    cwd: join(kits, 'python'),
    env: {...process.env, PYTHONPATH: folder},
    encoding: 'utf8',
  });

test.serial('a runner in Python passes the kit, and fails its broken twin by the rule that it breaks', t => {
  if (!hasPython) {
    t.pass();
    return;
  }
  const right = inPython('ha_module', 'HaModule');
  t.is(right.status, 0, right.stdout + right.stderr);
  const wrong = inPython('broken_ha_module', 'BrokenHaModule');
  t.is(wrong.status, 1);
  t.regex(wrong.stdout, /^V-[0-9a-f]{8} step 2: not what FB-01 allow: .*"Report"/m);
});

test.serial('it takes no offence at a timer that is cancelled although it does not run', t => {
  const cautious = `
from ha_module import HaModule

class Cautious(HaModule):
    def handle(self, event):
        effects = []
        for effect in super().handle(event):
            phases = ["setting", "querying", "commanding", "waiting"] if effect["type"] == "CancelTimer" else []
            effects += [{**effect, "timer": {**effect["timer"], "phase": phase}} for phase in phases] or [effect]
        return effects
`;
  if (!hasPython) {
    t.pass();
    return;
  }
  writeFileSync(join(folder, 'cautious.py'), cautious);
  const {status, stdout, stderr} = inPython('cautious', 'Cautious');
  t.is(status, 0, stdout + stderr);
});
