import type {System} from '../define/system.js';
import {Applied} from './applied.js';
import {Dispatch} from './dispatch.js';
import {pack} from './layout.js';
import {INSIDE, LookBack, SAME} from './look-back.js';
import {Normalisers} from './normalise.js';
import {Properties} from './properties.js';
import {BATCH, RECENT_MASK, type Successors} from './successors.js';
import {Symmetry} from './symmetry.js';
import {DISABLED, Transitions} from './transitions.js';
import {Vector} from './vector.js';

/**
 * The inner loop: takes states from the queue, evaluates the properties, follows every outcome of every action, and
 * hands the successors to the store. Works on ids only; the model's functions run when a situation is met for the
 * first time.
 */
export class Expander<S extends Successors = Successors> {
  readonly vector: Vector;
  readonly transitions: Transitions;
  readonly properties: Properties;
  /** Another may take its place, of the same layout: what was learnt of the model stays. */
  store: S;
  /** Initial states and all successors so far. */
  generated = 0;
  readonly applied = new Applied();
  readonly normalisers: Normalisers;
  readonly symmetry: Symmetry;
  readonly #lookBack: LookBack;
  #dispatch: Dispatch | null = null;
  #fairChanges = false;
  /** The number of the state at hand. */
  #source = -1;
  #newsSeen = -1;

  /** `storeFor` makes the place where successors go, given how many ids each slot may have now. */
  constructor(system: System, storeFor: (sizes: () => readonly number[]) => S, vector = new Vector(system)) {
    this.vector = vector;
    this.transitions = new Transitions(system, this.vector);
    this.properties = new Properties(system, this.vector);
    this.normalisers = new Normalisers(system, this.vector);
    this.symmetry = new Symmetry(system, this.vector);
    this.#lookBack = new LookBack(this.vector, this.normalisers, this.properties, this.symmetry);
    const sorts = system.slots.map(({sort}) => this.vector.sorts[sort]!);
    for (const {name, sort, initial} of system.slots) {
      for (const value of initial) this.vector.sorts[sort]!.id(value, name);
    }
    this.store = storeFor(() => sorts.map(({values}) => values.length));
  }

  /** Has a slot outgrown its bits? Looked at anew only where a value was met for the first time. */
  get #isOutgrown(): boolean {
    const {count} = this.vector.news;
    if (count === this.#newsSeen) return false;
    if (this.store.isOutgrown) return true;
    this.#newsSeen = count;
    return false;
  }

  /**
   * Puts an initial state, given by the ids of its slots, into the batch, unless a constraint excludes it. Its normal
   * form may be met for the first time: then answers false, and it is to be put once more after everything was packed
   * anew.
   */
  begin(initial: Int32Array): boolean {
    const {vector, store} = this;
    vector.ids.set(initial, vector.width);
    const within = this.#lookBack.begin();
    if (this.#isOutgrown) return false;
    this.generated++;
    if (!within) return true;
    const ids = vector.ids.subarray(vector.width, vector.width + vector.slotCount);
    pack(store.layout, ids, store.batch, store.waiting * store.layout.words);
    this.#put(0, 0, -1);
    return true;
  }

  /** Adds what was packed to the batch; false when the store can take no more now. */
  #put(leaf: number, outcome: number, source: number): boolean {
    const {store} = this;
    store.leaf[store.waiting] = leaf;
    store.outcome[store.waiting] = outcome;
    store.source[store.waiting] = source;
    if (++store.waiting === BATCH) store.flush();
    return !store.stuck;
  }

  /**
   * Expands the states at places `from` to before `to` of a block; `number` is the number of the first. Answers where
   * it stopped: before `to` when a slot has outgrown its bits, or the store is stuck. The state at which it stopped
   * is to be expanded once more, after everything was packed anew; of its successors those that were found stay
   * found, and nothing of it was counted.
   */
  run(block: Int32Array, from: number, to: number, number: number): number {
    const {words} = this.store.layout;
    for (let i = from; i < to; i++) {
      this.#source = number + i - from;
      if (!this.#expandOne(block, i * words)) {
        if (!this.store.stuck) this.store.flush();
        return i;
      }
    }
    if (this.store.waiting > 0) this.store.flush();
    return to;
  }

