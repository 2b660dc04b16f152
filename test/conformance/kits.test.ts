// The starter kits, tried as their users would: each passes, its broken twin does not, and a template can be tried.

import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {conform, hostSuite, resultText, type Subject} from '../../conformance/index.js';
import {startHost} from '../../conformance/kits/typescript/host/host.js';
import type {HostConfig, HostEvent} from '../../src/index.js';
import {go, hasPython, holdfastConform, inPython, inTypeScript, kits, makeInGo} from './conform-command.js';

/** Where the programs in Go are. */
const made = mkdtempSync(join(tmpdir(), 'holdfast-kit-'));
test.before(() => {
  if (go !== null) makeInGo(made, ['kit', 'broken', 'template']);
});
test.after.always(() => rmSync(made, {recursive: true, force: true}));

type Kit = {
  readonly missing: string | null;
  readonly kit: readonly string[];
  readonly broken: readonly string[];
  readonly breaks: string;
  readonly template: readonly string[];
};

const KITS: Readonly<Record<string, Kit>> = {
  TypeScript: {
    missing: null,
    kit: inTypeScript('main.ts'),
    broken: inTypeScript('broken.ts'),
    breaks: 'WT-03, WT-05, WT-08',
    template: inTypeScript('template.ts'),
  },
  Python: {
    missing: hasPython ? null : 'python3',
    kit: inPython('ha_module.py'),
    broken: inPython('broken_ha_module.py'),
    breaks: 'FB-06',
    template: inPython('template.py'),
  },
  Go: {
    missing: go === null ? 'go' : null,
    kit: [join(made, 'kit')],
    broken: [join(made, 'broken')],
    breaks: 'TO-02',
    template: [join(made, 'template')],
  },
};

for (const [language, {missing, kit, broken, breaks, template}] of Object.entries(KITS)) {
  const isThere = missing === null;
  const title = (claim: string): string =>
    `${language}: ${claim}${isThere ? '' : ` (not tried: there is no ${missing})`}`;

  test.serial(title('the kit passes at level L2'), async t => {
    if (!isThere) {
      t.pass();
      return;
    }
    const {code, stdout} = await holdfastConform(
      'test',
      '--profile',
      'ha',
      '--lane',
      'deep',
      '--level',
      'L2',
      '--',
      ...kit,
    );
    t.regex(stdout, /^pass: ha: starter kit in \w+ 1\.0\.0: level L2\n/);
    t.is(code, 0);
  });

  test.serial(title('its broken twin fails by the rule that it breaks'), async t => {
    if (!isThere) {
      t.pass();
      return;
    }
    const {code, stdout} = await holdfastConform('test', '--profile', 'ha', '--lane', 'full', '--', ...broken);
    t.regex(stdout, new RegExp(`^fail: ha: .* broken 1\\.0\\.0: broken: ${breaks}\\n`));
    t.is(code, 1);
  });

  test.serial(title('the template can be tried as it stands'), async t => {
    if (!isThere) {
      t.pass();
      return;
    }
    const {code, stdout} = await holdfastConform('doctor', '--', ...template);
    t.regex(stdout, /It can be tried\.\n$/);
    t.is(code, 0);
  });
}

