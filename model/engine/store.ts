import {bitsFor, type Layout, layoutOf, repack} from './layout.js';
import {Queue} from './queue.js';
import {relaid, type Visited, visitedFor} from './visited.js';

/** Successors gathered before they go to the visited set. */
const BATCH = 256;

/**
 * What a search keeps: the visited set and the queue of the states found. Successors are handed over in batches, so that the
 * look-ups of one batch overlap in memory. When a slot needs more bits than it has, everything is packed anew.
 */
export class Store {
  layout: Layout;
  visited: Visited;
  queue: Queue;
  /** Packed successors that wait for the next flush; `leaf` and `source` say where each came from. */
  batch: Int32Array;
  readonly leaf = new Int32Array(BATCH);
  readonly source = new Int32Array(BATCH);
  waiting = 0;
  /** By leaf: how many new states it led to. */
  fresh = new Float64Array(1024);
  /** When recording: by number of a state, the number of the state that it was found from; initial states have -1. */
  parents: Int32Array | null;
  readonly #newOnes = new Int32Array(BATCH);
  readonly #sizes: () => readonly number[];

  /** `sizes` tells how many ids each slot may have now; with `recording` the queue keeps everything. */
  constructor(sizes: () => readonly number[], recording: boolean) {
    this.#sizes = sizes;
    this.layout = layoutOf(sizes().map(bitsFor));
    this.visited = visitedFor(this.layout);
    this.queue = new Queue(this.layout.words);
    this.batch = new Int32Array(BATCH * this.layout.words);
    this.parents = recording ? new Int32Array(1 << 12) : null;
  }

  get isFull(): boolean {
    return this.waiting === BATCH;
  }

  get bytes(): number {
    return this.visited.bytes + this.queue.bytes + (this.parents?.byteLength ?? 0);
  }

  /** Hands the batch to the visited set and queues what is new. */
  flush(): void {
    const found = this.visited.insert(this.batch, this.waiting, this.#newOnes);
    const {words} = this.layout;
    for (let i = 0; i < found; i++) {
      const at = this.#newOnes[i]!;
      const leaf = this.leaf[at]!;
      if (leaf >= this.fresh.length) this.fresh = grown(this.fresh, leaf);
      this.fresh[leaf]! += 1;
      if (this.parents !== null) this.#record(this.queue.count, this.source[at]!);
      this.queue.push(this.batch, at * words);
    }
    this.waiting = 0;
  }

  #record(number: number, source: number): void {
    const parents = this.parents!;
    if (number < parents.length) parents[number] = source;
    else {
      const larger = new Int32Array(parents.length * 2);
      larger.set(parents);
      larger[number] = source;
      this.parents = larger;
    }
  }

  /** Has a slot more ids than its bits can tell apart? */
  get isOutgrown(): boolean {
    return this.#sizes().some((size, slot) => bitsFor(size) > this.layout.bits[slot]!);
  }

  /** Packs everything anew, with a bit to spare for slots that outgrew theirs. The batch is flushed before. */
  relay(): void {
    const old = this.layout;
    const bits = this.#sizes().map((size, slot) => {
      const needed = bitsFor(size);
      return needed <= old.bits[slot]! ? old.bits[slot]! : Math.min(32, needed);
    });
    this.layout = layoutOf(bits);
    const ids = new Int32Array(bits.length);
    this.visited = relaid(this.visited, this.layout);
    this.queue = this.queue.rewritten(this.layout.words, (states, count) =>
      repack(old, this.layout, states, count, ids),
    );
    this.batch = new Int32Array(BATCH * this.layout.words);
  }
}

export const grown = (counts: Float64Array, atLeast: number): Float64Array<ArrayBuffer> => {
  const larger = new Float64Array(Math.max(counts.length * 2, atLeast + 1));
  larger.set(counts);
  return larger;
};
