import type {System} from '../../define/system.js';
import {Dispatch} from '../dispatch.js';
import {Expander} from '../expand.js';
import {grown} from '../grown.js';
import {pack} from '../layout.js';
import type {Random} from './generator.js';
import {Moves} from './moves.js';
import {Visits} from './visits.js';

/**
 * Goes from state to state. Works on ids, as the search does, with the same memory of what the model's functions
 * answered; walks through the states themselves, whatever symmetry is declared.
 */
export class Walker {
  readonly expander: Expander<Visits>;
  readonly moves: Moves;
  /** What the state at hand offers: the first `offered` places hold moves. */
  offers = new Int32Array(64);
  offered = 0;
  readonly #after: Int32Array;
  readonly #asksAtRest: boolean;
  readonly #looksBack: boolean;
  #touched = 0;
  #newsSeen = -1;
  #dispatch: Dispatch | null = null;

  /** Counts states in at most so much memory. */
  constructor(system: System, memoryBytes: number) {
    this.expander = new Expander({...system, symmetries: []}, successors => new Visits(successors, memoryBytes));
    const {vector, transitions, properties, normalisers} = this.expander;
    this.moves = new Moves(transitions);
    this.#after = vector.ids.subarray(vector.width, vector.width + vector.slotCount);
    this.#asksAtRest = system.quiescent.length > 0;
    this.#looksBack = properties.looksAtSteps || normalisers.count > 0;
  }

  /** The ids of the slots of the state that the last move led to. */
  get after(): Int32Array {
    return this.#after.slice();
  }

  /** Begins a walk in a state, brought into normal form; false when a constraint excludes it. */
  begin(start: Int32Array): boolean {
    const {vector, normalisers, properties} = this.expander;
    this.#after.set(start);
    vector.forget(vector.width);
    normalisers.runAll();
    return properties.isWithin(-1);
  }

  /** The state that the last move led to becomes the one at hand; its invariants are evaluated. */
  enter(move: number): void {
    const {store, successors, vector, properties} = this.expander;
    if (this.#newsSeen !== vector.news.count) {
      if (successors.isOutgrown) store.relay();
      this.#newsSeen = vector.news.count;
    }
    const {layout, batch} = successors;
    const at = successors.waiting * layout.words;
    pack(layout, this.#after, batch, at);
    properties.atState(0, vector.load(layout, batch, at));
    store.put(move);
  }

  /** Makes a state, given by the ids of its slots, the one at hand. */
  enterAgain(state: Int32Array): void {
    const {vector} = this.expander;
    vector.ids.set(state);
    vector.forget(0);
  }

  /** Finds out what the state at hand offers: the outcomes of every enabled action instance. */
  look(): void {
    const {vector, transitions} = this.expander;
    this.#dispatch ??= new Dispatch(transitions, vector);
    this.offered = 0;
    this.#dispatch.forEach(leaf => {
      this.#offer(transitions.code[leaf]!);
    });
  }

  #offer(leaf: number): void {
    const first = this.moves.firstOf(leaf);
    const count = this.expander.transitions.leaves[leaf]!.effects.length;
    this.offers = grown(this.offers, this.offered + count);
    for (let n = 0; n < count; n++) this.offers[this.offered++] = first + n;
  }

  /** Works out where a move leads from the state at hand; false when it changes nothing. */
  follow(move: number): boolean {
    const {vector, transitions, normalisers, properties} = this.expander;
    const {ids, width, slotCount, changed} = vector;
    let count = 0;
    ids.copyWithin(width, 0, slotCount);
    for (const {slot, operation} of this.moves.all[move]!.effect.operations) {
      const id = transitions.operate(operation, ids[slot]!);
      if (id === ids[slot]) continue;
      ids[width + slot] = id;
      changed[count++] = slot;
    }
    if (!this.#looksBack) return count > 0;
    vector.forget(width);
    const total = normalisers.run(count);
    this.#touched = 0;
    let differs = false;
    for (let i = 0; i < total; i++) {
      const slot = changed[i]!;
      if (ids[slot] === ids[width + slot]) continue;
      differs = true;
      this.#touched |= properties.stepsOf[slot]!;
    }
    return differs;
  }

  /**
   * Draws a move that changes the state at hand, which was looked at, and leads to no state that a constraint
   * excludes, or that breaks a property on the way; 0 where there is none. Every move drawn is counted.
   */
  draw(random: Random): number {
    const {properties} = this.expander;
    while (this.offered > 0) {
      const at = random(this.offered);
      const move = this.offers[at]!;
      this.moves.count(move);
      if (this.follow(move)) {
        const isWithin = !this.#looksBack || properties.atStep(0, this.#touched);
        if (isWithin || properties.failures.length > 0) return move;
      }
      this.offers[at] = this.offers[--this.offered]!;
    }
    return 0;
  }

  /** Evaluates deadlock and quiescence of the state at hand, which was looked at. */
  rest(): void {
    if (this.offered > 0 && (!this.#asksAtRest || this.#isDriven())) return;
    this.expander.properties.atRest(0, this.offered, false);
  }

  /** Would a fair action change anything? */
  #isDriven(): boolean {
    for (let n = 0; n < this.offered; n++) {
      if (this.moves.all[this.offers[n]!]!.isFair && this.follow(this.offers[n]!)) return true;
    }
    return false;
  }
}
