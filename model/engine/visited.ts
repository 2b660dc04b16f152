import {type Layout, repack} from './layout.js';

/**
 * The set of states found so far, lossless, in one array of integers that grows.
 *
 * *Compact*: while a state has at most two words and the table is large enough, a place holds one word. A bijection of the
 * state gives its home place and a rest; what is stored is the rest and how far from home the state lies, so that place and
 * content together are the state again (Cleary's quotienting). *Plain*: a place holds all the words of a state.
 * Both probe linearly, so a look-up mostly touches one cache line.
 */
export type Visited = {
  readonly layout: Layout;
  readonly count: number;
  readonly bytes: number;
  /**
   * Inserts packed states one after another; notes the positions of the new ones in `fresh`.
   * Answers how many were new.
   */
  insert(states: Int32Array, count: number, fresh: Int32Array): number;
  /** Every state, packed one after another in blocks. */
  readonly blocks: () => Iterable<{readonly states: Int32Array; readonly count: number}>;
};

/** States whose places are looked up together. */
const GROUP = 64;
const MIN_LOG = 12;
const MAX_FIRST_LOG = 21;
/** A compact place needs at least this many bits for the distance from home. */
const MIN_DISTANCE_BITS = 7;
const LOAD = 0.78;
const TAKEN = 0x80000000 | 0;

/** The least table size, as a power of two, at which states of this layout fit one word a place; null when none. */
const compactLog = (layout: Layout): number | null => {
  if (layout.words > 2) return null;
  const highBits = layout.words === 2 ? layout.topBits : 0;
  const log = Math.max(MIN_LOG, highBits + 1 + MIN_DISTANCE_BITS);
  return log <= 30 ? log : null;
};

export const visitedFor = (layout: Layout, atLeast = 0): Visited => {
  const log = Math.max(MIN_LOG, Math.ceil(Math.log2(Math.max(1, atLeast) / LOAD)));
  const compact = compactLog(layout);
  return compact !== null && compact <= Math.max(log, MAX_FIRST_LOG)
    ? new CompactTable(layout, Math.max(log, compact))
    : new PlainTable(layout, log);
};

/** The same states in another layout. */
export const relaid = (visited: Visited, layout: Layout): Visited => {
  const moved = visitedFor(layout, visited.count);
  const ids = new Int32Array(layout.bits.length);
  for (const {states, count} of visited.blocks())
    insertAll(moved, repack(visited.layout, layout, states, count, ids), count);
  return moved;
};

const insertAll = (into: Visited, states: Int32Array, count: number): void => {
  into.insert(states, count, new Int32Array(count));
};

const BLOCK = 4096;

/** The inverse of an odd number modulo 2^32. */
const inverseOf = (odd: number): number => {
  let inverse = odd;
  for (let i = 0; i < 5; i++) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return inverse;
};

const ODD_1 = 0x9e3779b1;
const ODD_2 = 0x85ebca6b;
const BACK_1 = inverseOf(ODD_1);
const BACK_2 = inverseOf(ODD_2);

const scattered = (rest: number): number => {
  let h = Math.imul(rest, 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 15), 0x297a2d39);
  return h ^ (h >>> 14);
};

class CompactTable implements Visited {
  count = 0;
  #log: number;
  #table: Int32Array;
  #distanceBits: number;
  #limit: number;
  readonly #homes = new Int32Array(GROUP);
  readonly #entries = new Int32Array(GROUP);
  #placed = 0;
  readonly #sink = new Int32Array(1);

  constructor(
    readonly layout: Layout,
    log: number,
  ) {
    this.#log = log;
    this.#table = new Int32Array(2 ** log);
    this.#distanceBits = this.#distanceBitsAt(log);
    this.#limit = Math.floor(2 ** log * LOAD);
  }

  get bytes(): number {
    return this.#table.byteLength;
  }

