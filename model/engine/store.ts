import {bitsFor, type Layout, layoutOf, repack} from './layout.js';
import {Queue} from './queue.js';
import {relaid, type Visited, visitedFor} from './visited.js';

/** Successors gathered before they go to the visited set. */
export const BATCH = 256;
/** Places, as a power of two, of the cache of states seen moments ago, which stays in the processor's own cache. */
const RECENT_LOG = 13;

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
  #recent: Int32Array;
  readonly #sizes: () => readonly number[];

  /** `sizes` tells how many ids each slot may have now; with `recording` the queue keeps everything. */
  constructor(sizes: () => readonly number[], recording: boolean) {
    this.#sizes = sizes;
    this.layout = layoutOf(sizes().map(bitsFor));
    this.visited = visitedFor(this.layout);
    this.queue = new Queue(this.layout.words);
    this.batch = new Int32Array(BATCH * this.layout.words);
    this.#recent = noneRecent(this.layout.words);
    this.parents = recording ? new Int32Array(1 << 12) : null;
  }

  /** Was the state at `from` of the batch seen moments ago? About half of all successors were. Remembers it. */
  isRecent(from: number): boolean {
    const {batch} = this;
    const recent = this.#recent;
    const {words} = this.layout;
    let h = 0;
    for (let w = 0; w < words; w++) h = Math.imul(h ^ batch[from + w]!, 0x9e3779b1);
    const at = ((h ^ (h >>> 16)) & (2 ** RECENT_LOG - 1)) * words;
    let same = true;
    for (let w = 0; w < words; w++) {
      if (recent[at + w] === batch[from + w]) continue;
      same = false;
      recent[at + w] = batch[from + w]!;
    }
    return same;
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

  /** Packs everything anew, with room for every id. The batch is flushed before. */
  relay(): void {
    const old = this.layout;
    const bits = this.#sizes().map(bitsFor);
    this.layout = withSlack(bits, old);
    const ids = new Int32Array(bits.length);
    this.visited = relaid(this.visited, this.layout);
    this.queue = this.queue.rewritten(this.layout.words, (states, count) =>
      repack(old, this.layout, states, count, ids),
    );
    this.batch = new Int32Array(BATCH * this.layout.words);
    this.#recent = noneRecent(this.layout.words);
  }
}

/** A layout in which the slots that just outgrew theirs get a bit to spare, unless the state would need one more word. */
const withSlack = (bits: readonly number[], old: Layout): Layout => {
  const least = bits.map((needed, slot) => Math.max(needed, old.bits[slot]!));
  const tight = layoutOf(least);
  const roomy = layoutOf(least.map((needed, slot) => (needed > old.bits[slot]! && needed > 3 ? needed + 1 : needed)));
  return roomy.words === tight.words ? roomy : tight;
};

/** No packed state has the top bit of its last word set, so this matches none. */
const noneRecent = (words: number): Int32Array => new Int32Array(words << RECENT_LOG).fill(-1);

export const grown = (counts: Float64Array, atLeast: number): Float64Array<ArrayBuffer> => {
  const larger = new Float64Array(Math.max(counts.length * 2, atLeast + 1));
  larger.set(counts);
  return larger;
};
