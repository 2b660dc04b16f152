// The table of claims: whatever it names exists, and every rule that comes from a claim is in it.

import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {PROPERTY_NAMES as CLUSTER} from '../../model/scenes/cluster/options.js';
import {PROPERTY_NAMES as ELECTION} from '../../model/scenes/election/options.js';
import {PROPERTY_NAMES as FAILOVER} from '../../model/scenes/failover/options.js';
import {PROPERTY_NAMES as PROTECT} from '../../model/scenes/protect/options.js';
import {PROPERTY_NAMES as RETRIEVE} from '../../model/scenes/retrieve/options.js';
import {PROPERTY_NAMES as STORAGE} from '../../model/scenes/storage/options.js';
import {RULES} from '../../src/index.js';
import {written} from './rule-text.js';

const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  protect: PROTECT,
  election: ELECTION,
  storage: STORAGE,
  failover: FAILOVER,
  retrieve: RETRIEVE,
  cluster: CLUSTER,
};

const root = join(import.meta.dirname, '../..');
const lines = readFileSync(join(root, 'spec/claims.md'), 'utf8').split('\n');

/** A row: an element of a claim, and what it became. */
const rows = lines
  .filter(line => /^\| (?!Element|-)/.test(line))
  .map(line => line.split('|').slice(1, -1))
  .map(([element = '', rules = '', code = '', properties = '']) => ({
    element: element.trim(),
    rules: rules.match(/[A-Z]{2}-\d\d/g) ?? [],
    files: [...code.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file),
    properties: [...properties.matchAll(/`([^`]+)`/g)].map(([, property = '']) => property),
  }));

test('every element of a claim has rules, code and properties', t => {
  t.true(rows.length > 20);
  t.deepEqual(
    rows.filter(({rules, files, properties}) => Math.min(rules.length, files.length, properties.length) === 0),
    [],
  );
});

test('every rule, file and property that the table names exists', t => {
  const rules = rows.flatMap(each => each.rules).filter(id => !(id in RULES));
  const files = rows.flatMap(each => each.files).filter(file => !existsSync(join(root, file)));
  const properties = rows
    .flatMap(each => each.properties)
    .filter(named => !PROPERTIES[named.split(': ')[0] ?? '']?.includes(named.split(': ')[1] ?? ''));
  t.deepEqual({rules, files, properties}, {rules: [], files: [], properties: []});
});

test('of the rules of each element, every one is kept by a file of that row', t => {
  const strangers = rows.flatMap(({element, rules, files}) => {
    const code = files.map(file => readFileSync(join(root, file), 'utf8')).join('\n');
    return rules.filter(id => !code.includes(id)).map(id => `${id}: ${element}`);
  });
  t.deepEqual(strangers, []);
});

test('every rule whose source is a claim is in the table', t => {
  const named = rows.flatMap(each => each.rules);
  const ofClaims = written.filter(({source}) => /\bclaims?\b/.test(source)).map(({id}) => id);
  t.true(ofClaims.length > 15);
  t.deepEqual(
    ofClaims.filter(id => !named.includes(id)),
    [],
  );
});