  #distanceBitsAt(log: number): number {
    const highBits = this.layout.words === 2 ? this.layout.topBits : 0;
    return Math.min(16, 31 - (highBits + 32 - log));
  }

  insert(states: Int32Array, count: number, fresh: Int32Array): number {
    let found = 0;
    for (let from = 0; from < count; ) {
      const some = Math.min(GROUP, count - from);
      this.#aim(states, from, some);
      let done = this.#place(0, some, from, fresh, found);
      for (;;) {
        found += this.#placed;
        this.count += this.#placed;
        if (done === some) break;
        this.#grow();
        this.#aim(states, from, some);
        done = this.#place(done, some, from, fresh, found);
      }
      from += some;
    }
    return found;
  }

  /** Works out home and rest of a group of states, and touches their homes, so that the cache misses overlap. */
  #aim(states: Int32Array, from: number, some: number): void {
    const table = this.#table;
    const log = this.#log;
    const mask = 2 ** log - 1;
    const half = (log + 1) >> 1;
    const distanceBits = this.#distanceBits;
    const two = this.layout.words === 2;
    const highShift = 32 - log;
    const homes = this.#homes;
    const entries = this.#entries;
    let touched = 0; // a sum of what was loaded, so that the loads are not optimised away
    for (let i = 0; i < some; i++) {
      const low = two ? states[2 * (from + i)]! : states[from + i]!;
      const rest = two ? (states[2 * (from + i) + 1]! << highShift) | (low >>> log) : low >>> log;
      let at = ((low & mask) ^ scattered(rest)) & mask;
      at = Math.imul(at, ODD_1) & mask;
      at ^= at >>> half;
      at = Math.imul(at, ODD_2) & mask;
      at ^= at >>> half;
      homes[i] = at;
      entries[i] = TAKEN | (rest << distanceBits);
      touched ^= table[at]!;
    }
    this.#sink[0] = touched;
  }

  /** Inserts a group until the table is too full or a state lies too far from home; answers where it stopped. */
  #place(start: number, some: number, offset: number, fresh: Int32Array, alreadyFound: number): number {
    const table = this.#table;
    const mask = 2 ** this.#log - 1;
    const farthest = 2 ** this.#distanceBits;
    const homes = this.#homes;
    const entries = this.#entries;
    let room = this.#limit - this.count;
    let found = alreadyFound;
    let i = start;
    for (; i < some && room > 0; i++) {
      let at = homes[i]!;
      const entry = entries[i]!;
      let distance = 0;
      let here = table[at]!;
      while (here !== 0 && here !== (entry | distance)) {
        if (++distance === farthest) break;
        at = (at + 1) & mask;
        here = table[at]!;
      }
      if (distance === farthest) break;
      if (here === 0) {
        table[at] = entry | distance;
        fresh[found++] = offset + i;
        room--;
      }
    }
    this.#placed = found - alreadyFound;
    return i;
  }

  #grow(): void {
    const larger = new CompactTable(this.layout, this.#log + 1);
    for (const {states, count} of this.blocks()) insertAll(larger, states, count);
    this.#log = larger.#log;
    this.#table = larger.#table;
    this.#distanceBits = larger.#distanceBits;
    this.#limit = larger.#limit;
  }

  *blocks(): Generator<{states: Int32Array; count: number}> {
    const table = this.#table;
    const log = this.#log;
    const mask = 2 ** log - 1;
    const half = (log + 1) >> 1;
    const {words} = this.layout;
    const states = new Int32Array(words * BLOCK);
    let count = 0;
    for (let i = 0; i < table.length; i++) {
      const entry = table[i]!;
      if (entry === 0) continue;
      const rest = (entry & 0x7fffffff) >>> this.#distanceBits;
      let x = (i - (entry & (2 ** this.#distanceBits - 1))) & mask;
      x ^= x >>> half;
      x = Math.imul(x, BACK_2) & mask;
      x ^= x >>> half;
      x = Math.imul(x, BACK_1) & mask;
      const low = ((x ^ scattered(rest)) & mask) | (rest << log);
      states[words * count] = low;
      if (words === 2) states[words * count + 1] = rest >>> (32 - log);
      if (++count === BLOCK) {
        yield {states, count};
        count = 0;
      }
    }
    if (count > 0) yield {states, count};
  }
}

class PlainTable implements Visited {
  count = 0;
  #log: number;
  #table: Int32Array;
  #limit: number;

  constructor(
    readonly layout: Layout,
    log: number,
  ) {
    this.#log = log;
    this.#table = new Int32Array(2 ** log * layout.words);
    this.#limit = Math.floor(2 ** log * LOAD);
  }

  get bytes(): number {
    return this.#table.byteLength;
  }

  insert(states: Int32Array, count: number, fresh: Int32Array): number {
    const {words} = this.layout;
    const last = words - 1;
    let table = this.#table;
    let mask = 2 ** this.#log - 1;
    let found = 0;
    for (let i = 0; i < count; i++) {
      if (this.count + found >= this.#limit) {
        this.#grow();
        table = this.#table;
        mask = 2 ** this.#log - 1;
      }
      const from = i * words;
      let h = 0;
      for (let w = 0; w < words; w++) {
        h = Math.imul(h ^ states[from + w]!, ODD_1);
        h ^= h >>> 15;
      }
      h = Math.imul(h, ODD_2);
      h ^= h >>> 13;
      let at = (h & mask) * words;
      const top = states[from + last]! | TAKEN;
      for (;;) {
        const here = table[at + last]!;
        if (here === 0) {
          for (let w = 0; w < last; w++) table[at + w] = states[from + w]!;
          table[at + last] = top;
          fresh[found++] = i;
          break;
        }
        if (here === top) {
          let w = 0;
          while (w < last && table[at + w] === states[from + w]) w++;
          if (w === last) break;
        }
        at += words;
        if (at === table.length) at = 0;
      }
    }
    this.count += found;
    return found;
  }

  #grow(): void {
    const larger = new PlainTable(this.layout, this.#log + 1);
    for (const {states, count} of this.blocks()) insertAll(larger, states, count);
    this.#log = larger.#log;
    this.#table = larger.#table;
    this.#limit = larger.#limit;
  }

  *blocks(): Generator<{states: Int32Array; count: number}> {
    const {words} = this.layout;
    const states = new Int32Array(words * BLOCK);
    let count = 0;
    for (let at = 0; at < this.#table.length; at += words) {
      if (this.#table[at + words - 1] === 0) continue;
      states.set(this.#table.subarray(at, at + words), count * words);
      states[count * words + words - 1]! &= ~TAKEN;
      if (++count === BLOCK) {
        yield {states, count};
        count = 0;
      }
    }
    if (count > 0) yield {states, count};
  }
}
