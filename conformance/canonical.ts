/** A plain JSON value as text: equal values are equal as text, in whatever order their keys stand. */
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join()}}`;
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
  return {...value, [key]: replaced((value as Record<string, unknown>)[key], rest, part)};
};
