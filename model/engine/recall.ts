import {ModelError} from './errors.js';

/**
 * What a traced run of a model's function read, in the order of the first reads: places, the ids found there, and those
 * of the values that they were found in, which are others where an element was looked for in a set.
 */
export type Trace = {readonly slots: number[]; readonly ids: number[]; readonly within: number[]};

export const newTrace = (): Trace => ({slots: [], ids: [], within: []});

/** A question that a model's function answered, with what it read and answered. */
export type Asked = {
  readonly what: () => string;
  readonly answer: () => number;
  readonly trace: Trace;
  readonly leaf: number;
};

/** How many of the first questions are kept. */
const KEPT = 200;

/**
 * The first questions that the model was asked, to be asked once more when it has been asked much else. What a
 * function remembers outside the state is not seen where it is asked twice in a row.
 */
export class Recall {
  readonly #asked: Asked[] = [];

  /** Are as many kept as are to be? */
  get isFull(): boolean {
    return this.#asked.length >= KEPT;
  }

  keep(asked: Asked): void {
    this.#asked.push(asked);
  }

  /** Asks all of them again: `again` answers one anew. Throws a ModelError where an answer is another one. */
  check(again: (asked: Asked) => number): void {
    for (const asked of this.#asked) {
      if (again(asked) === asked.leaf) continue;
      throw new ModelError(
        `in ${asked.what()}: it answered differently when asked again later; something outside the state has changed`,
      );
    }
  }
}
