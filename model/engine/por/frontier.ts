import {BLOCK, type Queue} from '../queue.js';
import {hashOf} from '../tables/table.js';

const MIN_LOG = 10;
const LOAD = 0.6;

/** The states of a queue that are still to be expanded, found by what they are: lossless. */
export class Frontier {
  readonly #queue: Queue;
  /**
   * A state's number plus one, or 0 where a place is free. The numbers of states that were expanded stay until it
   * grows.
   */
  #places = new Int32Array(2 ** MIN_LOG);
  #taken = 0;
  /** The number of the state after the last that was taken in. */
  #end: number;

  /** Takes in the states from number `first` on. */
  constructor(queue: Queue, first: number) {
    this.#queue = queue;
    this.#end = first;
    this.takeIn(first);
  }

  /** Takes in what was queued since. The states before number `expanding` are of no interest any more. */
  takeIn(expanding: number): void {
    this.#end = Math.max(this.#end, expanding);
    for (; this.#end < this.#queue.count; this.#end++) {
      if (this.#taken >= this.#places.length * LOAD) this.#rebuild(expanding);
      this.#place(this.#end);
    }
  }

  /** Is the packed state at `from` of `states` in the queue with a number above `expanding`? */
  has(states: Int32Array, from: number, expanding: number): boolean {
    const places = this.#places;
    const mask = places.length - 1;
    for (let at = this.#home(states, from); ; at = (at + 1) & mask) {
      const number = places[at]! - 1;
      if (number < 0) return false;
      if (number > expanding && this.#queue.holds(number, states, from)) return true;
    }
  }

  #rebuild(expanding: number): void {
    let size = this.#places.length;
    while ((this.#end - expanding) * 2 >= size * LOAD) size *= 2;
    this.#places = new Int32Array(size);
    this.#taken = 0;
    for (let number = Math.max(0, expanding); number < this.#end; number++) this.#place(number);
  }

  #place(number: number): void {
    const block = this.#queue.blockOf(number);
    const mask = this.#places.length - 1;
    let at = this.#home(block, (number % BLOCK) * this.#queue.words);
    while (this.#places[at] !== 0) at = (at + 1) & mask;
    this.#places[at] = number + 1;
    this.#taken++;
  }

  #home(states: Int32Array, from: number): number {
    return hashOf(states, from, this.#queue.words) & (this.#places.length - 1);
  }
}
