import type {Successors} from './successors.js';
import type {Transitions} from './transitions.js';
import type {Vector} from './vector.js';

/** An operation was not met for this value yet. */
export const UNKNOWN = -1;

type Composing = {readonly vector: Vector; readonly transitions: Transitions; readonly successors: Successors};

/**
 * Packs, as the next of the batch, what the operations from `first` to before `end` of the code make of the state at
 * hand, which is packed at `at` of a block. Answers 0 where that is the same state, or UNKNOWN.
 */
export const composed = (
  {vector, transitions, successors}: Composing,
  block: Int32Array,
  at: number,
  first: number,
  end: number,
): number => {
  const {words, word, shift} = successors.layout;
  const {code, tables} = transitions;
  const {ids} = vector;
  const {batch} = successors;
  const into = words * successors.waiting;
  for (let w = 0; w < words; w++) batch[into + w] = block[at + w]!;
  let differs = 0;
  for (let o = first; o < end; o += 2) {
    const slot = code[o]!;
    const operation = code[o + 1]!;
    const id = ids[slot]!;
    let next = ~operation;
    if (operation >= 0) {
      const table = tables[operation]!;
      next = (id < table.length ? table[id]! : 0) - 1;
      if (next < 0) return UNKNOWN;
    }
    if (id !== next) differs = 1;
    batch[into + word[slot]!]! ^= (id ^ next) << shift[slot]!;
  }
  return differs;
};
