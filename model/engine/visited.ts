import {type Layout, repack} from './layout.js';
import {CompactTable} from './tables/compact.js';
import {PlainTable} from './tables/plain.js';
import type {Block, Table} from './tables/table.js';

const MIN_LOG = 12;
/** A table this large is worth having from the start, if its places then hold one word instead of two. */
const MAX_FIRST_LOG = 21;
/** With room for fewer states than this, a table is about to grow. */
const NEAR_FULL = 100_000;
/** A table that is fuller than this grows. */
export const LOAD = 0.78;

/** A table below this size grows fourfold at once: it is small beside all else, and to move its states takes time. */
const SMALL_LOG = 23;

/** The size, as a power of two, that a table of this size grows to. */
export const logAfter = (log: number): number => log + (log < SMALL_LOG ? 2 : 1);

/** The least size of table, as a power of two, that has room for so many states. */
export const logFor = (states: number): number => Math.max(MIN_LOG, Math.ceil(Math.log2(Math.max(1, states) / LOAD)));

/** The table that suits states of this layout, of at least this size. `shared`: in memory that threads share. */
export const tableFor = (layout: Layout, log: number, shared = false): Table => {
  const compact = CompactTable.leastLog(layout);
  if (compact !== null && compact <= Math.max(log, MAX_FIRST_LOG)) {
    const size = Math.max(log, compact);
    return new CompactTable(layout, size, shared ? new SharedArrayBuffer(4 * 2 ** size) : null);
  }
  return new PlainTable(layout, log, shared ? new SharedArrayBuffer(4 * layout.words * 2 ** log) : null);
};

/** The set of the states found so far: lossless, and never full. */
export class Visited {
  count = 0;
  #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  get layout(): Layout {
    return this.#table.layout;
  }

  get bytes(): number {
    return this.#table.data.byteLength;
  }

  /** Memory that the next growth will take, when it is near; else 0. */
  get growthBytes(): number {
    const room = 2 ** this.#table.log * LOAD - this.count;
    return room < NEAR_FULL ? 2 ** (logAfter(this.#table.log) - this.#table.log) * this.bytes : 0;
  }

  /**
   * Inserts packed states one after another; notes the numbers of the new ones in `fresh`. Answers how many were new.
   */
  insert(states: Int32Array, count: number, fresh: Int32Array): number {
    const before = this.count;
    for (let from = 0; from < count; ) {
      const room = Math.floor(2 ** this.#table.log * LOAD) - this.count;
      from = this.#table.insert(states, from, count, fresh, this.count - before, Math.max(0, room));
      this.count += this.#table.found;
      if (from < count) this.#grow();
    }
    return this.count - before;
  }

  #grow(): void {
    const old = this.#table;
    for (let log = logAfter(old.log); ; log++) {
      this.#table = tableFor(this.layout, log);
      if (old.pour(this.#table, 0, 2 ** old.log)) return;
    }
  }

  /** Puts every state into an empty table of the same layout; answers whether each found a place. */
  pour(into: Table): boolean {
    return this.#table.pour(into, 0, 2 ** this.#table.log);
  }

  /** Every state, in blocks. */
  blocks(): Iterable<Block> {
    return this.#table.blocks(0, 2 ** this.#table.log);
  }
}

export const visitedFor = (layout: Layout, atLeast = 0): Visited => new Visited(tableFor(layout, logFor(atLeast)));

/** A set of states that come from none twice, `count` of them. */
export const visitedOf = (layout: Layout, blocks: Iterable<Block>, count: number): Visited => {
  const visited = visitedFor(layout, count);
  for (const each of blocks) visited.insert(each.states, each.count, new Int32Array(each.count));
  return visited;
};

/** The same states in another layout. */
export const relaid = (visited: Visited, layout: Layout): Visited => {
  const ids = new Int32Array(layout.bits.length);
  const moved = function* (): Generator<Block> {
    for (const {states, count} of visited.blocks()) {
      yield {states: repack(visited.layout, layout, states, count, ids), count};
    }
  };
  return visitedOf(layout, moved(), visited.count);
};
