import {BLOCK, type Queue} from '../queue.js';
import {hashOf} from '../tables/table.js';

const LOAD = 0.6;
const MIN_LOG = 8;
/** States that are looked up together. */
const GROUP = 64;

/** The numbers of the states in a queue that let go of none, found by what the states are: lossless. */
export class Numbering {
  readonly #queue: Queue;
  /** A state's number plus one, or 0 where a place is free. */
  readonly #places: Int32Array;
  readonly #homes = new Int32Array(GROUP);
  readonly #sink = new Int32Array(1);

  constructor(queue: Queue) {
    this.#queue = queue;
    this.#places = new Int32Array(2 ** Math.max(MIN_LOG, Math.ceil(Math.log2(queue.count / LOAD))));
    for (let first = 0; first < queue.count; first += BLOCK) {
      const block = queue.blockOf(first);
      const end = Math.min(BLOCK, queue.count - first);
      for (let from = 0; from < end; from += GROUP) {
        const to = Math.min(end, from + GROUP);
        this.#aim(block, from, to);
        for (let at = from; at < to; at++) this.#place(this.#homes[at - from]!, first + at);
      }
    }
  }

  /** The number of the packed state at `from` of `states`, or -1. */
  of(states: Int32Array, from: number): number {
    return this.#find(states, from, this.#home(states, from));
  }

  /** The numbers of the first `count` packed states. */
  all(states: Int32Array, count: number, numbers: Int32Array): void {
    const {words} = this.#queue;
    for (let from = 0; from < count; from += GROUP) {
      const to = Math.min(count, from + GROUP);
      this.#aim(states, from, to);
      for (let i = from; i < to; i++) numbers[i] = this.#find(states, i * words, this.#homes[i - from]!);
    }
  }

  /** Works out the homes of a group of states, and touches them, so that the cache misses overlap. */
  #aim(states: Int32Array, from: number, to: number): void {
    const {words} = this.#queue;
    const places = this.#places;
    const homes = this.#homes;
    let touched = 0; // a sum of what was loaded, so that the loads are not optimised away
    for (let i = from; i < to; i++) {
      const home = this.#home(states, i * words);
      homes[i - from] = home;
      touched ^= places[home]!;
    }
    this.#sink[0] = touched;
  }

  #find(states: Int32Array, from: number, home: number): number {
    const places = this.#places;
    const mask = places.length - 1;
    for (let at = home; ; at = (at + 1) & mask) {
      const number = places[at]! - 1;
      if (number < 0 || this.#queue.holds(number, states, from)) return number;
    }
  }

  #place(home: number, number: number): void {
    const mask = this.#places.length - 1;
    let at = home;
    while (this.#places[at] !== 0) at = (at + 1) & mask;
    this.#places[at] = number + 1;
  }

  #home(states: Int32Array, from: number): number {
    return hashOf(states, from, this.#queue.words) & (this.#places.length - 1);
  }
}
