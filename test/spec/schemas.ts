// The messages of both networks, and the configurations, events and effects of the modules, as JSON Schemas (2020-12),
// made from the types of `src/`.

import {join} from 'node:path';
import {createGenerator} from 'ts-json-schema-generator';

type Json = null | boolean | number | string | readonly Json[] | {readonly [key: string]: Json};
type Fields = Readonly<Record<string, Json>>;

export type Schema = Fields & {readonly $defs: Readonly<Record<string, Fields>>};

const root = join(import.meta.dirname, '../..');

/** Where the types stand that each schema is made of. */
const ROOTS: Readonly<Record<string, readonly (readonly [file: string, type: string])[]>> = {
  'ha-message': [
    ['ha/messages', 'Message'],
    ['failover/messages', 'FailoverMessage'],
    ['retrieval/messages', 'RetrievalMessage'],
    ['ha/recovery/messages', 'VmStatus'],
    ['ha/recovery/messages', 'PlacePublished'],
  ],
  'storage-message': [['storage/directory/messages', 'StorageMessage']],
  'ha-event': [['ha/events', 'Event']],
  'ha-effect': [['ha/events', 'Effect']],
  'failover-event': [['failover/events', 'FailoverEvent']],
  'failover-effect': [['failover/events', 'FailoverEffect']],
  'attendant-event': [['failover/events', 'AttendantEvent']],
  'retrieval-event': [['retrieval/events', 'RetrievalEvent']],
  'retrieval-effect': [['retrieval/events', 'RetrievalEffect']],
  'runtime-event': [['runtime/events', 'RuntimeEvent']],
  'runtime-effect': [['runtime/events', 'RuntimeEffect']],
  'storage-event': [['storage/directory/events', 'StorageEvent']],
  'storage-effect': [['storage/directory/events', 'StorageEffect']],
  'ha-config': [['cluster/config', 'Config']],
  'storage-config': [['storage/directory/config', 'StorageConfig']],
  'host-config': [['host/config', 'HostConfig']],
  'host-event': [['host/events', 'HostEvent']],
  'host-effect': [['host/events', 'HostEffect']],
};

const BRAND = /^Brand<(?:string|number),"(\w+)">$/;

const isFields = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields whose numbers count nothing: a priority may be below all others, and a minute has parts. */
const UNCOUNTED = ['priority', 'schedule'];

/** As 2020-12 has it; and a number of the protocol counts something, so that it is not negative and has no fraction. */
const modern = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(modern);
  if (!isFields(value)) return value;
  const held = Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, UNCOUNTED.includes(key) ? each : modern(each)]),
  );
  const {$ref: reference} = value;
  if (typeof reference === 'string') return {...held, $ref: `#/$defs/${nameOf(referred(reference))}`};
  return value['type'] === 'number' ? {...held, type: 'integer', minimum: 0} : held;
};

const referred = (reference: string): string => decodeURIComponent(reference.replace('#/definitions/', ''));

/** A name without what JSON pointers would have to escape. */
const nameOf = (definition: string): string => definition.replace(/[^\w]+/g, '_').replace(/_$/, '');

const definitionsOf = (file: string, type: string): Readonly<Record<string, Json>> => {
  const generator = createGenerator({
    path: join(root, 'src', `${file}.ts`),
    tsconfig: join(root, 'tsconfig.pure.json'),
    type,
    skipTypeCheck: true,
    additionalProperties: false,
    topRef: true,
  });
  return JSON.parse(JSON.stringify(generator.createSchema(type).definitions ?? {})) as Record<string, Json>;
};

/** An id is the text or the number that it is of. */
const unbranded = (definitions: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> =>
  Object.fromEntries(
    Object.entries(definitions)
      .filter(([name]) => !BRAND.test(name))
      .map(([name, definition]) => {
        const {$ref: reference, ...rest} = isFields(definition) ? definition : {};
        const of = typeof reference === 'string' ? referred(reference) : '';
        const base = BRAND.test(of) ? definitions[of] : undefined;
        return [name, isFields(base) ? {...rest, type: base['type'] ?? null} : definition];
      }),
  );

const schemaOf = (name: string, roots: (typeof ROOTS)[string]): Schema => {
  const merged = Object.assign({}, ...roots.map(([file, type]) => unbranded(definitionsOf(file, type)))) as Fields;
  const definitions = Object.fromEntries(
    Object.entries(merged)
      .map(([definition, value]) => [nameOf(definition), modern(value)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ) as Record<string, Fields>;
  return {
    $comment: 'Generated from src/ by `UPDATE_SCHEMAS=1 npx ava test/spec/schemas.test.ts`.',
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: name,
    anyOf: roots.map(([, type]) => ({$ref: `#/$defs/${type}`})),
    $defs: definitions,
  };
};

/** Every schema, by its name. */
export const schemas = (): Readonly<Record<string, Schema>> =>
  Object.fromEntries(Object.entries(ROOTS).map(([name, roots]) => [name, schemaOf(name, roots)]));

/** A type as a reader would say it: names of definitions, alternatives, lists. */
const said = (value: Json | undefined): string => {
  if (!isFields(value)) return '';
  const {$ref: reference, anyOf, enum: values, const: only, type, items} = value;
  if (typeof reference === 'string') return reference.replace('#/$defs/', '');
  if (Array.isArray(anyOf)) return anyOf.map(said).join(' or ');
  if (Array.isArray(values)) return values.map(each => `\`${String(each)}\``).join(' or ');
  if (only !== undefined) return `\`${String(only)}\``;
  return type === 'array' ? `list of ${said(items)}` : String(type);
};

/** The alternatives of a definition, with those of the definitions that it names. */
const alternatives = (schema: Schema, value: Json | undefined): readonly Fields[] => {
  if (!isFields(value)) return [];
  const {$ref: reference, anyOf} = value;
  if (typeof reference === 'string') return alternatives(schema, schema.$defs[reference.replace('#/$defs/', '')]);
  return Array.isArray(anyOf) ? anyOf.flatMap(each => alternatives(schema, each)) : [value];
};

/** The fields besides `type`. */
const fieldsOf = ({properties}: Fields): string =>
  Object.entries(isFields(properties) ? properties : {})
    .filter(([field]) => field !== 'type')
    .map(([field, of]) => `\`${field}\`: ${said(of)}`)
    .join(', ');

const typeOf = ({properties}: Fields): string => said((properties as Fields | undefined)?.['type']);

/** Every message with its fields, and then every type that a field has, as tables in Markdown. */
export const fieldTable = (schema: Schema): string => {
  const messages = alternatives(schema, schema);
  const others = Object.entries(schema.$defs).filter(([name]) => !name.endsWith('Message'));
  return [
    '| Message | Fields |',
    '|---|---|',
    ...messages.map(message => `| ${typeOf(message).replaceAll('`', '')} | ${fieldsOf(message)} |`),
    '',
    '| Type | What it is |',
    '|---|---|',
    ...others.map(
      ([name, definition]) => `| ${name} | ${alternatives(schema, definition).map(shapeOf).join(';<br>')} |`,
    ),
    '',
  ].join('\n');
};

/** One alternative of a type: its tag, and what comes with that. */
const shapeOf = (value: Fields): string => {
  if (value['properties'] === undefined) return said(value);
  const fields = fieldsOf(value);
  return [typeOf(value), fields].filter(part => part !== '').join(': ');
};
