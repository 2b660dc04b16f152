// What `npm run rules` measures, over explorations that take seconds.

import test from 'ava';
import {RULES} from '../../src/index.js';
import {firedIn, rowsOf} from './rule-coverage.js';

test('every rule has its text and its code', t => {
  const rows = rowsOf(new Map());
  t.is(rows.length, Object.keys(RULES).length);
  t.deepEqual(
    rows.filter(({chapter, files}) => chapter === null || files.length === 0).map(({id}) => id),
    [],
  );
});

test('every rule fires in an exploration, or in a walk from a fixed seed', async t => {
  const rows = rowsOf(await firedIn());
  t.deepEqual(
    rows.filter(({scenes}) => scenes.length === 0).map(({id}) => id),
    [],
  );
});
