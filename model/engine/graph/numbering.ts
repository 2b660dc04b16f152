import {BLOCK, type Queue} from '../queue.js';

const LOAD = 0.6;
const MIN_LOG = 8;

/** The numbers of the states in a queue that let go of none, found by what the states are: lossless. */
export class Numbering {
  readonly #queue: Queue;
  /** A state's number plus one, or 0 where a place is free. */
  readonly #places: Int32Array;

  constructor(queue: Queue) {
    this.#queue = queue;
    this.#places = new Int32Array(2 ** Math.max(MIN_LOG, Math.ceil(Math.log2(queue.count / LOAD))));
    for (let first = 0; first < queue.count; first += BLOCK) {
      const block = queue.blockOf(first);
      for (let at = 0; at < BLOCK && first + at < queue.count; at++) this.#place(block, at * queue.words, first + at);
    }
  }

  /** The number of the packed state at `from` of `states`, or -1. */
  of(states: Int32Array, from: number): number {
    const places = this.#places;
    const mask = places.length - 1;
    for (let at = this.#home(states, from); ; at = (at + 1) & mask) {
      const number = places[at]! - 1;
      if (number < 0 || this.#isSame(number, states, from)) return number;
    }
  }

  #place(states: Int32Array, from: number, number: number): void {
    const mask = this.#places.length - 1;
    let at = this.#home(states, from);
    while (this.#places[at] !== 0) at = (at + 1) & mask;
    this.#places[at] = number + 1;
  }

  #home(states: Int32Array, from: number): number {
    const {words} = this.#queue;
    let h = 0;
    for (let w = 0; w < words; w++) {
      h = Math.imul(h ^ states[from + w]!, 0x9e3779b1);
      h ^= h >>> 15;
    }
    h = Math.imul(h, 0x85ebca6b);
    return (h ^ (h >>> 13)) & (this.#places.length - 1);
  }

  #isSame(number: number, states: Int32Array, from: number): boolean {
    const {words} = this.#queue;
    const block = this.#queue.blockOf(number);
    const at = (number % BLOCK) * words;
    for (let w = 0; w < words; w++) if (block[at + w] !== states[from + w]) return false;
    return true;
  }
}
