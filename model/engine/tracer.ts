import type {Owner} from '../define/outcome.js';
import type {Readable} from '../define/slots.js';
import type {Read} from '../define/system.js';
import {isBlamed, ModelError, saidBy, shown, unreadable} from './errors.js';
import type {Sort} from './intern.js';
import {requireIntrinsics} from './intrinsics.js';
import {isIn, type Memberships} from './memberships.js';
import type {Memo} from './memo.js';
import {newTrace, Recall, type Trace} from './recall.js';
import {shielded} from './shield.js';

/** Every this many new situations, the function is asked twice. */
const ASK_TWICE_EVERY = 16;
const ALWAYS_ASK_TWICE = 2000;

/** The state at hand, and where answers are remembered. */
type Hand = {
  readonly ids: Int32Array;
  readonly slotCount: number;
  readonly width: number;
  readonly sortOf: readonly Sort[];
  readonly memo: Memo;
  readonly memberships: Memberships;
  readonly sizeAt: (place: number) => number;
  readonly place: (index: number, offset: number) => number;
  readonly nameOf: (place: number) => string;
  readonly derive: (place: number) => number;
};

/**
 * Runs the functions of a model on the state at hand, and takes down what they read of it: each is asked once per
 * combination of the values that it reads.
 */
export class Tracer {
  /** The places that the function asked last has read, those of questions about elements among them. */
  last: readonly number[] = [];
  readonly #hand: Hand;
  readonly #owner: Owner;
  #trace: Trace | null = null;
  /** How often a function was asked. */
  #asked = 0;
  readonly #recall = new Recall();
  #isUnread = false;

  constructor(owner: Owner, hand: Hand) {
    this.#owner = owner;
    this.#hand = hand;
  }

  /** How a function sees the copy of the state that starts at `offset`. */
  reader(offset: number): Read {
    return <T>(readable: Readable<T>): T => {
      if (typeof readable?.index !== 'number') throw unreadable(readable);
      const place = this.#hand.place(readable.index, offset);
      let id = this.#hand.ids[place];
      if (id === undefined || (readable.owner !== undefined && readable.owner !== this.#owner))
        throw new ModelError(`it read ${readable.name}, which is no slot of this model`);
      if (this.#isUnread) throw new ModelError(`it read ${readable.name}; what it needs belongs into its argument`);
      if (id < 0) id = this.#hand.derive(place);
      if (readable.sought === undefined) {
        this.#note(place, id, id);
        return this.#hand.sortOf[place]!.values[id] as T;
      }
      const sought = {name: readable.name, element: readable.sought[0], sets: this.#hand.sortOf[place]!};
      const asked = this.#hand.memberships.place(place, sought);
      const answer = this.#hand.memberships.id(asked);
      this.#note(asked, answer, id);
      return isIn(answer) as T;
    };
  }

  /**
   * Runs a model's function, traced, and remembers its answer under what it read. When `root` is a place, that is
   * what the function looks at first, and whoever starts at `cell` knows its value already.
   */
  ask(cell: number, what: () => string, answer: () => number, root = -1): number {
    const outer = this.#trace;
    const trace = newTrace();
    this.#trace = trace;
    try {
      const leaf = shielded(answer);
      if (this.#asked++ < ALWAYS_ASK_TWICE || this.#asked % ASK_TWICE_EVERY === 0) {
        if (shielded(answer) !== leaf) throw new ModelError('it answered differently when asked twice');
      }
      const skip = root < 0 ? 0 : this.#leading(trace, root);
      if (root >= 0 && skip === 0) throw new ModelError('what it reads first is not always the same');
      this.#hand.memo.learn(cell, trace.slots, trace.ids, this.#hand.sizeAt, leaf, skip);
      if (!this.#recall.isFull) this.#recall.keep({what, answer, trace, leaf});
      this.last = trace.slots;
      return leaf;
    } catch (error) {
      throw this.#blamed(error, what(), trace);
    } finally {
      this.#trace = outer;
    }
  }

  /** The first place that a function reads in the state at hand, be it to look for an element; -1 if it reads none. */
  firstRead(what: () => string, run: () => void): number {
    const outer = this.#trace;
    const trace = newTrace();
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

  /** Runs a function that must not read the state. */
  unread<T>(run: () => T): T {
    this.#isUnread = true;
    try {
      return run();
    } finally {
      this.#isUnread = false;
    }
  }

  /** Asks the first questions again, wherever the search is now, and leaves the state at hand as it was. */
  recall(): void {
    requireIntrinsics();
    const kept = this.#hand.ids.slice();
    const outer = this.#trace;
    this.#recall.check(({what, answer, trace: {slots, within}}) => {
      const trace = newTrace();
      this.#trace = trace;
      this.#hand.ids.fill(-1);
      for (const offset of [0, this.#hand.width]) this.#hand.ids.set(kept.subarray(0, this.#hand.slotCount), offset);
      for (const [i, place] of slots.entries()) this.#hand.ids[this.#hand.memberships.baseOf(place)] = within[i]!;
      try {
        return shielded(answer);
      } catch (error) {
        throw this.#blamed(error, what(), trace);
      }
    });
    this.#trace = outer;
    this.#hand.ids.set(kept);
  }

  #note(place: number, id: number, within: number): void {
    const trace = this.#trace;
    if (trace === null || trace.slots.includes(place)) return;
    trace.slots.push(place);
    trace.ids.push(id);
    trace.within.push(within);
  }

  #blamed(error: unknown, what: string, {slots, ids}: Trace): ModelError {
    if (isBlamed(error)) return error;
    const found = (place: number, id: number): unknown =>
      place < this.#hand.ids.length ? this.#hand.sortOf[place]!.values[id] : isIn(id);
    const values = slots.map((place, i) => `${this.#hand.nameOf(place)} = ${shown(found(place, ids[i]!))}`);
    const where = values.length === 0 ? '' : ` (${values.join(', ')})`;
    const blamed = new ModelError(`in ${what}: ${saidBy(error)}${where}`);
    blamed.cause = error;
    return blamed;
  }

  /** How many of the first reads look at the value of this place. */
  #leading({slots}: Trace, root: number): number {
    const other = slots.findIndex(place => this.#hand.memberships.baseOf(place) !== root);
    return other < 0 ? slots.length : other;
  }
}