test('a kit is written from the specification: it imports nothing of this project', t => {
  const files = readdirSync(kits, {recursive: true, encoding: 'utf8'}).filter(name => /\.(ts|py)$/.test(name));
  t.true(files.length >= 8);
  for (const file of files) {
    const imports = readFileSync(join(kits, file), 'utf8').match(/^(?:import|from)\b.*$/gm) ?? [];
    t.deepEqual(
      imports.filter(line => /\.\.\/|holdfast['/]/.test(line)),
      [],
      file,
    );
  }
  const inGo = readdirSync(join(kits, 'go'), {recursive: true, encoding: 'utf8'}).filter(name => name.endsWith('.go'));
  t.true(inGo.length >= 8);
  for (const file of inGo) {
    const imports = readFileSync(join(kits, 'go', file), 'utf8').match(/^(?:import |\t)"([^"]+)"$/gm) ?? [];
    t.deepEqual(
      imports.filter(line => /\./.test(line) && !line.includes('"example.org/holdfast-kit/')),
      [],
      `${file} imports the standard library and its own module`,
    );
  }
});

test('a file of a kit has at most 300 lines', t => {
  const files = readdirSync(kits, {recursive: true, encoding: 'utf8'}).filter(name => /\.(ts|py|go)$/.test(name));
  t.true(files.length >= 30);
  for (const file of files) {
    const lines = readFileSync(join(kits, file), 'utf8').trimEnd().split('\n').length;
    t.true(lines <= 300, `${file}: ${lines}`);
  }
});

test.serial('Go: the storage modules pass at level L2', async t => {
  if (go === null) {
    t.pass();
    return;
  }
  const {code, stdout} = await holdfastConform(
    'test',
    '--profile',
    'storage',
    '--lane',
    'deep',
    '--level',
    'L2',
    '--',
    join(made, 'kit'),
  );
  t.regex(stdout, /^pass: storage: starter kit in Go 1\.0\.0: level L2\n/);
  t.is(code, 0);
});

test.serial('Go: the whole host passes the lane core', async t => {
  if (go === null) {
    t.pass();
    return;
  }
  const {code, stdout} = await holdfastConform('test', '--profile', 'host', '--lane', 'core', '--', join(made, 'kit'));
  t.regex(stdout, /^pass: host: starter kit in Go 1\.0\.0: level L0\n/);
  t.is(code, 0);
});

test.serial('Go: the broken twin of the whole host fails by the rule that it breaks', async t => {
  if (go === null) {
    t.pass();
    return;
  }
  const words = ['test', '--profile', 'host', '--lane', 'core', '--run', 'a member of a reign'];
  const {code, stdout} = await holdfastConform(...words, '--', join(made, 'broken'));
  t.regex(stdout, /^fail: host: starter kit in Go, broken 1\.0\.0: broken: HO-19\n/);
  t.is(code, 1);
});

const HOST_IN_PYTHON = ['test', '--profile', 'host', '--lane', 'core'];

test.serial('Python: the whole host passes the lane core', async t => {
  if (!hasPython) {
    t.pass();
    return;
  }
  const {code, stdout} = await holdfastConform(...HOST_IN_PYTHON, '--', ...inPython('whole_host.py'));
  t.regex(stdout, /^pass: host: starter kit in Python 1\.0\.0: level L0\n/);
  t.regex(stdout, /\nOf (\d+) stories: \1 told to the end\.\n/);
  t.is(code, 0);
});

for (const {slip, plan, breaks} of [
  {slip: 'commands one host only', plan: 'a primary that cannot write', breaks: 'FB-19, FB-20'},
  {slip: 'waits for the silent', plan: 'a command that is repeated', breaks: 'FO-54'},
]) {
  test.serial(`Python: the twin of the whole host that ${slip} fails by the rules that it breaks`, async t => {
    if (!hasPython) {
      t.pass();
      return;
    }
    const words = [...HOST_IN_PYTHON, '--run', plan];
    const {code, stdout} = await holdfastConform(...words, '--', ...inPython('broken_host.py'), slip);
    t.regex(stdout, new RegExp(`^fail: host: starter kit in Python, broken 1\\.0\\.0: broken: ${breaks}\\n`));
    t.is(code, 1);
  });
}

const HOST_IN_TYPESCRIPT = ['test', '--profile', 'host', '--lane', 'core'];

test.serial('TypeScript: the whole host passes the lane core', async t => {
  const {code, stdout} = await holdfastConform(...HOST_IN_TYPESCRIPT, '--', ...inTypeScript('main.ts'));
  t.regex(stdout, /^pass: host: starter kit in TypeScript 1\.0\.0: level L0\n/);
  t.regex(stdout, /\nOf (\d+) stories: \1 told to the end\.\n/);
  t.is(code, 0);
});

for (const {slip, plan, breaks, why} of [
  {slip: 'leaves without a word', plan: 'a reign that gives way', breaks: 'DR-02', why: 'missing: on storage: send to'},
  {slip: 'remembers a crash', plan: 'a host comes up', breaks: 'HO-20, TM-10', why: 'missing: set the timer Silence'},
]) {
  test.serial(`TypeScript: the twin of the whole host that ${slip} fails by the rules that it breaks`, async t => {
    const words = [...HOST_IN_TYPESCRIPT, '--run', plan];
    const {code, stdout} = await holdfastConform(...words, '--', ...inTypeScript('broken.ts'), slip);
    t.regex(stdout, new RegExp(`^fail: host: starter kit in TypeScript, broken 1\\.0\\.0: broken: ${breaks}\\n`));
    t.regex(stdout, new RegExp(`because ${why}`));
    t.is(code, 1);
  });
}

test('TypeScript: the whole host can be tried in the own process too', async t => {
  let handle: ReturnType<typeof startHost> = () => [];
  const subject: Subject<HostConfig, HostEvent> = {
    reset: config => {
      handle = startHost(config);
    },
    step: event => ({effects: handle(event)}),
  };
  const suite = hostSuite();
  const plans = suite.plans.filter(({name}) => ['stories', 'a host that is back'].includes(name));
  t.is(plans.length, 2);
  const result = await conform({...suite, plans}, subject);
  t.is(result.verdict, 'pass', resultText(result));
});

test('an adapter and its template have at most 150 lines together', t => {
  for (const files of [
    ['python/holdfast_adapter.py', 'python/template.py'],
    ['typescript/holdfast-adapter.ts', 'typescript/template.ts'],
    ['go/adapter/adapter.go', 'go/template/main.go'],
  ]) {
    const lines = files.map(file => readFileSync(join(kits, file), 'utf8').trimEnd().split('\n').length);
    t.true(lines.reduce((sum, each) => sum + each) <= 150, `${files.join(', ')}: ${lines.join(' + ')}`);
  }
});
