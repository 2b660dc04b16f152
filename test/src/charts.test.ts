// The state charts of the specification are printed from the tables. UPDATE_CHARTS=1 writes them anew.

import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {type ITransition, StateMachine} from 'typescript-fsm';
import {PHASE_ROWS, POWER_ROWS, ROLE_ROWS, STAGE_ROWS} from '../../src/index.js';

const chartOf = <S extends string, E extends string>(
  start: S,
  rows: readonly Readonly<ITransition<S, E, never>>[],
): string => `\`\`\`mermaid\n${new StateMachine<S, E>(start, [...rows]).toMermaid().trim()}\n\`\`\``;

const CHARTS = [
  {chapter: 'spec/roles.md', name: 'role chart', chart: chartOf('secondary', ROLE_ROWS)},
  {chapter: 'spec/fallback.md', name: 'phase chart', chart: chartOf('idle', PHASE_ROWS)},
  {chapter: 'spec/failover.md', name: 'stage chart', chart: chartOf('watched', STAGE_ROWS)},
  {chapter: 'spec/runtime.md', name: 'power chart', chart: chartOf('stopped', POWER_ROWS)},
];

for (const {chapter, name, chart} of CHARTS) {
  test(`the ${name} in ${chapter} is the one of its table`, t => {
    const path = join(import.meta.dirname, '../..', chapter);
    const text = readFileSync(path, 'utf8');
    const place = new RegExp(`(<!-- ${name}: [^\\n]* -->\\n)([\\s\\S]*?)(<!-- end of ${name} -->)`);
    if (process.env['UPDATE_CHARTS'] !== undefined) {
      writeFileSync(
        path,
        text.replace(place, (_, begin, _old, end) => `${begin}${chart}\n${end}`),
      );
    }
    t.is(place.exec(readFileSync(path, 'utf8'))?.[2], `${chart}\n`);
  });
}

test('every table of transitions in src has its chart', t => {
  const src = join(import.meta.dirname, '../../src');
  const tables = readdirSync(src, {recursive: true, encoding: 'utf8'})
    .filter(path => path.endsWith('.ts'))
    .filter(path => /^export const ROWS\b/m.test(readFileSync(join(src, path), 'utf8')))
    .map(path => `src/${path}`);
  const charted = CHARTS.flatMap(
    ({chapter}) => readFileSync(join(src, '..', chapter), 'utf8').match(/(?<=generated from )src\/\S+/g) ?? [],
  );
  t.deepEqual(charted.sort(), tables.sort());
});
