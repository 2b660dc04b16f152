import {indented, shortened, wrapped} from './layout.js';
import type {TraceStep} from './result.js';
import {printable, textOf} from './value.js';

type Entry = {readonly slot: string; readonly family: string; readonly value: string};

/** `rm[0]` belongs to the family `rm`; a slot that stands alone is its own family. */
const familyOf = (slot: string): string =>
  slot.endsWith(']') && slot.includes('[') ? slot.slice(0, slot.indexOf('[')) : slot;

const groups = <T>(values: readonly T[], key: (value: T) => string): readonly (readonly T[])[] => {
  const found = new Map<string, T[]>();
  for (const value of values) {
    const group = found.get(key(value));
    if (group === undefined) found.set(key(value), [value]);
    else group.push(value);
  }
  return [...found.values()];
};

/** Slots of one family that have the same value, as one would say them: `rm[0], rm[2]`, or `rm[*]` for all. */
export type StateRow = {readonly names: string; readonly value: string; readonly slots: readonly string[]};

/** A whole state, a row for each value that a family's slots have. */
export const stateRows = (state: TraceStep['state']): readonly StateRow[] => {
  const entries: readonly Entry[] = Object.entries(state).map(([slot, value]) => ({
    slot,
    family: familyOf(slot),
    value: textOf(value),
  }));
  return groups(entries, ({family}) => family).flatMap(members =>
    groups(members, ({value}) => value).map(equals => {
      const [{family, value} = {family: '', value: ''}] = equals;
      const slots = equals.map(({slot}) => slot);
      const isWhole = equals.length === members.length && equals.length > 1;
      return {names: printable(isWhole ? `${family}[*]` : slots.join(', ')), value, slots};
    }),
  );
};

/** A whole state, a line for each value that a family's slots have: `rm[*]: working`, or `rm[0], rm[2]: prepared`. */
export const stateText = (state: TraceStep['state'], columns: number): string => {
  const lines = stateRows(state).map(({names, value}) => wrapped(shortened(`${names}: ${value}`), 4, 80 - columns));
  return indented(lines.join('\n'), columns);
};
