import type {Applied} from './applied.js';
import {
  BITLESS,
  type Dispatch,
  ENTRIES,
  HIGH,
  LEAVES,
  LOW,
  MORE,
  NODES,
  NODES_IN,
  NUMBER,
  OUTCOMES,
  PAIRS,
} from './dispatch.js';
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
  /** Where those that have none begin in the code: the first `bitless`. */
  bitlessLeaves = new Int32Array(64);
  bitless = 0;
  /** Lists that were looked into, the first `looked`: the first `lasting` are among `lists`, the others are not. */
  work = new Int32Array(64);
  looked = 0;
  lasting = 0;
  /** How often lists with nodes came or went among those that are lasting. */
  gathered = 0;
  readonly dispatch: Dispatch;
  /** By place of the dispatch: its value, and its list. */
  readonly ids: Int32Array;
  readonly lists: Int32Array;
  /** What all of these lists hold together. */
  heldLow = 0;
  heldHigh = 0;
  heldOutcomes = 0;
  /** Is one of these lists not that of the state at hand? */
  isStale = true;
  /** How many states had been at hand with the one that was here last. */
  loads = -1;
  /** States that are done. */
  done = 0;
  readonly #transitions: Transitions;
  readonly #vector: Vector;
  /** Takes those that were looked up one by one. */
  readonly #applied: Applied;
  /** Did something outgrow its bits? Asked where something was met for the first time. */
  readonly #isOutgrown: () => boolean;
  /** The places of the dispatch by the bit of their slot: those of a bit from `#begins` on, derived ones last. */
  readonly #order: Int32Array;
  readonly #begins = new Int32Array(SLOT_BITS + 1);
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
    this.ids = new Int32Array(places.length + 1).fill(-1);
    this.lists = new Int32Array(places.length + 1).fill(dispatch.none);
    this.#replace(places.length, 0, always);
  }

  /** Is what is here that of the state at hand? */
  get isCurrent(): boolean {
    return !this.isStale && this.loads === this.#vector.loads;
  }

  /** A state is at hand that differs from the last in these places, as bits; false when something has outgrown. */
  arrive(differing: number): boolean {
    const begins = this.#begins;
    const isNext = !this.isStale && this.#vector.loads === this.loads + 1;
    this.loads = this.#vector.loads;
    this.isStale = true;
    for (let left = isNext ? differing : -1; left !== 0; left &= left - 1) {
      const bit = 31 - Math.clz32(left & -left); // the lowest
      if (!this.#renew(begins[bit]!, begins[bit + 1]!)) return false;
    }
    if (!this.#renew(begins[SLOT_BITS]!, this.#order.length)) return false;
    this.isStale = false;
    this.low = this.heldLow;
    this.high = this.heldHigh;
    this.outcomes = this.heldOutcomes;
    return this.lookInto() || !this.#isOutgrown();
  }

  /** Looks up the lists of some places anew, as `#order` has them; false when something has outgrown. */
  #renew(from: number, to: number): boolean {
    for (let i = from; i < to; i++) {
      const n = this.#order[i]!;
      const id = this.#vector.idAt(this.dispatch.places[n]!);
      if (id === this.ids[n] || this.follow(n)) continue;
      this.dispatch.list(n, id);
      if (this.#isOutgrown()) return false;
      this.follow(n);
    }
    return true;
  }

  /** Takes the list of a place for the value that it has now; answers whether it is known. */
  follow(n: number): boolean {
    const {places, tables} = this.dispatch;
    const id = this.#vector.ids[places[n]!]!;
    const list = id < 0 ? 0 : (tables[n]![id] ?? 0);
    if (list !== 0) this.#replace(n, id, list);
    return list !== 0;
  }

  /** Each leaf hangs on one place only, so what the old list held goes, and what the new one holds comes. */
  #replace(n: number, id: number, list: number): void {
    const {lists} = this.dispatch;
    const old = this.lists[n]!;
    this.ids[n] = id;
    if (list === old) return;
    const hits = this.roomyHits();
    hits[lists[old + NUMBER]!]! += this.done;
    hits[lists[list + NUMBER]!]! -= this.done;
    this.lists[n] = list;
    this.heldLow ^= lists[old + LOW]! ^ lists[list + LOW]!;
    this.heldHigh ^= lists[old + HIGH]! ^ lists[list + HIGH]!;
    this.heldOutcomes += lists[list + OUTCOMES]! - lists[old + OUTCOMES]!;
    const more = lists[old + MORE]! | lists[list + MORE]!;
    if (more !== 0) this.gather((more & NODES_IN) !== 0);
  }

  /** Collects the lists that are to be looked into; `withNodes` says whether some with nodes came or went. */
  gather(withNodes: boolean): void {
    const {lists} = this.dispatch;
    if (withNodes) this.gathered++;
    this.#forget();
    this.lasting = 0;
    // What reads nothing comes first.
    for (let n = 0, {length} = this.lists; n < length; n++) {
      const list = this.lists[(n + length - 1) % length]!;
      if (lists[list + MORE] !== 0) this.#push(this.lasting++, list);
    }
  }

  /**
   * Adds what the lists of the state at hand hold beside their bits; answers whether everything was known of it. Where
   * it was not, the model was asked.
   */
  lookInto(): boolean {
    this.#forget();
    let isKnown = true;
    this.looked = this.lasting;
    for (let i = 0; i < this.looked; i++) isKnown = this.#lookIntoOne(this.work[i]!) && isKnown;
    return isKnown;
  }

  /** Nothing was looked into. */
  #forget(): void {
    this.#applied.clear();
    this.bitless = 0;
    this.looked = 0;
  }

  #lookIntoOne(list: number): boolean {
    const vector = this.#vector;
    const dispatch = this.dispatch;
    const {lists} = dispatch; // what replaces it begins as it does
    let isKnown = true;
    let at = list + ENTRIES;
    for (const end = at + lists[list + BITLESS]!; at < end; at++) this.#addBitless(lists[at]!);
    at = list + ENTRIES + lists[list + LEAVES]!;
    for (const end = at + 2 * lists[list + PAIRS]!; at < end; at += 2) {
      let leaf = vector.walk(lists[at]!);
      if (leaf === 0) {
        isKnown = false;
        leaf = dispatch.leafOf(list, lists[at]!, lists[at + 1]!);
      }
      if (leaf !== DISABLED) this.#note(-leaf);
    }
    for (const end = at + lists[list + NODES]!; at < end; at++) {
      const {place, table, apart} = dispatch.nodes[lists[at]!]!;
      const id = vector.idAt(place);
      let child = id < table.length ? table[id]! : 0;
      if (child === 0) {
        child = dispatch.child(lists[at]!, id);
        isKnown &&= child === apart;
      }
      this.low |= dispatch.lists[child + LOW]!;
      this.high |= dispatch.lists[child + HIGH]!;
      this.outcomes += dispatch.lists[child + OUTCOMES]!;
      this.#push(this.looked++, child);
    }
    return isKnown;
  }

  #note(leaf: number): void {
    const {code} = this.#transitions;
    this.#applied.note(leaf);
    this.low |= code[leaf + 3]!;
    this.high |= code[leaf + 4]!;
    this.outcomes += code[leaf + 2]!;
    if ((code[leaf + 3]! | code[leaf + 4]!) === 0) this.#addBitless(leaf);
  }

  #addBitless(leaf: number): void {
    this.bitlessLeaves = grown(this.bitlessLeaves, this.bitless);
    this.bitlessLeaves[this.bitless++] = leaf;
  }

  #push(at: number, list: number): void {
    if (at === this.work.length) this.work = grown(this.work, at);
    this.work[at] = list;
  }

  /** The numbers of the leaves that apply. */
  leaves(): readonly number[] {
    const {code, leafAt} = this.#transitions;
    const leaves: number[] = [];
    for (let left = this.low; left !== 0; left &= left - 1) leaves.push(leafAt[31 - Math.clz32(left & -left)]!);
    for (let left = this.high; left !== 0; left &= left - 1) leaves.push(leafAt[63 - Math.clz32(left & -left)]!);
    for (let i = 0; i < this.bitless; i++) leaves.push(this.bitlessLeaves[i]!);
    return leaves.map(at => code[at]!);
  }

  /** The state at hand is done: one that is begun anew counts once. */
  settle(): void {
    this.done++;
    this.credit();
  }

  /** Counts what was found by looking into lists. */
  credit(): void {
    const {lists} = this.dispatch;
    const hits = this.roomyHits();
    for (let i = this.lasting; i < this.looked; i++) hits[lists[this.work[i]! + NUMBER]!]! += 1;
    this.#applied.settle(this.#transitions.code);
  }

  /** Counters with room for every list. */
  roomyHits(): Float64Array {
    this.#hits = grown(this.#hits, this.dispatch.begins.length);
    return this.#hits;
  }

  /** By leaf: to how many states it applied. */
  hits(): Float64Array {
    const states = this.#hits.slice();
    for (const list of this.lists) states[this.dispatch.lists[list + NUMBER]!]! += this.done;
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
