import type {Graph} from '../graph/graph.js';
import type {Pace} from '../graph/pace.js';
import {fairComponents} from './fair-components.js';
import type {Fairness} from './fairness.js';
import {fairLoop, type Loop} from './loop.js';
import {obligations} from './obligations.js';
import {type Region, reach} from './reach.js';

/** A behaviour that goes a way once and then round a loop for ever. */
export type Lasso = {
  /** States from an initial one to the one where the loop begins, both included. */
  readonly stem: readonly number[];
  readonly loop: Loop;
};

/** A fair behaviour in a region, or null when there is none. None has a shorter stem; its loop is short. */
export const lassoIn = async (graph: Graph, fairness: Fairness, region: Region, pace: Pace): Promise<Lasso | null> => {
  const {states, endOfLevel, wayTo} = await reach(graph, region, pace);
  if (states.length === 0) return null;
  const component = await fairComponents(graph, fairness, states, region.recurring, pace);
  const nearest = states.findIndex(state => component[state]! > 0);
  if (nearest < 0) return null;
  // Of the nearest states the one where nothing need happen any more, if there is one, makes the plainest story.
  const candidates = states.subarray(nearest, endOfLevel(nearest)).filter(state => component[state]! > 0);
  const start =
    candidates.find(state => isAtRest(graph, fairness, state, region.recurring)) ?? (states[nearest] as number);
  return {stem: wayTo(start), loop: fairLoop(graph, fairness, component, start, region.recurring)};
};

/** Is it fair that nothing happens in the state for ever? */
const isAtRest = (graph: Graph, fairness: Fairness, state: number, recurring: Uint8Array | null): boolean => {
  const owed = obligations(graph, fairness, recurring);
  owed.visit(state);
  return owed.areMet();
};
