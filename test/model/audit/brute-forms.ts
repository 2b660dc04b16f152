// Normal forms by brute force, on texts. Shares no code with the engine.

import type {System} from '../../../model/define/system.js';
import {normalised, readerOf, type State} from '../referee.js';
import {blameOf, reachable} from './brute-orbits.js';

/** What fails in some of the states; a state to be blamed for nothing says nothing. */
const failing = (system: System, states: ReadonlyMap<string, State>): string => {
  const blamed = [...states.values()].map(state => blameOf(system, state)).filter(blame => blame !== '');
  return [...new Set(blamed.flatMap(blame => blame.split(',')))].sort().join();
};

/** Is there a state that a normaliser, applied to it alone and twice, changes twice? */
const isUnstable = (system: System, states: Iterable<State>): boolean => {
  for (const state of states) {
    for (const {slot, value, parameters} of system.normalisers) {
      const applied = (to: State): State =>
        to.with(slot, value(to[slot] as never, readerOf(system, to), ...(parameters as never[])));
      const once = applied(state);
      if (JSON.stringify(applied(once)) !== JSON.stringify(once)) return true;
    }
  }
  return false;
};

/**
 * Are the normalisers right: is each idempotent on every reachable state, are the normal forms of the reachable
 * states those that are reached with them, and does the same fail? Null beyond `most` states.
 */
export const areRight = (system: System, most: number): {readonly right: boolean; readonly full: number} | null => {
  const plain = {...system, normalisers: []};
  const full = reachable(plain, most);
  if (full === null) return null;
  const unstable = isUnstable(system, full.values());
  if (unstable) return {right: false, full: full.size};
  const reduced = reachable(system, most);
  if (reduced === null) return null;
  const forms = new Set([...full.values()].map(state => JSON.stringify(normalised(system, state))));
  const isSame = forms.size === reduced.size && [...forms].every(form => reduced.has(form));
  return {right: isSame && failing(plain, full) === failing(system, reduced), full: full.size};
};
