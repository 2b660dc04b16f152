// Where the specification stands before a step: what is decided there depends on it, and the steps before tell only how
// it came about.

import {textOf} from '../../model/report/value.js';
import {isRecord} from '../canonical.js';

/** A line for each part of the state in which there is anything, in the names of the library. */
export const standing = (state: object, told: (part: unknown, name: string) => string = textOf): readonly string[] =>
  Object.entries(state).flatMap(([name, part]) => {
    const here = filled(part);
    return here === undefined ? [] : [`${name}: ${told(here, name)}`];
  });

/** The value without all that is empty in it, by name; what stands in a list is left as it is. */
const filled = (value: unknown): unknown => {
  if (value === null || (Array.isArray(value) && value.length === 0)) return undefined;
  if (!isRecord(value)) return value;
  const parts = Object.entries(value).flatMap(([name, part]) => {
    const here = filled(part);
    return here === undefined ? [] : [[name, here] as const];
  });
  return parts.length === 0 ? undefined : Object.fromEntries(parts);
};
