import type {System} from '../define/system.js';
import {ModelError, saidBy} from './errors.js';
import {boolean} from './predicates.js';
import {shielded} from './shield.js';
import type {Vector} from './vector.js';

/** By slot: the ids of its initial values, each once. */
export const initialIds = (system: System, vector: Vector): readonly (readonly number[])[] =>
  system.slots.map(({name, sort, initial}) => [...new Set(initial.map(value => vector.sorts[sort]!.id(value, name)))]);

/** Does a state, given by the ids of its slots, meet the assumptions? Makes it the one at hand. */
export const isAssumed = (system: System, vector: Vector, state: Int32Array): boolean => {
  vector.ids.set(state);
  vector.forget(0);
  return system.assumptions.every(({name, holds}) => {
    try {
      return shielded(() => boolean(holds(vector.before)));
    } catch (error) {
      throw new ModelError(`in ${name}: ${saidBy(error)}`);
    }
  });
};

/** Every combination of the slots' initial values, as ids; null for one that does not meet the assumptions. */
export const combinations = function* (system: System, vector: Vector): Generator<Int32Array | null> {
  const choices = initialIds(system, vector);
  const at = new Array<number>(choices.length).fill(0);
  for (let slot = 0; slot >= 0; ) {
    const state = Int32Array.from(choices, (ids, i) => ids[at[i]!]!);
    yield isAssumed(system, vector, state) ? state : null;
    for (slot = choices.length - 1; slot >= 0 && ++at[slot]! === choices[slot]!.length; slot--) at[slot] = 0;
  }
};

/** Those that meet the assumptions. */
export const initialStates = function* (system: System, vector: Vector): Generator<Int32Array> {
  for (const state of combinations(system, vector)) if (state !== null) yield state;
};
