import type {System} from '../define/system.js';
import type {Applied} from './applied.js';
import {composed, UNKNOWN} from './composed.js';
import {HIGH, LOW, MORE, NODES_IN, NUMBER, OUTCOMES} from './dispatch.js';
import type {Enabled} from './enabled.js';
import {grown} from './grown.js';
import type {Properties} from './properties.js';
import {SleepSets} from './sleep.js';
import {BATCH, RECENT_MASK, type Successors} from './successors.js';
import {LEAF_BITS, LEAF_HEAD, type Transitions} from './transitions.js';
import type {Vector} from './vector.js';

/** Whoever expands states. */
type Expanding = {
  readonly vector: Vector;
  readonly transitions: Transitions;
  readonly properties: Properties;
  readonly applied: Applied;
  readonly successors: Successors;
  generated: number;
};

const NOBODY = new Int32Array(0);

/**
 * Expands states of which everything is known, one after another, in a model that says nothing of steps. This is where
 * a search spends its time: one loop, in which all that does not change from state to state is at hand, and into which
 * nothing of the model is called.
 */
export class Sprint {
  readonly #of: Expanding;
  readonly #enabled: Enabled;
  readonly #sleepSets: SleepSets;
  /** By number: the places of the dispatch; by slot: the number of its place, or -1; the numbers of derived ones. */
  readonly #places: Int32Array;
  readonly #numberOf: Int32Array;
  readonly #derived: Int32Array;
  /** Does it matter of every state whether something fair changes it? */
  readonly #hasQuiescent: boolean;
  /** What is to be followed: where leaves begin in the code, and their bits (or -1: nobody sleeps there). */
  #leaves = new Int32Array(2 * LEAF_BITS);
  #bits = new Int32Array(2 * LEAF_BITS);
  /** The places that differ from the state of which the invariants were evaluated last, as bits. */
  #differing = -1;

  constructor({quiescent}: System, expanding: Expanding, enabled: Enabled) {
    const {vector, transitions} = expanding;
    this.#of = expanding;
    this.#enabled = enabled;
    this.#sleepSets = new SleepSets(transitions, vector);
    const {slotCount} = vector;
    const places = Int32Array.from(enabled.dispatch.places);
    this.#places = places;
    this.#numberOf = Int32Array.from({length: slotCount}, (_, slot) => places.indexOf(slot));
    this.#derived = Int32Array.from(places.keys()).filter(n => places[n]! >= slotCount);
    this.#hasQuiescent = quiescent.length > 0;
  }

