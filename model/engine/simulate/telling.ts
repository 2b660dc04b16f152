import type {System} from '../../define/system.js';
import {counted} from '../../report/numbers.js';
import type {Simulation, TraceStep, Violation} from '../../report/result.js';
import type {Failure} from '../properties.js';
import {first, stepTo} from '../retrace.js';
import {shortened, stopsOf} from './shorten.js';
import type {Walker} from './walker.js';

/** Why a simulation explored no more, in words. */
export const reasonOf = (system: System, {seed, runs, steps}: Simulation, cut: string | null): string =>
  [
    `simulated ${counted(runs, 'run')} of at most ${counted(steps, 'step')} with seed ${seed}`,
    ...(cut === null ? [] : [cut]),
    ...(system.temporal.length === 0 ? [] : ['temporal properties were not evaluated']),
  ].join('; ');

/** The counterexample that the last walk came upon, made shorter where that is easy. */
export const violationOf = (
  system: System,
  walker: Walker,
  {property, kind, successor}: Failure,
  start: Int32Array,
  moves: readonly number[],
): Violation => {
  const {expander} = walker;
  const stops = stopsOf(walker, start, moves);
  // What fails on a step fails on the last one, whatever leads up to it.
  const isOnStep = successor !== null && moves.length > 0;
  const way = isOnStep ? [...shortened(walker, stops.slice(0, -1)), ...stops.slice(-1)] : shortened(walker, stops);
  const trace = way.map(({move, state}, n): TraceStep => {
    if (n === 0) return first(system, expander, state);
    const {instance, effect} = walker.moves.all[move]!;
    return stepTo(system, expander, way[n - 1]!.state, {instance, effect, state}, n);
  });
  return {property, kind, trace, loop: null};
};
