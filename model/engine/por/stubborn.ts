import type {Instance, Situation} from './analysis.js';
import {astrayIn, type Bearings} from './bearings.js';
import {addBit, type Bits, bitsIn, countBeyond, hasBit, noBits} from './bits.js';
import {isEnabled} from './footprints.js';
import {mayConcernSteps} from './harm.js';
import type {Plan} from './plan.js';

/**
 * Strong stubborn sets of the state at hand (A. Valmari, "Stubborn sets for reduced state space generation", 1990; P.
 * Godefroid, "Partial-order methods for the verification of concurrent systems", 1996). A set of instances is
 * stubborn when
 *
 * - with an instance that is enabled it holds everybody whose doings might not commute with what this one does here,
 * so that
 *   nobody outside can ever change what it reads, or be told apart from coming before it or after it;
 * - with one that is disabled it holds a necessary enabling set of it, so that nobody outside can enable it;
 * - with one that makes a step of which a property speaks, it holds everybody who makes one or changes what such a
 * property
 *   sees.
 */
export class Stubborn {
  readonly #plan: Plan;
  readonly #bearings: Bearings;
  /** Who concerns properties of steps. */
  readonly #steps: Bits;
  readonly #members: Bits;
  readonly #due: Int32Array;

  constructor(plan: Plan, bearings: Bearings) {
    this.#plan = plan;
    this.#bearings = bearings;
    const {instances} = plan.analysis;
    this.#steps = noBits(instances.length);
    for (const instance of instances) if (mayConcernSteps(plan.harm, instance)) addBit(this.#steps, instance.number);
    this.#members = noBits(instances.length);
    this.#due = new Int32Array(instances.length);
  }

  /**
   * A stubborn set that holds `seed`, which is enabled, as small as can be had cheaply; null when it would hold one
   * of the `hopeless`, or `all` that are enabled in the state at hand.
   */
  around(seed: Instance, enabled: Bits, hopeless: Bits, all: number): Bits | null {
    const members = this.#members.fill(0);
    const due = this.#due;
    const {instances} = this.#plan.analysis;
    addBit(members, seed.number);
    due[0] = seed.number;
    let waiting = 1;
    let count = 1;
    while (waiting > 0) {
      const instance = instances[due[--waiting]!]!;
      for (const needed of this.#needs(instance, enabled)) {
        for (let w = 0; w < members.length; w++) {
          let fresh = needed[w]! & ~members[w]!;
          if (fresh === 0) continue;
          members[w]! |= fresh;
          count += bitsIn(fresh & enabled[w]!);
          if (count >= all || (fresh & hopeless[w]!) !== 0) return null;
          for (; fresh !== 0; fresh &= fresh - 1) due[waiting++] = 32 * w + 31 - Math.clz32(fresh & -fresh);
        }
      }
    }
    return members.slice();
  }

  /** Who must be in the set when this instance is. */
  #needs(instance: Instance, enabled: Bits): readonly Bits[] {
    const {enabling} = this.#plan;
    const situation = this.#bearings.situation(instance);
    const isTaken = hasBit(enabled, instance.number);
    if (isEnabled(situation) !== isTaken && (isTaken || this.#bearings.isOffered(instance)))
      throw astrayIn(instance.definition.name);
    if (isTaken) return this.#companions(instance, situation);
    // What it reads keeps a delivery disabled, or that its message is not there, or both.
    const sets = isEnabled(situation) ? [] : enabling.sets(instance, situation);
    if (this.#bearings.isOffered(instance)) return [this.#cheapest(sets, enabled)];
    const arrival = enabling.arrival(instance, this.#bearings.head(instance.delivery!.inbox));
    return [this.#cheapest([arrival, ...sets], enabled)];
  }

  #companions(instance: Instance, situation: Situation): readonly Bits[] {
    const dependents = this.#plan.dependence.on(instance, situation);
    return this.#plan.harm.makesStep(situation) ? [dependents, this.#steps] : [dependents];
  }

  /** The set that adds the fewest enabled instances; among those the one that adds the fewest. */
  #cheapest(sets: readonly Bits[], enabled: Bits): Bits {
    let best = sets[0]!;
    let least = Number.POSITIVE_INFINITY;
    for (const set of sets) {
      const cost = 1024 * countBeyond(set, enabled, this.#members) + countBeyond(set, set, this.#members);
      if (cost >= least) continue;
      least = cost;
      best = set;
    }
    return best;
  }
}
