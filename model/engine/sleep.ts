import {commute, mayTakeAway} from './commute.js';
import {type Effect, LEAF_BITS, type Transitions} from './transitions.js';
import type {Vector} from './vector.js';

/**
 * Which leaves need not be followed in a state, because others lead where they do (sleep sets: P. Godefroid, "Using
 * partial orders to improve automatic verification methods", 1990), in a form that suits a search level by level, in
 * any order and by several threads.
 *
 * Say that leaves b < a, in an order that never changes, apply to a state p, that b does not keep a from what it does,
 * and that the two lead to the same state t whichever is taken first. Let s be what a makes of p. When s was found by
 * a from p, b sleeps there: t is found from q, which b leads to from p, by way of a. Does a sleep in q, then because q
 * was found from elsewhere by some c > a, and t is found by way of c; and so on. Every such q is found, at a level no
 * later than that of s, by induction over the levels; and since the order has an end, one of those is followed. So
 * every state is found, and at its level.
 *
 * A leaf that sleeps still applies: it is counted, and what it reads is looked at. Only where it leads is not. Of two
 * ways to a state of the same length, the one that is found is that in which the lower leaf comes first.
 */
export class SleepSets {
  /** By bit: the bits of those that sleep in what its leaf leads to, in two words. */
  readonly after = new Int32Array(2 * LEAF_BITS);
  readonly #transitions: Transitions;
  readonly #vector: Vector;
  /** By bit: the leaf that has it, -1 for none, and what its instance was known to read. */
  readonly #leaves = new Int32Array(LEAF_BITS).fill(-1);
  readonly #reads = new Int32Array(LEAF_BITS);
  #asked = -1;

  constructor(transitions: Transitions, vector: Vector) {
    this.#transitions = transitions;
    this.#vector = vector;
  }

  /** Takes in what was learnt of the model since. */
  renew(): void {
    if (this.#asked === this.#vector.asked) return;
    this.#asked = this.#vector.asked;
    const {leafAt, code} = this.#transitions;
    let isNews = false;
    leafAt.forEach((place, bit) => {
      const leaf = place === 0 ? -1 : code[place]!;
      const reads = leaf < 0 ? 0 : this.#readsOf(leaf);
      isNews ||= leaf !== this.#leaves[bit] || reads !== this.#reads[bit];
      this.#leaves[bit] = leaf;
      this.#reads[bit] = reads;
    });
    if (isNews) this.#relate();
  }

  /** Works out once more who sleeps after whom. */
  #relate(): void {
    this.after.fill(0);
    this.#leaves.forEach((a, first) => {
      if (a < 0) return;
      for (let second = 0; second < first; second++) {
        const b = this.#leaves[second]!;
        if (b >= 0 && !this.#isDisturbed(a, b)) this.after[2 * first + (second >> 5)]! |= 1 << (second & 31);
      }
    });
  }

  #readsOf(leaf: number): number {
    const {leaves, instances} = this.#transitions;
    return instances[leaves[leaf]!.instance]!.reads.dependencies;
  }

  /**
   * May what b does keep a from doing what it does, or the order of the two matter? Whether a keeps b from it shows
   * where b is to sleep: another leaf applies there, or none.
   */
  #isDisturbed(a: number, b: number): boolean {
    const {leaves, instances} = this.#transitions;
    const [some, others] = [leaves[a]!.effects, leaves[b]!.effects];
    const {delivery, message} = instances[leaves[a]!.instance]!;
    const {slots} = this.#transitions.system;
    const reads = this.#readsOf(a);
    return others.some(({operations}) =>
      operations.some(({slot, operation}) => {
        if ((reads & (1 << slot)) !== 0) return true;
        const {holds} = slots[slot]!;
        const steps = this.#transitions.stepsOf(operation);
        if (delivery?.inbox === slot && (steps === null || mayTakeAway(holds, JSON.stringify(message), steps)))
          return true;
        return operationsOn(slot, some).some(other => {
          if (operation < 0) return operation !== other;
          const before = this.#transitions.stepsOf(other);
          return steps === null || before === null || !commute(holds, before, steps);
        });
      }),
    );
  }
}

const operationsOn = (slot: number, effects: readonly Effect[]): readonly number[] =>
  effects.flatMap(({operations}) => operations.filter(each => each.slot === slot).map(({operation}) => operation));
