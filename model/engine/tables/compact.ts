import type {Layout} from '../layout.js';
import {BLOCK, type Block, furnish, GROUP, ODD_1, ODD_2, poured, TAKEN, type Table} from './table.js';

/** A place needs at least this many bits for the distance from home. */
const MIN_DISTANCE_BITS = 7;
const MAX_DISTANCE_BITS = 16;
const MIN_LOG = 12;

/** The inverse of an odd number modulo 2^32. */
const inverseOf = (odd: number): number => {
  let inverse = odd;
  for (let i = 0; i < 5; i++) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return inverse;
};

const BACK_1 = inverseOf(ODD_1);
const BACK_2 = inverseOf(ODD_2);

const scattered = (rest: number): number => {
  let h = Math.imul(rest, 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 15), 0x297a2d39);
  return h ^ (h >>> 14);
};

/** Bits of a state beyond its first word. */
const highBits = ({words, topBits}: Layout): number => (words === 2 ? topBits : 0);

/** Mixes the first word of a state with the second, reversibly: the top bits of the answer are the home place. */
const mixed = (low: number, high: number): number => {
  let y = Math.imul(low ^ scattered(high), ODD_1);
  y = Math.imul(y ^ (y >>> 16), ODD_2);
  return y ^ (y >>> 16);
};

/** The first word again, from what `mixed` made of it. */
const unmixed = (y: number, high: number): number => {
  let x = Math.imul(y ^ (y >>> 16), BACK_2);
  x = Math.imul(x ^ (x >>> 16), BACK_1);
  return x ^ scattered(high);
};

/**
 * One word a place, for states of at most two words (Cleary's quotienting). A bijection of the state gives its home
 * place and a rest; what is stored is the rest and how far from home the state lies, so that place and content
 * together are the state again: nothing is lost, and a look-up compares one word. In a table of twice the size the
 * homes come in the same order, so that growing reads and writes memory from end to end.
 */
export class CompactTable implements Table {
  found = 0;
  readonly data: Int32Array;
  readonly #distanceBits: number;
  readonly #homes = new Int32Array(GROUP);
  readonly #entries = new Int32Array(GROUP);
  /** Which of a group that is poured were new: all, so nobody asks. */
  readonly #fresh = new Int32Array(GROUP);
  readonly #sink = new Int32Array(1);

  /** The least size, as a power of two, at which states of this layout fit; null when they never do. */
  static leastLog(layout: Layout): number | null {
    if (layout.words > 2) return null;
    const log = Math.max(MIN_LOG, highBits(layout) + 1 + MIN_DISTANCE_BITS);
    return log <= 30 ? log : null;
  }

  /** With `buffer`, the table lives in shared memory and other threads may insert into it at the same time. */
  constructor(
    readonly layout: Layout,
    readonly log: number,
    readonly buffer: SharedArrayBuffer | null = null,
  ) {
    this.data = buffer === null ? new Int32Array(2 ** log) : new Int32Array(buffer);
    this.#distanceBits = Math.min(MAX_DISTANCE_BITS, 31 - (highBits(layout) + 32 - log));
  }

  insert(states: Int32Array, from: number, to: number, fresh: Int32Array, at: number, room: number): number {
    this.found = 0;
    let done = from;
    while (done < to && this.found < room) {
      const some = Math.min(GROUP, to - done);
      this.#aim(states, done, some);
      const placed = this.#put(some, done, fresh, at + this.found, room - this.found);
      done += placed;
      if (placed < some) break;
    }
    return done;
  }