  /** Follows every outcome of one state; false when a slot has outgrown its bits on the way. */
  #expandOne(block: Int32Array, at: number): boolean {
    const {vector, store} = this;
    if (this.#isOutgrown) return false;
    const differing = vector.load(store.layout, block, at);
    this.properties.atState(this.#source, differing);
    if (this.#lookBack.isNeeded) this.#lookBack.arrive(differing);
    if (this.#dispatch === null) {
      this.#dispatch = new Dispatch(this.transitions, vector);
      if (this.#isOutgrown) return false;
    }
    this.applied.clear();
    this.#fairChanges = false;
    if (!this.#follow(block, at, this.#dispatch)) return false;
    this.#settle();
    return true;
  }

  /** The list of instances for place number `n` of the dispatch, or -1 when a slot has outgrown its bits. */
  #list(dispatch: Dispatch, n: number): number {
    const place = dispatch.places[n]!;
    let id = this.vector.ids[place]!;
    if (id < 0) id = this.vector.derive(place);
    const table = dispatch.tables[n]!;
    const list = id < table.length ? table[id]! : 0;
    if (list !== 0) return list;
    const built = dispatch.list(n, id);
    return this.#isOutgrown ? -1 : built;
  }

  /** The leaf for an instance in the state at hand, or 0 when a slot has outgrown its bits. */
  #leaf(cell: number, instance: number, place: number): number {
    const known = this.vector.walk(cell);
    if (known !== 0) return known;
    const root = this.transitions.instances[instance]!.delivery === null ? place : -1;
    const leaf = this.transitions.resolve(instance, cell, root);
    return this.#isOutgrown ? 0 : leaf;
  }

  /** What becomes of a slot's value, or -1 when a slot has outgrown its bits. */
  #operate(operation: number, id: number): number {
    if (operation < 0) return ~operation;
    const table = this.transitions.tables[operation]!;
    const known = id < table.length ? table[id]! : 0;
    if (known !== 0) return known - 1;
    const to = this.transitions.operate(operation, id);
    return this.#isOutgrown ? -1 : to;
  }

  /** Follows every instance that may be enabled; false when a slot has outgrown its bits, or the store is stuck. */
  #follow(block: Int32Array, at: number, dispatch: Dispatch): boolean {
    const {isNeeded} = this.#lookBack;
    if (!isNeeded && !this.store.wantsAll && this.store.layout.words === 2)
      return this.#followPlain(block[at]!, block[at + 1]!, dispatch);
    for (let n = -1; n < dispatch.places.length; n++) {
      const list = n < 0 ? dispatch.always : this.#list(dispatch, n);
      if (list < 0) return false;
      const place = n < 0 ? -1 : dispatch.places[n]!;
      const {lists} = dispatch;
      const end = list + 1 + lists[list]!;
      for (let entry = list + 1; entry < end; entry += 2) {
        const leaf = this.#leaf(lists[entry]!, lists[entry + 1]!, place);
        if (leaf === 0) return false;
        if (leaf === DISABLED) continue;
        this.applied.note(-leaf);
        if (!(isNeeded ? this.#takeLooking(-leaf, block, at) : this.#take(-leaf, block, at))) return false;
      }
    }
    return true;
  }

  /** As `#follow` and `#take`, for two words of which nothing is said step by step: they stay in two variables. */
  #followPlain(low: number, high: number, dispatch: Dispatch): boolean {
    const {store, transitions, applied} = this;
    const {ids} = this.vector;
    const {word, shift} = store.layout;
    const {batch, recent} = store;
    for (let n = -1; n < dispatch.places.length; n++) {
      const list = n < 0 ? dispatch.always : this.#list(dispatch, n);
      if (list < 0) return false;
      const {lists} = dispatch;
      for (let entry = list + 1, end = entry + lists[list]!; entry < end; entry += 2) {
        const content = lists[entry]!;
        const leaf = content < 0 ? -content : -this.#leaf(content, lists[entry + 1]!, n < 0 ? -1 : dispatch.places[n]!);
        if (leaf === 0) return false;
        if (leaf === -DISABLED) continue;
        applied.note(leaf);
        const {code} = transitions;
        for (let left = code[leaf + 2]!, x = leaf + 3; left > 0; left--) {
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
          if (code[leaf + 1] === 1) this.#fairChanges = true;
          const h = Math.imul(Math.imul(changedLow, 0x9e3779b1) ^ changedHigh, 0x85ebca6b);
          const seen = ((h ^ (h >>> 15)) & RECENT_MASK) << 1;
          if (recent[seen] === changedLow && recent[seen + 1] === changedHigh) continue;
          recent[seen] = changedLow;
          recent[seen + 1] = changedHigh;
          batch[2 * store.waiting] = changedLow;
          batch[2 * store.waiting + 1] = changedHigh;
          if (!this.#put(code[leaf]!, 0, this.#source)) return false;
        }
      }
    }
    return true;
  }

  /** Takes every outcome of the leaf at this place of the code; false when it cannot go on. */
  #take(leaf: number, block: Int32Array, at: number): boolean {
    const {store} = this;
    const {code} = this.transitions;
    const {ids} = this.vector;
    const {word, shift, words} = store.layout;
    const {batch, wantsAll} = store;
    const outcomes = code[leaf + 2]!;
    for (let outcome = 0, x = leaf + 3; outcome < outcomes; outcome++) {
      const into = store.waiting * words;
      for (let w = 0; w < words; w++) batch[into + w] = block[at + w]!;
      let differs = 0;
      const last = x + 1 + 2 * code[x]!;
      for (x++; x < last; x += 2) {
        const slot = code[x]!;
        const to = this.#operate(code[x + 1]!, ids[slot]!);
        if (to < 0) return false;
        const difference = ids[slot]! ^ to;
        if (difference === 0) continue;
        differs |= difference;
        batch[into + word[slot]!]! ^= difference << shift[slot]!;
      }
      if (differs !== 0 && code[leaf + 1] === 1) this.#fairChanges = true;
      if (!wantsAll && (differs === 0 || store.isRecent(into))) continue;
      if (!this.#put(code[leaf]!, outcome, this.#source)) return false;
    }
    return true;
  }

  /** As `#take`, where successors are normalised or something is said of steps. */
  #takeLooking(leaf: number, block: Int32Array, at: number): boolean {
    const {store} = this;
    const {code} = this.transitions;
    const {ids, width, changed} = this.vector;
    const {word, shift, words} = store.layout;
    const {batch, wantsAll} = store;
    const outcomes = code[leaf + 2]!;
    for (let outcome = 0, x = leaf + 3; outcome < outcomes; outcome++) {
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
      for (let w = 0; w < words; w++) batch[into + w] = block[at + w]!;
      const became = count === 0 ? SAME : this.#lookBack.run(count, this.#source);
      if (this.#isOutgrown) return false;
      for (let i = 0; i < became >> 2; i++) {
        const changedSlot = changed[i]!;
        batch[into + word[changedSlot]!]! ^= (ids[changedSlot]! ^ ids[width + changedSlot]!) << shift[changedSlot]!;
        ids[width + changedSlot] = ids[changedSlot]!; // so that the copy *after* is as *before* once more
      }
      if ((became & 3) !== SAME && code[leaf + 1] === 1) this.#fairChanges = true;
      if (!wantsAll && ((became & 3) !== INSIDE || store.isRecent(into))) continue;
      if (!this.#put(code[leaf]!, outcome, this.#source)) return false;
    }
    return true;
  }

  /** Counts what applied to the state at hand, and evaluates what is said of its successors as a whole. */
  #settle(): void {
    const successors = this.applied.settle(this.transitions.code);
    this.generated += successors;
    if (successors === 0 || !this.#fairChanges) this.properties.atRest(this.#source, successors, this.#fairChanges);
  }
}
