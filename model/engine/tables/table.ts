import type {Layout} from '../layout.js';

/** Some states, packed one after another. */
export type Block = {readonly states: Int32Array; readonly count: number};

/**
 * A hash table of packed states in one array of integers, of fixed size. Linear probing, so that a look-up mostly
 * touches one cache line; places are filled and never emptied, so that several threads may insert at once.
 */
export type Table = {
  readonly layout: Layout;
  /** The number of places, as a power of two. */
  readonly log: number;
  readonly data: Int32Array;
  /** How many states the last call of `insert` found to be new. */
  readonly found: number;
  /**
   * Inserts the states from number `from` to before `to`, until `room` of them were new or one finds no place; notes
   * the numbers of the new ones in `fresh`, from index `at` on. Answers where it stopped.
   */
  insert(states: Int32Array, from: number, to: number, fresh: Int32Array, at: number, room: number): number;
  /** The states in the places from number `from` to before `to`, in blocks. */
  blocks(from: number, to: number): Iterable<Block>;
  /**
   * Puts the states in the places from number `from` to before `to` into a table of the same layout that holds none of
   * them; answers whether each found a place there.
   */
  pour(into: Table, from: number, to: number): boolean;
};

/** Puts states into a table that has never to grow; answers whether each found a place. */
export const poured = (blocks: Iterable<Block>, into: Table): boolean => {
  const fresh = new Int32Array(BLOCK);
  for (const {states, count} of blocks) {
    for (let from = 0; from < count; ) {
      const to = Math.min(count, from + BLOCK);
      if (into.insert(states, from, to, fresh, 0, BLOCK) < to) return false;
      from = to;
    }
  }
  return true;
};

/** Words of a page of memory, at most. */
const PAGE = 1024;

/**
 * Has these words given by the kernel before any is read: what is read first is given once to be read, as a page of
 * zeros that all share, and again to be written, for which every thread of the process is stopped.
 */
export const furnish = (data: Int32Array, from: number, to: number): void => {
  for (let at = from; at < to; at += PAGE) Atomics.compareExchange(data, at, 0, 0);
};

/** The top bit of the last word of a place says that it is taken. */
export const TAKEN = 0x80000000 | 0;
/** States in a block that a table is read out in. */
export const BLOCK = 4096;

/** States whose places are looked up together. */
export const GROUP = 64;

export const ODD_1 = 0x9e3779b1;
export const ODD_2 = 0x85ebca6b;

/** A hash of the packed state at `from` of `states`. */
export const hashOf = (states: Int32Array, from: number, words: number): number => {
  let h = 0;
  for (let w = 0; w < words; w++) {
    h = Math.imul(h ^ states[from + w]!, ODD_1);
    h ^= h >>> 15;
  }
  h = Math.imul(h, ODD_2);
  return h ^ (h >>> 13);
};
