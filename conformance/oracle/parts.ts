// In which of its parts one plain value differs from another.

import {at, isSame, type Path} from '../canonical.js';

/** A part that differs: what it is called, where it stands, and what stands there in the one and in the other. */
export type Apart = {readonly part: string; readonly path: Path; readonly one: unknown; readonly other: unknown};

/** The parts of these names that differ, each as often as it stands somewhere; of those within each other the inner. */
export const partsApart = (one: unknown, other: unknown, parts: readonly string[]): readonly Apart[] => {
  const found: Apart[] = [];
  const visit = (left: unknown, right: unknown, path: Path, within: Apart | null): void => {
    if (isSame(left, right)) return;
    const names = namesIn(left, right);
    if (names.length === 0 && within !== null && !found.includes(within)) found.push(within);
    for (const name of names) {
      const next = {part: name, path: [...path, name], one: at(left, [name]), other: at(right, [name])};
      visit(next.one, next.other, next.path, parts.includes(name) ? next : within);
    }
  };
  visit(one, other, [], null);
  return found;
};

/** What both consist of; nothing where they cannot be compared part by part. */
const namesIn = (left: unknown, right: unknown): readonly string[] => {
  if (typeof left !== 'object' || left === null || typeof right !== 'object' || right === null) return [];
  const [names, others] = [Object.keys(left), Object.keys(right)];
  if (Array.isArray(left) !== Array.isArray(right)) return [];
  return Array.isArray(left) && names.length !== others.length ? [] : [...new Set([...names, ...others])];
};

/** Lists longer than this are left as they are. */
const LONGEST = 6;

/** The list without one of its elements, and in the opposite order; nothing of what is no list. */
export const rearranged = (value: unknown): readonly unknown[] =>
  Array.isArray(value) && value.length <= LONGEST
    ? [...value.map((_, index) => value.toSpliced(index, 1)), ...(value.length > 1 ? [value.toReversed()] : [])]
    : [];
