// What an author hands to a declaration, looked at once when it is declared: a word that is misspelt there would
// otherwise say nothing.

import {flaw, frozen, shown} from './flaw.js';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Throws a RangeError unless `settings` is a record with known keys only. */
export const checkSettings = (what: string, settings: unknown, known: readonly string[]): void => {
  if (!isRecord(settings))
    throw new RangeError(`${what} takes settings, as {${known.join(', ')}}, not ${shown(settings)}`);
  const stranger = Object.keys(settings).find(key => !known.includes(key));
  if (stranger === undefined) return;
  throw new RangeError(`${what} has no setting "${stranger}"; there are ${known.join(', ')}`);
};

/** What a declaration was given after its name: settings, if any, and then a function, which is not looked at. */
export const settingsIn = (
  what: string,
  rest: readonly unknown[],
  known: readonly string[],
): {readonly settings: {readonly each?: unknown}; readonly given: unknown} => {
  const settings = rest.length > 1 ? rest[0] : {};
  checkSettings(what, settings, known);
  return {settings: settings as {readonly each?: unknown}, given: rest[rest.length > 1 ? 1 : 0]};
};

/** Throws a RangeError unless `word` is one of those known, or was left out where `isNeeded` is false. */
export const checkWord = (what: string, word: unknown, known: readonly string[], isNeeded = false): void => {
  if (known.some(each => each === word) || (word === undefined && !isNeeded)) return;
  throw new RangeError(`${what} is ${known.map(each => `"${each}"`).join(' or ')}, not ${shown(word)}`);
};

/**
 * Throws a RangeError unless `given` is a function. It is given `count` arguments; one that names more of them would
 * find the others undefined.
 */
export const checkFunction = (what: string, given: unknown, count: number): void => {
  if (typeof given !== 'function') throw new RangeError(`${what} needs a function, not ${shown(given)}`);
  if (given.length <= count) return;
  throw new RangeError(
    `the function of ${what} names ${given.length} parameters and is given ${count}; each: product(as, bs) gives more`,
  );
};

/** Throws a RangeError unless `name` is one line of text with something in it. */
export const checkName = (kind: string, name: unknown): void => {
  if (typeof name !== 'string' || name === '' || /\p{Cc}/u.test(name))
    throw new RangeError(`the name of this ${kind} is a line of text, not ${shown(name)}`);
};

/** A list of plain values, each frozen. Throws a RangeError where it is none. */
export const plainList = <T>(what: string, values: readonly T[]): readonly T[] => {
  if (!Array.isArray(values)) throw new RangeError(`${what} is a list, not ${shown(values)}`);
  for (const value of values) {
    const found = flaw(value);
    if (found !== null) throw new RangeError(`${what} has ${found}, which is not plain data: ${shown(value)}`);
    frozen(value);
  }
  return values;
};
