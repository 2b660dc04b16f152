import type {Read, System} from '../define/system.js';
import {Arrival} from './arrival.js';
import {Dependencies, type Dependent} from './dependencies.js';
import {Sort} from './intern.js';
import type {Layout} from './layout.js';
import {Memberships} from './memberships.js';
import {Memo} from './memo.js';
import {Tracer} from './tracer.js';

/**
 * The state at hand as ids, in two copies: *before* a step (places 0 to `width` - 1) and *after* it (from `width` on).
 * A copy holds the slots, then the derived values; a derived value that is not worked out yet is -1.
 * The model's functions see it through traced readers, and are asked once per combination of the values that they read.
 */
export class Vector {
  readonly memo = new Memo();
  /** How many values all sorts together have met. */
  readonly news = {count: 0};
  readonly sorts: readonly Sort[];
  /** What tells leaves from each other, numbered as values are, so that threads can speak of them. */
  readonly leafKeys = new Sort('leaf');
  /** The sort of every place of both copies. */
  readonly sortOf: readonly Sort[];
  readonly slotCount: number;
  readonly width: number;
  readonly ids: Int32Array;
  /** Which slots a step has changed, each once: the first few, as many as whoever fills it says. */
  readonly changed: Int32Array;
  readonly before: Read;
  readonly after: Read;
  readonly #system: System;
  readonly #derivedCells: Int32Array;
  readonly #dependencies: Dependencies;
  readonly memberships: Memberships;
  /** Runs the model's functions. */
  readonly tracer: Tracer;
  readonly arrival: Arrival;
  /** Was a derived value of the copy *after* worked out since it was told to forget? */
  #isAfterDerived = false;
  /** The slots that `walkNoting` looked at last. */
  noted = 0;

