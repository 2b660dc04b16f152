import type {Dependencies} from './dependencies.js';
import {type Layout, unpack} from './layout.js';
import type {Memberships} from './memberships.js';
import type {Memo} from './memo.js';

/** Where a state is made the one at hand: its slots, then derived values, of which `cells` say where they are known. */
type Hand = {
  readonly ids: Int32Array;
  readonly slotCount: number;
  readonly width: number;
  readonly memo: Memo;
  readonly cells: Int32Array;
  readonly dependencies: Dependencies;
  readonly memberships: Memberships;
};

/** Makes packed states the one at hand, one after another: only what differs from the one before is touched. */
export class Arrival {
  /** How many there were so far. */
  count = 0;
  readonly #hand: Hand;
  /** The state at hand, packed in this layout. */
  packed = new Int32Array(0);
  /** Null where it is no longer the one that arrived last. */
  layout: Layout | null = null;

  constructor(hand: Hand) {
    this.#hand = hand;
  }

  /** The state at hand is no longer the one that arrived last. */
  forget(): void {
    this.layout = null;
  }

  /** Answers which places differ, derived ones too, one bit each (two may share one). */
  load(layout: Layout, states: Int32Array, from: number): number {
    this.count++;
    if (this.layout !== layout) return this.#loadAll(layout, states, from);
    const {ids, slotCount, width} = this.#hand;
    const {slotAt, shift, mask} = layout;
    const packed = this.packed;
    let differing = 0;
    for (let w = 0; w < packed.length; w++) {
      const word = states[from + w]!;
      for (let left = word ^ packed[w]!; left !== 0; ) {
        const slot = slotAt[32 * w + 31 - Math.clz32(left)]!;
        left &= ~(mask[slot]! << shift[slot]!);
        ids[slot] = (word >>> shift[slot]!) & mask[slot]!;
        differing |= 1 << slot;
      }
      packed[w] = word;
    }
    return width > slotCount && differing !== 0 ? this.derive(differing) : differing;
  }

  /** As `load`, where nothing is known of the state before. */
  #loadAll(layout: Layout, states: Int32Array, from: number): number {
    const {ids, slotCount, width} = this.#hand;
    this.layout = layout;
    this.packed = states.slice(from, from + layout.words);
    unpack(layout, states, from, ids);
    ids.fill(-1, slotCount, width);
    return -1;
  }

  /**
   * Looks up anew the derived values that read something that differs, as far as they are known; answers which places
   * differ with them.
   */
  derive(differing: number): number {
    const {ids, slotCount, width, cells, dependencies} = this.#hand;
    const {isOrdered, direct, slots} = dependencies;
    let changed = differing;
    for (let place = slotCount; place < width; place++) {
      if (!isOrdered) {
        if ((slots[place]! & differing) === 0) continue;
        ids[place] = -1;
        changed |= 1 << place;
        continue;
      }
      if ((direct[place]! & changed) === 0) continue;
      const id = ids[place]!;
      if (id >= 0) ids[place] = this.#peek(cells[place]!);
      if (id < 0 || ids[place] !== id) changed |= 1 << place;
    }
    return changed;
  }

  /** The id of a derived value for the state at hand, or -1 where it is not known, or reads what is not known. */
  #peek(cell: number): number {
    const {memo, ids, memberships} = this.#hand;
    let at = memo.pool[cell]!;
    while (at > 0) {
      const place = memo.pool[at]!;
      const id = place < ids.length ? ids[place]! : memberships.id(place);
      if (id < 0) return -1;
      at = memo.child(at, id);
    }
    return at === 0 ? -1 : -at - 1;
  }
}
