import {INSIDE, type LookBack, SAME} from './look-back.js';
import {BATCH, type Successors} from './successors.js';
import {LEAF_HEAD, type Transitions} from './transitions.js';
import type {Vector} from './vector.js';

/** Whoever expands states. */
type Expanding = {
  readonly vector: Vector;
  readonly transitions: Transitions;
  readonly successors: Successors;
};

/**
 * Follows what applies to the state at hand to where it leads, and hands that to the store, where every step is to be
 * looked at: all are wanted, successors are normalised, or something is said of steps.
 */
export class Follower {
  /** Did something fair change the state at hand? */
  fairChanges = false;
  readonly #of: Expanding;
  readonly #lookBack: LookBack;
  readonly #isOutgrown: () => boolean;

  /** `isOutgrown` says whether a slot has outgrown its bits. */
  constructor(expanding: Expanding, lookBack: LookBack, isOutgrown: () => boolean) {
    this.#of = expanding;
    this.#lookBack = lookBack;
    this.#isOutgrown = isOutgrown;
  }

  /** Adds what was packed to the batch; false when the store can take no more now. */
  put(leaf: number, outcome: number, source: number): boolean {
    const {successors} = this.#of;
    const at = successors.waiting++;
    successors.leaf[at] = leaf;
    successors.outcome[at] = outcome;
    successors.source[at] = source;
    successors.asleep[2 * at] = 0;
    successors.asleep[2 * at + 1] = 0;
    if (at === BATCH - 1) successors.flush();
    return !successors.stuck;
  }

  /** What becomes of a slot's value, or -1 when a slot has outgrown its bits. */
  #operate(operation: number, id: number): number {
    if (operation < 0) return ~operation;
    const table = this.#of.transitions.tables[operation]!;
    const known = id < table.length ? table[id]! : 0;
    if (known !== 0) return known - 1;
    const to = this.#of.transitions.operate(operation, id);
    return this.#isOutgrown() ? -1 : to;
  }

  /**
   * Follows these leaves, which apply to the state at hand, of this number, packed at `from` of a block; false when a
   * slot has outgrown its bits, or the store is stuck.
   */
  follow(leaves: Int32Array, count: number, source: number, block: Int32Array, from: number): boolean {
    this.fairChanges = false;
    for (let i = 0; i < count; i++) if (!this.#take(leaves[i]!, source, block, from)) return false;
    return true;
  }

  #take(leaf: number, source: number, block: Int32Array, from: number): boolean {
    const {successors} = this.#of;
    const {code} = this.#of.transitions;
    const {ids, width, changed} = this.#of.vector;
    const {word, shift, words} = successors.layout;
    const {batch, wantsAll} = successors;
    const {isNeeded} = this.#lookBack;
    const outcomes = code[leaf + 2]!;
    for (let outcome = 0, x = leaf + LEAF_HEAD; outcome < outcomes; outcome++) {
      let count = 0;
      const last = x + 1 + 2 * code[x]!;
      for (x++; x < last; x += 2) {
        const slot = code[x]!;
        const to = this.#operate(code[x + 1]!, ids[slot]!);
        if (to < 0) return false;
        if (ids[slot] === to) continue;
        ids[width + slot] = to;
        changed[count++] = slot;
      }
      const into = successors.waiting * words;
      for (let w = 0; w < words; w++) batch[into + w] = block[from + w]!;
      const became = count === 0 ? SAME : isNeeded ? this.#lookBack.run(count, source) : (count << 2) | INSIDE;
      if (this.#isOutgrown()) return false;
      for (let i = 0; i < became >> 2; i++) {
        const changedSlot = changed[i]!;
        batch[into + word[changedSlot]!]! ^= (ids[changedSlot]! ^ ids[width + changedSlot]!) << shift[changedSlot]!;
        ids[width + changedSlot] = ids[changedSlot]!; // so that the copy *after* is as *before* once more
      }
      if ((became & 3) !== SAME && code[leaf + 1] === 1) this.fairChanges = true;
      if (!wantsAll && ((became & 3) !== INSIDE || successors.isRecent(into))) continue;
      if (!this.put(code[leaf]!, outcome, source)) return false;
    }
    return true;
  }
}
