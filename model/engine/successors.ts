import {grown} from './grown.js';
import {bitsFor, type Layout, layoutOf} from './layout.js';

/** Successors gathered before they are handed on. */
export const BATCH = 256;
/** Places, as a power of two, of the cache of states seen moments ago, which stays in the processor's own cache. */
const RECENT_LOG = 14;
export const RECENT_MASK = (1 << RECENT_LOG) - 1;

/** Where successors go. */
export type Sink = {
  /** Are all steps wanted: those that change nothing, that were taken moments ago, that a constraint excludes? */
  readonly wantsAll: boolean;
  /** Takes over what waits in the batch. */
  flush(): void;
};

/**
 * Where the inner loop puts what it found: a batch of packed successors, handed on when it is full. Its sink may change
 * while a search runs; the loop knows nothing of that, so what was compiled for it stays.
 */
export class Successors {
  /** Packed successors that wait for the next flush; `leaf` and `source` say which outcomes of which state they are. */
  batch: Int32Array;
  readonly leaf = new Int32Array(BATCH);
  /** Which of the leaf's outcomes it was. */
  readonly outcome = new Int32Array(BATCH);
  readonly source = new Int32Array(BATCH);
  /** Which leaves sleep there, two words each. */
  readonly asleep = new Int32Array(2 * BATCH);
  waiting = 0;
  /** What the sink says of itself. */
  wantsAll = false;
  /** Could the last flush not hand on everything? */
  stuck = false;
  /** By leaf: how many new states it led to. */
  fresh = new Float64Array(1024);
  /** States seen moments ago, packed, each at a place that its hash gives. */
  recent: Int32Array;
  layout: Layout;
  #sink: Sink | null = null;

  /** `sizes` tells how many ids each slot may have now. */
  constructor(readonly sizes: () => readonly number[]) {
    this.layout = layoutOf(sizes().map(bitsFor));
    this.batch = new Int32Array(BATCH * this.layout.words);
    this.recent = noneRecent(this.layout.words);
  }

  /** From now on everything goes there. */
  goTo(sink: Sink): void {
    this.#sink = sink;
    this.wantsAll = sink.wantsAll;
    // Written once more, or compiled code takes it for a constant, and is thrown away when a sink first sets it.
    this.stuck = false;
  }

  /** Hands the batch on and empties it. */
  flush(): void {
    this.#sink!.flush();
  }

  /** Has a slot more ids than its bits can tell apart? */
  get isOutgrown(): boolean {
    return this.sizes().some((size, slot) => bitsFor(size) > this.layout.bits[slot]!);
  }

  /** Was the state at `from` of the batch seen moments ago? About half of all successors were. Remembers it. */
  isRecent(from: number): boolean {
    const {batch} = this;
    const recent = this.recent;
    const {words} = this.layout;
    let h = Math.imul(batch[from]!, 0x9e3779b1);
    for (let w = 1; w < words; w++) h = Math.imul(h ^ (h >>> 15) ^ batch[from + w]!, 0x85ebca6b);
    const at = (h ^ (h >>> 16)) & (RECENT_MASK * words);
    let difference = recent[at]! ^ batch[from]!;
    recent[at] = batch[from]!;
    for (let w = 1; w < words; w++) {
      difference |= recent[at + w]! ^ batch[from + w]!;
      recent[at + w] = batch[from + w]!;
    }
    return difference === 0;
  }

  /** Counts the states at these places of the batch, the first `count`, as new ones that their leaves led to. */
  credit(places: Int32Array, count: number): void {
    const {leaf} = this;
    for (let i = 0; i < count; i++) {
      const led = leaf[places[i]!]!;
      if (led >= this.fresh.length) this.fresh = grown(this.fresh, led);
      this.fresh[led]! += 1;
    }
  }

  /** Goes on with another layout. The batch is flushed before. */
  adopt(layout: Layout): void {
    if (layout === this.layout) return;
    this.layout = layout;
    this.batch = new Int32Array(BATCH * layout.words);
    this.recent = noneRecent(layout.words);
  }
}

/** No packed state has the top bit of its last word set, so this matches none. */
const noneRecent = (words: number): Int32Array => new Int32Array(words << RECENT_LOG).fill(-1);
