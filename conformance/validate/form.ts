// Whether what a log says has a form that the specification knows, by the schemas of `spec/schemas`. The relations are
// total for whatever has it, and for nothing else. Our own: ajv takes 2.5 times as long and tells twenty errors of one
// wrong field, zod takes 15 times as long; which of many alternatives is meant, half of this, would still be ours.

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {shortened} from '../../model/report/layout.js';
import {textOf} from '../../model/report/value.js';
import {at, isRecord} from '../canonical.js';
import {specFolder} from '../spec-folder.js';

/** As much of JSON Schema as those of the specification are made of. */
type Schema = {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
};

/** What is wrong with a value that stands there, in words; null where nothing is. */
type Check = (value: unknown, place: string) => string | null;

/** Whoever calls chooses what its call is for. */
const CHOSEN = ['Purpose'];

const KNOWN = new Map<string, Check>();

/**
 * What keeps a value from being one of this schema, in words; null where nothing does. What else stands in it is not
 * looked at.
 */
export const malformation = (schema: string, value: unknown): string | null => {
  const known = KNOWN.get(schema);
  if (known !== undefined) return known(value, '');
  const folder = specFolder();
  if (folder === null) throw new Error('this installation has no specification');
  const text = readFileSync(join(folder, 'schemas', `${schema}.schema.json`), 'utf8');
  const {$defs, ...root} = JSON.parse(text) as Schema & {readonly $defs: Definitions};
  const check = checkOf(root, $defs);
  KNOWN.set(schema, check);
  return check(value, '');
};

type Definitions = Readonly<Record<string, Schema>>;

/** Definitions may name each other, so each is made when it is needed. */
const checkOf = (root: Schema, definitions: Definitions): Check => {
  const named = new Map<string, Check>();
  return made(root);

  function made(schema: Schema): Check {
    const {$ref: reference, anyOf, items, properties, required = []} = schema;
    if (reference !== undefined) return definition(nameIn(reference));
    if (anyOf !== undefined) return oneOf(alternatives(schema, definitions));
    if (items !== undefined) return listOf(made(items));
    if (properties === undefined) return scalarOf(schema);
    return recordOf(
      Object.entries(properties).map(([name, field]) => [name, made(field)]),
      required,
    );
  }

  function definition(name: string): Check {
    if (CHOSEN.includes(name)) return () => null;
    return (value, place) => {
      const check = named.get(name) ?? made(definitions[name] ?? {});
      named.set(name, check);
      return check(value, place);
    };
  }

  /** Which of them is meant is told by the fields that hold one of few values, by its type before all others. */
  function oneOf(schemas: readonly Schema[]): Check {
    const ways = schemas.map(schema => ({tags: tagsOf(schema), check: made(schema)}));
    return (value, place) => {
      if (ways.some(({tags, check}) => tags.every(tag => bears(value, tag)) && check(value, place) === null))
        return null;
      const near = nearest(ways, value);
      const [tag] = near[0]?.wrong ?? [];
      if (tag !== undefined) return unknown(value, place, tag.name);
      return near.at(-1)?.check(value, place) ?? null;
    };
  }
};

const nameIn = (reference: string): string => reference.replace('#/$defs/', '');

const alternatives = (schema: Schema, definitions: Definitions): readonly Schema[] => {
  const {$ref: reference, anyOf} = schema;
  const meant = reference === undefined ? undefined : definitions[nameIn(reference)];
  if (meant?.anyOf !== undefined) return alternatives(meant, definitions);
  if (meant?.properties !== undefined) return [meant];
  return anyOf === undefined ? [schema] : anyOf.flatMap(each => alternatives(each, definitions));
};

/** A field that can hold nothing but one of these. */
type Tag = {readonly name: string; readonly values: readonly unknown[]};

type Way = {readonly tags: readonly Tag[]; readonly check: Check};

const tagsOf = ({properties = {}}: Schema): readonly Tag[] =>
  Object.entries(properties).flatMap(([name, field]) => {
    const values = valuesOf(field);
    return values.length === 0 ? [] : [{name, values}];
  });

const valuesOf = ({const: only, enum: values = only === undefined ? [] : [only]}: Schema): readonly unknown[] => values;

const nearest = (ways: readonly Way[], value: unknown): readonly (Way & {readonly wrong: readonly Tag[]})[] => {
  const all = ways.map(way => ({
    ...way,
    wrong: way.tags.filter(tag => !bears(value, tag)),
  }));
  const cost = ({wrong}: (typeof all)[number]): number =>
    wrong.length + (wrong.some(({name}) => name === 'type') ? ways.length : 0);
  const least = Math.min(...all.map(cost));
  return all.filter(way => cost(way) === least);
};

const bears = (value: unknown, {name, values}: Tag): boolean => isRecord(value) && values.includes(value[name]);

const inside = (place: string, name: string): string => (place === '' ? name : `${place}.${name}`);

const placed = (place: string): string => (place === '' ? 'it' : place);

const shown = (value: unknown): string => shortened(textOf(value));

const unknown = (value: unknown, place: string, name: string): string => {
  const found = at(value, [name]);
  if (!isRecord(value)) return `${placed(place)} is ${shown(value)}, no object`;
  return found === undefined
    ? `${inside(place, name)} is missing`
    : `${inside(place, name)} is ${shown(found)}, which is not known`;
};

const recordOf =
  (fields: readonly (readonly [string, Check])[], required: readonly string[]): Check =>
  (value, place) => {
    if (!isRecord(value)) return `${placed(place)} is ${shown(value)}, no object`;
    const missing = required.find(name => !Object.hasOwn(value, name));
    if (missing !== undefined) return `${inside(place, missing)} is missing`;
    for (const [name, check] of fields) {
      const complaint = Object.hasOwn(value, name) ? check(at(value, [name]), inside(place, name)) : null;
      if (complaint !== null) return complaint;
    }
    return null;
  };

const listOf =
  (check: Check): Check =>
  (value, place) => {
    if (!Array.isArray(value)) return `${placed(place)} is ${shown(value)}, no list`;
    for (const [index, each] of value.entries()) {
      const complaint = check(each, inside(place, String(index)));
      if (complaint !== null) return complaint;
    }
    return null;
  };

const scalarOf = (schema: Schema): Check => {
  const {type, minimum = Number.NEGATIVE_INFINITY} = schema;
  const values = valuesOf(schema);
  const words = values.length > 0 ? values.map(shown).join(' or ') : (WORDS[type ?? ''] ?? 'it');
  return (value, place) => {
    const fits = isOfType(value, type) && (values.length === 0 || values.includes(value)) && !(Number(value) < minimum);
    return fits ? null : `${placed(place)} is ${shown(value)} where there has to be ${words}`;
  };
};

const WORDS: Readonly<Record<string, string>> = {
  integer: 'a count',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  null: 'null',
};

const isOfType = (value: unknown, type: string | undefined): boolean => {
  switch (type) {
    case undefined:
      return true;
    case 'null':
      return value === null;
    case 'integer':
      return Number.isSafeInteger(value);
    default:
      return typeof value === type;
  }
};
