// What the language brings along and the explorer relies on, as it was before any model was loaded. A model that
// replaces some of it could make states equal that are not, and so hide a violation.

import {ModelError} from './errors.js';

const {getOwnPropertyDescriptor, getPrototypeOf, ownKeys} = Reflect;
const {is} = Object;

/** By name; what is asked for anew each time shows whether the name means something else now. */
const WATCHED: readonly (readonly [string, () => object])[] = [
  ['JSON', () => JSON],
  ['Object', () => Object],
  ['Object.prototype', () => Object.prototype],
  ['Reflect', () => Reflect],
  ['Math', () => Math],
  ['Number', () => Number],
  ['Array', () => Array],
  ['Array.prototype', () => Array.prototype],
  ['String.prototype', () => String.prototype],
  ['Map.prototype', () => Map.prototype],
  ['Set.prototype', () => Set.prototype],
  ['WeakMap.prototype', () => WeakMap.prototype],
  ['WeakSet.prototype', () => WeakSet.prototype],
  ['Int32Array.prototype', () => Int32Array.prototype],
  ['TypedArray.prototype', () => getPrototypeOf(Int32Array.prototype)!],
  ['Atomics', () => Atomics],
];

/** Chance is kept from models, and tests put something else in its place; the explorer takes none. */
const isFree = (name: string): boolean => name === 'Math.random';

type Kept = {readonly name: string; readonly owner: number; readonly key: string | symbol; readonly value: unknown};

const fieldOf = (owner: object, key: string | symbol): unknown => {
  const field = getOwnPropertyDescriptor(owner, key);
  return field?.get ?? field?.value;
};

/** Its own keys, and those that it inherits from another than Object.prototype, as a new one of its own hides them. */
const keysOf = (owner: object): readonly (string | symbol)[] => {
  const parent = getPrototypeOf(owner);
  return parent === null || parent === Object.prototype
    ? ownKeys(owner)
    : [...new Set([...ownKeys(owner), ...ownKeys(parent)])];
};

const OWNERS = WATCHED.map(([, owner]) => owner());
const KEPT: readonly Kept[] = WATCHED.flatMap(([of], owner) =>
  keysOf(OWNERS[owner]!).map(key => ({name: `${of}.${String(key)}`, owner, key, value: fieldOf(OWNERS[owner]!, key)})),
).filter(({name}) => !isFree(name));

const refuse = (name: string): never => {
  throw new ModelError(`it has replaced ${name}, on which the explorer relies`);
};

/** Throws a ModelError when something of it was replaced since; additions are nobody's business, but for one. */
export const requireIntrinsics = (): void => {
  if ('toJSON' in Array.prototype) throw new ModelError('it has added toJSON to all values: their texts tell no more');
  for (let n = 0; n < WATCHED.length; n++) if (WATCHED[n]![1]() !== OWNERS[n]) refuse(WATCHED[n]![0]);
  for (let n = 0; n < KEPT.length; n++) {
    const {name, owner, key, value} = KEPT[n]!;
    if (!is(fieldOf(OWNERS[owner]!, key), value)) refuse(name);
  }
};
