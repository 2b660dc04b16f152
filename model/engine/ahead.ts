import {type Dispatch, ENTRIES, HIGH, LEAVES, LOW, NODES, PAIRS, ROOT} from './dispatch.js';
import type {Enabled} from './enabled.js';
import {LEAF_HEAD, type Transitions} from './transitions.js';
import type {Vector} from './vector.js';

/**
 * Which leaves are known to apply in the state that a leaf leads to, by what it changes. Many read one set of messages
 * and each looks for one of them: who adds another changes what they read, and not what they do.
 *
 * Say that a leaf of one outcome leads from p, the state at hand, to q, and that a slot has the id v there. What the
 * dispatch lists for v at that slot applies in q; and so does what a node lists for v, where the node hangs on a slot
 * that is the same in p and q. Nothing is asked of the model: of what was not met yet, nothing is known.
 */
export class Ahead {
  /** The bits of those that are known to apply. */
  low = 0;
  high = 0;
  readonly #transitions: Transitions;
  readonly #vector: Vector;
  /** By slot: is it asked about? */
  readonly #matters: Uint8Array;
  /** Where to look, three words each: the slot, the slot that must be the same (or -1), the place or node below it. */
  readonly #sources: number[] = [];
  /** How many of these words are about places, and always the same. */
  #lasting = 0;
  #dispatch: Dispatch | null = null;
  #gathered = -1;

  constructor(transitions: Transitions, vector: Vector) {
    this.#transitions = transitions;
    this.#vector = vector;
    this.#matters = new Uint8Array(vector.slotCount);
  }

  /** From now on, it is asked about this slot. */
  mind(slot: number): void {
    if (this.#matters[slot] === 0) this.#dispatch = null;
    this.#matters[slot] = 1;
  }

  /** Looks where the leaf leads that begins at this place of the code, from the state at hand, where it applies. */
  look(leaf: number, enabled: Enabled): void {
    this.low = 0;
    this.high = 0;
    if (this.#gathered !== enabled.gathered || this.#dispatch === null) this.#gather(enabled);
    const {code, tables} = this.#transitions;
    const {dispatch} = enabled;
    const {ids} = this.#vector;
    const sources = this.#sources;
    const first = leaf + LEAF_HEAD + 1;
    const end = first + 2 * code[leaf + LEAF_HEAD]!;
    for (let at = first; at < end; at += 2) {
      const slot = code[at]!;
      if (this.#matters[slot] === 0) continue;
      const operation = code[at + 1]!;
      const to = operation < 0 ? ~operation : (tables[operation]![ids[slot]!] ?? 0) - 1;
      if (to < 0) continue;
      for (let i = 0; i < sources.length; i += 3) {
        if (sources[i] !== slot) continue;
        const root = sources[i + 1]!;
        if (root < 0) this.#take(dispatch.tables[sources[i + 2]!]!, to, dispatch);
        else if (!isAmong(root, code, first, end)) this.#take(dispatch.nodes[sources[i + 2]!]!.table, to, dispatch);
      }
    }
  }

  #take(table: Int32Array, id: number, {lists}: Dispatch): void {
    const list = id < table.length ? table[id]! : 0;
    if (list === 0) return;
    this.low |= lists[list + LOW]!;
    this.high |= lists[list + HIGH]!;
  }

  /** Notes where there is something to look up, until other lists hang on the values of slots. */
  #gather({dispatch, work, lasting, gathered}: Enabled): void {
    const sources = this.#sources;
    const matters = this.#matters;
    const {lists, nodes} = dispatch;
    if (this.#dispatch !== dispatch) this.#begin(dispatch);
    this.#gathered = gathered;
    sources.length = this.#lasting;
    for (let i = 0; i < lasting; i++) {
      const list = work[i]!;
      const root = lists[list + ROOT]!;
      // A derived value may change with any slot.
      if (root < 0 || root >= matters.length) continue;
      const begin = list + ENTRIES + lists[list + LEAVES]! + 2 * lists[list + PAIRS]!;
      const end = begin + lists[list + NODES]!;
      for (let at = begin; at < end; at++) {
        const {place} = nodes[lists[at]!]!;
        if (matters[place] === 1) sources.push(place, root, lists[at]!);
      }
    }
  }

  #begin(dispatch: Dispatch): void {
    this.#dispatch = dispatch;
    this.#sources.length = 0;
    dispatch.places.forEach((place, n) => {
      if (this.#matters[place] === 1) this.#sources.push(place, -1, n);
    });
    this.#lasting = this.#sources.length;
  }
}

/** Is the slot among those of these operations? */
const isAmong = (slot: number, code: Int32Array, first: number, end: number): boolean => {
  for (let at = first; at < end; at += 2) if (code[at] === slot) return true;
  return false;
};