  constructor(system: System) {
    this.#system = system;
    this.sorts = system.sorts.map(name => new Sort(name, this.news));
    this.slotCount = system.slots.length;
    this.width = this.slotCount + system.derived.length;
    const once = [...system.slots, ...system.derived].map(({sort}) => this.sorts[sort]!);
    this.sortOf = [...once, ...once];
    this.ids = new Int32Array(2 * this.width).fill(-1);
    this.changed = new Int32Array(this.slotCount);
    this.#derivedCells = Int32Array.from({length: 2 * this.width}, () => this.memo.cell());
    this.#dependencies = new Dependencies(this.slotCount, this.width);
    this.memberships = new Memberships(this.ids);
    const {ids, slotCount, width, memo, memberships} = this;
    const [cells, dependencies] = [this.#derivedCells, this.#dependencies];
    this.arrival = new Arrival({ids, slotCount, width, memo, cells, dependencies, memberships});
    this.tracer = new Tracer(system.owner, this);
    this.before = this.tracer.reader(0);
    this.after = this.tracer.reader(width);
  }

  /** By number: the sorts whose ids stand in packed states; null for those of derived values only. */
  get packedSorts(): readonly (Sort | null)[] {
    const used = new Set(this.#system.slots.map(({sort}) => sort));
    return this.sorts.map((sort, n) => (used.has(n) ? sort : null));
  }

  /** What threads number together: the values of slots, and leaves. */
  get sharedSorts(): readonly (Sort | null)[] {
    return [...this.packedSorts, this.leafKeys];
  }

  /** The place of a slot or derived value in the copy that starts at `offset`. */
  place(index: number, offset: number): number {
    return offset + (index >= 0 ? index : this.slotCount - index - 1);
  }

  /** How many values the sort of a place has so far; of an answer there are two. */
  readonly sizeAt = (place: number): number => this.sortOf[place]?.values.length ?? 2;

  /** How many states were made the one at hand so far. */
  get loads(): number {
    return this.arrival.count;
  }

  /** How often a function was seen to depend on more slots than before. */
  get widened(): number {
    return this.#dependencies.widened;
  }

  /**
   * Makes a packed state the one at hand, in the copy *before*. Derived values stay where nothing that they read
   * differs from the state before; answers which places differ, derived ones too, one bit each (two may share one).
   */
  load(layout: Layout, states: Int32Array, from: number): number {
    return this.arrival.load(layout, states, from);
  }

  /** Is the slot among the first `count` that have changed? */
  hasChanged(slot: number, count: number): boolean {
    for (let i = 0; i < count; i++) if (this.changed[i] === slot) return true;
    return false;
  }

  /** The places that the function asked last has read; that of a set where it has looked for an element. */
  get lastRead(): readonly number[] {
    return this.tracer.last.map(place => this.memberships.baseOf(place));
  }

  /** As `lastRead`, in whichever copy, one bit each (two may share one). */
  get readBits(): number {
    return this.lastRead.reduce((bits, place) => bits | (1 << (place % this.width)), 0);
  }

  /** Notes what the function asked last depends on, directly or through derived values. */
  noteDependencies(who: number | Dependent): void {
    if (typeof who === 'number') {
      this.#dependencies.note(who, this.lastRead);
      return;
    }
    const isSought = (place: number) => place >= this.ids.length;
    this.#dependencies.note(
      who,
      this.tracer.last.filter(place => !isSought(place)),
    );
    for (const place of this.tracer.last.filter(isSought)) this.#dependencies.seek(who, place);
  }

  /** Forgets the derived values of the copy that starts at `offset`, whose slots were written to. */
  forget(offset: number): void {
    if (offset === 0) this.arrival.forget();
    else if (this.#isAfterDerived) this.#isAfterDerived = false;
    else return;
    this.ids.fill(-1, offset + this.slotCount, offset + this.width);
  }

  /** The leaf under a cell for the state at hand, or 0 when nothing is known; a leaf stands for itself. */
  walk(cell: number): number {
    const {memo, ids} = this;
    let at = cell < 0 ? cell : memo.pool[cell]!;
    while (at > 0) {
      const place = memo.pool[at]!;
      let id = place < ids.length ? ids[place]! : this.memberships.id(place);
      if (id < 0) id = this.derive(place);
      const capacity = memo.pool[at + 1]!;
      at = capacity <= 0 ? memo.sparse(at, capacity, id) : id < capacity ? memo.pool[at + 2 + id]! : 0;
    }
    return at;
  }

  /**
   * What is found below a cell for the value that a place has in the state at hand: a leaf, or the node that looks at
   * another place; 0 when nothing is known.
   */
  below(cell: number, base: number): number {
    const {memo} = this;
    let at = memo.pool[cell]!;
    while (at > 0) {
      const place = memo.pool[at]!;
      if (this.memberships.baseOf(place) !== base) return at;
      at = memo.child(at, place === base ? this.idAt(place) : this.memberships.id(place));
    }
    return at;
  }

  /** As `walk`; notes in `noted` the slots that were looked at, be it through derived values, one bit each. */
  walkNoting(cell: number): number {
    const {memo, ids, slotCount, width} = this;
    this.noted = 0;
    let at = memo.pool[cell]!;
    while (at > 0) {
      const found = memo.pool[at]!;
      const place = this.memberships.baseOf(found);
      let id = place === found ? ids[place]! : this.memberships.id(found);
      if (id < 0) id = this.derive(place);
      const index = place < width ? place : place - width;
      this.noted |= index < slotCount ? 1 << index : this.#dependencies.slots[index]!;
      const capacity = memo.pool[at + 1]!;
      at = capacity <= 0 ? memo.sparse(at, capacity, id) : id < capacity ? memo.pool[at + 2 + id]! : 0;
    }
    return at;
  }

  /** The id of a place of the copy *before*. */
  idAt(place: number): number {
    const id = this.ids[place]!;
    return id < 0 ? this.derive(place) : id;
  }

  /** The id of a derived value, worked out when it is not known yet. */
  derive(place: number): number {
    const cell = this.#derivedCells[place]!;
    let leaf = this.walk(cell);
    if (leaf === 0) {
      const isAfter = place >= this.width;
      const {name, value} = this.#system.derived[place - (isAfter ? this.width : 0) - this.slotCount]!;
      leaf = this.tracer.ask(
        cell,
        () => name,
        () => -this.sortOf[place]!.id(value(isAfter ? this.after : this.before)) - 1,
      );
      this.noteDependencies(isAfter ? place - this.width : place);
    }
    this.ids[place] = -leaf - 1;
    if (place >= this.width) this.#isAfterDerived = true;
    return -leaf - 1;
  }

  /** The name of a place. */
  nameOf(place: number): string {
    if (place >= this.ids.length) return this.memberships.nameOf(place);
    const at = place >= this.width ? place - this.width : place;
    const {slots, derived} = this.#system;
    return (at < this.slotCount ? slots[at] : derived[at - this.slotCount])!.name;
  }
}
