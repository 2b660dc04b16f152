import {type Access, conflict, keyOf} from './accesses.js';
import type {Instance, Situation} from './analysis.js';
import {addBits, type Bits} from './bits.js';
import type {Footprints} from './footprints.js';

/** Who may get in whose way. */
export class Dependence {
  readonly #footprints: Footprints;
  /** By instance and situation. */
  readonly #dependents: Bits[][];
  readonly #conflicts = new Map<string, Bits>();

  constructor(footprints: Footprints) {
    this.#footprints = footprints;
    this.#dependents = footprints.analysis.instances.map(() => []);
  }

  /** Who may do something that does not commute with what the instance does in a situation in which it is enabled. */
  on(instance: Instance, situation: Situation): Bits {
    const known = this.#dependents[instance.number]![situation.serial];
    if (known !== undefined) return known;
    const all = this.#footprints.nobody();
    for (const access of this.#footprints.of(instance, situation)) addBits(all, this.#conflictsWith(access));
    this.#dependents[instance.number]![situation.serial] = all;
    return all;
  }

  #conflictsWith(access: Access): Bits {
    const {slot} = access;
    const key = `${slot} ${keyOf(access)}`;
    const known = this.#conflicts.get(key);
    if (known !== undefined) return known;
    const {system, abstraction} = this.#footprints.analysis;
    const {holds} = system.slots[slot]!;
    const all = this.#footprints.by(slot, other => conflict(abstraction, holds, access, other));
    this.#conflicts.set(key, all);
    return all;
  }
}
