// A reader of the Informal Trace Format that accepts nothing else: ADR-015 of Apalache, in its revision of 2023.

type Fields = Readonly<Record<string, unknown>>;

/** What a trace says, in JavaScript's own terms: sets, maps and big integers are what they are here. */
export type Itf = {
  readonly vars: readonly string[];
  readonly states: readonly Fields[];
  readonly actions: readonly unknown[];
  readonly loop: number | null;
};

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPair = (value: unknown): value is readonly [unknown, unknown] => Array.isArray(value) && value.length === 2;

const special = (record: Fields): unknown => {
  const [[name, content] = ['', null], ...others] = Object.entries(record);
  if (others.length > 0) throw new Error(`${name} stands beside other fields`);
  if (name === '#bigint' && typeof content === 'string' && /^-?\d+$/.test(content)) return BigInt(content);
  if (name === '#unserializable' && typeof content === 'string') return {unserializable: content};
  if (name === '#set' && Array.isArray(content)) return new Set(content.map(expression));
  if (name === '#tup' && Array.isArray(content)) return content.map(expression);
  if (name === '#map' && Array.isArray(content) && content.every(isPair)) {
    return new Map(content.map(([key, value]) => [expression(key), expression(value)]));
  }
  throw new Error(`no expression: ${JSON.stringify(record)}`);
};

const expression = (value: unknown): unknown => {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(expression);
  if (!isRecord(value)) throw new Error(`no expression: ${JSON.stringify(value)}`);
  const isSpecial = Object.keys(value).some(name => name.startsWith('#'));
  return isSpecial
    ? special(value)
    : Object.fromEntries(Object.entries(value).map(([name, field]) => [name, expression(field)]));
};

/** Reads a trace. Throws where the text is no trace. */
export const readItf = (text: string): Itf => {
  const {'#meta': meta, vars, states, loop = null, ...others}: Fields = JSON.parse(text);
  if (!isRecord(meta)) throw new Error('#meta is no object');
  if (Object.keys(others).length > 0) throw new Error(`unknown fields: ${Object.keys(others)}`);
  if (!Array.isArray(vars) || !vars.every(name => typeof name === 'string')) throw new Error('vars are no names');
  if (!Array.isArray(states) || states.length === 0) throw new Error('there are no states');
  const isStart = typeof loop === 'number' && loop >= 0 && loop < states.length;
  if (loop !== null && !isStart) throw new Error(`no state number ${loop}`);
  const read = states.map(({'#meta': note, ...values}: Fields, index) => {
    if (!isRecord(note) || note['index'] !== index) throw new Error(`state ${index} is out of place`);
    const [expected, found] = [[...vars].sort(), Object.keys(values).sort()];
    if (JSON.stringify(expected) !== JSON.stringify(found))
      throw new Error(`state ${index} has the variables ${found}`);
    return {values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, expression(value)])), note};
  });
  return {
    vars,
    states: read.map(({values}) => values),
    actions: read.map(({note}) => note['action']),
    loop: isStart ? loop : null,
  };
};
