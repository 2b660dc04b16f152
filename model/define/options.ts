// Options of a model: declared once, with bounds and a sentence each. The command line and the library parse them
// alike.

import {shown} from './flaw.js';
import {checkSettings, plainList} from './settings.js';

/** One option of a model: its default, what it may be, and what it is about. */
export type Option<T> = {
  readonly kind: 'integer' | 'choice' | 'flag' | 'list';
  readonly about: string;
  readonly default: T;
  /** For a choice or a list: what may be said. */
  readonly values?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** The value that a text stands for, or what is wrong with the text. */
  readonly parse: (text: string) => Parsed<T>;
};

export type Parsed<T> = {readonly type: 'Ok'; readonly value: T} | {readonly type: 'Wrong'; readonly why: string};

/** The options of a model, by name. */
// biome-ignore lint/suspicious/noExplicitAny: the type of an option is whatever its declaration says
export type Options = Readonly<Record<string, Option<any>>>;

/** The values of a model's options, by name. */
export type Chosen<O extends Options> = {readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never};

const ok = <T>(value: T): Parsed<T> => ({type: 'Ok', value});
const wrong = (why: string): Parsed<never> => ({type: 'Wrong', why});

/** What an option was declared with, once it is known to make sense. */
const declared = <D extends object>(kind: string, of: D, known: readonly string[], values?: readonly string[]): D => {
  checkSettings(kind, of, known);
  const {default: value, min, max, about} = of as Partial<Option<unknown>>;
  const wrongWith = (why: string): RangeError => new RangeError(`${kind}(...) ${why}: ${shown({...of})}`);
  if (typeof about !== 'string') throw wrongWith('needs a sentence, about');
  if (
    values !== undefined &&
    (plainList(`values of ${kind}`, values).length === 0 || new Set(values).size < values.length)
  )
    throw wrongWith(`needs words that differ, not ${shown(values)}`);
  if (kind === 'choice' && !values?.some(each => each === value))
    throw wrongWith(`defaults to none of ${shown(values)}`);
  if (kind === 'integer' && !([value, min, max].every(Number.isSafeInteger) && isBetween(value, min, max)))
    throw wrongWith('needs whole numbers with min <= default <= max');
  return of;
};

const isBetween = (value: unknown, min = 0, max = 0): boolean => Number(value) >= min && Number(value) <= max;

/** A whole number between `min` and `max`, both included. */
export const integer = (of: {default: number; min: number; max: number; about: string}): Option<number> => ({
  ...declared('integer', of, ['default', 'min', 'max', 'about']),
  kind: 'integer',
  parse: text => {
    const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
    return value >= of.min && value <= of.max ? ok(value) : wrong(`is a whole number from ${of.min} to ${of.max}`);
  },
});

/** One of the words in `values`. */
export const choice = <const V extends string>(
  values: readonly V[],
  of: {default: NoInfer<V>; about: string},
): Option<V> => ({
  ...declared('choice', of, ['default', 'about'], values),
  kind: 'choice',
  values,
  parse: text => {
    const value = values.find(each => each === text);
    return value === undefined ? wrong(`is one of ${values.join(', ')}`) : ok(value);
  },
});

/** Off unless it is said. */
export const flag = (of: {about: string}): Option<boolean> => ({
  ...declared('flag', of, ['about']),
  kind: 'flag',
  default: false,
  parse: text =>
    text === 'true' || text === '' ? ok(true) : text === 'false' ? ok(false) : wrong('is said without a value'),
});

/** Any number of the words in `values`, said one at a time or joined by commas. */
export const list = <const V extends string>(values: readonly V[], of: {about: string}): Option<readonly V[]> => ({
  ...declared('list', of, ['about'], values),
  kind: 'list',
  default: [],
  values,
  parse: text => {
    const words = text.split(',').filter(word => word !== '');
    const unknown = words.find(word => !values.some(value => value === word));
    return unknown === undefined
      ? ok(values.filter(value => words.includes(value)))
      : wrong(`has no "${unknown}"; there are ${values.join(', ')}`);
  },
});

/**
 * The options of a model with what the caller chose, everything else at its default. Throws on an unknown or bad one.
 */
export const chosen = <O extends Options>(options: O, choices: Readonly<Record<string, unknown>>): Chosen<O> => {
  const names = Object.keys(options);
  for (const name of Object.keys(choices)) {
    if (!names.includes(name)) throw new RangeError(`there is no option "${name}"; there are ${names.join(', ')}`);
  }
  const pairs = Object.entries(options).map(([name, option]) => {
    const given = choices[name];
    if (given === undefined) return [name, option.default];
    const parsed: Parsed<unknown> = option.parse(Array.isArray(given) ? given.join(',') : String(given));
    if (parsed.type === 'Wrong') throw new RangeError(`option "${name}" ${parsed.why}, not ${JSON.stringify(given)}`);
    return [name, parsed.value];
  });
  return Object.fromEntries(pairs) as Chosen<O>;
};
