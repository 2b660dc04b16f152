// Results that are kept as a file, with the version that found them.

/** The record that a text holds. Throws a RangeError that says what is wrong with it; `what` names its kind. */
export const recordIn = <T extends {readonly version: string}>(
  text: string,
  what: string,
  isOne: (value: Readonly<Record<string, unknown>>) => boolean,
): T => {
  const value: unknown = parsed(text);
  const isRecord = (read: unknown): read is T => isObject(read) && typeof read['version'] === 'string' && isOne(read);
  if (!isRecord(value)) throw new RangeError(`it is no record of ${what}`);
  return value;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new RangeError('it is not JSON, or was cut short');
  }
};
