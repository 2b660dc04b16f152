import {Ahead} from './ahead.js';
import {commute, mayTakeAway} from './commute.js';
import type {Dependent} from './dependencies.js';
import type {Enabled} from './enabled.js';
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
 * every state is found, and at its level. That b does not keep a from what it does is said of p alone: either b changes
 * nothing that a reads, or the dispatch knows that a applies in q too (`Ahead`).
 *
 * A leaf that sleeps still applies: it is counted, and what it reads is looked at. Only where it leads is not. Of two
 * ways to a state of the same length, the one that is found is that in which the lower leaf comes first.
 */
export class SleepSets {
  /** By bit: the bits of those that sleep in what its leaf leads to, in two words. */
  readonly after = new Int32Array(2 * LEAF_BITS);
  /** By bit: the bits of those that do if they leave it as it is where it reads what they change, in two words. */
  readonly contended = new Int32Array(2 * LEAF_BITS);
  /** Of those in `contended` after the leaf that was asked about last, the bits of those that do. */
  low = 0;
  high = 0;
  readonly #ahead: Ahead;
  /** By bit: what is known to apply after its leaf, in two words, in which state that was looked at. */
  readonly #kept = new Int32Array(2 * LEAF_BITS);
  readonly #keptIn = new Float64Array(LEAF_BITS).fill(-1);
  readonly #transitions: Transitions;
  readonly #vector: Vector;
  /** By bit: the leaf that has it, -1 for none, what its instance was known to read, and how much it looked for. */
  readonly #leaves = new Int32Array(LEAF_BITS).fill(-1);
  readonly #reads = new Int32Array(LEAF_BITS);
  readonly #sought = new Int32Array(LEAF_BITS);
  /** How many leaves there were, and how often somebody was seen to read more, when this was worked out. */
  #met = 0;
  #widened = 0;

  constructor(transitions: Transitions, vector: Vector) {
    this.#transitions = transitions;
    this.#vector = vector;
    this.#ahead = new Ahead(transitions, vector);
  }

  /**
   * Which of these, which apply to the state at hand and are among `contended` of this bit, leave its leaf as it is?
   * The answer is in `low` and `high`.
   */
  ask(bit: number, low: number, high: number, enabled: Enabled): void {
    this.low = this.#leaving(bit, low, 0, enabled);
    this.high = this.#leaving(bit, high, 32, enabled);
  }

  #leaving(bit: number, bits: number, first: number, enabled: Enabled): number {
    const state = this.#vector.loads;
    let leaving = 0;
    for (let left = bits; left !== 0; ) {
      const one = left & -left;
      left ^= one;
      const other = first + 31 - Math.clz32(one);
      if (this.#keptIn[other] !== state) {
        this.#keptIn[other] = state;
        this.#ahead.look(other, enabled);
        this.#kept[2 * other] = this.#ahead.low;
        this.#kept[2 * other + 1] = this.#ahead.high;
      }
      if ((this.#kept[2 * other + (bit >> 5)]! & (1 << (bit & 31))) !== 0) leaving |= one;
    }
    return leaving;
  }

  /** Takes in which leaves were met since, and what their instances were seen to read. */
  renew(): void {
    const {length} = this.#transitions.leaves;
    const {widened} = this.#vector;
    if (this.#met === length && this.#widened === widened) return;
    this.#met = length;
    this.#widened = widened;
    this.#takeIn();
  }

  #takeIn(): void {
    const {leafAt, code} = this.#transitions;
    const news: number[] = [];
    leafAt.forEach((place, bit) => {
      const leaf = place === 0 ? -1 : code[place]!;
      const reads = leaf < 0 ? null : this.#readsOf(leaf);
      const [slots, sought] = [reads?.dependencies ?? 0, reads?.sought.size ?? 0];
      if (leaf !== this.#leaves[bit] || slots !== this.#reads[bit] || sought !== this.#sought[bit]) news.push(bit);
      this.#leaves[bit] = leaf;
      this.#reads[bit] = slots;
      this.#sought[bit] = sought;
    });
    for (const bit of news) {
      for (let other = 0; other < LEAF_BITS; other++) {
        if (other !== bit) this.#relate(Math.max(bit, other), Math.min(bit, other));
      }
    }
  }

  /** Works out whether the leaf of the second bit, the lower one, sleeps after that of the first. */
  #relate(first: number, second: number): void {
    const [word, own] = [2 * first + (second >> 5), 1 << (second & 31)];
    this.after[word]! &= ~own;
    this.contended[word]! &= ~own;
    const [a, b] = [this.#leaves[first]!, this.#leaves[second]!];
    if (a < 0 || b < 0 || !this.#commute(a, b)) return;
    if (!this.#isRead(a, b)) {
      this.after[word]! |= own;
      return;
    }
    const [effect, ...others] = this.#transitions.leaves[b]!.effects;
    if (effect === undefined || others.length > 0) return;
    for (const {slot} of effect.operations) this.#ahead.mind(slot);
    this.contended[word]! |= own;
  }

  #readsOf(leaf: number): Dependent {
    const {leaves, instances} = this.#transitions;
    return instances[leaves[leaf]!.instance]!.reads;
  }

  /**
   * Does b change what a reads, or may it take away what a receives? Whether a keeps b from what it does shows where b
   * is to sleep: another leaf applies there, or none.
   */
  #isRead(a: number, b: number): boolean {
    const {leaves, instances, system} = this.#transitions;
    const {delivery, message} = instances[leaves[a]!.instance]!;
    const reads = this.#readsOf(a);
    return leaves[b]!.effects.some(({operations}) =>
      operations.some(({slot, operation}) => {
        if ((reads.dependencies & (1 << slot)) !== 0) return true;
        const steps = this.#transitions.stepsOf(operation);
        if (this.#vector.memberships.isTouched(reads, slot, steps)) return true;
        if (delivery?.inbox !== slot) return false;
        return steps === null || mayTakeAway(system.slots[slot]!.holds, JSON.stringify(message), steps);
      }),
    );
  }

  /** Do the two leave the same in every slot that both change, whichever comes first? */
  #commute(a: number, b: number): boolean {
    const {leaves, system} = this.#transitions;
    return leaves[b]!.effects.every(({operations}) =>
      operations.every(({slot, operation}) =>
        operationsOn(slot, leaves[a]!.effects).every(other => {
          if (operation < 0 || other < 0) return operation === other;
          const [steps, before] = [this.#transitions.stepsOf(operation), this.#transitions.stepsOf(other)];
          return steps !== null && before !== null && commute(system.slots[slot]!.holds, before, steps);
        }),
      ),
    );
  }
}

const operationsOn = (slot: number, effects: readonly Effect[]): readonly number[] =>
  effects.flatMap(({operations}) => operations.filter(each => each.slot === slot).map(({operation}) => operation));
