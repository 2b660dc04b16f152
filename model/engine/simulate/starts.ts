import type {System} from '../../define/system.js';
import {ModelError} from '../errors.js';
import {initialIds, initialStates, isAssumed} from '../initial.js';
import type {Vector} from '../vector.js';
import type {Random} from './generator.js';

/** So many combinations of initial values are tried before all are listed. */
const TRIES = 1000;

/** Draws initial states, as ids of slots: each as likely as any other. Throws a ModelError where there is none. */
export const startsOf = (system: System, vector: Vector): ((random: Random) => Int32Array) => {
  const choices = initialIds(system, vector);
  let all: readonly Int32Array[] | null = null;
  return random => {
    for (let n = 0; n < TRIES; n++) {
      const state = Int32Array.from(choices, ids => ids[random(ids.length)]!);
      if (isAssumed(system, vector, state)) return state;
    }
    all ??= [...initialStates(system, vector)];
    if (all.length === 0) throw new ModelError('it has no initial state');
    return all[random(all.length)]!;
  };
};
