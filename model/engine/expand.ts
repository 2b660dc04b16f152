import type {System} from '../define/system.js';
import {Dispatch} from './dispatch.js';
import {pack} from './layout.js';
import {Normalisers} from './normalise.js';
import {Properties} from './properties.js';
import {BATCH, grown, RECENT_MASK, type Successors} from './successors.js';
import {Symmetry} from './symmetry.js';
import {DISABLED, Transitions} from './transitions.js';
import {Vector} from './vector.js';

/** What became of a successor. */
const INSIDE = 0;
const OUTSIDE = 1;
const SAME = 2;
const OUTGROWN = 3;

/**
 * The inner loop: takes states from the queue, evaluates the properties, follows every outcome of every action, and hands
 * the successors to the store. Works on ids only; the model's functions run when a situation is met for the first time.
 */
export class Expander<S extends Successors = Successors> {
  readonly vector: Vector;
  readonly transitions: Transitions;
  readonly properties: Properties;
  readonly store: S;
  /** Initial states and all successors so far. */
  generated = 0;
  /** By leaf: how many states it applied to. */
  hits = new Float64Array(1024);
  readonly normalisers: Normalisers;
  readonly symmetry: Symmetry;
  /** Must the copy *after* be filled in for every successor? */
  readonly #looksBack: boolean;
  #dispatch: Dispatch | null = null;
  /** The leaves that apply to the state at hand. */
  #leaves = new Int32Array(64);
  #leafCount = 0;
  #fairChanges = false;
  /** The number of the state at hand. */
  #source = -1;
  #newsSeen = -1;
  readonly #changed: number[] = [];

