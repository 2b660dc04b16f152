import {repack} from '../layout.js';
import {BATCH, Successors} from '../successors.js';
import type {Table} from '../tables/table.js';
import type {Filled} from './level.js';
import {COUNT, STOP} from './messages.js';

/** New states in a block that a thread fills. */
const BLOCK = 1 << 12;

/** What one thread of a parallel search keeps: its share of the states found, in blocks that the others can read. */
export class SharedStore extends Successors {
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

  constructor(table: Table, sizes: () => readonly number[], control: Int32Array) {
    super(table.layout, sizes);
    this.table = table;
    this.#control = control;
  }

  flush(): void {
    const done = this.table.insert(this.batch, 0, this.waiting, this.#newOnes, 0, BATCH);
    const {found} = this.table;
    this.credit(this.#newOnes, found);
    this.#keep(found);
    if (Atomics.add(this.#control, COUNT, found) + found > this.limit) Atomics.store(this.#control, STOP, 1);
    this.stuck = done < this.waiting; // a state found no place: the batch keeps it until the table was rebuilt
    if (this.stuck) {
      Atomics.store(this.#control, STOP, 1);
      const {words} = this.layout;
      this.batch.copyWithin(0, done * words, this.waiting * words);
      this.leaf.copyWithin(0, done, this.waiting);
      this.asleep.copyWithin(0, 2 * done, 2 * this.waiting);
    }
    this.waiting -= done;
  }

  /** Keeps the new ones of the batch, so many. */
  #keep(found: number): void {
    const {batch, asleep} = this;
    const {words} = this.layout;
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
    this.#block = free?.block ?? new Int32Array(new SharedArrayBuffer(4 * BLOCK * this.layout.words));
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
    const waiting = repack(
      this.layout,
      table.layout,
      this.batch,
      this.waiting,
      new Int32Array(table.layout.bits.length),
    );
    if (table.layout.words !== this.layout.words) {
      this.#handed = [];
      this.#free.length = 0;
    }
    this.adopt(table.layout);
    this.batch.set(waiting);
    this.table = table;
    this.stuck = false;
  }
}
