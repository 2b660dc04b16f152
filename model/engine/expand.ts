import type {System} from '../define/system.js';
import {Applied} from './applied.js';
import {Dispatch} from './dispatch.js';
import {Enabled} from './enabled.js';
import {Follower} from './follow.js';
import {pack} from './layout.js';
import {LookBack} from './look-back.js';
import {Normalisers} from './normalise.js';
import {Properties} from './properties.js';
import {Sprint} from './sprint.js';
import {type Sink, Successors} from './successors.js';
import {Symmetry} from './symmetry.js';
import {Transitions} from './transitions.js';
import {Vector} from './vector.js';

/**
 * The inner loop: takes states from the queue, evaluates the properties, follows every outcome of every action, and
 * hands the successors to the store. Works on ids only; the model's functions run when a situation is met for the
 * first time.
 */
export class Expander<S extends Sink = Sink> {
  readonly vector: Vector;
  readonly transitions: Transitions;
  readonly properties: Properties;
  readonly successors: Successors;
  /** Initial states and all successors so far. */
  generated = 0;
  readonly applied = new Applied();
  readonly normalisers: Normalisers;
  readonly symmetry: Symmetry;
  readonly #lookBack: LookBack;
  readonly #follower: Follower;
  readonly #system: System;
  #sprinter: Sprint | null = null;
  #enabled: Enabled | null = null;
  #newsSeen = -1;
  #store: S;

  /** `storeFor` makes the place where successors go. */
  constructor(system: System, storeFor: (successors: Successors) => S, vector = new Vector(system)) {
    this.#system = system;
    this.vector = vector;
    this.transitions = new Transitions(system, this.vector);
    this.properties = new Properties(system, this.vector);
    this.normalisers = new Normalisers(system, this.vector);
    this.symmetry = new Symmetry(system, this.vector);
    this.#lookBack = new LookBack(this.vector, this.normalisers, this.properties, this.symmetry);
    const sorts = system.slots.map(({sort}) => this.vector.sorts[sort]!);
    for (const {name, sort, initial} of system.slots) {
      for (const value of initial) this.vector.sorts[sort]!.id(value, name);
    }
    this.successors = new Successors(() => sorts.map(({values}) => values.length));
    this.#store = storeFor(this.successors);
    this.successors.goTo(this.#store);
    this.#follower = new Follower(this, this.#lookBack, () => this.#isOutgrown);
  }

  get store(): S {
    return this.#store;
  }

  /** Goes on with another store: what was learnt of the model stays. */
  set store(next: S) {
    this.#store = next;
    this.successors.goTo(next);
  }

  /** Has a slot outgrown its bits? Looked at anew only where a value was met for the first time. */
  get #isOutgrown(): boolean {
    const {count} = this.vector.news;
    if (count === this.#newsSeen) return false;
    if (this.successors.isOutgrown) return true;
    this.#newsSeen = count;
    return false;
  }

  /**
   * Puts an initial state, given by the ids of its slots, into the batch, unless a constraint excludes it. Its normal
   * form may be met for the first time: then answers false, and it is to be put once more after everything was packed
   * anew.
   */
  begin(initial: Int32Array): boolean {
    const {vector, successors} = this;
    vector.ids.set(initial, vector.width);
    const within = this.#lookBack.begin();
    if (this.#isOutgrown) return false;
    this.generated++;
    if (!within) return true;
    const ids = vector.ids.subarray(vector.width, vector.width + vector.slotCount);
    pack(successors.layout, ids, successors.batch, successors.waiting * successors.layout.words);
    this.#follower.put(0, 0, -1);
    return true;
  }

  /**
   * Expands the states at places `from` to before `to` of a block; `number` is the number of the first. Answers where
   * it stopped: before `to` when a slot has outgrown its bits, or the store is stuck. The state at which it stopped
   * is to be expanded once more, after everything was packed anew; of its successors those that were found stay
   * found, and nothing of it was counted. `asleep` says by place who sleeps there, in two words each; without it,
   * nobody does, and nobody will in what is found.
   */
  run(block: Int32Array, from: number, to: number, number: number, asleep: Int32Array | null = null): number {
    const {successors} = this;
    const done =
      this.#lookBack.isNeeded || successors.wantsAll
        ? this.#look(block, from, to, number)
        : this.#sprint(block, from, to, number, asleep);
    if (successors.waiting > 0 && !successors.stuck) successors.flush();
    return done;
  }

  #sprint(block: Int32Array, from: number, to: number, number: number, asleep: Int32Array | null): number {
    if (this.#isOutgrown) return from;
    const {words} = this.successors.layout;
    const isOutgrown = () => this.#isOutgrown;
    for (let at = from; ; ) {
      at = this.#sprinter?.run(block, at, to, number + at - from, asleep) ?? at;
      if (at === to || this.successors.stuck) return at;
      if (this.#sprinter === null) {
        this.vector.load(this.successors.layout, block, at * words);
        const enabled = this.#makeEnabled();
        if (enabled === null) return at;
        this.#sprinter = new Sprint(this.#system, this, enabled);
      }
      if (!this.#sprinter.learn(block, at * words, isOutgrown)) return at;
    }
  }

  /** Expands states where every step is to be looked at. */
  #look(block: Int32Array, from: number, to: number, number: number): number {
    const {words} = this.successors.layout;
    for (let at = from; at < to; at++) if (!this.#lookAtOne(number + at - from, block, at * words)) return at;
    return to;
  }

  /** Follows every outcome of one state; false when a slot has outgrown its bits on the way. */
  #lookAtOne(source: number, block: Int32Array, at: number): boolean {
    const {vector, successors, applied} = this;
    const follower = this.#follower;
    if (this.#isOutgrown) return false;
    const differing = vector.load(successors.layout, block, at);
    this.properties.atState(source, differing);
    if (this.#lookBack.isNeeded) this.#lookBack.arrive(differing);
    const enabled = this.#enabled ?? this.#makeEnabled();
    if (enabled === null || !enabled.arrive(differing)) return false;
    if (!follower.follow(applied.places, applied.count, source, block, at)) return false;
    enabled.settle();
    this.generated += enabled.outcomes;
    if (enabled.outcomes === 0 || !follower.fairChanges) {
      this.properties.atRest(source, enabled.outcomes, follower.fairChanges);
    }
    return true;
  }

  /**
   * Looks with the first state at hand what each action reads first; null when a slot has outgrown its bits. Apart,
   * because a function that makes a function takes memory whenever it is called.
   */
  #makeEnabled(): Enabled | null {
    const {vector, transitions, applied} = this;
    const dispatch = new Dispatch(transitions, vector, !this.#lookBack.isNeeded && !this.successors.wantsAll);
    this.#enabled = new Enabled(dispatch, transitions, vector, applied, () => this.#isOutgrown);
    return this.#isOutgrown ? null : this.#enabled;
  }

  /** By leaf: to how many states it applied. */
  hits(): Float64Array {
    return this.#enabled?.hits() ?? this.applied.hits;
  }
}
