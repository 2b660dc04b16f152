import type {Normalisers} from './normalise.js';
import type {Properties} from './properties.js';
import type {Symmetry} from './symmetry.js';
import type {Vector} from './vector.js';

/** What became of a successor. */
export const INSIDE = 0;
export const OUTSIDE = 1;
export const SAME = 2;

/**
 * What is done about every successor in a model that normalises states, says something of steps or constrains states:
 * the successor lies in the copy *after* and is brought into its final form there.
 */
export class LookBack {
  readonly isNeeded: boolean;
  readonly #vector: Vector;
  readonly #normalisers: Normalisers;
  readonly #properties: Properties;
  readonly #symmetry: Symmetry;

  constructor(vector: Vector, normalisers: Normalisers, properties: Properties, symmetry: Symmetry) {
    this.#vector = vector;
    this.#normalisers = normalisers;
    this.#properties = properties;
    this.#symmetry = symmetry;
    this.isNeeded = properties.looksAtSteps || normalisers.count > 0 || symmetry.isDeclared;
  }

  /** Brings an initial state into its final form; answers whether it lies within the constraints. */
  begin(): boolean {
    this.#vector.forget(this.#vector.width);
    this.#normalisers.runAll();
    if (this.#symmetry.isDeclared) this.#canonise(0);
    return this.#properties.isWithin(-1);
  }

  /** A state to expand is at hand, which differs from the one before in these slots, as bits. */
  arrive(differing: number): void {
    const {ids, width, slotCount} = this.#vector;
    ids.copyWithin(width, 0, slotCount);
    this.#vector.forget(width);
    this.#normalisers.arrive(differing);
  }

  /**
   * Normalises a successor of which so many slots changed, evaluates what is said of steps, and finds the form that
   * stands for its orbit. Answers what became of it, and four times how many slots changed in the end.
   */
  run(count: number, source: number): number {
    const vector = this.#vector;
    const {ids, width, changed} = vector;
    vector.forget(width);
    let total = this.#normalisers.runAfter(count);
    let touched = 0;
    let differs = 0;
    for (let i = 0; i < total; i++) {
      const slot = changed[i]!;
      const difference = ids[slot]! ^ ids[width + slot]!;
      differs |= difference;
      if (difference !== 0) touched |= this.#properties.stepsOf[slot]!;
    }
    const within = differs === 0 || this.#properties.atStep(source, touched);
    if (this.#symmetry.isDeclared) total = this.#canonise(total);
    return (total << 2) | (differs === 0 ? SAME : within ? INSIDE : OUTSIDE);
  }

  /** Takes the form that stands for the orbit; answers how many slots changed in the end. */
  #canonise(count: number): number {
    const vector = this.#vector;
    const {ids, width, slotCount, changed} = vector;
    const canonical = this.#symmetry.canonical(ids.subarray(width, width + slotCount));
    let total = count;
    for (let slot = 0; slot < slotCount; slot++) {
      if (ids[width + slot] === canonical[slot]) continue;
      ids[width + slot] = canonical[slot]!;
      if (!vector.hasChanged(slot, total)) changed[total++] = slot;
    }
    vector.forget(width);
    return total;
  }
}
