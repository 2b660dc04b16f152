import {grown} from './grown.js';
import {bitsFor, type Layout, layoutOf, repack} from './layout.js';
import {Queue} from './queue.js';
import {BATCH, type Sink, type Successors} from './successors.js';
import type {Block} from './tables/table.js';
import {relaid, type Visited, visitedFor, visitedOf} from './visited.js';

/** Beyond so many bits in the second word, a compact table would have to be larger. */
const SPARE_TOP_BITS = 12;

/**
 * What a search keeps: the visited set and the queue of the states found. When a slot needs more bits than it has,
 * everything is packed anew.
 */
export class Store implements Sink {
  readonly wantsAll = false;
  visited: Visited;
  queue: Queue;
  /** When recording: by number of a state, the number of the state that it was found from; initial states have -1. */
  parents: Int32Array | null;
  readonly #successors: Successors;
  readonly #newOnes = new Int32Array(BATCH);

  /** With `recording`, the queue keeps everything and remembers predecessors. */
  constructor(successors: Successors, recording: boolean) {
    const {layout} = successors;
    this.#successors = successors;
    this.visited = visitedFor(layout);
    this.queue = new Queue(layout.words);
    this.parents = recording ? new Int32Array(1 << 12) : null;
  }

  get bytes(): number {
    return this.visited.bytes + this.queue.bytes + (this.parents?.byteLength ?? 0);
  }

  /** Hands the batch to the visited set and queues what is new. */
  flush(): void {
    const successors = this.#successors;
    const {batch, asleep, source} = successors;
    const found = this.visited.insert(batch, successors.waiting, this.#newOnes);
    successors.credit(this.#newOnes, found);
    if (this.parents !== null) {
      for (let i = 0; i < found; i++) this.#record(this.queue.count + i, source[this.#newOnes[i]!]!);
    }
    this.queue.append(batch, asleep, this.#newOnes, found);
    successors.waiting = 0;
  }

  /**
   * Takes over what another search had kept, packed in this layout: its queue begins with the level that it was in, or
   * with `isKeeping` holds every state.
   */
  restore(
    layout: Layout,
    {level, next, visited}: {readonly [K in 'level' | 'next' | 'visited']: Iterable<Block>},
    isKeeping: boolean,
  ): void {
    this.#successors.adopt(layout);
    this.visited = visitedFor(layout);
    for (const {states, count} of visited) this.visited.insert(states, count, new Int32Array(count));
    this.#fill(isKeeping ? [visited] : [level, next]);
  }

  /** Takes over the states that others found, each once: they are not looked for any more. */
  gather(layout: Layout, blocks: Iterable<Block>): void {
    this.#successors.adopt(layout);
    this.visited = visitedFor(layout);
    this.#fill([blocks]);
  }

  #fill(parts: readonly Iterable<Block>[]): void {
    const {words} = this.#successors.layout;
    this.queue = new Queue(words);
    for (const blocks of parts) {
      for (const {states, count} of blocks) for (let i = 0; i < count; i++) this.queue.push(states, i * words);
    }
  }

  #record(number: number, source: number): void {
    this.parents = grown(this.parents!, number);
    this.parents[number] = source;
  }

  /** Packs everything anew, with room for every id. The batch is flushed before. */
  relay(): void {
    const {layout: old, sizes} = this.#successors;
    const layout = withSlack(sizes(), old);
    const ids = new Int32Array(layout.bits.length);
    const {count} = this.visited;
    this.queue = this.queue.rewritten(layout.words, (states, some) => repack(old, layout, states, some, ids));
    // What the queue holds is packed anew already.
    this.visited = this.queue.isWhole(count)
      ? visitedOf(layout, this.queue.blocks(0, count), count)
      : relaid(this.visited, layout);
    this.#successors.adopt(layout);
  }
}

/**
 * A layout in which the slots that just outgrew theirs get bits to spare, and those that are nearly full one, as many
 * as cost no word: packing everything anew takes time. `sizes`: how many ids each slot may have now.
 */
export const withSlack = (sizes: readonly number[], old: Layout): Layout => {
  const spared = (forGrowing: number, forFull: number): Layout =>
    layoutOf(
      sizes.map((size, slot) => {
        const needed = bitsFor(size);
        const had = old.bits[slot]!;
        if (needed > had && needed > 2) return needed + forGrowing;
        const bits = Math.max(needed, had);
        return size > 1 && size > NEARLY_FULL * 2 ** bits ? bits + forFull : bits;
      }),
    );
  const tight = spared(0, 0);
  const fits = ({words, topBits}: Layout) => words === tight.words && (words > 2 || topBits <= SPARE_TOP_BITS);
  return SPARE.map(([growing, full]) => spared(growing, full)).find(fits) ?? tight;
};

/** A slot that has taken more than this share of its ids is about to need more. */
const NEARLY_FULL = 7 / 8;

/** Bits to spare for slots that grow, and for slots that are nearly full: the first pair that fits is taken. */
const SPARE = [
  [4, 1],
  [3, 1],
  [2, 1],
  [1, 1],
  [0, 1],
  [1, 0],
] as const;
