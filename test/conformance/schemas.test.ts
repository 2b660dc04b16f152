// The JSON Schemas are fresh, and say of real lines what the suite itself says of them.

import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Ajv2020} from 'ajv/dist/2020.js';
import test from 'ava';
import {answer, request} from '../../conformance/adapter/protocol.js';
import {schemas} from '../../conformance/adapter/schemas.js';

const folder = join(import.meta.dirname, '..', '..', 'conformance', 'schemas');

test('the schema files are those that the types are made of', t => {
  const fresh = schemas();
  if (process.env['UPDATE_SCHEMAS'] !== undefined) {
    for (const [name, text] of Object.entries(fresh)) writeFileSync(join(folder, name), text);
  }
  t.deepEqual(readdirSync(folder).sort(), Object.keys(fresh).sort());
  for (const [name, text] of Object.entries(fresh)) t.is(readFileSync(join(folder, name), 'utf8'), text, name);
});

/** Lines of a dialogue, and whether each is one. */
const SAMPLES: Readonly<Record<'request' | 'answer', readonly (readonly [unknown, boolean])[]>> = {
  request: [
    [{id: 0, cmd: 'hello', protocol: 'holdfast/1', suite: 'holdfast 1'}, true],
    [{id: 0, cmd: 'hello', protocol: 'holdfast/2', suite: 'holdfast 1'}, false],
    [{id: 1, cmd: 'reset', module: 'ha', config: {}}, true],
    [{id: 1, cmd: 'reset', module: 'toaster', config: {}}, false],
    [{id: 2, cmd: 'step', event: {type: 'Crashed'}}, true],
    [{cmd: 'bye'}, false],
    [{id: 4, cmd: 'bye', later: 'fields may be added'}, true],
  ],
  answer: [
    [{id: 0, ok: true, protocol: 'holdfast/1', implementation: {name: 'a'}, modules: ['ha']}, true],
    [{id: 1, ok: true}, true],
    [{id: 2, ok: true, effects: []}, true],
    [{id: 2, ok: false, error: {code: 'unsupported'}}, true],
    [{id: 2, ok: false, error: {code: 'whatever'}}, false],
    [{id: '2', ok: true}, false],
    [[], false],
  ],
};

for (const [name, shape] of Object.entries({request, answer})) {
  test(`the schema of a ${name} accepts what the suite accepts, and nothing else`, t => {
    const schema: object = JSON.parse(readFileSync(join(folder, `${name}.schema.json`), 'utf8'));
    const validate = new Ajv2020({strict: false, validateFormats: false}).compile(schema);
    for (const [sample, isOne] of SAMPLES[name as keyof typeof SAMPLES]) {
      t.is(validate(sample), isOne, JSON.stringify(sample));
      t.is(shape.safeParse(sample).success, isOne, JSON.stringify(sample));
    }
  });
}
