// Fields in one order, whoever wrote them: what two effects differ in is found by the eye, line against line.

import {textOf} from '../model/report/value.js';
import {isRecord} from './canonical.js';

/** The order in which the messages of the specification name theirs. */
const ORDER = [
  ...['type', 'network', 'from', 'to', 'term', 'number', 'host', 'object', 'vm', 'value', 'phase', 'stage', 'report'],
  ...['identity', 'generation', 'purpose', 'round', 'attempt', 'call', 'version', 'timer', 'durable', 'result'],
];

/** The same value; fields that are not among these come last, by their names. */
export const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, inOrder(part)]));
};

const placeOf = (name: string): number => {
  const place = ORDER.indexOf(name);
  return place < 0 ? ORDER.length : place;
};

/** As `textOf`, with the fields in order. */
export const textInOrder = (value: unknown): string => textOf(inOrder(value));