  /** Inserts a group whose homes and rests are known. */
  #put(some: number, offset: number, fresh: Int32Array, start: number, room: number): number {
    return this.buffer === null
      ? this.#place(some, offset, fresh, start, room)
      : this.#placeShared(some, offset, fresh, start, room);
  }

  /** Works out home and rest of a group of states, and touches their homes, so that the cache misses overlap. */
  #aim(states: Int32Array, from: number, some: number): void {
    const {data} = this;
    const {words} = this.layout;
    const restBits = 32 - this.log;
    const restMask = (1 << restBits) - 1;
    const distanceBits = this.#distanceBits;
    const homes = this.#homes;
    const entries = this.#entries;
    for (let i = 0, at = from * words; i < some; i++, at += words) {
      const high = words === 2 ? states[at + 1]! : 0;
      const y = mixed(states[at]!, high);
      const home = y >>> restBits;
      homes[i] = home;
      entries[i] = TAKEN | (((high << restBits) | (y & restMask)) << distanceBits);
    }
    // Apart, so that the processor has as many loads under way as it can.
    let touched = 0; // of what was loaded, so that the loads are not optimised away
    for (let i = 0; i < some; i++) touched ^= data[homes[i]!]!;
    this.#sink[0] = touched;
  }

  /** Inserts a group; answers how many of it, fewer where there was no room or one lies too far from home. */
  #place(some: number, offset: number, fresh: Int32Array, start: number, room: number): number {
    const {data} = this;
    const mask = (1 << this.log) - 1;
    const farthest = 1 << this.#distanceBits;
    const homes = this.#homes;
    const entries = this.#entries;
    let found = 0;
    let i = 0;
    for (; i < some && found < room; i++) {
      let at = homes[i]!;
      const entry = entries[i]!;
      let distance = 0;
      let here = data[at]!;
      while (here !== 0 && here !== (entry | distance)) {
        if (++distance === farthest) break;
        at = (at + 1) & mask;
        here = data[at]!;
      }
      if (distance === farthest) break;
      if (here === 0) {
        data[at] = entry | distance;
        fresh[start + found++] = offset + i;
      }
    }
    this.found += found;
    return i;
  }

  /** As `#place`, while others do the same: an empty place is taken by compare-and-exchange. */
  #placeShared(some: number, offset: number, fresh: Int32Array, start: number, room: number): number {
    const {data} = this;
    const mask = (1 << this.log) - 1;
    const farthest = 1 << this.#distanceBits;
    let found = 0;
    let i = 0;
    for (; i < some && found < room; i++) {
      let at = this.#homes[i]!;
      const entry = this.#entries[i]!;
      let distance = 0;
      for (;;) {
        let here = data[at]!;
        if (here === 0) {
          here = Atomics.compareExchange(data, at, 0, entry | distance);
          if (here === 0) {
            fresh[start + found++] = offset + i;
            break;
          }
        }
        if (here === (entry | distance) || ++distance === farthest) break;
        at = (at + 1) & mask;
      }
      if (distance === farthest) break;
    }
    this.found += found;
    return i;
  }

  *blocks(from: number, to: number): Generator<Block> {
    const {data} = this;
    const {words} = this.layout;
    const placeMask = (1 << this.log) - 1;
    const restBits = 32 - this.log;
    const restMask = (1 << restBits) - 1;
    const distanceBits = this.#distanceBits;
    const distanceMask = (1 << distanceBits) - 1;
    const states = new Int32Array(words * BLOCK);
    let count = 0;
    for (let i = from; i < to; i++) {
      const entry = data[i]!;
      if (entry === 0) continue;
      const rest = (entry & ~TAKEN) >>> distanceBits;
      const home = (i - (entry & distanceMask)) & placeMask;
      const high = rest >>> restBits;
      states[words * count] = unmixed((home << restBits) | (rest & restMask), high);
      if (words === 2) states[words * count + 1] = high;
      if (++count === BLOCK) {
        yield {states, count};
        count = 0;
      }
    }
    if (count > 0) yield {states, count};
  }

  /**
   * Into another compact one: home and rest are the same bits, cut elsewhere, so nothing is worked out anew. The homes
   * come in the same order; where others pour neighbouring parts, theirs and these meet at the two ends only.
   */
  pour(into: Table, from: number, to: number): boolean {
    if (!(into instanceof CompactTable) || into.log < this.log) return poured(this.blocks(from, to), into);
    // Whoever pours the part before may come so far into this one; who pours the part after begins so far before it.
    const own = from * 2 ** (into.log - this.log) + 2 ** into.#distanceBits;
    const notOwn = (to - 2 ** this.#distanceBits) * 2 ** (into.log - this.log) - 2 ** into.#distanceBits;
    // Bit by bit: a long loop that is entered once runs for long before it is compiled.
    for (let at = from; at < to; at += BLOCK) {
      const end = Math.min(to, at + BLOCK);
      furnish(into.data, at * 2 ** (into.log - this.log), end * 2 ** (into.log - this.log));
      if (!this.#pourSome(into, at, end, own, notOwn)) return false;
    }
    return true;
  }

  /** Pours some places; no other thread puts anything into the places from `own` to before `notOwn`. */
  #pourSome(into: CompactTable, from: number, to: number, own: number, notOwn: number): boolean {
    const {data} = this;
    const placeMask = (1 << this.log) - 1;
    const distanceBits = this.#distanceBits;
    const distanceMask = (1 << distanceBits) - 1;
    const restBits = 32 - this.log;
    const restMask = (1 << restBits) - 1;
    const itsRestBits = 32 - into.log;
    const itsRestMask = (1 << itsRestBits) - 1;
    const itsDistanceBits = into.#distanceBits;
    const homes = into.#homes;
    const entries = into.#entries;
    let some = 0;
    let isAlone = true;
    for (let i = from; i < to; i++) {
      const entry = data[i]!;
      if (entry === 0) continue;
      const kept = (entry & ~TAKEN) >>> distanceBits;
      const home = (i - (entry & distanceMask)) & placeMask;
      const y = (home << restBits) | (kept & restMask);
      const itsHome = y >>> itsRestBits;
      isAlone &&= itsHome >= own && itsHome < notOwn;
      homes[some] = itsHome;
      entries[some] = TAKEN | ((((kept >>> restBits) << itsRestBits) | (y & itsRestMask)) << itsDistanceBits);
      if (++some < GROUP) continue;
      if (!into.#takeIn(some, isAlone)) return false;
      some = 0;
      isAlone = true;
    }
    return into.#takeIn(some, isAlone);
  }

  /** Inserts a group, `isAlone` where no other thread does; answers whether each found a place. */
  #takeIn(some: number, isAlone: boolean): boolean {
    return (isAlone ? this.#place(some, 0, this.#fresh, 0, GROUP) : this.#put(some, 0, this.#fresh, 0, GROUP)) === some;
  }
}
