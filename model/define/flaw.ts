// Which values are plain data: what states, messages, keys and parameters are made of.

import {inspect, types} from 'node:util';

const MAX_DEPTH = 100;

/** What is wrong, and where in the value, as `.votes[2]`. */
type Found = {readonly what: string; readonly at: string};

const here = (what: string): Found => ({what, at: ''});

const below = (step: string, found: Found | null): Found | null =>
  found === null ? null : {what: found.what, at: step + found.at};

const inNumber = (value: number): Found | null => {
  if (!Number.isFinite(value)) return here(`the number ${value}`);
  return Object.is(value, -0) ? here('the number -0') : null;
};

/** A field must be what JSON writes of it: there to be seen, and the same each time it is looked at. */
const inField = (owner: object, key: string | symbol, step: string, depth: number): Found | null => {
  if (typeof key === 'symbol') return here('a symbol as a key');
  const field = Object.getOwnPropertyDescriptor(owner, key);
  if (field === undefined || field.enumerable !== true) return below(step, here('a hidden field'));
  if (!('value' in field)) return below(step, here('a getter'));
  return below(step, find(field.value, depth + 1));
};

const inArray = (values: readonly unknown[], depth: number): Found | null => {
  for (let i = 0; i < values.length; i++) {
    const found =
      i in values ? inField(values, String(i), `[${i}]`, depth) : below(`[${i}]`, here('a hole in an array'));
    if (found !== null) return found;
  }
  const keys = Reflect.ownKeys(values); // the places and `length`
  return keys.length === values.length + 1 ? null : here(`an array with the key ${String(keys.at(-1))}`);
};

const classOf = (prototype: object): string => (prototype.constructor?.name as string | undefined) || 'a class';

const inObject = (value: object, depth: number): Found | null => {
  if (depth > MAX_DEPTH) return here(`something nested deeper than ${MAX_DEPTH} levels, or in a circle`);
  if (types.isProxy(value)) return here('a proxy');
  const prototype: object | null = Object.getPrototypeOf(value);
  if (Array.isArray(value) && prototype === Array.prototype) return inArray(value, depth);
  if (prototype !== Object.prototype && prototype !== null) return here(`an instance of ${classOf(prototype)}`);
  for (const key of Reflect.ownKeys(value)) {
    const found = inField(value, key, `.${String(key)}`, depth);
    if (found !== null) return found;
  }
  return null;
};

const find = (value: unknown, depth: number): Found | null => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return null;
  if (typeof value === 'number') return inNumber(value);
  if (typeof value === 'object') return inObject(value, depth);
  return here(value === undefined ? 'undefined' : `a ${typeof value}`);
};

/** Why a value is not plain data, with the place in it: `the number NaN at .votes[2]`. Null when it is. */
export const flaw = (value: unknown): string | null => {
  const found = find(value, 0);
  if (found === null) return null;
  return found.at === '' || found.at.length > 80 ? found.what : `${found.what} at ${found.at}`;
};

/** What was frozen through and through; that an object is frozen says nothing of what is in it. */
const held = new WeakSet<object>();

/** Freezes plain data through and through, so that whoever changes it fails at once. */
export const frozen = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || held.has(value)) return value;
  Object.freeze(value);
  held.add(value);
  for (const field of Object.values(value)) frozen(field);
  return value;
};

/** Was it made so by `frozen`? */
export const isFrozen = (value: object): boolean => held.has(value);

const MAX_SHOWN = 200;

/** One line that names a value, however long or odd it is. */
export const shown = (value: unknown): string => {
  const text = flaw(value) === null ? JSON.stringify(value) : inspected(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
};

const inspected = (value: unknown): string => {
  try {
    return inspect(value, {depth: 3, breakLength: Number.POSITIVE_INFINITY, customInspect: false});
  } catch {
    return `something of type ${typeof value}`;
  }
};