  /**
   * Learns of the packed state at `at` of a block, from the model, what is not known yet of it, so that it can be
   * expanded. `isOutgrown` says whether a slot has outgrown its bits; then answers false.
   */
  learn(block: Int32Array, at: number, isOutgrown: () => boolean): boolean {
    const {vector, transitions, successors} = this.#of;
    this.#differing |= vector.load(successors.layout, block, at);
    if (!this.#enabled.arrive(-1)) return false;
    for (const leaf of this.#enabled.leaves()) transitions.changes(leaf);
    return !isOutgrown();
  }

  /**
   * Expands states of a block from place `from` on; answers the place where it stopped: before `to` where a state is
   * to be learnt of, or the store is stuck. `number` is the number of the first; `asleep` says by place who sleeps
   * there, in two words each.
   */
  run(block: Int32Array, from: number, to: number, number: number, asleep: Int32Array | null): number {
    const {successors, properties, vector} = this.#of;
    const {arrival, ids, slotCount, width} = vector;
    const {words, slotAt, shift, mask, word} = successors.layout;
    const {batch, recent, leaf: leafOf, source: sourceOf, asleep: asleepThere} = successors;
    const enabled = this.#enabled;
    const {lists: held, ids: heldIds, dispatch} = enabled;
    if (arrival.layout !== successors.layout || !enabled.isCurrent) return from;
    const {lists, tables} = dispatch;
    const {code, leafAt, tables: operations} = this.#of.transitions;
    const {packed} = arrival;
    const hits = enabled.roomyHits();
    const [places, numberOf, derived] = [this.#places, this.#numberOf, this.#derived];
    const hasDerived = width > slotCount;
    const sleepSets = this.#sleepSets;
    const {after, contended} = sleepSets;
    if (asleep !== null) sleepSets.renew();
    const dreams = asleep ?? NOBODY;
    let {heldLow, heldHigh, heldOutcomes, done} = enabled;
    let generated = 0;
    let waiting = successors.waiting;
    let isKnown = true;
    let i = from;
    for (; i < to; i++) {
      const at = words * i;
      // The state becomes the one at hand: what reads a slot that differs is looked up anew.
      arrival.count++;
      let differing = this.#differing;
      let more = 0;
      for (let w = 0; w < words; w++) {
        const packedWord = block[at + w]!;
        let left = packedWord ^ packed[w]!;
        packed[w] = packedWord;
        while (left !== 0) {
          const slot = slotAt[32 * w + 31 - Math.clz32(left)]!;
          const lowest = shift[slot]!;
          const ones = mask[slot]!;
          const id = (packedWord >>> lowest) & ones;
          left &= ~(ones << lowest);
          ids[slot] = id;
          differing |= 1 << slot;
          const n = numberOf[slot]!;
          if (n < 0) continue;
          const table = tables[n]!;
          const list = id < table.length ? table[id]! : 0;
          if (list === 0) {
            isKnown = false;
            continue;
          }
          heldIds[n] = id;
          const old = held[n]!;
          if (list === old) continue;
          held[n] = list;
          hits[lists[old + NUMBER]!]! += done;
          hits[lists[list + NUMBER]!]! -= done;
          heldLow ^= lists[old + LOW]! ^ lists[list + LOW]!;
          heldHigh ^= lists[old + HIGH]! ^ lists[list + HIGH]!;
          heldOutcomes += lists[list + OUTCOMES]! - lists[old + OUTCOMES]!;
          more |= lists[old + MORE]! | lists[list + MORE]!;
        }
      }
      if (hasDerived && differing !== 0) differing = arrival.derive(differing);
      for (let k = 0; k < derived.length; k++) {
        const n = derived[k]!;
        if (ids[places[n]!] === heldIds[n]) continue;
        enabled.heldLow = heldLow;
        enabled.heldHigh = heldHigh;
        enabled.heldOutcomes = heldOutcomes;
        enabled.done = done;
        isKnown = enabled.follow(n) && isKnown;
        ({heldLow, heldHigh, heldOutcomes} = enabled);
      }
      this.#differing = differing;
      enabled.low = heldLow;
      enabled.high = heldHigh;
      enabled.outcomes = heldOutcomes;
      if (more !== 0) enabled.gather((more & NODES_IN) !== 0);
      if (!isKnown || (enabled.lasting > 0 && !enabled.lookInto())) {
        isKnown = false;
        enabled.isStale = true;
        break;
      }
      properties.atState(number + i - from, differing);
      this.#differing = 0;
      // What applies, less what sleeps.
      const low = enabled.low;
      const high = enabled.high;
      let mayLow = 0;
      let mayHigh = 0;
      let asleepLow = 0;
      let asleepHigh = 0;
      if (asleep !== null) {
        mayLow = low;
        mayHigh = high;
        asleepLow = dreams[2 * i]! & low;
        asleepHigh = dreams[2 * i + 1]! & high;
      }
      const leaves = this.#leaves;
      const bits = this.#bits;
      let some = 0;
      for (let left = low ^ asleepLow; left !== 0; left &= left - 1) {
        const bit = 31 - Math.clz32(left & -left);
        leaves[some] = leafAt[bit]!;
        bits[some++] = bit;
      }
      for (let left = high ^ asleepHigh; left !== 0; left &= left - 1) {
        const bit = 63 - Math.clz32(left & -left);
        leaves[some] = leafAt[bit]!;
        bits[some++] = bit;
      }
      if (enabled.bitless > 0) some = this.#addBitless(some);
      const stateLow = block[at]!;
      const stateHigh = block[at + words - 1]!;
      let fairChanges = false;
      for (let k = 0; k < some && isKnown; k++) {
        const leaf = this.#leaves[k]!;
        const bit = this.#bits[k]!;
        for (let left = code[leaf + 2]!, x = leaf + LEAF_HEAD; left > 0; left--) {
          const first = x + 1;
          x = first + 2 * code[x]!;
          if (words !== 2) {
            successors.waiting = waiting;
            const differs = composed(this.#of, block, at, first, x);
            isKnown = differs !== UNKNOWN;
            if (!isKnown) break;
            if (differs === 0) continue;
            if (code[leaf + 1] === 1) fairChanges = true;
            if (successors.isRecent(words * waiting)) continue;
          } else {
            let newLow = stateLow;
            let newHigh = stateHigh;
            for (let o = first; o < x; o += 2) {
              const slot = code[o]!;
              const operation = code[o + 1]!;
              const id = ids[slot]!;
              let next = ~operation;
              if (operation >= 0) {
                const table = operations[operation]!;
                next = (id < table.length ? table[id]! : 0) - 1;
                isKnown &&= next >= 0;
              }
              const difference = (id ^ next) << shift[slot]!;
              if (word[slot] === 0) newLow ^= difference;
              else newHigh ^= difference;
            }
            if (!isKnown) break;
            if (newLow === stateLow && newHigh === stateHigh) continue;
            if (code[leaf + 1] === 1) fairChanges = true;
            const h = Math.imul(Math.imul(newLow, 0x9e3779b1) ^ newHigh, 0x85ebca6b);
            const seen = ((h ^ (h >>> 15)) & RECENT_MASK) << 1;
            if (recent[seen] === newLow && recent[seen + 1] === newHigh) continue;
            recent[seen] = newLow;
            recent[seen + 1] = newHigh;
            batch[2 * waiting] = newLow;
            batch[2 * waiting + 1] = newHigh;
          }
          let sleepLow = 0;
          let sleepHigh = 0;
          if (bit >= 0 && asleep !== null) {
            sleepLow = mayLow & after[2 * bit]!;
            sleepHigh = mayHigh & after[2 * bit + 1]!;
            const contendedLow = mayLow & contended[2 * bit]!;
            const contendedHigh = mayHigh & contended[2 * bit + 1]!;
            if ((contendedLow | contendedHigh) !== 0) {
              sleepSets.ask(bit, contendedLow, contendedHigh, enabled);
              sleepLow |= sleepSets.low;
              sleepHigh |= sleepSets.high;
            }
          }
          leafOf[waiting] = code[leaf]!;
          sourceOf[waiting] = number + i - from;
          asleepThere[2 * waiting] = sleepLow;
          asleepThere[2 * waiting + 1] = sleepHigh;
          if (++waiting === BATCH) {
            successors.waiting = waiting;
            successors.flush();
            waiting = successors.waiting;
            isKnown = !successors.stuck;
          }
          if (!isKnown) break;
        }
      }
      if (!isKnown) break;
      if (this.#hasQuiescent && !fairChanges) fairChanges = this.#isDriven(asleepLow, asleepHigh);
      done++;
      if (enabled.looked > 0) enabled.credit();
      generated += enabled.outcomes;
      if (enabled.outcomes === 0 || (this.#hasQuiescent && !fairChanges)) {
        properties.atRest(number + i - from, enabled.outcomes, fairChanges);
      }
    }
    successors.waiting = waiting;
    enabled.heldLow = heldLow;
    enabled.heldHigh = heldHigh;
    enabled.heldOutcomes = heldOutcomes;
    enabled.done = done;
    enabled.loads = arrival.count;
    this.#of.generated += generated;
    return i;
  }

  /** Adds the leaves that apply and have no bit to what is to be followed; answers how many there are then. */
  #addBitless(some: number): number {
    const {bitless, bitlessLeaves} = this.#enabled;
    this.#leaves = grown(this.#leaves, some + bitless);
    this.#bits = grown(this.#bits, some + bitless);
    this.#leaves.set(bitlessLeaves.subarray(0, bitless), some);
    this.#bits.fill(-1, some, some + bitless);
    return some + bitless;
  }

  /** Would something fair change the state at hand, of what sleeps there? Else it would seem to rest. */
  #isDriven(asleepLow: number, asleepHigh: number): boolean {
    const {transitions} = this.#of;
    for (let bit = 0; bit < LEAF_BITS; bit++) {
      if (((bit < 32 ? asleepLow : asleepHigh) & (1 << (bit & 31))) === 0) continue;
      const place = transitions.leafAt[bit]!;
      if (transitions.code[place + 1] === 1 && transitions.changes(transitions.code[place]!)) return true;
    }
    return false;
  }
}
