import type {Applied} from './applied.js';
import {BITLESS, type Dispatch, ENTRIES, HIGH, LEAVES, LOW, NODES, NUMBER, OUTCOMES, PAIRS} from './dispatch.js';
import {grown} from './grown.js';
import {DISABLED, type Transitions} from './transitions.js';
import type {Vector} from './vector.js';

/** Slots have a bit each in one word; two may share one. */
const SLOT_BITS = 32;

/**
 * Which leaves apply to the state at hand. From one state to the next, only what reads a place that differs is looked
 * up anew.
 */
export class Enabled {
  /** The bits of those that have one. */
  low = 0;
  high = 0;
  /** How many outcomes they have together. */
  outcomes = 0;
  /** Lists that were looked into, the first `looked`: the first `lasting` are among `lists`, the others are not. */
  work = new Int32Array(64);
  looked = 0;
  lasting = 0;
  /** How often lists with nodes came or went among those that are lasting. */
  gathered = 0;
  readonly dispatch: Dispatch;
  readonly #transitions: Transitions;
  readonly #vector: Vector;
  /** Takes those that were looked up one by one. */
  readonly #applied: Applied;
  /** Did something outgrow its bits? Asked where something was met for the first time. */
  readonly #isOutgrown: () => boolean;
  /** The places of the dispatch by the bit of their slot: those of a bit from `#begins` on, derived ones last. */
  readonly #order: Int32Array;
  readonly #begins = new Int32Array(SLOT_BITS + 1);
  /** By place of the dispatch: its value, and its list. */
  readonly #ids: Int32Array;
  readonly lists: Int32Array;
  /** What all of these lists hold together. */
  #low = 0;
  #high = 0;
  #outcomes = 0;
  #isStale = true;
  /** How many states had been at hand with the one that was here last. */
  #loads = -1;
  /** States that are done. */
  #done = 0;
  /** By number of a list: of how many of them it was, less those done when it came, if it is one that stays. */
  #hits = new Float64Array(1024);

  constructor(
    dispatch: Dispatch,
    transitions: Transitions,
    vector: Vector,
    applied: Applied,
    isOutgrown: () => boolean,
  ) {
    const {places, always} = dispatch;
    this.dispatch = dispatch;
    this.#transitions = transitions;
    this.#vector = vector;
    this.#applied = applied;
    this.#isOutgrown = isOutgrown;
    const bitOf = (n: number): number => (places[n]! < vector.slotCount ? places[n]! % SLOT_BITS : SLOT_BITS);
    this.#order = Int32Array.from(places.keys()).sort((a, b) => bitOf(a) - bitOf(b) || a - b);
    for (let bit = 0; bit <= SLOT_BITS; bit++) this.#begins[bit] = this.#order.filter(n => bitOf(n) < bit).length;
    // The last one stands for what reads nothing.
    this.#ids = new Int32Array(places.length + 1).fill(-1);
    this.lists = new Int32Array(places.length + 1).fill(dispatch.none);
    this.#replace(places.length, 0, always);
  }

