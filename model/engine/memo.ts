import {ModelError} from './errors.js';

/** Children of a node are a dense table while the slot's sort is small, hashed when it is large. */
const DENSE_CHILDREN = 256;
const EMPTY_LINK = 0;
/** Words of a link: a power of two, so that none lies across two cache lines. */
const LINK = 4;

/**
 * What the model's functions answered, by the values that they read: tries in one array of integers.
 *
 * A *cell* holds 0 (nothing is known), a positive number (a node: the next slot to look at) or a negative one (a leaf:
 * the answer). A node is [slot, capacity, child cells...]; with capacity 0 its children are found through a hash table.
 * Cells outside dense nodes never move.
 */
export class Memo {
  pool = new Int32Array(1 << 14);
  #top = 1;
  #links = new Int32Array(LINK << 12); // [node, id, cell, nothing], open addressing
  #linkCount = 0;

  /** A new cell of which nothing is known. */
  cell(): number {
    return this.#take(1);
  }

  /** The leaf under a hashed node's child, or a node, or 0. */
  hashed(node: number, id: number): number {
    const cell = this.#link(node, id);
    return cell === 0 ? 0 : this.pool[cell]!;
  }

  /** Remembers that whoever starts at `cell` and reads these slots with these values is answered `leaf`. */
  learn(
    cell: number,
    slots: readonly number[],
    ids: readonly number[],
    sizes: (slot: number) => number,
    leaf: number,
  ): void {
    let at = cell;
    for (let i = 0; i < slots.length; i++) {
      const [slot, id] = [slots[i]!, ids[i]!];
      if (this.pool[at] === 0) this.#newNode(at, slot, sizes(slot));
      const node = this.pool[at]!;
      if (node < 0 || this.pool[node] !== slot)
        throw new ModelError('it read the state in another order for the same values');
      at = this.#childCell(at, id);
    }
    const known = this.pool[at]!;
    if (known !== 0 && known !== leaf) throw new ModelError('it answered differently for the same values');
    this.pool[at] = leaf;
  }

  #newNode(cell: number, slot: number, size: number): void {
    const capacity = size <= DENSE_CHILDREN ? Math.max(2, size) : 0;
    const node = this.#take(2 + capacity);
    this.pool[node] = slot;
    this.pool[node + 1] = capacity;
    this.pool[cell] = node;
  }

  #childCell(cell: number, id: number): number {
    const node = this.pool[cell]!;
    const capacity = this.pool[node + 1]!;
    if (capacity === 0) {
      const known = this.#link(node, id);
      return known === 0 ? this.#addLink(node, id) : known;
    }
    if (id < capacity) return node + 2 + id;
    this.#widen(cell, node, capacity, id);
    return this.#childCell(cell, id);
  }

  /** A dense node that is too small moves to a larger place, or becomes hashed. */
  #widen(cell: number, node: number, capacity: number, id: number): void {
    const wanted = Math.max(capacity * 2, id + 1);
    this.#newNode(cell, this.pool[node]!, wanted);
    for (let child = 0; child < capacity; child++) {
      const content = this.pool[node + 2 + child]!;
      if (content === 0) continue;
      const place = this.#childCell(cell, child); // before the pool is named: it may be replaced on the way
      this.pool[place] = content;
    }
  }

  #take(count: number): number {
    const at = this.#top;
    this.#top += count;
    if (this.#top > this.pool.length) {
      const larger = new Int32Array(Math.max(this.pool.length * 2, this.#top * 2));
      larger.set(this.pool);
      this.pool = larger;
    }
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
