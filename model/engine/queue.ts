import type {Block} from './tables/table.js';

/** States per block. */
export const BLOCK = 1 << 13;
/** Of a block in whose states nobody sleeps. */
const NONE_ASLEEP = new Int32Array(2 * BLOCK);
/** So many blocks are kept to be filled anew. */
const MOST_SPARE = 32;

/**
 * Packed states in the order in which they were found, numbered from 0. Grows block by block; blocks whose states
 * were all expanded are let go, unless somebody wants to walk back.
 */
export class Queue {
  count = 0;
  #blocks: (Int32Array | null)[] = [];
  /** By block: which leaves sleep in its states, two words each. */
  #asleep: Int32Array[] = [];
  /** Blocks in some of whose states somebody sleeps. */
  #drowsy = 0;
  #released = 0;
  /** Blocks that were let go, to be filled anew: memory that was had is cheaper than new memory. */
  readonly #spare: Int32Array[] = [];
  readonly #spareAsleep: Int32Array[] = [];

  constructor(readonly words: number) {}

  /** Appends the state at `from` of `states`, in which nobody sleeps. */
  push(states: Int32Array, from: number): void {
    const {words} = this;
    const to = (this.count % BLOCK) * words;
    if (to === 0) this.#open();
    const block = this.#blocks[this.#blocks.length - 1]!;
    for (let w = 0; w < words; w++) block[to + w] = states[from + w]!;
    this.count++;
  }

  /**
   * Appends the first `count` of `chosen`, which are numbers of packed states; `asleep` says by number who sleeps
   * there, in two words each.
   */
  append(states: Int32Array, asleep: Int32Array, chosen: Int32Array, count: number): void {
    const {words} = this;
    for (let done = 0; done < count; ) {
      const first = this.count % BLOCK;
      if (first === 0) this.#open();
      const last = this.#blocks.length - 1;
      const block = this.#blocks[last]!;
      let dreams = this.#asleep[last]!;
      const some = Math.min(count - done, BLOCK - first);
      for (let i = 0; i < some; i++) {
        const from = chosen[done + i]!;
        const to = first + i;
        for (let w = 0; w < words; w++) block[words * to + w] = states[words * from + w]!;
        const low = asleep[2 * from]!;
        const high = asleep[2 * from + 1]!;
        if ((low | high) === 0) continue;
        if (dreams === NONE_ASLEEP) dreams = this.#bed(last);
        dreams[2 * to] = low;
        dreams[2 * to + 1] = high;
      }
      this.count += some;
      done += some;
    }
  }

  #open(): void {
    this.#blocks.push(this.#spare.pop() ?? new Int32Array(BLOCK * this.words));
    this.#asleep.push(NONE_ASLEEP);
  }

  /** Somebody is to sleep in states of a block in which nobody did. */
  #bed(block: number): Int32Array {
    const dreams = this.#spareAsleep.pop()?.fill(0) ?? new Int32Array(2 * BLOCK);
    this.#asleep[block] = dreams;
    this.#drowsy++;
    return dreams;
  }

  /** The block of state number `index`, which begins at `(index % BLOCK) * words` in it. */
  blockOf(index: number): Int32Array {
    const block = this.#blocks[Math.floor(index / BLOCK)];
    if (block === null || block === undefined) throw new RangeError(`state ${index} is not in the queue`);
    return block;
  }

  /** Is the state of this number the packed one at `from` of `states`? */
  holds(number: number, states: Int32Array, from: number): boolean {
    const {words} = this;
    const block = this.blockOf(number);
    const at = (number % BLOCK) * words;
    for (let w = 0; w < words; w++) if (block[at + w] !== states[from + w]) return false;
    return true;
  }

  /** Which leaves sleep in the states of the block of state number `index`, two words each. */
  asleepIn(index: number): Int32Array {
    return this.#asleep[Math.floor(index / BLOCK)]!;
  }

  /** The states from number `from` to before `to`, block by block, with who sleeps in them. */
  *blocks(from: number, to: number): Generator<Block & {readonly asleep: Int32Array}> {
    for (let at = from; at < to; ) {
      const last = Math.min(to, (Math.floor(at / BLOCK) + 1) * BLOCK);
      const start = at % BLOCK;
      const count = last - at;
      yield {
        states: this.blockOf(at).subarray(start * this.words, (start + count) * this.words),
        asleep: this.asleepIn(at).subarray(2 * start, 2 * (start + count)),
        count,
      };
      at = last;
    }
  }

  /** Does it hold every state, of which there are so many? */
  isWhole(states: number): boolean {
    return this.#released === 0 && this.count === states;
  }

  /** Lets go of the blocks before state number `index`. */
  release(index: number): void {
    for (const last = Math.floor(index / BLOCK); this.#released < last; this.#released++) {
      const [block, asleep] = [this.#blocks[this.#released]!, this.#asleep[this.#released]!];
      if (this.#spare.length < MOST_SPARE) this.#spare.push(block);
      if (asleep !== NONE_ASLEEP) {
        this.#drowsy--;
        if (this.#spareAsleep.length < MOST_SPARE) this.#spareAsleep.push(asleep);
      }
      this.#blocks[this.#released] = null;
      this.#asleep[this.#released] = NONE_ASLEEP;
    }
  }

  get bytes(): number {
    return 4 * BLOCK * ((this.#blocks.length - this.#released) * this.words + 2 * this.#drowsy);
  }

  /** The same states with the same numbers, each block rewritten, and let go of here: there is room for one queue. */
  rewritten(words: number, rewrite: (states: Int32Array, count: number) => Int32Array): Queue {
    const queue = new Queue(words);
    queue.count = this.count;
    queue.#released = this.#released;
    queue.#asleep = this.#asleep;
    queue.#drowsy = this.#drowsy;
    queue.#blocks = this.#blocks.map((block, n) => {
      if (block === null) return null;
      const copy = new Int32Array(BLOCK * words);
      copy.set(rewrite(block, Math.min(BLOCK, this.count - n * BLOCK)));
      this.#blocks[n] = null;
      return copy;
    });
    return queue;
  }
}
