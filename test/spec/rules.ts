// `npm run rules`: for every rule its chapter, the files that keep it, the scenes in which it fired, and how many tests
// name it. The exit code is 1 where a rule has no text, no code, or no explored transition.

import {columns} from '../../model/report/layout.js';
import {firedIn, rowsOf} from './rule-coverage.js';

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

const without = (of: (row: (typeof rows)[number]) => boolean): readonly string[] =>
  rows.filter(row => !of(row)).map(({id}) => id);

const MISSING = {
  text: without(({chapter}) => chapter !== null),
  code: without(({files}) => files.length > 0),
  'explored transition': without(({scenes}) => scenes.length > 0),
};
const unnamed = without(({tests}) => tests.length > 0);

const totals = Object.entries(MISSING).map(
  ([what, ids]) =>
    `${rows.length - ids.length} of ${rows.length} with ${what}${ids.length === 0 ? '' : `; not ${ids.join(' ')}`}`,
);
const named = `${rows.length - unnamed.length} of ${rows.length} named by a test`;

process.stdout.write(`${[...table, '', ...totals, named].join('\n')}\n`);
process.exitCode = Object.values(MISSING).every(ids => ids.length === 0) ? 0 : 1;
