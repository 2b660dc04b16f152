import type {Layout} from '../layout.js';
import {BLOCK, type Block, furnish, GROUP, hashOf, poured, TAKEN, type Table} from './table.js';

/** In a shared table: a place that a thread has taken and not yet filled. Its top bit is not set. */
const FILLING = 1;

/** All the words of a state a place, whatever their number. */
export class PlainTable implements Table {
  found = 0;
  readonly data: Int32Array;
  readonly #homes = new Int32Array(GROUP);
  readonly #sink = new Int32Array(1);

  /** With `buffer`, the table lives in shared memory and other threads may insert into it at the same time. */
  constructor(
    readonly layout: Layout,
    readonly log: number,
    readonly buffer: SharedArrayBuffer | null = null,
  ) {
    this.data = buffer === null ? new Int32Array(2 ** log * layout.words) : new Int32Array(buffer);
  }

  insert(states: Int32Array, from: number, to: number, fresh: Int32Array, at: number, room: number): number {
    const {words} = this.layout;
    const homes = this.#homes;
    this.found = 0;
    let i = from;
    while (i < to && this.found < room) {
      const end = Math.min(to, i + GROUP);
      this.#aim(states, i, end);
      for (const first = i; i < end && this.found < room; i++) {
        const home = homes[i - first]!;
        const isNew =
          this.buffer === null ? this.#insert(states, i * words, home) : this.#insertShared(states, i * words, home);
        if (isNew) fresh[at + this.found++] = i;
      }
    }
    return i;
  }

  /** Works out the homes of a group of states, and touches them, so that the cache misses overlap. */
  #aim(states: Int32Array, from: number, to: number): void {
    const {data} = this;
    const {words} = this.layout;
    let touched = 0; // a sum of what was loaded, so that the loads are not optimised away
    for (let i = from; i < to; i++) {
      const home = this.#home(states, i * words);
      this.#homes[i - from] = home;
      touched ^= data[home + words - 1]!;
    }
    this.#sink[0] = touched;
  }

  #home(states: Int32Array, from: number): number {
    const {words} = this.layout;
    return (hashOf(states, from, words) >>> (32 - this.log)) * words;
  }

  #insert(states: Int32Array, from: number, home: number): boolean {
    const {data} = this;
    const last = this.layout.words - 1;
    const top = states[from + last]! | TAKEN;
    let at = home;
    for (;;) {
      const here = data[at + last]!;
      if (here === 0) {
        for (let w = 0; w < last; w++) data[at + w] = states[from + w]!;
        data[at + last] = top;
        return true;
      }
      if (here === top && this.#isAt(at, states, from)) return false;
      at += last + 1;
      if (at === data.length) at = 0;
    }
  }

  /** As `#insert`, while others do the same: the last word is taken first and filled in last. */
  #insertShared(states: Int32Array, from: number, home: number): boolean {
    const {data} = this;
    const last = this.layout.words - 1;
    const top = states[from + last]! | TAKEN;
    let at = home;
    for (;;) {
      let here = data[at + last]!;
      if (here === 0) {
        here = Atomics.compareExchange(data, at + last, 0, FILLING);
        if (here === 0) {
          for (let w = 0; w < last; w++) data[at + w] = states[from + w]!;
          Atomics.store(data, at + last, top);
          return true;
        }
      }
      while (here === FILLING || here === top) {
        // Whoever sees the last word through an atomic load sees the other words too.
        here = Atomics.load(data, at + last);
        if (here !== FILLING) break;
      }
      if (here === top && this.#isAt(at, states, from)) return false;
      at += last + 1;
      if (at === data.length) at = 0;
    }
  }

  /** Are all words but the last those of the state? */
  #isAt(at: number, states: Int32Array, from: number): boolean {
    const last = this.layout.words - 1;
    for (let w = 0; w < last; w++) if (this.data[at + w] !== states[from + w]) return false;
    return true;
  }

  *blocks(from: number, to: number): Generator<Block> {
    const {words} = this.layout;
    const states = new Int32Array(words * BLOCK);
    let count = 0;
    for (let at = from * words; at < to * words; at += words) {
      if (this.data[at + words - 1] === 0) continue;
      states.set(this.data.subarray(at, at + words), count * words);
      states[count * words + words - 1]! &= ~TAKEN;
      if (++count === BLOCK) {
        yield {states, count};
        count = 0;
      }
    }
    if (count > 0) yield {states, count};
  }

  pour(into: Table, from: number, to: number): boolean {
    const growth = (into.data.length / this.data.length) * this.layout.words;
    furnish(into.data, from * growth, to * growth);
    return poured(this.blocks(from, to), into);
  }
}
