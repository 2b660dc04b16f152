// Lines as answers. A subject says the same again and again, under other numbers: each line is read once.

import {type Heard, ofEffects} from '../driver.js';
import {Breakdown} from './breakdown.js';

export type Fields = Readonly<Record<string, unknown>>;

/** An answer, and the number of the request that it answers. The fields are shared: their own `id` means nothing. */
export type Read = {readonly id: number; readonly fields: Fields};

/** The number stands first or last in most answers. */
const FIRST = /^\{"id":(\d{1,15}),/;
const LAST = /,"id":(\d{1,15})\}$/;

/** What is kept, at most: so many answers, none longer than so many characters. */
const MOST_KEPT = 20_000;
const LONGEST_KEPT = 2000;

/** A reader of lines, with a memory of its own. A line that is no answer is a breakdown. */
export const answerReader = (): ((line: string) => Read | Breakdown) => {
  const kept = new Map<string, Fields>();
  return line => {
    const found = line.length > LONGEST_KEPT ? null : (FIRST.exec(line) ?? LAST.exec(line));
    if (found === null) return read(line);
    const rest = found.index === 0 ? line.slice(found[0].length) : line.slice(0, found.index);
    const known = kept.get(rest);
    if (known !== undefined) return {id: Number(found[1]), fields: known};
    const fresh = read(line);
    const isPlain = !(fresh instanceof Breakdown) && fresh.id === Number(found[1]) && !hasOther(rest);
    if (isPlain && kept.size < MOST_KEPT) kept.set(rest, fresh.fields);
    return fresh;
  };
};

/** A second `id` in the same object would be the one that counts. */
const hasOther = (rest: string): boolean => rest.includes('"id"');

const shown = (text: string): string => JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}...` : text);

/** The line as an answer, as far as that can be told without knowing the request. */
const read = (line: string): Read | Breakdown => {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return new Breakdown('not-json', `it wrote ${shown(line)}, which is not JSON. ${hintFor(line)}`);
  }
  const wrong = line.length > 2 * DEEPEST && isDeep(value, DEEPEST) ? TOO_DEEP : wrongIn(value);
  return wrong === null
    ? {id: Number((value as Fields)['id']), fields: value as Fields}
    : new Breakdown('wrong-shape', `it wrote ${shown(line)}: ${wrong}`);
};

/** How far lists and objects of an answer may be nested. Whatever goes through an answer may call itself so often. */
const DEEPEST = 100;
const TOO_DEEP = `its lists and objects are nested more than ${DEEPEST} deep`;

const isDeep = (value: unknown, left: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (left === 0 || Object.values(value).some(part => isDeep(part, left - 1)));

const hintFor = (line: string): string => {
  if (line.trim() === '') return 'Each answer ends with one newline, and there are no empty lines.';
  if (line.startsWith('\uFEFF')) return 'It begins with a byte order mark: write UTF-8 without one.';
  if (/^\s*[{[}\]"]/.test(line)) return 'An answer is one JSON object on one line.';
  return 'Standard output is for answers only; log to standard error.';
};

/** What keeps a value from being an answer, if anything. */
const wrongIn = (value: unknown): string | null => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'an answer is a JSON object';
  const {id, ok} = value as Fields;
  if (id === undefined) return 'it has no "id"; an answer repeats that of its request';
  if (!Number.isSafeInteger(id)) return `"id" is ${idShown(id)}; an answer repeats that of its request`;
  return typeof ok === 'boolean' ? null : 'it has no "ok", which is true or false';
};

const idShown = (id: unknown): string => (typeof id === 'number' ? String(id) : JSON.stringify(id).slice(0, 40));

/** An answer to another request than the one that has to be answered next, if there is one. */
export const unasked = (line: string, id: number, next: number | null): Breakdown => {
  if (next === null)
    return new Breakdown('unsolicited', `it wrote an answer that nobody had asked for: ${shown(line)}`);
  const why = id < next ? `request ${id} is answered already` : 'there is one answer to each request, in their order';
  return new Breakdown('unsolicited', `it answered request ${id} where request ${next} was next: ${why}`);
};

/** What it said when it could not do what it was asked. */
export const complaintOf = ({error}: Fields): string => {
  const {code, message} = (typeof error === 'object' && error !== null ? error : {}) as Fields;
  return [code, message].filter(part => typeof part === 'string').join(': ') || 'no reason given';
};

const STEPS = new WeakMap<Fields, Heard>();

/** The answer to `step` as what was heard. */
export const steppedIn = (fields: Fields): Heard => {
  const known = STEPS.get(fields);
  if (known !== undefined) return known;
  const heard = effectsIn(fields);
  STEPS.set(fields, heard);
  return heard;
};

const effectsIn = (fields: Fields): Heard => {
  const {ok, effects} = fields;
  if (ok !== true) return refusedIn(fields, 'step');
  if (Array.isArray(effects)) return isBounded(effects) ? ofEffects(effects) : UNBOUNDED;
  const found = JSON.stringify(effects)?.slice(0, 120) ?? 'not there';
  const reason = `it answered step without a list of effects: "effects" is ${found}`;
  return {type: 'Broken', outcome: 'wrong-shape', reason};
};

/** JSON may write numbers that are read as infinite, which is none that could be compared or told. */
const UNBOUNDED: Heard = {
  type: 'Broken',
  outcome: 'wrong-shape',
  reason: 'it answered step with a number that is larger than any that can be read',
};

const isBounded = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).every(isBounded)
    : typeof value !== 'number' || Number.isFinite(value);

/** The answer to `reset` as what was heard. */
export const resetIn = (fields: Fields): Heard =>
  fields['ok'] === true ? {type: 'Drained', text: '[]'} : refusedIn(fields, 'reset');

const refusedIn = (fields: Fields, command: string): Heard => ({
  type: 'Broken',
  outcome: 'refused',
  reason: `it refused ${command}: ${complaintOf(fields)}`,
});
