import type {System} from '../define/system.js';
import type {Applied} from './applied.js';
import {BITLESS, ENTRIES} from './dispatch.js';
import type {Enabled} from './enabled.js';
import {INSIDE, type LookBack, SAME} from './look-back.js';
import {SleepSets} from './sleep.js';
import {BATCH, RECENT_MASK, type Successors} from './successors.js';
import {LEAF_HEAD, type Transitions} from './transitions.js';
import type {Vector} from './vector.js';

/** Whoever expands states. */
type Expanding = {
  readonly vector: Vector;
  readonly transitions: Transitions;
  readonly applied: Applied;
  readonly store: Successors;
};

/** Follows what applies to the state at hand to where it leads, and hands that to the store. */
export class Follower {
  /** Did something fair change the state at hand? */
  fairChanges = false;
  readonly #of: Expanding;
  readonly #lookBack: LookBack;
  readonly #sleepSets: SleepSets;
  readonly #isOutgrown: () => boolean;
  /** Does it matter of every state whether something fair changes it? */
  readonly #hasQuiescent: boolean;
  /** The number of the state at hand, and where it is packed. */
  #source = -1;
  #block: Int32Array = new Int32Array(0);
  #at = 0;
  /** The bits of those that may sleep in what it leads to. */
  #mayLow = 0;
  #mayHigh = 0;
  #enabled: Enabled | null = null;

  /** `isOutgrown` says whether a slot has outgrown its bits. */
  constructor({quiescent}: System, expanding: Expanding, lookBack: LookBack, isOutgrown: () => boolean) {
    this.#of = expanding;
    this.#lookBack = lookBack;
    this.#sleepSets = new SleepSets(expanding.transitions, expanding.vector);
    this.#isOutgrown = isOutgrown;
    this.#hasQuiescent = quiescent.length > 0;
  }

  /** The state of this number is at hand, packed at this place of a block. */
  arrive(source: number, block: Int32Array, at: number): void {
    this.#source = source;
    this.#block = block;
    this.#at = at;
    this.fairChanges = false;
  }

  /** Adds what was packed to the batch, with those who sleep there; false when the store can take no more now. */
  put(leaf: number, outcome: number, asleepLow: number, asleepHigh: number): boolean {
    const {store} = this.#of;
    const at = store.waiting++;
    store.leaf[at] = leaf;
    store.outcome[at] = outcome;
    store.source[at] = this.#source;
    store.asleep[2 * at] = asleepLow;
    store.asleep[2 * at + 1] = asleepHigh;
    if (at === BATCH - 1) store.flush();
    return !store.stuck;
  }

