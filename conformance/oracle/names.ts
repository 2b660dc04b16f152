// What the relation and the subject call the same thing, where the subject chooses the id itself.

import {at, canonical, replaced} from '../canonical.js';
import type {IdUse} from '../specification.js';

/** One thing: the relation's id and the subject's, as canonical text. */
type Name = {readonly space: string; readonly ours: string; readonly theirs: string};

export type Names = readonly Name[];

export const NO_NAMES: Names = [];

/** The names after the subject has used its id for what the relation calls `ours`; null if that cannot be. */
export const bound = (names: Names, {space, use}: IdUse, oursValue: unknown, theirsValue: unknown): Names | null => {
  const [ours, theirs] = [canonical(oursValue), canonical(theirsValue)];
  const here = names.filter(name => name.space === space);
  const isKnown = here.some(name => name.ours === ours && name.theirs === theirs);
  const isTaken = here.some(name => name.ours !== ours && name.theirs === theirs);
  switch (use) {
    case 'free':
      return names;
    case 'current':
      // Beyond a step that nothing allows, a thing may not have been named yet.
      return isKnown ? names : here.length === 0 ? [...names, {space, ours, theirs}] : null;
    case 'renews':
      return [...names.filter(name => name.space !== space), {space, ours, theirs}];
    case 'adds':
      return isTaken ? null : [...names.filter(name => !isThis(name, space, theirs)), {space, ours, theirs}];
    case 'counts': {
      const isOther = here.some(name => name.ours === ours);
      const isInOrder = here.every(name => Number(name.ours) < Number(ours) === Number(name.theirs) < Number(theirs));
      return isKnown ? names : isTaken || isOther || !isInOrder ? null : [...names, {space, ours, theirs}];
    }
  }
};

const isThis = (name: Name, space: string, theirs: string): boolean => name.space === space && name.theirs === theirs;

/** Whether the subject calls by another name now what it called so before, and may not know it by this one any more. */
export const isFormer = (names: Names, {space, use}: IdUse, theirsValue: unknown): boolean => {
  if (use !== 'adds') return false;
  const theirs = canonical(theirsValue);
  const index = names.findIndex(name => isThis(name, space, theirs));
  const ours = names[index]?.ours;
  return names.some((name, other) => other > index && name.space === space && name.ours === ours);
};

/** A value in the subject's ids, put into the relation's. An id that is bound to nothing becomes unknown. */
export const understood = <T>(names: Names, value: T, uses: readonly IdUse[]): T =>
  uses.reduce((result, {space, use, path, unknown}) => {
    if (use === 'free') return result;
    const theirs = canonical(at(value, path));
    const name = names.find(candidate => candidate.space === space && candidate.theirs === theirs);
    return replaced(result, path, name === undefined ? unknown : JSON.parse(name.ours));
  }, value);

/** A value as text without the subject's ids. */
export const anonymous = (value: unknown, uses: readonly IdUse[]): string =>
  canonical(uses.reduce((result, {path}) => replaced(result, path, null), value));
