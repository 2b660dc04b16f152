// A counterexample in the Informal Trace Format, which the tools of the TLA+ world read: ADR-015 of Apalache.

import type {Result, Violation} from './result.js';
import {accusation} from './verdict.js';

type Slot = Result['slots'][number];

const integer = (value: number): object => ({'#bigint': String(value)});

/**
 * `{"#unserializable": ...}` is what the format has for values outside it: absence, and numbers that are no integers.
 */
const foreign = (value: unknown): object => ({'#unserializable': String(value)});

const mapOf = (pairs: readonly (readonly [unknown, unknown])[]): object => ({'#map': pairs});

/** A record, or a map from strings where a field could be taken for the format's own. */
const recordOf = (fields: readonly (readonly [string, unknown])[]): object =>
  fields.some(([name]) => name.startsWith('#')) ? mapOf(fields) : Object.fromEntries(fields);

/** Any value of a state. */
const expression = (value: unknown): unknown => {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return integer(value);
  if (Array.isArray(value)) return value.map(expression);
  if (typeof value !== 'object' || value === null) return foreign(value);
  return recordOf(Object.entries(value).map(([name, field]) => [name, expression(field)]));
};

/** A bag as TLA+ has it: how often each element occurs. */
const bag = (elements: readonly unknown[]): object => {
  const counts = new Map<string, number>();
  for (const element of elements) {
    const text = JSON.stringify(element);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return mapOf([...counts].map(([text, count]) => [expression(JSON.parse(text)), integer(count)]));
};

/** The value of a slot, as what the model declared it to be. */
const content = ({holds}: Slot, value: unknown): unknown => {
  if (!Array.isArray(value)) return expression(value);
  if (holds === 'set') return {'#set': value.map(expression)};
  return holds === 'bag' ? bag(value) : expression(value);
};

/** Names that begin with # are the format's own. */
const variable = ({family, name}: Slot): string => (family ?? name).replace(/^#/, '_');

/** The variables of a state: a family is one variable, a map from its keys. */
const variables = (
  slots: readonly Slot[],
  state: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  const maps = new Map<string, (readonly [unknown, unknown])[]>();
  const alone = new Map<string, unknown>();
  for (const slot of slots) {
    const value = content(slot, state[slot.name]);
    const name = variable(slot);
    if (slot.family === null) alone.set(name, value);
    else maps.set(name, [...(maps.get(name) ?? []), [expression(slot.key), value]]);
  }
  return Object.fromEntries([...alone, ...[...maps].map(([name, pairs]) => [name, mapOf(pairs)] as const)]);
};

/**
 * The trace of a violation as an ITF document. A lasso's last state is that of step `loop`, so the format's `loop`,
 * the state that follows the last one, is the one after it; where nothing happens any more it is the last state
 * itself.
 */
export const itfText = (result: Result, violation: Violation): string => {
  const {model, options, slots} = result;
  const {trace, loop, property, kind} = violation;
  const last = trace.length - 1;
  const head = JSON.stringify({
    '#meta': {
      format: 'ITF',
      'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
      source: model,
      status: 'violation',
      description: accusation(result, violation),
      options,
      property,
      kind,
    },
    vars: [...new Set(slots.map(variable))],
    ...(loop === null ? {} : {loop: Math.min(loop + 1, last)}),
  });
  const states = trace.map(({step, action, parameters, message, rules, note, state}) =>
    JSON.stringify({
      '#meta': {index: step, action, parameters, message, rules, note},
      ...variables(slots, state),
    }),
  );
  return `${head.slice(0, -1)},\n"states": [\n${states.join(',\n')}\n]}\n`;
};
