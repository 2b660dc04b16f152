import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import test from 'ava';
import {cruise, type ICruiseResult} from 'dependency-cruiser';
import rules from '../.dependency-cruiser.mjs';

/** Imports that the rules forbid, each under the rule that must name it: [the file that imports, what it imports]. */
const FORBIDDEN: Record<string, readonly (readonly [string, string])[]> = {
  'the library stands alone': [
    ['src/clock.ts', 'node:timers'],
    ['src/parse.ts', 'commander'],
    ['src/scene.ts', '../model/index.js'],
    ['src/judge.ts', '../conformance/index.js'],
  ],
  'the library knows no driver': [
    ['src/host.ts', './driver/index.js'],
    ['model/scenes/driven.ts', '../../src/driver/index.js'],
    ['conformance/driven.ts', '../src/driver/index.js'],
  ],
  'the explorer knows no protocol': [
    ['model/define/vote.ts', '../../src/index.js'],
    ['model/engine/search.ts', '../scenes/protect.js'],
    ['model/examples/two-phase.ts', '../cli/main.js'],
    ['model/report/print.ts', '../../src/index.js'],
  ],
  'reports know results only': [['model/report/table.ts', '../engine/visited.js']],
  'scenes know no command line': [['model/scenes/failover.ts', '../cli/main.js']],
  'models know no conformance suite': [['model/cli/judge.ts', '../../conformance/index.js']],
  'nothing needs the benchmarks': [['model/report/speed.ts', '../bench/results.js']],
  'nothing imports tests': [
    ['src/sample.ts', '../test/arbitraries.js'],
    ['model/engine/sample.ts', '../../test/arbitraries.js'],
    ['conformance/sample.ts', '../test/arbitraries.js'],
  ],
  'what is shipped needs no development package': [
    ['model/cli/random.ts', 'fast-check'],
    ['conformance/random.ts', 'fast-check'],
  ],
  'no cycles': [['conformance/ouroboros.ts', './ouroboros.js']],
  'every import resolves': [['conformance/lost.ts', './nowhere.js']],
};

/** Imports that every arrow allows. */
const ALLOWED: readonly (readonly [string, string])[] = [
  ['src/union.ts', 'ts-pattern'],
  ['src/rows.ts', 'typescript-fsm'],
  ['src/driver/driver.ts', '../index.js'],
  ['model/scenes/protect.ts', '../../src/index.js'],
  ['model/cli/main.ts', 'commander'],
  ['model/cli/load.ts', 'node:url'],
  ['model/engine/result.ts', '../report/result.js'],
  ['model/bench/table.ts', './results.js'],
  ['model/bench/holdfast.ts', '../report/result.js'],
  ['conformance/oracle.ts', '../src/index.js'],
  ['conformance/cases.ts', '../model/index.js'],
  ['test/library.test.ts', '../src/index.js'],
  ['test/random.test.ts', 'fast-check'],
];

/** What the imports above lead to; these files import nothing. */
const LEAVES = [
  'src/index.ts',
  'src/driver/index.ts',
  'model/index.ts',
  'model/engine/visited.ts',
  'model/report/result.ts',
  'model/bench/results.ts',
  'conformance/index.ts',
  'test/arbitraries.ts',
];

/** What these files declare as their dependencies. */
const PACKAGE = {
  type: 'module',
  dependencies: {commander: '*', 'ts-pattern': '*', 'typescript-fsm': '*'},
  devDependencies: {'fast-check': '*'},
};

/** Writes the imports down as files (as types: the weakest import counts too) and lists what is found: `rule: file`. */
const violations = async (imports: readonly (readonly [string, string])[]): Promise<string[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-arrows-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), text);
  };
  try {
    for (const leaf of LEAVES) write(leaf, 'export {};\n');
    for (const [from, to] of imports) write(from, `import type {Name} from '${to}';\n`);
    write('package.json', JSON.stringify(PACKAGE));
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'dir');
    const {output} = await cruise(['src', 'model', 'conformance', 'test'], {
      ...rules.options,
      tsConfig: {},
      baseDir: folder,
      ruleSet: {forbidden: rules.forbidden ?? []},
      validate: true,
    });
    return (output as ICruiseResult).summary.violations.map(({rule, from}) => `${rule.name}: ${from}`);
  } finally {
    rmSync(folder, {recursive: true});
  }
};

test('every forbidden import is found, under the rule that forbids it', async t => {
  const cases = Object.entries(FORBIDDEN).flatMap(([rule, imports]) => imports.map(([from]) => `${rule}: ${from}`));
  const found = await violations([...ALLOWED, ...Object.values(FORBIDDEN).flat()]);
  t.deepEqual(
    cases.filter(expected => !found.includes(expected)),
    [],
  );
});

test('imports along the arrows are let through', async t => {
  t.deepEqual(await violations(ALLOWED), []);
});

test('every rule has an import that it must find', t => {
  t.deepEqual(Object.keys(FORBIDDEN).sort(), rules.forbidden?.map(({name}) => name ?? 'nameless').sort());
});
