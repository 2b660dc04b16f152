import {ModelError} from './errors.js';
import {grown} from './grown.js';

/** A node is a dense table from the start while the slot's sort has so few values. */
const FEW_VALUES = 6;
/** Most nodes have one or two children: these rooms for pairs make a node half a cache line and a whole one. */
const FIRST_ROOM = 3;
const LAST_ROOM = 7;
/** A node with more children is a dense table while the slot's sort is no larger than this, hashed when it is. */
const DENSE_CHILDREN = 256;
/** No id is negative. */
const NO_ID = -1;
const EMPTY_LINK = 0;
/** Words of a link: a power of two, so that none lies across two cache lines. */
const LINK = 4;

/**
 * What the model's functions answered, by the values that they read: tries in one array of integers.
 *
 * A *cell* holds 0 (nothing is known), a positive number (a node: the next slot to look at) or a negative one (a leaf:
 * the answer). A node is [slot, capacity, ...]: with a positive capacity so many child cells, by id; with a negative
 * one so many pairs of an id and its cell; with capacity 0 its children are found through a hash table.
 * Cells outside nodes never move.
 */
export class Memo {
  pool = new Int32Array(1 << 14);
  #top = 1;
  #links = new Int32Array(LINK << 12); // [node, id, cell, nothing], open addressing
  #linkCount = 0;

  /** A new cell of which nothing is known, or what another one held. */
  cell(content = 0): number {
    const cell = this.#take(1);
    this.pool[cell] = content;
    return cell;
  }

  /** What the child of a node for an id holds, or 0. */
  child(node: number, id: number): number {
    const capacity = this.pool[node + 1]!;
    return capacity <= 0 ? this.sparse(node, capacity, id) : id < capacity ? this.pool[node + 2 + id]! : 0;
  }

  /** What the child of a node whose capacity is not positive holds, or 0. */
  sparse(node: number, capacity: number, id: number): number {
    const {pool} = this;
    if (capacity === 0) {
      const cell = this.#link(node, id);
      return cell === 0 ? 0 : pool[cell]!;
    }
    const end = node + 2 - 2 * capacity;
    for (let at = node + 2; at < end; at += 2) if (pool[at] === id) return pool[at + 1]!;
    return 0;
  }

  /**
   * Remembers that whoever starts at `cell` and reads these slots, from number `first` on, with these values is
   * answered `leaf`.
   */
  learn(
    cell: number,
    slots: readonly number[],
    ids: readonly number[],
    sizes: (slot: number) => number,
    leaf: number,
    first = 0,
  ): void {
    let at = cell;
    for (let i = first; i < slots.length; i++) {
      const slot = slots[i]!;
      const id = ids[i]!;
      if (this.pool[at] === 0) {
        const size = sizes(slot);
        this.#newNode(at, slot, size <= FEW_VALUES ? Math.max(2, size) : -FIRST_ROOM);
      }
      const node = this.pool[at]!;
      if (node < 0 || this.pool[node] !== slot)
        throw new ModelError('it read the state in another order for the same values');
      at = this.#childCell(at, id, sizes(slot));
    }
    const known = this.pool[at]!;
    if (known !== 0 && known !== leaf) throw new ModelError('it answered differently for the same values');
    this.pool[at] = leaf;
  }

  #newNode(cell: number, slot: number, capacity: number): void {
    const rooms = capacity < 0 ? -2 * capacity : capacity;
    const node = this.#take(2 + rooms);
    this.pool[node] = slot;
    this.pool[node + 1] = capacity;
    if (capacity < 0) this.pool.fill(NO_ID, node + 2, node + 2 + rooms);
    this.pool[cell] = node;
  }

  /** The cell of a child of the node in this cell; made, if there is none. */
  #childCell(cell: number, id: number, size: number): number {
    const node = this.pool[cell]!;
    const capacity = this.pool[node + 1]!;
    if (capacity === 0) {
      const known = this.#link(node, id);
      return known === 0 ? this.#addLink(node, id) : known;
    }
    if (capacity > 0 && id < capacity) return node + 2 + id;
    for (let at = node + 2, end = at - 2 * capacity; at < end; at += 2) {
      if (this.pool[at] === NO_ID) {
        this.pool[at] = id;
        this.pool[at + 1] = 0;
      }
      if (this.pool[at] === id) return at + 1;
    }
    this.#widen(cell, node, Math.max(size, id + 1));
    return this.#childCell(cell, id, size);
  }

  /** A node that is too small, of a slot that may hold so many values, moves to a larger place, or becomes hashed. */
  #widen(cell: number, node: number, size: number): void {
    const {pool} = this;
    const old = pool[node + 1]!;
    const wanted = old > 0 ? Math.max(size, 2 * old) : size;
    this.#newNode(cell, pool[node]!, old === -FIRST_ROOM ? -LAST_ROOM : wanted <= DENSE_CHILDREN ? wanted : 0);
    const move = (id: number, content: number): void => {
      const place = this.#childCell(cell, id, size); // before the pool is named: it may be replaced on the way
      this.pool[place] = content;
    };
    for (let id = 0; id < old; id++) if (pool[node + 2 + id] !== 0) move(id, pool[node + 2 + id]!);
    for (let at = node + 2, end = at - 2 * old; at < end; at += 2) move(pool[at]!, pool[at + 1]!);
  }

  #take(count: number): number {
    const at = this.#top;
    this.#top += count;
    this.pool = grown(this.pool, this.#top);
    return at;
  }

  /** The cell that a hashed node's child lives in, or 0. */
  #link(node: number, id: number): number {
    const links = this.#links;
    const mask = links.length - 1;
    for (let at = (hash(node, id) * LINK) & mask; ; at = (at + LINK) & mask) {
      const found = links[at]!;
      if (found === EMPTY_LINK) return 0;
      if (found === node && links[at + 1] === id) return links[at + 2]!;
    }
  }

  #addLink(node: number, id: number): number {
    if (this.#linkCount * LINK * 2 >= this.#links.length) this.#growLinks();
    const cell = this.cell();
    this.#placeLink(node, id, cell);
    this.#linkCount++;
    return cell;
  }

  #placeLink(node: number, id: number, cell: number): void {
    const links = this.#links;
    const mask = links.length - 1;
    let at = (hash(node, id) * LINK) & mask;
    while (links[at] !== EMPTY_LINK) at = (at + LINK) & mask;
    links[at] = node;
    links[at + 1] = id;
    links[at + 2] = cell;
  }

  #growLinks(): void {
    const old = this.#links;
    this.#links = new Int32Array(old.length * 2);
    for (let at = 0; at < old.length; at += LINK) {
      if (old[at] !== EMPTY_LINK) this.#placeLink(old[at]!, old[at + 1]!, old[at + 2]!);
    }
  }
}

const hash = (node: number, id: number): number => {
  let h = Math.imul(node, 0x9e3779b1) ^ Math.imul(id, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return h ^ (h >>> 13);
};
