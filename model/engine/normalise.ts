import type {System} from '../define/system.js';
import {ModelError} from './errors.js';
import type {Vector} from './vector.js';

const MAX_PASSES = 16;

/** Brings the copy *after* a step into normal form: runs the normalisers until none changes anything. */
export class Normalisers {
  readonly count: number;
  readonly #vector: Vector;
  readonly #cells: Int32Array;
  readonly #slotOf: Int32Array;
  readonly #system: System;
  /**
   * By slot: the normalisers that ever read it, one bit each. A state that was queued is in normal form, so a
   * normaliser has something to do in its successor only if a slot that it reads has changed.
   */
  readonly #readers: Int32Array;
  /** By normaliser: the slots that it reads in the state before the step, one bit each; -1 where it is not known. */
  readonly #reads: Int32Array;

  constructor(system: System, vector: Vector) {
    this.#system = system;
    this.#vector = vector;
    this.count = system.normalisers.length;
    this.#cells = Int32Array.from(system.normalisers, () => vector.memo.cell());
    this.#slotOf = Int32Array.from(system.normalisers, ({slot}) => slot);
    this.#readers = new Int32Array(vector.slotCount);
    this.#reads = new Int32Array(this.count).fill(-1);
    system.normalisers.forEach(({slot}, n) => {
      this.#readers[slot]! |= 1 << (n % 32);
    });
  }

  /**
   * A state in normal form is at hand, in both copies, and `differing` are the slots, as bits, in which it differs from
   * the one before: finds out what each normaliser reads of it. That is mostly far less than it ever reads.
   */
  arrive(differing: number): void {
    const vector = this.#vector;
    const reads = this.#reads;
    for (let n = 0; n < this.count; n++) {
      if ((reads[n]! & differing) === 0) continue;
      const leaf = vector.walkNoting(this.#cells[n]!);
      const isIdle = leaf !== 0 && -leaf - 1 === vector.ids[vector.width + this.#slotOf[n]!];
      reads[n] = isIdle ? vector.noted : -1;
    }
  }

  /** Normalises a successor of the state that arrived last in place; else as `run`. */
  runAfter(count: number): number {
    const {changed} = this.#vector;
    const reads = this.#reads;
    let touched = 0;
    for (let i = 0; i < count; i++) touched |= 1 << changed[i]!;
    let due = 0;
    for (let n = 0; n < reads.length; n++) if ((reads[n]! & touched) !== 0) due |= 1 << n;
    return due === 0 ? count : this.#run(due, count, true);
  }

  /**
   * Normalises a successor of a state about which every normaliser was asked in place, given how many of the vector's
   * slots the step changed; adds to them those that it changes itself, and answers how many they are then.
   */
  run(count: number): number {
    let due = 0;
    for (let i = 0; i < count; i++) due |= this.#readers[this.#vector.changed[i]!]!;
    return due === 0 ? count : this.#run(due, count, false);
  }

  /** As `run`, of a state of which every slot may have changed. */
  runAll(): void {
    const {changed} = this.#vector;
    for (let slot = 0; slot < changed.length; slot++) changed[slot] = slot;
    this.run(changed.length);
  }

  /**
   * Runs those that are due, one bit each, in order, and over again while something changes. Leaves out only what
   * would change nothing, so that it does not matter how much is due.
   */
  #run(first: number, count: number, hasArrived: boolean): number {
    const vector = this.#vector;
    const {ids, width, changed} = vector;
    const cells = this.#cells;
    const slots = this.#slotOf;
    let total = count;
    let due = first;
    let ran = hasArrived ? 0 : -1;
    for (let pass = 0; due !== 0; pass++) {
      if (pass === MAX_PASSES)
        throw new ModelError(`the normalisers of ${this.#slots()} undo each other's work for ever`);
      const now = due;
      due = 0;
      for (let n = 0; n < cells.length; n++) {
        const bit = 1 << n; // those 32 apart share one
        if (((now | due) & bit) === 0) continue;
        ran |= bit;
        const slot = slots[n]!;
        const leaf = vector.walk(cells[n]!);
        const id = -(leaf === 0 ? this.#ask(n) : leaf) - 1;
        if (id === ids[width + slot]) continue;
        ids[width + slot] = id;
        vector.forget(width);
        if (!vector.hasChanged(slot, total)) changed[total++] = slot;
        due |= this.#readers[slot]! & ran;
        for (let m = 0; m < cells.length; m++) if ((this.#reads[m]! & (1 << slot)) !== 0) due |= (1 << m) & ~ran;
      }
    }
    return total;
  }

  #slots(): string {
    return this.#system.normalisers.map(({slot}) => this.#vector.nameOf(slot)).join(', ');
  }

  #ask(n: number): number {
    const {name, slot, value, parameters} = this.#system.normalisers[n]!;
    const vector = this.#vector;
    const of = {index: slot, name: vector.nameOf(slot)};
    const leaf = vector.tracer.ask(
      this.#cells[n]!,
      () => `normaliser ${name}`,
      () => {
        const old = vector.after<unknown>(of);
        return -vector.sortOf[slot]!.id(value(old as never, vector.after, ...(parameters as never[]))) - 1;
      },
    );
    for (const place of vector.lastRead) {
      const read = place - vector.width;
      // A derived value may depend on any slot.
      if (read >= vector.slotCount) for (let s = 0; s < vector.slotCount; s++) this.#readers[s]! |= 1 << (n % 32);
      else this.#readers[read]! |= 1 << (n % 32);
    }
    return leaf;
  }
}
