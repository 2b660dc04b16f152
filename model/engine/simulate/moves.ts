import type {System} from '../../define/system.js';
import type {Tally} from '../coverage.js';
import {grown} from '../grown.js';
import type {Effect, Transitions} from '../transitions.js';

/** One outcome of one action instance. */
export type Move = {readonly instance: number; readonly effect: Effect; readonly isFair: boolean};

/** Numbers every outcome that is met, and counts how often each is drawn. Number 0 stands for no move. */
export class Moves {
  readonly all: (Move | null)[] = [null];
  /** By move. */
  drawn = new Float64Array(1024);
  total = 0;
  readonly #transitions: Transitions;
  /** By leaf: the number of its first outcome, or 0. */
  readonly #first: number[] = [];

  constructor(transitions: Transitions) {
    this.#transitions = transitions;
  }

  /** The number of a leaf's first outcome; its others follow. */
  firstOf(leaf: number): number {
    return this.#first[leaf] || this.#number(leaf);
  }

  #number(leaf: number): number {
    const {instance, effects} = this.#transitions.leaves[leaf]!;
    const isFair = this.#transitions.instances[instance]!.definition.fair !== null;
    const first = this.all.length;
    for (const effect of effects) this.all.push({instance, effect, isFair});
    while (this.#first.length < leaf) this.#first.push(0);
    this.#first[leaf] = first;
    return first;
  }

  count(move: number): void {
    this.drawn = grown(this.drawn, move);
    this.drawn[move]! += 1;
    this.total++;
  }

  /** `fresh`: by move, how often it led to a state that was new. */
  tally(system: System, fresh: Float64Array): Tally {
    const actions = system.actions.map(() => ({generated: 0, distinct: 0}));
    const rules = new Map<string, number>();
    this.all.forEach((move, n) => {
      if (move === null) return;
      const count = this.drawn[n] ?? 0;
      const action = actions[this.#transitions.instances[move.instance]!.action]!;
      action.generated += count;
      action.distinct += fresh[n] ?? 0;
      for (const id of move.effect.rules) rules.set(id, (rules.get(id) ?? 0) + count);
    });
    return {actions, rules: [...rules], idle: []};
  }
}