  /** `storeFor` makes the place where successors go, given how many ids each slot may have now. */
  constructor(system: System, storeFor: (sizes: () => readonly number[]) => S, vector = new Vector(system)) {
    this.vector = vector;
    this.transitions = new Transitions(system, this.vector);
    this.properties = new Properties(system, this.vector);
    this.normalisers = new Normalisers(system, this.vector);
    this.symmetry = new Symmetry(system, this.vector);
    this.#looksBack = this.properties.looksAtSteps || this.normalisers.count > 0 || this.symmetry.isDeclared;
    const sorts = system.slots.map(({sort}) => this.vector.sorts[sort]!);
    for (const {sort, initial} of system.slots) for (const value of initial) this.vector.sorts[sort]!.id(value);
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
   * Puts an initial state, given by the ids of its slots, into the batch, unless a constraint excludes it. Its normal form may
   * be met for the first time: then answers false, and it is to be put once more after everything was packed anew.
   */
  begin(initial: Int32Array): boolean {
    const {vector, store} = this;
    vector.ids.set(initial, vector.width);
    vector.forget(vector.width);
    this.normalisers.run(Array.from(initial, (_, slot) => slot));
    this.#canonise(null);
    const within = this.properties.isWithin(-1);
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
   * Expands the states at places `from` to before `to` of a block; `number` is the number of the first. Answers where it
   * stopped: before `to` when a slot has outgrown its bits, or the store is stuck. The state at which it stopped is to be expanded once more, after
   * everything was packed anew; of its successors those that were found stay found, and nothing of it was counted.
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
    const {ids, width} = vector;
    if (this.#isOutgrown) return false;
    const differing = vector.load(store.layout, block, at);
    if (this.#looksBack) ids.copyWithin(width, 0, vector.slotCount);
    this.#dispatch ??= new Dispatch(this.transitions, vector);
    this.#leafCount = 0;
    this.#fairChanges = false;
    if (this.#changed.length > 0) this.#changed.length = 0;
    this.properties.atState(this.#source, differing);
    const isFollowed = this.#isPlain
      ? this.#followPlain(block, at, this.#dispatch)
      : this.#follow(block, at, this.#dispatch);
    if (!isFollowed) return false;
    this.#settle();
    return true;
  }

  get #isPlain(): boolean {
    return !this.#looksBack && !this.store.wantsAll && this.store.layout.words === 2;
  }

  /** Follows every instance that may be enabled; false when a slot has outgrown its bits, or the store is stuck. */
  #follow(block: Int32Array, at: number, dispatch: Dispatch): boolean {
    const {vector, store, transitions} = this;
    const {ids, memo} = vector;
    const {tables} = transitions;
    const {places} = dispatch;
    const {word, shift, words} = store.layout;
    const looksBack = this.#looksBack;
    const {batch, wantsAll} = store;
    let {pool} = memo;
    let {code} = transitions;
    let {lists} = dispatch;
    for (let n = -1; n < places.length; n++) {
      let list = dispatch.always;
      let place = -1;
      if (n >= 0) {
        place = places[n]!;
        let id = ids[place]!;
        if (id < 0) id = vector.derive(place);
        const table = dispatch.tables[n]!;
        list = id < table.length ? table[id]! : 0;
        if (list === 0) {
          list = dispatch.list(n, id);
          if (this.#isOutgrown) return false;
          ({lists} = dispatch);
          ({code} = transitions);
          ({pool} = memo);
        }
      }
      const end = list + 1 + lists[list]!;
      for (let entry = list + 1; entry < end; entry += 2) {
        let node = pool[lists[entry]!]!;
        while (node > 0) {
          const read = pool[node]!;
          let id = ids[read]!;
          if (id < 0) {
            id = vector.derive(read);
            ({pool} = memo);
          }
          const capacity = pool[node + 1]!;
          node = capacity === 0 ? memo.hashed(node, id) : id < capacity ? pool[node + 2 + id]! : 0;
        }
        if (node === 0) {
          const instance = lists[entry + 1]!;
          const root = transitions.instances[instance]!.delivery === null ? place : -1;
          node = transitions.resolve(instance, lists[entry]!, root);
          if (this.#isOutgrown) return false;
          ({pool} = memo);
          ({code} = transitions);
        }
        if (node === DISABLED) continue;
        this.#apply(-node);
        const leaf = code[-node]!;
        const fair = code[1 - node]!;
        const outcomes = code[2 - node]!;
        let left = outcomes;
        for (let x = 3 - node; left > 0; left--) {
          const into = store.waiting * words;
          batch[into] = block[at]!;
          for (let w = 1; w < words; w++) batch[into + w] = block[at + w]!;
          let differs = 0;
          const last = x + 1 + 2 * code[x]!;
          for (x++; x < last; x += 2) {
            const slot = code[x]!;
            const operation = code[x + 1]!;
            const id = ids[slot]!;
            let to = ~operation;
            if (operation >= 0) {
              const table = tables[operation]!;
              to = (id < table.length ? table[id]! : 0) - 1;
              if (to < 0) {
                to = transitions.operate(operation, id);
                if (this.#isOutgrown) return false;
              }
            }
            const difference = id ^ to;
            if (difference === 0) continue;
            differs |= difference;
            batch[into + word[slot]!]! ^= difference << shift[slot]!;
            if (looksBack) {
              ids[vector.width + slot] = to;
              this.#changed.push(slot);
            }
          }
          if (differs === 0) {
            if (wantsAll && !this.#put(leaf, outcomes - left, this.#source)) return false;
            continue;
          }
          if (looksBack) {
            const verdict = this.#lookBack(into, block, at);
            if (verdict === OUTGROWN) return false;
            ({pool} = memo);
            if (verdict === SAME && !wantsAll) continue;
            if (fair === 1 && verdict !== SAME) this.#fairChanges = true;
            if (verdict === OUTSIDE && !wantsAll) continue;
          } else if (fair === 1) this.#fairChanges = true;
          if (!wantsAll && store.isRecent(into)) continue;
          if (!this.#put(leaf, outcomes - left, this.#source)) return false;
        }
      }
    }
    return true;
  }

  /** As `#follow`, for states of two words of which nothing is said step by step: the same, with a successor in two variables. */
  #followPlain(block: Int32Array, at: number, dispatch: Dispatch): boolean {
    const {vector, store, transitions} = this;
    const {ids, memo} = vector;
    const {tables} = transitions;
    const {places} = dispatch;
    const {word, shift} = store.layout;
    const {batch, recent} = store;
    const low = block[at]!;
    const high = block[at + 1]!;
    let {pool} = memo;
    let {code} = transitions;
    let {lists} = dispatch;
    for (let n = -1; n < places.length; n++) {
      let list = dispatch.always;
      let place = -1;
      if (n >= 0) {
        place = places[n]!;
        let id = ids[place]!;
        if (id < 0) id = vector.derive(place);
        const table = dispatch.tables[n]!;
        list = id < table.length ? table[id]! : 0;
        if (list === 0) {
          list = dispatch.list(n, id);
          if (this.#isOutgrown) return false;
          ({lists} = dispatch);
          ({code} = transitions);
          ({pool} = memo);
        }
      }
      const end = list + 1 + lists[list]!;
      for (let entry = list + 1; entry < end; entry += 2) {
        let node = pool[lists[entry]!]!;
        while (node > 0) {
          const read = pool[node]!;
          let id = ids[read]!;
          if (id < 0) {
            id = vector.derive(read);
            ({pool} = memo);
          }
          const capacity = pool[node + 1]!;
          node = capacity === 0 ? memo.hashed(node, id) : id < capacity ? pool[node + 2 + id]! : 0;
        }
        if (node === 0) {
          const instance = lists[entry + 1]!;
          const root = transitions.instances[instance]!.delivery === null ? place : -1;
          node = transitions.resolve(instance, lists[entry]!, root);
          if (this.#isOutgrown) return false;
          ({pool} = memo);
          ({code} = transitions);
        }
        if (node === DISABLED) continue;
        this.#apply(-node);
        let x = 3 - node;
        for (let left = code[2 - node]!; left > 0; left--) {
          let changedLow = low;
          let changedHigh = high;
          const last = x + 1 + 2 * code[x]!;
          for (x++; x < last; x += 2) {
            const slot = code[x]!;
            const operation = code[x + 1]!;
            const id = ids[slot]!;
            let to = ~operation;
            if (operation >= 0) {
              const table = tables[operation]!;
              to = (id < table.length ? table[id]! : 0) - 1;
              if (to < 0) {
                to = transitions.operate(operation, id);
                if (this.#isOutgrown) return false;
              }
            }
            const difference = (id ^ to) << shift[slot]!;
            if (word[slot] === 0) changedLow ^= difference;
            else changedHigh ^= difference;
          }
          if (changedLow === low && changedHigh === high) continue;
          if (code[1 - node] === 1) this.#fairChanges = true;
          const h = Math.imul(Math.imul(changedLow, 0x9e3779b1) ^ changedHigh, 0x85ebca6b);
          const seen = ((h ^ (h >>> 15)) & RECENT_MASK) << 1;
          if (recent[seen] === changedLow && recent[seen + 1] === changedHigh) continue;
          recent[seen] = changedLow;
          recent[seen + 1] = changedHigh;
          const {waiting} = store;
          batch[2 * waiting] = changedLow;
          batch[2 * waiting + 1] = changedHigh;
          store.leaf[waiting] = code[-node]!;
          store.source[waiting] = this.#source;
          store.waiting = waiting + 1;
          if (waiting + 1 === BATCH) {
            store.flush();
            if (store.stuck) return false;
          }
        }
      }
    }
    return true;
  }

  /** Notes that the leaf at this place of the code applies. */
  #apply(at: number): void {
    if (this.#leafCount === this.#leaves.length) {
      const larger = new Int32Array(this.#leaves.length * 2);
      larger.set(this.#leaves);
      this.#leaves = larger;
    }
    this.#leaves[this.#leafCount++] = at;
  }

  /** Brings the copy *after* into the form that stands for its orbit; adds the slots that this changes. */
  #canonise(changed: number[] | null): void {
    if (!this.symmetry.isDeclared) return;
    const {vector} = this;
    const {ids, width, slotCount} = vector;
    const canonical = this.symmetry.canonical(ids.subarray(width, width + slotCount));
    for (let slot = 0; slot < slotCount; slot++) {
      if (ids[width + slot] === canonical[slot]) continue;
      ids[width + slot] = canonical[slot]!;
      if (changed !== null && !changed.includes(slot)) changed.push(slot);
    }
    vector.forget(width);
  }

  /** Normalises a successor, evaluates what is said of steps, and packs it anew into the batch. */
  #lookBack(into: number, block: Int32Array, at: number): number {
    const {vector, store, properties} = this;
    const {ids, width} = vector;
    const {word, shift, words} = store.layout;
    const changed = this.#changed;
    vector.forget(width);
    this.normalisers.run(changed);
    let touched = 0;
    let differs = 0;
    for (const slot of changed) {
      const difference = ids[slot]! ^ ids[width + slot]!;
      differs |= difference;
      if (difference !== 0) touched |= properties.stepsOf[slot]!;
    }
    const within = differs === 0 || properties.atStep(this.#source, touched);
    this.#canonise(changed);
    const outgrown = this.#isOutgrown;
    // What became of the changed slots in the end replaces what the actions made of them.
    for (let w = 0; w < words; w++) store.batch[into + w] = block[at + w]!;
    for (const slot of changed) {
      if (!outgrown) store.batch[into + word[slot]!]! ^= (ids[slot]! ^ ids[width + slot]!) << shift[slot]!;
      ids[width + slot] = ids[slot]!;
    }
    changed.length = 0;
    return outgrown ? OUTGROWN : differs === 0 ? SAME : within ? INSIDE : OUTSIDE;
  }

  /** Counts what applied to the state at hand, and evaluates what is said of its successors as a whole. */
  #settle(): void {
    const {code} = this.transitions;
    let successors = 0;
    for (let i = 0; i < this.#leafCount; i++) {
      const at = this.#leaves[i]!;
      const leaf = code[at]!;
      successors += code[at + 2]!;
      if (leaf >= this.hits.length) this.hits = grown(this.hits, leaf);
      this.hits[leaf]! += 1;
    }
    this.generated += successors;
    if (successors === 0 || !this.#fairChanges) this.properties.atRest(this.#source, successors, this.#fairChanges);
  }
}
