// Golden traces: stories that a person can review. UPDATE_TRACES=1 writes what the library does now; read the diff.

import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {retold} from './story.js';

const folder = join(import.meta.dirname, '../traces');

for (const name of readdirSync(folder)) {
  test(`${name} tells what happens`, t => {
    const path = join(folder, name);
    const told = retold(readFileSync(path, 'utf8'));
    if (process.env['UPDATE_TRACES'] !== undefined) writeFileSync(path, told);
    t.is(readFileSync(path, 'utf8'), told);
  });
}
