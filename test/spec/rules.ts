// `npm run rules`: for every rule its chapter, the files that keep it, the scenes in which it fired, and how many tests
// name it. The exit code is 1 where a rule has no text, no code, no explored transition, or no test that names it.

import {columns} from '../../model/report/layout.js';
import {firedIn, lacking, rowsOf} from './rule-coverage.js';

const rows = rowsOf(await firedIn());

const table = columns([
  ['rule', 'text', 'code', 'explored', 'tests'],
  ...rows.map(({id, chapter, files, scenes, tests}) => [
    id,
    chapter?.replace('spec/', '') ?? '-',
    files.length === 0 ? '-' : files.map(file => file.replace('src/', '')).join(' '),
    scenes.length === 0 ? '-' : scenes.join(' '),
    String(tests.length),
  ]),
]);

const missing = Object.entries(lacking(rows));
const totals = missing.map(
  ([what, ids]) =>
    `${rows.length - ids.length} of ${rows.length} with ${what}${ids.length === 0 ? '' : `; not ${ids.join(' ')}`}`,
);

process.stdout.write(`${[...table, '', ...totals].join('\n')}\n`);
process.exitCode = missing.every(([, ids]) => ids.length === 0) ? 0 : 1;