  /** A state is at hand that differs from the one before in these slots, as bits; false when something has outgrown. */
  arrive(differing: number): boolean {
    const begins = this.#begins;
    const isNext = !this.#isStale && this.#vector.loads === this.#loads + 1;
    this.#loads = this.#vector.loads;
    this.#isStale = true;
    for (let left = isNext ? differing : -1; left !== 0; left &= left - 1) {
      const bit = 31 - Math.clz32(left & -left); // the lowest
      if (!this.#renew(begins[bit]!, begins[bit + 1]!)) return false;
    }
    if (!this.#renew(begins[SLOT_BITS]!, this.#order.length)) return false;
    this.#isStale = false;
    this.low = this.#low;
    this.high = this.#high;
    this.outcomes = this.#outcomes;
    this.#applied.clear();
    this.looked = this.lasting;
    for (let i = 0; i < this.looked; i++) if (!this.#lookInto(this.work[i]!)) return false;
    return true;
  }

  /** Looks up the lists of some places anew, as `#order` has them; false when something has outgrown. */
  #renew(from: number, to: number): boolean {
    const {places, tables} = this.dispatch;
    for (let i = from; i < to; i++) {
      const n = this.#order[i]!;
      const id = this.#vector.idAt(places[n]!);
      if (id === this.#ids[n]) continue;
      const table = tables[n]!;
      let list = id < table.length ? table[id]! : 0;
      if (list === 0) {
        list = this.dispatch.list(n, id);
        if (this.#isOutgrown()) return false;
      }
      this.#replace(n, id, list);
    }
    return true;
  }

  /** Each leaf hangs on one place only, so what the old list held goes, and what the new one holds comes. */
  #replace(n: number, id: number, list: number): void {
    const {lists} = this.dispatch;
    const old = this.lists[n]!;
    const number = lists[list + NUMBER]!;
    if (number >= this.#hits.length) this.#hits = grown(this.#hits, number);
    this.#hits[lists[old + NUMBER]!]! += this.#done;
    this.#hits[number]! -= this.#done;
    this.#ids[n] = id;
    this.lists[n] = list;
    this.#low ^= lists[old + LOW]! ^ lists[list + LOW]!;
    this.#high ^= lists[old + HIGH]! ^ lists[list + HIGH]!;
    this.#outcomes += lists[list + OUTCOMES]! - lists[old + OUTCOMES]!;
    if (this.#isMore(old) || this.#isMore(list)) this.#gather();
    if ((lists[old + NODES]! | lists[list + NODES]!) !== 0) this.gathered++;
  }

  /** Is there more to a list than the bits of its leaves? */
  #isMore(list: number): boolean {
    const {lists} = this.dispatch;
    return (lists[list + BITLESS]! | lists[list + PAIRS]! | lists[list + NODES]!) !== 0;
  }

  /** Collects the lists that are to be looked into. */
  #gather(): void {
    this.lasting = 0;
    // What reads nothing comes first.
    for (let n = 0, {length} = this.lists; n < length; n++) {
      const list = this.lists[(n + length - 1) % length]!;
      if (this.#isMore(list)) this.#push(this.lasting++, list);
    }
  }

  #lookInto(list: number): boolean {
    const vector = this.#vector;
    const dispatch = this.dispatch;
    const {lists} = dispatch; // what replaces it begins as it does
    let at = list + ENTRIES + lists[list + LEAVES]!;
    for (const end = at + 2 * lists[list + PAIRS]!; at < end; at += 2) {
      let leaf = vector.walk(lists[at]!);
      if (leaf === 0) {
        leaf = dispatch.leafOf(list, lists[at]!, lists[at + 1]!);
        if (this.#isOutgrown()) return false;
      }
      if (leaf !== DISABLED) this.#note(-leaf);
    }
    for (const end = at + lists[list + NODES]!; at < end; at++) {
      const {place, table} = dispatch.nodes[lists[at]!]!;
      const id = vector.idAt(place);
      let child = id < table.length ? table[id]! : 0;
      if (child === 0) {
        child = dispatch.child(lists[at]!, id);
        if (this.#isOutgrown()) return false;
      }
      this.low |= dispatch.lists[child + LOW]!;
      this.high |= dispatch.lists[child + HIGH]!;
      this.outcomes += dispatch.lists[child + OUTCOMES]!;
      this.#push(this.looked++, child);
    }
    return true;
  }

  #note(leaf: number): void {
    const {code} = this.#transitions;
    this.#applied.note(leaf);
    this.low |= code[leaf + 3]!;
    this.high |= code[leaf + 4]!;
    this.outcomes += code[leaf + 2]!;
  }

  #push(at: number, list: number): void {
    if (at === this.work.length) this.work = grown(this.work, at);
    this.work[at] = list;
  }

  /** The state at hand is done: one that is begun anew counts once. */
  settle(): void {
    this.#done++;
    for (let i = this.lasting; i < this.looked; i++) this.#credit(this.work[i]!);
    this.#applied.settle(this.#transitions.code);
  }

  /** A list was that of the state at hand only. */
  #credit(list: number): void {
    const number = this.dispatch.lists[list + NUMBER]!;
    if (number >= this.#hits.length) this.#hits = grown(this.#hits, number);
    this.#hits[number]! += 1;
  }

  /** By leaf: to how many states it applied. */
  hits(): Float64Array {
    const states = this.#hits.slice();
    for (const list of this.lists) states[this.dispatch.lists[list + NUMBER]!]! += this.#done;
    const {begins, lists} = this.dispatch;
    const {code, leaves} = this.#transitions;
    const hits = new Float64Array(leaves.length);
    hits.set(this.#applied.hits.subarray(0, leaves.length));
    begins.forEach((list, number) => {
      const first = list + ENTRIES;
      for (let at = first; at < first + lists[list + LEAVES]!; at++) hits[code[lists[at]!]!]! += states[number] ?? 0;
    });
    return hits;
  }
}
