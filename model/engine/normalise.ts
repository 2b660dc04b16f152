import type {System} from '../define/system.js';
import {ModelError} from './errors.js';
import type {Vector} from './vector.js';

const MAX_PASSES = 16;

/** Brings the copy *after* a step into normal form: runs the normalisers until none changes anything. */
export class Normalisers {
  readonly count: number;
  readonly #vector: Vector;
  readonly #cells: readonly number[];
  readonly #system: System;
  /**
   * By slot: the normalisers that ever read it, one bit each. A state that was queued is in normal form, so a
   * normaliser has something to do in its successor only if a slot that it reads has changed.
   */
  readonly #readers: Int32Array;

  constructor(system: System, vector: Vector) {
    this.#system = system;
    this.#vector = vector;
    this.count = system.normalisers.length;
    this.#cells = system.normalisers.map(() => vector.memo.cell());
    this.#readers = new Int32Array(vector.slotCount);
    system.normalisers.forEach(({slot}, n) => {
      this.#readers[slot]! |= 1 << (n % 32);
    });
  }

  /** Normalises in place, given the slots that the step changed; adds to them those that it changes itself. */
  run(changed: number[]): void {
    const vector = this.#vector;
    let due = 0;
    for (const slot of changed) due |= this.#readers[slot]!;
    for (let pass = 0; due !== 0; pass++) {
      if (pass === MAX_PASSES)
        throw new ModelError(`the normalisers of ${this.#slots()} undo each other's work for ever`);
      const now = due;
      due = 0;
      for (let n = 0; n < this.count; n++) {
        if ((now & (1 << (n % 32))) === 0) continue;
        const {slot} = this.#system.normalisers[n]!;
        const place = vector.width + slot;
        const leaf = vector.walk(this.#cells[n]!);
        const id = -(leaf === 0 ? this.#ask(n) : leaf) - 1;
        if (id === vector.ids[place]) continue;
        vector.ids[place] = id;
        vector.forget(vector.width);
        if (!changed.includes(slot)) changed.push(slot);
        due |= this.#readers[slot]!;
      }
    }
  }

  #slots(): string {
    return this.#system.normalisers.map(({slot}) => this.#vector.nameOf(slot)).join(', ');
  }

  #ask(n: number): number {
    const {name, slot, value, parameters} = this.#system.normalisers[n]!;
    const vector = this.#vector;
    const of = {index: slot, name: vector.nameOf(slot)};
    const leaf = vector.ask(this.#cells[n]!, `normaliser ${name}`, () => {
      const old = vector.after<unknown>(of);
      return -vector.sortOf[slot]!.id(value(old as never, vector.after, ...(parameters as never[]))) - 1;
    });
    for (const place of vector.lastRead) {
      const read = place - vector.width;
      // A derived value may depend on any slot.
      if (read >= vector.slotCount) for (let s = 0; s < vector.slotCount; s++) this.#readers[s]! |= 1 << (n % 32);
      else this.#readers[read]! |= 1 << (n % 32);
    }
    return leaf;
  }
}
