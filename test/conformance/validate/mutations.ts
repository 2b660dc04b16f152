// Logs with one thing wrong.

import fc from 'fast-check';
import {at, type Path, replaced} from '../../../conformance/canonical.js';
import type {Logs} from './cluster-logs.js';

type Line = {readonly host: string; readonly seq: number; readonly event: object; readonly effects: readonly object[]};

/** One line of one host: its place in the file, from 1. */
export type Spot = {readonly host: string; readonly line: number};

/** Any line but a head. */
export const spotIn = (logs: Logs, fits: (line: Line) => boolean = () => true): fc.Arbitrary<Spot> =>
  fc.constantFrom(
    ...[...logs].flatMap(([host, lines]) =>
      lines.flatMap((text, index) => (index > 0 && fits(JSON.parse(text)) ? [{host, line: index + 1}] : [])),
    ),
  );

export const lineAt = (logs: Logs, {host, line}: Spot): Line => JSON.parse(logs.get(host)?.[line - 1] ?? 'null');

const changed = (logs: Logs, host: string, lines: readonly string[]): Logs => new Map([...logs, [host, lines]]);

/** The numbers close up, as if the lines had never been otherwise. */
export const renumbered = (logs: Logs, host: string): Logs =>
  changed(
    logs,
    host,
    (logs.get(host) ?? []).map((text, index) =>
      index === 0 ? text : JSON.stringify({...JSON.parse(text), seq: index}),
    ),
  );

/** Without so many lines, from this one on. */
export const without = (logs: Logs, {host, line}: Spot, most = 1): Logs =>
  changed(
    logs,
    host,
    (logs.get(host) ?? []).filter((_, index) => index < line - 1 || index >= line - 1 + most),
  );

/** The line and the one after it change places. */
export const swapped = (logs: Logs, {host, line}: Spot): Logs => {
  const lines = logs.get(host) ?? [];
  return changed(logs, host, [
    ...lines.slice(0, line - 1),
    ...lines.slice(line - 1, line + 1).reverse(),
    ...lines.slice(line + 1),
  ]);
};

export const doubled = (logs: Logs, {host, line}: Spot): Logs => {
  const lines = logs.get(host) ?? [];
  return changed(logs, host, [...lines.slice(0, line), ...lines.slice(line - 1)]);
};

/** The line says this instead. */
export const saying = (logs: Logs, {host, line}: Spot, text: string): Logs => {
  const lines = logs.get(host) ?? [];
  return changed(logs, host, [...lines.slice(0, line - 1), text, ...lines.slice(line)]);
};

/** Every place inside a value where something stands that is no object, list or null. */
const leaves = (value: unknown, path: Path = []): readonly Path[] =>
  typeof value === 'object' && value !== null
    ? Object.keys(value).flatMap(key => leaves(at(value, [key]), [...path, key]))
    : [path];

const other = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return value === 'h1' ? 'h2' : /^h\d$/.test(String(value)) ? 'h1' : `${value}-altered`;
};

/** Something in the event, or in one of the effects, is not what it was. `pick` says which of all. */
export const altered = (logs: Logs, spot: Spot, part: 'event' | 'effects', pick: number): Logs => {
  const line = lineAt(logs, spot);
  const values: readonly object[] = part === 'event' ? [line.event] : line.effects;
  const places = values.flatMap((value, index) => leaves(value).map(path => ({index, path})));
  const {index, path} = places[pick % places.length] ?? {index: 0, path: []};
  const after = values.map((value, position) =>
    position === index ? replaced(value, path, other(at(value, path))) : value,
  );
  return saying(logs, spot, JSON.stringify({...line, [part]: part === 'event' ? after[0] : after}));
};
