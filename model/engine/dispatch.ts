import {DISABLED, type Transitions} from './transitions.js';
import type {Vector} from './vector.js';

/**
 * Which action instances are worth a look, by the value of the place that they read first: those that are known to be
 * disabled by that value alone are left out. A list is [length, then (cell or leaf, instance) pairs] in one array of
 * integers.
 */
export class Dispatch {
  lists = new Int32Array(1 << 12);
  /** The places that some instance reads first, and by value where their list is (0: not built). */
  readonly places: number[] = [];
  readonly tables: Int32Array[] = [];
  /** The list of the instances that read nothing. */
  always = 0;
  #top = 1;
  readonly #rooted = new Map<number, number[]>();
  readonly #transitions: Transitions;
  readonly #vector: Vector;

  /** Runs every instance once on the state at hand, to see what it reads first. That never depends on the state. */
  constructor(transitions: Transitions, vector: Vector) {
    this.#transitions = transitions;
    this.#vector = vector;
    const constant: number[] = [];
    transitions.instances.forEach(({delivery}, id) => {
      if (delivery !== null) return;
      const first = vector.firstRead(
        () => transitions.nameOf(id),
        () => transitions.outcomesOf(id),
      );
      if (first < 0) constant.push(id);
      else if (this.#rooted.has(first)) this.#rooted.get(first)!.push(id);
      else this.#rooted.set(first, [id]);
    });
    const places = [...new Set([...this.#rooted.keys(), ...transitions.inboxActions.keys()])];
    for (const place of places.sort((a, b) => a - b)) {
      this.places.push(place);
      this.tables.push(new Int32Array(16));
    }
    this.always = this.#write(constant.flatMap(id => this.#entry(id, transitions.instances[id]!.cell, -1)));
  }

  /** The list for the value that place number `n` of `places` has now. */
  list(n: number, id: number): number {
    const known = this.tables[n]![id] ?? 0;
    return known === 0 ? this.#build(n, id) : known;
  }

  #build(n: number, id: number): number {
    const place = this.places[n]!;
    const rooted = (this.#rooted.get(place) ?? []).flatMap(each => this.#entry(each, this.#vector.memo.cell(), place));
    const delivered = this.#transitions.inboxActions.has(place)
      ? this.#transitions
          .deliveriesOf(place, id)
          .flatMap(each => this.#entry(each, this.#transitions.instances[each]!.cell, -1))
      : [];
    const at = this.#write([...rooted, ...delivered]);
    const table = this.tables[n]!;
    if (id < table.length) table[id] = at;
    else {
      const larger = new Int32Array(Math.max(table.length * 2, id + 1));
      larger.set(table);
      larger[id] = at;
      this.tables[n] = larger;
    }
    return at;
  }

  /**
   * The pair for an instance, with its leaf for a cell where no more is to be read; or nothing when it is disabled
   * whatever else the state holds.
   */
  #entry(id: number, cell: number, root: number): readonly number[] {
    if (this.#vector.memo.pool[cell] === 0) this.#transitions.resolve(id, cell, root);
    const content = this.#vector.memo.pool[cell]!;
    return content === DISABLED ? [] : [content < 0 ? content : cell, id];
  }

  #write(pairs: readonly number[]): number {
    const at = this.#top;
    this.#top += pairs.length + 1;
    if (this.#top > this.lists.length) {
      const larger = new Int32Array(this.#top * 2);
      larger.set(this.lists);
      this.lists = larger;
    }
    this.lists[at] = pairs.length;
    this.lists.set(pairs, at + 1);
    return at;
  }
}
