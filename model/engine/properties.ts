import type {PredicateDefinition, System} from '../define/system.js';
import type {PropertyKind, Warning} from '../report/result.js';
import {isTrue, type Question, questions, stepQuestion} from './predicates.js';
import type {Vector} from './vector.js';

/**
 * A property that failed: in a state that was expanded, or on the step from it to `successor` (the ids of its slots).
 */
export type Failure = {
  readonly property: string;
  readonly kind: PropertyKind;
  /** The number of the expanded state. */
  readonly source: number;
  readonly successor: Int32Array | null;
};

/** What a system claims, as questions; keeps the first failure of each property. */
export class Properties {
  readonly failures: Failure[] = [];
  /** Must the copy *after* a step be filled in for every successor? */
  readonly looksAtSteps: boolean;
  /** By slot: the step properties that speak of it, one bit each. */
  readonly stepsOf: Int32Array;
  readonly #vector: Vector;
  readonly #invariants: readonly Question[];
  readonly #invariantsOutside: readonly Question[];
  readonly #quiescent: readonly Question[];
  readonly #constraints: readonly Question[];
  readonly #terminal: readonly Question[];
  readonly #steps: readonly Question[];
  readonly #deadlockAllowed: boolean;
  /** Was some state quiescent? */
  #hasRested = false;

  constructor(system: System, vector: Vector) {
    this.#vector = vector;
    this.#invariants = questions(vector, system.invariants, vector.before);
    this.#quiescent = questions(vector, system.quiescent, vector.before);
    this.#terminal = questions(vector, system.terminal, vector.before);
    this.#constraints = questions(vector, system.constraints, vector.after);
    this.#invariantsOutside = this.#constraints.length === 0 ? [] : questions(vector, system.invariants, vector.after);
    this.#steps = system.steps.map(step => stepQuestion(vector, step));
    this.#deadlockAllowed = system.deadlockAllowed;
    this.stepsOf = new Int32Array(vector.slotCount);
    system.steps.forEach(({of}, n) => {
      for (const slot of of) this.stepsOf[slot]! |= 1 << (n % 32);
    });
    this.looksAtSteps = this.#steps.length + this.#constraints.length > 0;
  }

  /**
   * Invariants, of the state about to be expanded; `differing` are the places that differ from the state before, as
   * bits.
   */
  atState(source: number, differing: number): void {
    for (let n = 0; n < this.#invariants.length; n++) {
      const question = this.#invariants[n]!;
      // The state before has been through here: what reads nothing that differs has the answer that it had.
      if ((question.reads & differing) === 0 && differing !== -1) continue;
      if (!isTrue(this.#vector, question)) this.#fail(question.name, 'invariant', source, null);
    }
  }

  /** The invariants that are false of the state at hand. */
  get broken(): readonly string[] {
    return [...new Set(this.#invariants.filter(each => !isTrue(this.#vector, each)).map(({name}) => name))];
  }

  /** Deadlock and quiescence, of a state whose successors are known. */
  atRest(source: number, successors: number, fairChanges: boolean): void {
    if (successors === 0 && !this.#deadlockAllowed && !this.#terminal.some(each => isTrue(this.#vector, each))) {
      this.#fail('deadlock', 'deadlock', source, null);
    }
    if (fairChanges) return;
    this.#hasRested = true;
    for (const question of this.#quiescent) {
      if (!isTrue(this.#vector, question)) this.#fail(question.name, 'quiescent', source, null);
    }
  }

  /**
   * Properties of a step; `touched` are the bits of those that speak of a changed slot.
   * Answers whether the state after it lies within the constraints; the invariants of one outside are evaluated here.
   */
  atStep(source: number, touched: number): boolean {
    const vector = this.#vector;
    for (let n = 0; n < this.#steps.length; n++) {
      if ((touched & (1 << (n % 32))) === 0) continue;
      const question = this.#steps[n]!;
      if (!isTrue(vector, question)) this.#fail(question.name, 'step', source, this.#after());
    }
    return this.isWithin(source);
  }

  /** The claims that nothing which was met could have broken, each with the reason. */
  idle(system: System): readonly Warning[] {
    const unasked = (definitions: readonly PredicateDefinition[]): readonly Warning[] =>
      definitions.flatMap(({name, instances}) =>
        instances.length === 0 ? [{property: name, reason: 'it has no instance'}] : [],
      );
    const blind = system.invariants.filter(
      ({name, instances}) =>
        instances.length > 0 && this.#invariants.every(question => question.name !== name || question.reads === 0),
    );
    const resting = this.#hasRested ? [] : system.quiescent.filter(({instances}) => instances.length > 0);
    return [
      ...unasked(system.invariants),
      ...unasked(system.quiescent),
      ...blind.map(({name}) => ({property: name, reason: 'it reads nothing of the state'})),
      ...resting.map(({name}) => ({property: name, reason: 'in every state something fair is left to happen'})),
    ];
  }

  /** Does the property of steps with this name fail on the step at hand? */
  failsOnStep(property: string): boolean {
    return this.#steps.some(each => each.name === property && !isTrue(this.#vector, each));
  }

  /** Is the state in the copy *after* within the constraints? */
  isWithin(source: number): boolean {
    if (this.#constraints.every(each => isTrue(this.#vector, each))) return true;
    for (const question of this.#invariantsOutside) {
      if (!isTrue(this.#vector, question)) this.#fail(question.name, 'invariant', source, this.#after());
    }
    return false;
  }

  #after(): Int32Array {
    const {ids, width, slotCount} = this.#vector;
    return ids.slice(width, width + slotCount);
  }

  #fail(property: string, kind: PropertyKind, source: number, successor: Int32Array | null): void {
    if (!this.failures.some(each => each.property === property && each.kind === kind)) {
      this.failures.push({property, kind, source, successor});
    }
  }
}
