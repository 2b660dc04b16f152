import {ModelError} from '../errors.js';
import type {Queue} from '../queue.js';
import type {Searcher} from '../searcher.js';
import {BATCH, type Sink, type Successors} from '../successors.js';
import type {Transitions} from '../transitions.js';
import {Labels} from './labels.js';
import {Numbering} from './numbering.js';

/** What is to be noted of the steps. */
export type Notes = {
  /** Steps that change nothing, too? */
  readonly loops: boolean;
  /** What is said of a step, by the outcome of the leaf that it takes: a whole number from 0. */
  readonly labelOf: (transitions: Transitions, leaf: number, outcome: number) => number;
};

const NONE = -1;

/** Takes every successor and notes the step that led to it. Steps arrive in the order of the states that they leave. */
export class Recorder implements Sink {
  readonly wantsAll = true;
  /** Steps noted so far. */
  count = 0;
  /** How many steps leave each state, one place later. */
  readonly leaving: Int32Array;
  readonly targets: Int32Array;
  readonly labels: Labels;
  /** By state: the first that leads to it, or -1. */
  readonly parents: Int32Array;
  readonly #successors: Successors;
  readonly #loops: boolean;
  readonly #labelOf: (leaf: number, outcome: number) => number;
  #numbering: Numbering | null;
  readonly #numbers = new Int32Array(BATCH);
  readonly #states: number;
  readonly #isBounded: boolean;

  /** `steps`: how many there will be at most. `isBounded`: may steps lead to states that the search did not keep? */
  constructor(
    {store, successors: {layout}}: Searcher,
    successors: Successors,
    steps: number,
    isBounded: boolean,
    {loops, labelOf}: Notes,
    transitions: () => Transitions,
  ) {
    successors.adopt(layout);
    this.#successors = successors;
    const {queue}: {queue: Queue} = store;
    this.#numbering = new Numbering(queue);
    this.#states = queue.count;
    this.#isBounded = isBounded;
    this.#loops = loops;
    this.#labelOf = (leaf, outcome) => labelOf(transitions(), leaf, outcome);
    this.leaving = new Int32Array(queue.count + 1);
    this.targets = new Int32Array(steps);
    this.labels = new Labels(steps);
    this.parents = new Int32Array(queue.count).fill(NONE);
  }

  flush(): void {
    const numbers = this.#numbers;
    const {batch, waiting, source: sourceOf, leaf, outcome} = this.#successors;
    this.#numbering?.all(batch, waiting, numbers);
    for (let i = 0; i < waiting; i++) {
      const target = numbers[i]!;
      const source = sourceOf[i]!;
      if (target === source && !this.#loops) continue;
      if (target < 0 && !this.#isBounded)
        throw new ModelError('a step leads to a state that the search did not find: the model is not deterministic');
      if (target >= 0 && this.parents[target] === NONE) this.parents[target] = source;
      this.leaving[source + 1]! += 1;
      this.targets[this.count] = target < 0 ? this.#states : target;
      this.labels.set(this.count, this.#labelOf(leaf[i]!, outcome[i]!));
      this.count++;
    }
    this.#successors.waiting = 0;
  }

  /** No more steps will come: lets go of what was there to tell states apart. */
  end(): void {
    this.#numbering = null;
  }
}
