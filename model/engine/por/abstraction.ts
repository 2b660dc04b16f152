import {flaw, shown} from '../../define/flaw.js';
import type {Readable} from '../../define/slots.js';
import type {System} from '../../define/system.js';
import {ModelError, saidBy} from '../errors.js';
import {Sort} from '../intern.js';
import {DecisionTree} from './decision-tree.js';

/** Stands for a derived value that cannot be worked out: whoever reads it throws. */
export const FAILED = -1;

/** A slot may take so many values. */
const MAX_VALUES = 2048;
/** Functions may be asked, and updates applied, so often. */
const MAX_TASKS = 60_000;

/** An update of a slot, as a function from id to id; null where it throws. */
export type Operate = (id: number) => number | null;

/**
 * Which values each slot may take, each taken for itself: a Cartesian abstraction of the reachable states (P. and R.
 * Cousot, "Systematic design of program analysis frameworks", 1979). It starts with the initial values and takes in
 * whatever an action, asked in every combination of the values that it reads, makes of them, until nothing is added.
 * So it holds every value of every reachable state, and others; what a function does in any reachable state it does
 * in one of the combinations in which it was asked.
 *
 * The values have ids of their own, so that a search meets none that it does not reach. Places are slots, then
 * derived values.
 */
export class Abstraction {
  readonly sorts: readonly Sort[];
  readonly slotCount: number;
  /** Number of places. */
  readonly width: number;
  /** By place: the ids of its values. Of a slot that nobody reads, only those that it starts with and is set to. */
  readonly values: readonly number[][];
  /** By derived place: how its value comes about; null where nobody reads it. */
  readonly derivations: (DecisionTree<number> | null)[];
  /** Why it cannot be finished, or null. */
  failure: string | null = null;
  readonly #system: System;
  readonly #sortOf: readonly Sort[];
  readonly #known: readonly Set<number>[];
  readonly #watchers: readonly ((id: number) => void)[][];
  readonly #updates: readonly Map<string, Operate>[];
  readonly #isRead: boolean[];
  readonly #due: (() => void)[] = [];
  #done = 0;

  constructor(system: System) {
    this.#system = system;
    this.sorts = system.sorts.map(name => new Sort(name));
    this.slotCount = system.slots.length;
    const places = [...system.slots, ...system.derived];
    this.width = places.length;
    this.#sortOf = places.map(({sort}) => this.sorts[sort]!);
    this.values = places.map(() => []);
    this.derivations = places.map(() => null);
    this.#known = places.map(() => new Set());
    this.#watchers = places.map(() => []);
    this.#updates = system.slots.map(() => new Map());
    this.#isRead = places.map(() => false);
    system.slots.forEach(({initial}, slot) => {
      for (const value of initial) this.add(slot, this.idOf(slot, value));
    });
  }

  /** The place of a slot or derived value. */
  placeOf(readable: Readable<unknown>): number {
    const index: unknown = readable?.index;
    const place = typeof index !== 'number' ? -1 : index >= 0 ? index : this.slotCount - index - 1;
    if (this.#known[place] === undefined) throw new ModelError(`it read ${shown(readable)}, which is no slot`);
    return place;
  }

  /** The value of a place that has this id. Throws where it could not be worked out. */
  valueOf(place: number, id: number): unknown {
    if (id === FAILED) throw new ModelError('a derived value could not be worked out');
    return this.#sortOf[place]!.values[id];
  }

  /** The id of a value in the sort of a place. Throws where it is not plain data. */
  idOf(place: number, value: unknown): number {
    try {
      return this.#sortOf[place]!.id(value);
    } catch (error) {
      // Two values that differ in the order of their keys only: which of them a search meets first is not known.
      if (flaw(value) === null) this.giveUp(saidBy(error));
      throw error;
    }
  }

  /** Is this a value that the place may take? */
  has(place: number, id: number): boolean {
    return this.#known[place]!.has(id);
  }

  /** A value that the place may take; the place is read from now on. */
  first(place: number): number {
    this.read(place);
    return this.values[place]![0]!;
  }

  /** Somebody reads the place, so all of its values matter. */
  read(place: number): void {
    if (this.#isRead[place]!) return;
    this.#isRead[place] = true;
    if (place >= this.slotCount) this.#derive(place);
    else for (const operate of this.#updates[place]!.values()) this.#applyToAll(place, operate);
  }

  #derive(place: number): void {
    const {name, value} = this.#system.derived[place - this.slotCount]!;
    const tree = new DecisionTree<number>(
      this,
      name,
      read => {
        try {
          return this.idOf(place, value(read));
        } catch {
          return FAILED;
        }
      },
      ({answer}) => this.add(place, answer),
    );
    this.derivations[place] = tree;
    tree.begin();
  }

  /** The place may take this value. */
  add(place: number, id: number): void {
    if (this.#known[place]!.has(id)) return;
    this.#known[place]!.add(id);
    this.values[place]!.push(id);
    if (this.values[place]!.length > MAX_VALUES) this.giveUp(`${this.nameOf(place)} may take too many values`);
    for (const watcher of this.#watchers[place]!) watcher(id);
    if (place >= this.slotCount || !this.#isRead[place]!) return;
    for (const operate of this.#updates[place]!.values()) this.#applyTo(place, operate, id);
  }

  /** The slot may be updated so, whatever value it has. `key` tells updates of the slot apart. */
  update(slot: number, key: string, operate: Operate): void {
    if (this.#updates[slot]!.has(key)) return;
    this.#updates[slot]!.set(key, operate);
    if (this.#isRead[slot]!) this.#applyToAll(slot, operate);
  }

  #applyToAll(slot: number, operate: Operate): void {
    for (const id of [...this.values[slot]!]) this.#applyTo(slot, operate, id);
  }

  #applyTo(slot: number, operate: Operate, id: number): void {
    this.later(() => {
      const to = operate(id);
      if (to !== null) this.add(slot, to);
    });
  }

  /** Tells of every value that the place may take, now and later. */
  watch(place: number, watcher: (id: number) => void): void {
    for (const id of [...this.values[place]!]) watcher(id);
    this.#watchers[place]!.push(watcher);
  }

  later(task: () => void): void {
    this.#due.push(task);
  }

  /** Does what is due, until nothing is or it has to give up. */
  finish(): void {
    // First come, first served: where there is no end to the values, the short ones are met before it is given up.
    for (; this.failure === null && this.#done < this.#due.length; this.#done++) {
      if (this.#done > MAX_TASKS) this.giveUp('its actions and properties may meet too many combinations of values');
      else this.#due[this.#done]!();
    }
  }

  giveUp(why: string): void {
    this.failure ??= why;
  }

  nameOf(place: number): string {
    const {slots, derived} = this.#system;
    return (place < this.slotCount ? slots[place] : derived[place - this.slotCount])!.name;
  }
}
