// The JSON Schemas of the specification are made of the types, and say of every message that the scenes send that it is
// one. UPDATE_SCHEMAS=1 writes them anew.

import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Ajv2020} from 'ajv/dist/2020.js';
import test from 'ava';
import {CATALOGUE} from '../../model/catalogue.js';
import {messagesOf} from './messages-seen.js';
import {fieldTable, type Schema, schemas} from './schemas.js';

const folder = join(import.meta.dirname, '../../spec/schemas');
const chapter = join(import.meta.dirname, '../../spec/messages.md');
const fresh = schemas();
const isUpdate = process.env['UPDATE_SCHEMAS'] !== undefined;

const fileOf = (name: string): string => `${name}.schema.json`;

test('the schema files are those that the types are made into', t => {
  if (isUpdate) {
    mkdirSync(folder, {recursive: true});
    for (const [name, schema] of Object.entries(fresh)) {
      writeFileSync(join(folder, fileOf(name)), `${JSON.stringify(schema, null, 2)}\n`);
    }
  }
  t.deepEqual(readdirSync(folder).sort(), Object.keys(fresh).map(fileOf).sort());
  for (const [name, schema] of Object.entries(fresh)) {
    t.is(readFileSync(join(folder, fileOf(name)), 'utf8'), `${JSON.stringify(schema, null, 2)}\n`, name);
  }
});

for (const name of ['ha-message', 'storage-message']) {
  test(`the fields that spec/messages.md lists are those of ${name}`, t => {
    const text = readFileSync(chapter, 'utf8');
    const place = new RegExp(`(<!-- fields of ${name}: [^\\n]* -->\\n)([\\s\\S]*?)(<!-- end of fields of ${name} -->)`);
    const table = fieldTable(schemaNamed(name));
    if (isUpdate) {
      writeFileSync(
        chapter,
        text.replace(place, (_, begin, _old, end) => `${begin}\n${table}\n${end}`),
      );
    }
    t.is(place.exec(readFileSync(chapter, 'utf8'))?.[2], `\n${table}\n`);
  });
}

const schemaNamed = (name: string): Schema => {
  const schema = fresh[name];
  if (schema === undefined) throw new RangeError(`there is no schema ${name}`);
  return schema;
};

const isOne = (name: string) => {
  const validate = new Ajv2020({allErrors: true}).compile(schemaNamed(name));
  return (value: unknown): boolean => validate(value);
};

/** The message types that a schema knows. */
const typesIn = (schema: Schema): readonly string[] =>
  [
    ...JSON.stringify(Object.entries(schema.$defs).filter(([name]) => name.endsWith('Message'))).matchAll(
      /"type":\{"type":"string","const":"(\w+)"\}/g,
    ),
  ].map(([, type = '']) => type);

/** Small explorations that between them send every type of message. */
const EXPLORED: Readonly<Record<string, ReadonlyArray<readonly [scene: string, choices: Record<string, string>]>>> = {
  'ha-message': [
    ['protect', {hosts: '3', views: '2', toggles: '1'}],
    ['protect', {hosts: '3', views: '1', toggles: '1', subsets: 'partition'}],
    ['election', {topology: 'links', cuts: '1', commands: '1'}],
    ['failover', {views: '1', crashes: '1', capacity: '1'}],
    ['failover', {views: '1', placement: 'publish'}],
    ['retrieve', {commits: '1'}],
  ],
  'storage-message': [['storage', {views: '1', toggles: '0', locks: '1', crashes: '1'}]],
};

for (const [name, explorations] of Object.entries(EXPLORED)) {
  test(`every message that the scenes send is one by ${name}, and none with a field less, more or other`, async t => {
    const validate = isOne(name);
    const types = new Set<string>();
    for (const [scene, choices] of explorations) {
      const entry = CATALOGUE.find(each => each.name === scene);
      if (entry === undefined) return t.fail(`there is no scene ${scene}`);
      const messages = await messagesOf(await entry.load(), choices);
      t.true(messages.length > 0, scene);
      for (const message of messages) {
        const text = JSON.stringify(message);
        types.add((message as {readonly type: string}).type);
        t.true(validate(message), text);
        t.false(validate({...message, surplus: 0}), `${text} with a field more`);
        for (const [field, value] of Object.entries(message)) {
          t.false(validate({...message, [field]: undefined}), `${text} without ${field}`);
          t.false(
            validate({...message, [field]: typeof value === 'number' ? -1 : 0.5}),
            `${text} with another ${field}`,
          );
        }
      }
    }
    t.deepEqual([...types].sort(), [...new Set(typesIn(schemaNamed(name)))].sort());
  });
}
