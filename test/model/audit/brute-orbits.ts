// Orbits by brute force: every renaming of every state, on texts. Shares no code with the engine.

import type {System} from '../../../model/define/system.js';
import {explore, failuresBetween, failuresIn, type State, stepsFrom} from '../referee.js';

export type Named = Readonly<Record<string, unknown>>;

/** What a renaming makes of a state, slot by slot. */
export type Renaming = (state: Named) => Named;

/** All orders of the numbers 0 to `count` - 1. */
export const orders = (count: number): readonly (readonly number[])[] =>
  count === 0
    ? [[]]
    : orders(count - 1).flatMap(order =>
        Array.from({length: count}, (_, at) => [...order.slice(0, at), count - 1, ...order.slice(at)]),
      );

/** A set as the explorer keeps it: in the order of texts, each element once. */
export const sorted = (values: readonly unknown[]): readonly unknown[] =>
  [...new Set(values.map(value => JSON.stringify(value)))].sort().map(text => JSON.parse(text) as unknown);

const bare = (system: System): System => ({
  ...system,
  invariants: [],
  steps: [],
  quiescent: [],
  symmetries: [],
  deadlockAllowed: true,
});

/** Every reachable state by its text; null beyond `most`. */
export const reachable = (system: System, most: number): ReadonlyMap<string, State> | null => {
  const explored = explore(bare(system), most);
  return explored === null ? null : new Map([...explored.states].map(text => [text, JSON.parse(text) as State]));
};

/** What fails in a state or on a step from it. */
export const blameOf = (system: System, state: State): string => {
  const steps = stepsFrom(system, state);
  const onSteps = steps.flatMap(({after}) => failuresBetween(system, state, after));
  return [...new Set([...failuresIn(system, state, steps), ...onSteps])].sort().join();
};

export const named = (system: System, state: State): Named =>
  Object.fromEntries(system.slots.map(({name}, i) => [name, state[i]]));

const textOf = (system: System, state: Named): string => JSON.stringify(system.slots.map(({name}) => state[name]));

/**
 * How many orbits the states fall into; null when a renaming leads out of them, or to a state in which something else
 * fails.
 */
export const orbitCount = (
  system: System,
  states: ReadonlyMap<string, State>,
  renamings: readonly Renaming[],
): number | null => {
  const blames = new Map([...states].map(([text, state]) => [text, blameOf(system, state)]));
  const least = new Set<string>();
  for (const [text, state] of states) {
    const images = renamings.map(rename => textOf(system, rename(named(system, state))));
    if (images.some(image => blames.get(image) !== blames.get(text))) return null;
    least.add(images.reduce((a, b) => (a < b ? a : b)));
  }
  return least.size;
};
