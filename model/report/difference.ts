// What changed inside a value: the paths that differ and nothing else.

import {textOf} from './value.js';

/**
 * One changed path. A side that is null is absent: the element was added, or removed. The sides are texts of values.
 */
export type Difference = {readonly path: string; readonly before: string | null; readonly after: string | null};

type Fields = Readonly<Record<string, unknown>>;
type Elements = readonly unknown[];

/** Two lists whose texts together have at most so many characters are easier to read whole. */
const SHORT = 56;
/** A list of which more elements came or went is easier to read whole as well. */
const MANY = 40;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isRecord = (value: unknown): value is Fields => isObject(value) && !Array.isArray(value);
const identity = (value: unknown): string => JSON.stringify(value) ?? 'undefined';
const isSame = (a: unknown, b: unknown): boolean => identity(a) === identity(b);

/** Two stages of one thing, rather than two things: records of one shape. */
const isKin = (a: unknown, b: unknown): boolean =>
  isRecord(a) && isRecord(b) && a['type'] === b['type'] && Object.keys(a).join() === Object.keys(b).join();

const added = (path: string, value: unknown): Difference => ({path, before: null, after: textOf(value)});
const removed = (path: string, value: unknown): Difference => ({path, before: textOf(value), after: null});
const replaced = (path: string, before: unknown, after: unknown): Difference => ({
  path,
  before: textOf(before),
  after: textOf(after),
});

/** The elements of `these` that `those` has no counterpart for. */
const surplus = (these: Elements, those: Elements): Elements => {
  const left = new Map<string, number>();
  for (const text of those.map(identity)) left.set(text, (left.get(text) ?? 0) + 1);
  return these.filter(element => {
    const text = identity(element);
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count <= 0;
  });
};

const ofLists = (path: string, before: Elements, after: Elements): readonly Difference[] => {
  const positions = before.length === after.length ? [...before.keys()].filter(i => !isSame(before[i], after[i])) : [];
  if (positions.length === 1 || (positions.length > 1 && positions.every(i => isKin(before[i], after[i])))) {
    return positions.flatMap(i => differences(`${path}[${i}]`, before[i], after[i]));
  }
  const gone = surplus(before, after);
  const come = surplus(after, before);
  const whole = replaced(path, before, after);
  const moved = gone.length + come.length;
  const isShort = `${whole.before}${whole.after}`.length <= SHORT;
  return moved === 0 || moved > MANY || (moved > 1 && isShort)
    ? [whole]
    : [...gone.map(element => removed(path, element)), ...come.map(element => added(path, element))];
};

const ofRecords = (path: string, before: Fields, after: Fields): readonly Difference[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap(key => {
    const inside = `${path}.${textOf(key)}`;
    if (!Object.hasOwn(before, key)) return [added(inside, after[key])];
    if (!Object.hasOwn(after, key)) return [removed(inside, before[key])];
    return differences(inside, before[key], after[key]);
  });

/**
 * The changed paths between two plain values. Lists are compared as lists of positions where only the content of a
 * position changed, as bags otherwise; records of different `type` are replaced whole.
 */
export const differences = (path: string, before: unknown, after: unknown): readonly Difference[] => {
  if (isSame(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return ofLists(path, before, after);
  if (isRecord(before) && isRecord(after) && before['type'] === after['type']) return ofRecords(path, before, after);
  return [replaced(path, before, after)];
};
