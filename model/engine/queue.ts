import type {Block} from './tables/table.js';

/** States per block. */
export const BLOCK = 1 << 13;

/**
 * Packed states in the order in which they were found, numbered from 0. Grows block by block; blocks whose states
 * were all expanded are let go, unless somebody wants to walk back.
 */
export class Queue {
  count = 0;
  #blocks: (Int32Array | null)[] = [];
  #released = 0;

  constructor(readonly words: number) {}

  /** Appends the state at `from` of `states`. */
  push(states: Int32Array, from: number): void {
    const {words} = this;
    const at = this.count % BLOCK;
    if (at === 0) this.#blocks.push(new Int32Array(BLOCK * words));
    const block = this.#blocks[this.#blocks.length - 1]!;
    for (let w = 0; w < words; w++) block[at * words + w] = states[from + w]!;
    this.count++;
  }

  /** The block of state number `index`, which begins at `(index % BLOCK) * words` in it. */
  blockOf(index: number): Int32Array {
    const block = this.#blocks[Math.floor(index / BLOCK)];
    if (block === null || block === undefined) throw new RangeError(`state ${index} is not in the queue`);
    return block;
  }

  /** The states from number `from` to before `to`, block by block. */
  *blocks(from: number, to: number): Generator<Block> {
    for (let at = from; at < to; ) {
      const last = Math.min(to, (Math.floor(at / BLOCK) + 1) * BLOCK);
      const start = (at % BLOCK) * this.words;
      yield {states: this.blockOf(at).subarray(start, start + (last - at) * this.words), count: last - at};
      at = last;
    }
  }

  /** Lets go of the blocks before state number `index`. */
  release(index: number): void {
    for (const last = Math.floor(index / BLOCK); this.#released < last; this.#released++)
      this.#blocks[this.#released] = null;
  }

  get bytes(): number {
    return (this.#blocks.length - this.#released) * BLOCK * this.words * 4;
  }

  /** The same states with the same numbers, each block rewritten. */
  rewritten(words: number, rewrite: (states: Int32Array, count: number) => Int32Array): Queue {
    const queue = new Queue(words);
    queue.count = this.count;
    queue.#released = this.#released;
    queue.#blocks = this.#blocks.map((block, n) => {
      if (block === null) return null;
      const copy = new Int32Array(BLOCK * words);
      copy.set(rewrite(block, Math.min(BLOCK, this.count - n * BLOCK)));
      return copy;
    });
    return queue;
  }
}
