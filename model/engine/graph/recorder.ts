import {ModelError} from '../errors.js';
import type {Queue} from '../queue.js';
import type {Store} from '../store.js';
import {Successors} from '../successors.js';
import {Numbering} from './numbering.js';

/** Takes every successor and notes the step that led to it. Steps arrive in the order of the states that they leave. */
export class Recorder extends Successors {
  override readonly wantsAll = true;
  /** Steps noted so far. */
  count = 0;
  /** How many steps leave each state, one place later. */
  readonly leaving: Int32Array;
  readonly targets: Int32Array;
  readonly labels: Int32Array;
  /** By label: which outcome of which leaf it stands for. */
  readonly outcomes: {readonly leaf: number; readonly outcome: number}[] = [];
  readonly #labelsOfLeaf: (number[] | undefined)[] = [];
  readonly #numbering: Numbering;
  readonly #states: number;
  readonly #isBounded: boolean;

  /** `steps`: how many there will be at most. `isBounded`: may steps lead to states that the search did not keep? */
  constructor(store: Store, sizes: () => readonly number[], steps: number, isBounded: boolean) {
    super(store.layout, sizes);
    const {queue}: {queue: Queue} = store;
    this.#numbering = new Numbering(queue);
    this.#states = queue.count;
    this.#isBounded = isBounded;
    this.leaving = new Int32Array(queue.count + 1);
    this.targets = new Int32Array(steps);
    this.labels = new Int32Array(steps);
  }

  override flush(): void {
    const {words} = this.layout;
    for (let i = 0; i < this.waiting; i++) {
      const target = this.#numbering.of(this.batch, i * words);
      if (target < 0 && !this.#isBounded)
        throw new ModelError('a step leads to a state that the search did not find: the model is not deterministic');
      this.leaving[this.source[i]! + 1]! += 1;
      this.targets[this.count] = target < 0 ? this.#states : target;
      this.labels[this.count] = this.#labelOf(this.leaf[i]!, this.outcome[i]!);
      this.count++;
    }
    this.waiting = 0;
  }

  #labelOf(leaf: number, outcome: number): number {
    this.#labelsOfLeaf[leaf] ??= [];
    const labels = this.#labelsOfLeaf[leaf];
    labels[outcome] ??= this.outcomes.push({leaf, outcome}) - 1;
    return labels[outcome];
  }
}
