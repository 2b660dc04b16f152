import {withSlack} from '../store.js';
import {BATCH, type Sink, type Successors} from '../successors.js';
import {relaid, type Visited, visitedFor} from '../visited.js';

/** The states that walks came through, and those of them that they came through again. */
export class Visits implements Sink {
  readonly wantsAll = false;
  #seen: Visited;
  #again: Visited;
  /** States put so far, repetitions included, as far as they were counted. */
  total = 0;
  /** Did the memory for them run out? From then on nothing is counted any more. */
  isFull = false;
  readonly #successors: Successors;
  readonly #memoryBytes: number;
  readonly #newOnes = new Int32Array(BATCH);
  #repeated: Int32Array;

  /** The tables take at most `memoryBytes`. */
  constructor(successors: Successors, memoryBytes: number) {
    const {layout, batch} = successors;
    this.#successors = successors;
    this.#memoryBytes = memoryBytes;
    this.#seen = visitedFor(layout);
    this.#again = visitedFor(layout);
    this.#repeated = new Int32Array(batch.length);
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
    const successors = this.#successors;
    successors.leaf[successors.waiting] = move;
    if (++successors.waiting === BATCH) this.flush();
  }

  flush(): void {
    const successors = this.#successors;
    const {batch, waiting, layout} = successors;
    const {words} = layout;
    successors.waiting = 0;
    if (this.isFull) return;
    const found = this.#seen.insert(batch, waiting, this.#newOnes);
    successors.credit(this.#newOnes, found);
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
    const successors = this.#successors;
    const layout = withSlack(successors.sizes(), successors.layout);
    this.#seen = relaid(this.#seen, layout);
    this.#again = relaid(this.#again, layout);
    successors.adopt(layout);
    this.#repeated = new Int32Array(successors.batch.length);
  }
}
