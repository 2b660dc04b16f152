import {repack} from '../layout.js';
import {BATCH, type Sink, type Successors} from '../successors.js';
import type {Table} from '../tables/table.js';
import type {Filled} from './level.js';
import {COUNT, STOP} from './messages.js';

/** New states in a block that a thread fills. */
const BLOCK = 1 << 12;

/** What one thread of a parallel search keeps: its share of the states found, in blocks that the others can read. */
export class SharedStore implements Sink {
  readonly wantsAll = false;
  readonly successors: Successors;
  table: Table;
  /** The table is to be rebuilt when it holds more states than this. */
  limit = 0;
  readonly #control: Int32Array;
  readonly #newOnes = new Int32Array(BATCH);
  #filled: Filled[] = [];
  /** Blocks that were handed over, by the number of the level that they belong to, and such as are free again. */
  #handed: {readonly level: number; readonly filled: readonly Filled[]}[] = [];
  readonly #free: Filled[] = [];
  #block: Int32Array | null = null;
  #asleepThere: Int32Array = new Int32Array(0);
  #count = 0;

  constructor(successors: Successors, table: Table, control: Int32Array) {
    successors.adopt(table.layout);
    this.successors = successors;
    this.table = table;
    this.#control = control;
  }

  flush(): void {
    const {successors} = this;
    const {batch, leaf, asleep, waiting} = successors;
    const done = this.table.insert(batch, 0, waiting, this.#newOnes, 0, BATCH);
    const {found} = this.table;
    successors.credit(this.#newOnes, found);
    this.#keep(found);
    if (Atomics.add(this.#control, COUNT, found) + found > this.limit) Atomics.store(this.#control, STOP, 1);
    successors.stuck = done < waiting; // a state found no place: the batch keeps it until the table was rebuilt
    if (successors.stuck) {
      Atomics.store(this.#control, STOP, 1);
      const {words} = successors.layout;
      batch.copyWithin(0, done * words, waiting * words);
      leaf.copyWithin(0, done, waiting);
      asleep.copyWithin(0, 2 * done, 2 * waiting);
    }
    successors.waiting -= done;
  }

  /** Keeps the new ones of the batch, so many. */
  #keep(found: number): void {
    const {batch, asleep, layout} = this.successors;
    const {words} = layout;
    const newOnes = this.#newOnes;
    for (let done = 0; done < found; ) {
      if (this.#block === null || this.#count === BLOCK) this.#open();
      const block = this.#block!;
      const asleepThere = this.#asleepThere;
      const some = Math.min(found - done, BLOCK - this.#count);
      for (let i = 0, to = this.#count; i < some; i++, to++) {
        const from = newOnes[done + i]!;
        for (let w = 0; w < words; w++) block[words * to + w] = batch[words * from + w]!;
        asleepThere[2 * to] = asleep[2 * from]!;
        asleepThere[2 * to + 1] = asleep[2 * from + 1]!;
      }
      this.#count += some;
      done += some;
    }
  }

  #open(): void {
    this.#close();
    const free = this.#free.pop();
    this.#block = free?.block ?? new Int32Array(new SharedArrayBuffer(4 * BLOCK * this.successors.layout.words));
    this.#asleepThere = free?.asleep ?? new Int32Array(new SharedArrayBuffer(8 * BLOCK));
  }

  #close(): void {
    if (this.#block !== null) this.#filled.push({block: this.#block, asleep: this.#asleepThere, count: this.#count});
    this.#block = null;
    this.#count = 0;
  }

  /** Hands over the states that were found since the last time, to be expanded in the level of this number. */
  take(level: number): readonly Filled[] {
    this.#close();
    const filled = this.#filled;
    this.#handed.push({level, filled});
    this.#filled = [];
    return filled;
  }

  /** Nobody reads the states of levels below this one any more: their memory, once had, is cheaper than new memory. */
  release(level: number): void {
    for (const {filled} of this.#handed.filter(each => each.level < level)) this.#free.push(...filled);
    this.#handed = this.#handed.filter(each => each.level >= level);
  }

  /** Goes on with another table; states that wait in the batch are packed anew. */
  move(table: Table): void {
    const {successors} = this;
    const {layout, batch, waiting} = successors;
    const packed = repack(layout, table.layout, batch, waiting, new Int32Array(table.layout.bits.length));
    if (table.layout.words !== layout.words) {
      this.#handed = [];
      this.#free.length = 0;
    }
    successors.adopt(table.layout);
    successors.batch.set(packed);
    this.table = table;
    successors.stuck = false;
  }
}
