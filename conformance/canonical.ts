/** A plain JSON value as text: equal values are equal as text, in whatever order their keys stand. */
export const canonical = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  let text = '';
  if (Array.isArray(value)) {
    for (const part of value) text += text === '' ? canonical(part) : `,${canonical(part)}`;
    return `[${text}]`;
  }
  const record = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(record).sort())
    text += `${text === '' ? '' : ','}${named(key)}${canonical(record[key])}`;
  return `{${text}}`;
};

/** Keys are few and come often. */
const NAMED = new Map<string, string>();
const MOST_NAMED = 1000;

const named = (key: string): string => {
  const known = NAMED.get(key);
  if (known !== undefined) return known;
  const text = `${JSON.stringify(key)}:`;
  if (NAMED.size < MOST_NAMED) NAMED.set(key, text);
  return text;
};

/** What a plain value holds by name. */
export type Fields = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether two plain values are equal. */
export const isSame = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

const REMEMBERED = new WeakMap<object, string>();

/** The same for a value that never changes and is asked about again and again. */
export const remembered = (value: object): string => {
  const known = REMEMBERED.get(value);
  if (known !== undefined) return known;
  const text = canonical(value);
  REMEMBERED.set(value, text);
  return text;
};

const RECALLED = new Map<string, string>();
const MOST_RECALLED = 20_000;
const LONGEST_RECALLED = 4000;

/** The same for plain data that comes again and again, each time as another object: it is known by its JSON text. */
export const recalled = (value: unknown, text: string = JSON.stringify(value)): string => {
  const known = RECALLED.get(text);
  if (known !== undefined) return known;
  const made = canonical(value);
  if (RECALLED.size >= MOST_RECALLED) RECALLED.clear();
  if (text.length <= LONGEST_RECALLED) RECALLED.set(text, made);
  return made;
};

/** Where something stands inside a plain value: keys from the outside in. */
export type Path = readonly string[];

/** What stands there, or undefined. */
export const at = (value: unknown, [key, ...rest]: Path): unknown => {
  if (key === undefined) return value;
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? at((value as Record<string, unknown>)[key], rest)
    : undefined;
};

/** The value with something else put there; the value itself where it has no such place. */
export const replaced = <T>(value: T, [key, ...rest]: Path, part: unknown): T => {
  if (key === undefined) return part as T;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return value;
  const inner = replaced((value as Record<string, unknown>)[key], rest, part);
  return Array.isArray(value) ? (value.with(Number(key), inner) as T) : {...value, [key]: inner};
};
