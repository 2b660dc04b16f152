import {bitsFor, layoutOf} from '../layout.js';
import {withSlack} from '../store.js';
import {BATCH, Successors} from '../successors.js';
import {relaid, type Visited, visitedFor} from '../visited.js';

/** The states that walks came through, and those of them that they came through again. */
export class Visits extends Successors {
  #seen: Visited;
  #again: Visited;
  /** States put so far, repetitions included, as far as they were counted. */
  total = 0;
  /** Did the memory for them run out? From then on nothing is counted any more. */
  isFull = false;
  readonly #memoryBytes: number;
  readonly #newOnes = new Int32Array(BATCH);
  #repeated: Int32Array;

  /** `sizes` tells how many ids each slot may have now; the tables take at most `memoryBytes`. */
  constructor(sizes: () => readonly number[], memoryBytes: number) {
    super(layoutOf(sizes().map(bitsFor)), sizes);
    this.#memoryBytes = memoryBytes;
    this.#seen = visitedFor(this.layout);
    this.#again = visitedFor(this.layout);
    this.#repeated = new Int32Array(this.batch.length);
  }

  /** How many different states there were. */
  get distinct(): number {
    return this.#seen.count;
  }

  /**
   * The share of the states that such walks come through which these have not, by the estimate of Good and Turing:
   * the share of those that they came through once. It takes visits as drawn one by one, which those of one walk are
   * not.
   */
  get unseen(): number {
    return this.total === 0 ? 1 : (this.#seen.count - this.#again.count) / this.total;
  }

  /** Counts the state that was packed behind those that wait; `move` led to it. */
  put(move: number): void {
    this.leaf[this.waiting] = move;
    if (++this.waiting === BATCH) this.flush();
  }

  override flush(): void {
    const {batch, waiting} = this;
    const {words} = this.layout;
    this.waiting = 0;
    if (this.isFull) return;
    const found = this.#seen.insert(batch, waiting, this.#newOnes);
    this.credit(this.#newOnes, found);
    let repeated = 0;
    for (let i = 0, n = 0; i < waiting; i++) {
      if (n < found && this.#newOnes[n] === i) n++;
      else {
        for (let w = 0; w < words; w++) this.#repeated[repeated * words + w] = batch[i * words + w]!;
        repeated++;
      }
    }
    this.#again.insert(this.#repeated, repeated, this.#newOnes);
    this.total += waiting;
    const tables = [this.#seen, this.#again];
    this.isFull = tables.reduce((sum, {bytes, growthBytes}) => sum + bytes + growthBytes, 0) > this.#memoryBytes;
  }

  /** Packs everything anew, with room for every id. */
  relay(): void {
    this.flush();
    const layout = withSlack(this.sizes(), this.layout);
    this.#seen = relaid(this.#seen, layout);
    this.#again = relaid(this.#again, layout);
    this.adopt(layout);
    this.#repeated = new Int32Array(this.batch.length);
  }
}
