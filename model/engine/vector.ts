import type {Readable} from '../define/slots.js';
import type {Read, System} from '../define/system.js';
import {Arrival} from './arrival.js';
import {Dependencies, type Dependent} from './dependencies.js';
import {ModelError, saidBy, shown, unreadable} from './errors.js';
import {Sort} from './intern.js';
import {requireIntrinsics} from './intrinsics.js';
import type {Layout} from './layout.js';
import {Memo} from './memo.js';
import {Recall, type Trace} from './recall.js';
import {shielded} from './shield.js';

/** Every this many new situations, the function is asked twice. */
const ASK_TWICE_EVERY = 16;
const ALWAYS_ASK_TWICE = 2000;

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
  readonly arrival: Arrival;
  /** Was a derived value of the copy *after* worked out since it was told to forget? */
  #isAfterDerived = false;
  /** How often a model's function was asked. */
  asked = 0;
  /** The places that the function asked last has read. */
  lastRead: readonly number[] = [];
  /** The slots that `walkNoting` looked at last. */
  noted = 0;
  #trace: Trace | null = null;
  readonly #recall = new Recall();
  #isUnread = false;

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
    const {ids, slotCount, width, memo} = this;
    const [cells, dependencies] = [this.#derivedCells, this.#dependencies];
    this.arrival = new Arrival({ids, slotCount, width, memo, cells, dependencies});
    this.before = this.#reader(0);
    this.after = this.#reader(this.width);
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

  /** How many values the sort of a place has so far. */
  readonly sizeAt = (place: number): number => this.sortOf[place]!.values.length;

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

  /** The places that the function asked last has read, in whichever copy, one bit each (two may share one). */
  get readBits(): number {
    return this.lastRead.reduce((bits, place) => bits | (1 << (place % this.width)), 0);
  }

  /** Notes what the function asked last depends on, directly or through derived values. */
  noteDependencies(who: number | Dependent): void {
    this.#dependencies.note(who, this.lastRead);
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
      let id = ids[place]!;
      if (id < 0) id = this.derive(place);
      const capacity = memo.pool[at + 1]!;
      at = capacity <= 0 ? memo.sparse(at, capacity, id) : id < capacity ? memo.pool[at + 2 + id]! : 0;
    }
    return at;
  }

  /** As `walk`; notes in `noted` the slots that were looked at, be it through derived values, one bit each. */
  walkNoting(cell: number): number {
    const {memo, ids, slotCount, width} = this;
    this.noted = 0;
    let at = memo.pool[cell]!;
    while (at > 0) {
      const place = memo.pool[at]!;
      let id = ids[place]!;
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
      leaf = this.ask(
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

  /**
   * Runs a model's function, traced, and remembers its answer under what it read. When `root` is a place, that is
   * what the function reads first, and whoever starts at `cell` has looked at it already.
   */
  ask(cell: number, what: () => string, answer: () => number, root = -1): number {
    const outer = this.#trace;
    const trace: Trace = {slots: [], ids: []};
    this.#trace = trace;
    try {
      const leaf = shielded(answer);
      if (this.asked++ < ALWAYS_ASK_TWICE || this.asked % ASK_TWICE_EVERY === 0) {
        if (shielded(answer) !== leaf) throw new ModelError('it answered differently when asked twice');
      }
      const skip = root < 0 ? 0 : 1;
      if (skip === 1 && trace.slots[0] !== root) throw new ModelError('what it reads first is not always the same');
      this.memo.learn(cell, trace.slots, trace.ids, this.sizeAt, leaf, skip);
      if (!this.#recall.isFull) this.#recall.keep({what, answer, trace, leaf});
      this.lastRead = trace.slots;
      return leaf;
    } catch (error) {
      throw this.#blamed(error, what(), trace);
    } finally {
      this.#trace = outer;
    }
  }

  /** Asks the first questions again, wherever the search is now, and leaves the state at hand as it was. */
  recall(): void {
    requireIntrinsics();
    const kept = this.ids.slice();
    const outer = this.#trace;
    this.#recall.check(({what, answer, trace: {slots, ids}}) => {
      const trace: Trace = {slots: [], ids: []};
      this.#trace = trace;
      this.ids.fill(-1);
      for (const offset of [0, this.width]) this.ids.set(kept.subarray(0, this.slotCount), offset);
      for (const [i, place] of slots.entries()) this.ids[place] = ids[i]!;
      try {
        return shielded(answer);
      } catch (error) {
        throw this.#blamed(error, what(), trace);
      }
    });
    this.#trace = outer;
    this.ids.set(kept);
  }

  /** Runs a function that must not read the state. */
  unread<T>(run: () => T): T {
    this.#isUnread = true;
    try {
      return run();
    } finally {
      this.#isUnread = false;
    }
  }

  /** The first place that a function reads in the state at hand, or -1 when it reads nothing. */
  firstRead(what: () => string, run: () => void): number {
    const outer = this.#trace;
    const trace: Trace = {slots: [], ids: []};
    this.#trace = trace;
    try {
      run();
      return trace.slots[0] ?? -1;
    } catch (error) {
      throw this.#blamed(error, what(), trace);
    } finally {
      this.#trace = outer;
    }
  }

  /** The name of a place. */
  nameOf(place: number): string {
    const at = place >= this.width ? place - this.width : place;
    const {slots, derived} = this.#system;
    return (at < this.slotCount ? slots[at] : derived[at - this.slotCount])!.name;
  }

  #reader(offset: number): Read {
    return <T>(readable: Readable<T>): T => {
      if (typeof readable?.index !== 'number') throw unreadable(readable);
      const place = this.place(readable.index, offset);
      let id = this.ids[place];
      if (id === undefined || (readable.owner !== undefined && readable.owner !== this.#system.owner))
        throw new ModelError(`it read ${readable.name}, which is no slot of this model`);
      if (this.#isUnread) throw new ModelError(`it read ${readable.name}; what it needs belongs into its argument`);
      if (id < 0) id = this.derive(place);
      const trace = this.#trace;
      if (trace !== null && !trace.slots.includes(place)) {
        trace.slots.push(place);
        trace.ids.push(id);
      }
      return this.sortOf[place]!.values[id] as T;
    };
  }

  #blamed(error: unknown, what: string, {slots, ids}: Trace): ModelError {
    if (error instanceof ModelError && error.message.startsWith('in ')) return error;
    const values = slots.map((place, i) => `${this.nameOf(place)} = ${shown(this.sortOf[place]!.values[ids[i]!])}`);
    const where = values.length === 0 ? '' : ` (${values.join(', ')})`;
    const blamed = new ModelError(`in ${what}: ${saidBy(error)}${where}`);
    blamed.cause = error;
    return blamed;
  }
}
