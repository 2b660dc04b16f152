import type {Walker} from './walker.js';

/** A state (ids of slots) and the move that led to it; move 0 for the first. */
export type Stop = {readonly move: number; readonly state: Int32Array};

type Found = Stop & {readonly from: Found | null};

/** The states that moves lead through, one after the other. */
export const stopsOf = (walker: Walker, start: Int32Array, moves: readonly number[]): readonly Stop[] => {
  const stops: Stop[] = [{move: 0, state: start}];
  for (const move of moves) {
    walker.enterAgain(stops[stops.length - 1]!.state);
    walker.follow(move);
    stops.push({move, state: walker.after});
  }
  return stops;
};

/**
 * A shortest way from the first of these states to the last that goes through no other states than these: loops are
 * cut out, and a step is taken wherever one leads ahead. Elsewhere there may be a shorter one.
 */
export const shortened = (walker: Walker, stops: readonly Stop[]): readonly Stop[] => {
  const goal = stops[stops.length - 1]!.state.join();
  const open = new Set(stops.slice(1).map(({state}) => state.join()));
  const reached: Found[] = [{...stops[0]!, from: null}];
  open.delete(stops[0]!.state.join());
  for (const from of reached) {
    if (from.state.join() === goal) return wayTo(from);
    walker.enterAgain(from.state);
    walker.look();
    for (let n = 0; n < walker.offered; n++) {
      const move = walker.offers[n]!;
      if (!walker.follow(move)) continue;
      const state = walker.after;
      if (open.delete(state.join())) reached.push({move, state, from});
    }
  }
  return stops;
};

const wayTo = (last: Found): readonly Stop[] => {
  const way: Stop[] = [];
  for (let at: Found | null = last; at !== null; at = at.from) way.unshift(at);
  return way;
};