  /** Adds what was packed, to which a leaf of this bit led (or -1: nobody sleeps there). */
  #putWithSleepers(leaf: number, bit: number): boolean {
    const low = this.#mayLow;
    const high = this.#mayHigh;
    if (bit < 0 || (low | high) === 0) return this.put(leaf, 0, 0, 0);
    const sleepSets = this.#sleepSets;
    const {after, contended} = sleepSets;
    const contendedLow = low & contended[2 * bit]!;
    const contendedHigh = high & contended[2 * bit + 1]!;
    if ((contendedLow | contendedHigh) === 0) {
      return this.put(leaf, 0, low & after[2 * bit]!, high & after[2 * bit + 1]!);
    }
    sleepSets.ask(bit, contendedLow, contendedHigh, this.#enabled!);
    return this.put(leaf, 0, (low & after[2 * bit]!) | sleepSets.low, (high & after[2 * bit + 1]!) | sleepSets.high);
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

  /** Follows what applies to the state at hand; false when a slot has outgrown its bits, or the store is stuck. */
  follow(enabled: Enabled, asleep: Int32Array | null, place: number): boolean {
    if (this.#lookBack.isNeeded || this.#of.store.wantsAll) return this.#followAll();
    this.#mayLow = 0;
    this.#mayHigh = 0;
    let asleepLow = 0;
    let asleepHigh = 0;
    if (asleep !== null) {
      this.#sleepSets.renew();
      this.#enabled = enabled;
      this.#mayLow = enabled.low;
      this.#mayHigh = enabled.high;
      asleepLow = asleep[place]! & enabled.low;
      asleepHigh = asleep[place + 1]! & enabled.high;
    }
    return (
      this.#followBits(enabled.low ^ asleepLow, 0) &&
      this.#followBits(enabled.high ^ asleepHigh, 32) &&
      this.#followBitless(enabled) &&
      (!this.#hasQuiescent || (this.#followFair(asleepLow, 0) && this.#followFair(asleepHigh, 32)))
    );
  }

  /** Follows the leaves that have these bits, from number `first` on. */
  #followBits(bits: number, first: number): boolean {
    const {leafAt} = this.#of.transitions;
    for (let left = bits; left !== 0; ) {
      const bit = 31 - Math.clz32(left & -left); // the lowest
      left ^= 1 << bit;
      const own = first + bit;
      if (!this.#take(leafAt[own]!, own)) return false;
    }
    return true;
  }

  /** Follows the leaves that have no bit. */
  #followBitless({dispatch, work, looked}: Enabled): boolean {
    const {lists} = dispatch;
    for (let i = 0; i < looked; i++) {
      const first = work[i]! + ENTRIES;
      const end = first + lists[work[i]! + BITLESS]!;
      for (let at = first; at < end; at++) if (!this.#take(lists[at]!, -1)) return false;
    }
    const {code} = this.#of.transitions;
    const {places, count} = this.#of.applied;
    for (let i = 0; i < count; i++) {
      const leaf = places[i]!;
      if ((code[leaf + 3]! | code[leaf + 4]!) === 0 && !this.#take(leaf, -1)) return false;
    }
    return true;
  }

  /** Of those that sleep, follows fair ones until one is found that changes the state: else it would seem to rest. */
  #followFair(asleep: number, first: number): boolean {
    const {leafAt, code} = this.#of.transitions;
    for (let left = asleep; left !== 0 && !this.fairChanges; ) {
      const bit = 31 - Math.clz32(left & -left); // the lowest
      left ^= 1 << bit;
      const leaf = leafAt[first + bit]!;
      if (code[leaf + 1] === 1 && !this.#take(leaf, -1)) return false;
    }
    return true;
  }

  /** Follows every leaf, where each step is to be looked at: the dispatch has gathered none. */
  #followAll(): boolean {
    const {places, count} = this.#of.applied;
    for (let i = 0; i < count; i++) if (!this.#takeLooking(places[i]!)) return false;
    return true;
  }

  /** Takes every outcome of a leaf, of this bit if it has one that counts; false when it cannot go on. */
  #take(leaf: number, bit: number): boolean {
    return this.#of.store.layout.words === 2 ? this.#takePlain(leaf, bit) : this.#takeWide(leaf, bit);
  }

  /** For two words, which stay in two variables. */
  #takePlain(leaf: number, bit: number): boolean {
    const {store} = this.#of;
    const {code} = this.#of.transitions;
    const {ids} = this.#of.vector;
    const {word, shift} = store.layout;
    const {batch, recent} = store;
    const low = this.#block[this.#at]!;
    const high = this.#block[this.#at + 1]!;
    for (let left = code[leaf + 2]!, x = leaf + LEAF_HEAD; left > 0; left--) {
      let changedLow = low;
      let changedHigh = high;
      const last = x + 1 + 2 * code[x]!;
      for (x++; x < last; x += 2) {
        const slot = code[x]!;
        const to = this.#operate(code[x + 1]!, ids[slot]!);
        if (to < 0) return false;
        const difference = (ids[slot]! ^ to) << shift[slot]!;
        if (word[slot] === 0) changedLow ^= difference;
        else changedHigh ^= difference;
      }
      if (changedLow === low && changedHigh === high) continue;
      if (code[leaf + 1] === 1) this.fairChanges = true;
      const h = Math.imul(Math.imul(changedLow, 0x9e3779b1) ^ changedHigh, 0x85ebca6b);
      const seen = ((h ^ (h >>> 15)) & RECENT_MASK) << 1;
      if (recent[seen] === changedLow && recent[seen + 1] === changedHigh) continue;
      recent[seen] = changedLow;
      recent[seen + 1] = changedHigh;
      batch[2 * store.waiting] = changedLow;
      batch[2 * store.waiting + 1] = changedHigh;
      if (!this.#putWithSleepers(code[leaf]!, bit)) return false;
    }
    return true;
  }

  /** For any number of words. */
  #takeWide(leaf: number, bit: number): boolean {
    const {store} = this.#of;
    const {code} = this.#of.transitions;
    const {ids} = this.#of.vector;
    const {word, shift, words} = store.layout;
    const {batch} = store;
    for (let left = code[leaf + 2]!, x = leaf + LEAF_HEAD; left > 0; left--) {
      const into = store.waiting * words;
      for (let w = 0; w < words; w++) batch[into + w] = this.#block[this.#at + w]!;
      let differs = 0;
      const last = x + 1 + 2 * code[x]!;
      for (x++; x < last; x += 2) {
        const slot = code[x]!;
        const to = this.#operate(code[x + 1]!, ids[slot]!);
        if (to < 0) return false;
        const difference = ids[slot]! ^ to;
        differs |= difference;
        batch[into + word[slot]!]! ^= difference << shift[slot]!;
      }
      if (differs === 0) continue;
      if (code[leaf + 1] === 1) this.fairChanges = true;
      if (store.isRecent(into)) continue;
      if (!this.#putWithSleepers(code[leaf]!, bit)) return false;
    }
    return true;
  }

  /** Where every step is wanted, successors are normalised or something is said of steps. */
  #takeLooking(leaf: number): boolean {
    const {store} = this.#of;
    const {code} = this.#of.transitions;
    const {ids, width, changed} = this.#of.vector;
    const {word, shift, words} = store.layout;
    const {batch, wantsAll} = store;
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
      const into = store.waiting * words;
      for (let w = 0; w < words; w++) batch[into + w] = this.#block[this.#at + w]!;
      const became = count === 0 ? SAME : isNeeded ? this.#lookBack.run(count, this.#source) : (count << 2) | INSIDE;
      if (this.#isOutgrown()) return false;
      for (let i = 0; i < became >> 2; i++) {
        const changedSlot = changed[i]!;
        batch[into + word[changedSlot]!]! ^= (ids[changedSlot]! ^ ids[width + changedSlot]!) << shift[changedSlot]!;
        ids[width + changedSlot] = ids[changedSlot]!; // so that the copy *after* is as *before* once more
      }
      if ((became & 3) !== SAME && code[leaf + 1] === 1) this.fairChanges = true;
      if (!wantsAll && ((became & 3) !== INSIDE || store.isRecent(into))) continue;
      if (!this.put(code[leaf]!, outcome, 0, 0)) return false;
    }
    return true;
  }
}
