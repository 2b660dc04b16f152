// What `npm run rules` measures, over explorations that take seconds.

import test from 'ava';
import {RULES} from '../../src/index.js';
import {firedIn, lacking, rowsOf} from './rule-coverage.js';

test('every rule has its text, its code and a test that names it', t => {
  const rows = rowsOf(new Map());
  t.is(rows.length, Object.keys(RULES).length);
  const {text, code, 'a test that names it': named} = lacking(rows);
  t.deepEqual({text, code, named}, {text: [], code: [], named: []});
});

test('every rule fires in an exploration, or in a walk from a fixed seed', async t => {
  t.deepEqual(lacking(rowsOf(await firedIn()))['an explored transition'], []);
});
