import {type Dispatch, ENTRIES, HIGH, LEAVES, LOW, NODES, PAIRS, ROOT} from './dispatch.js';
import type {Enabled} from './enabled.js';
import {grown} from './grown.js';
import {LEAF_BITS, LEAF_HEAD, type Transitions} from './transitions.js';
import type {Vector} from './vector.js';

/** Words of a probe. */
const PROBE = 4;
const NOT_WORKED_OUT = -1;

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
  /** Where to look for each leaf that was asked about: a slot, its operation, is it a node, which place or node. */
  #probes = new Int32Array(64 * PROBE);
  #top = 0;
  /** By bit: where its probes begin, and end. */
  readonly #begins = new Int32Array(LEAF_BITS);
  readonly #ends = new Int32Array(LEAF_BITS);

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

  /** Looks where the leaf of this bit leads from the state at hand, where it applies. */
  look(bit: number, enabled: Enabled): void {
    if (this.#gathered !== enabled.gathered || this.#dispatch === null) this.#gather(enabled);
    if (this.#begins[bit] === NOT_WORKED_OUT) this.#prepare(bit);
    const operations = this.#transitions.tables;
    const {lists, tables, nodes} = enabled.dispatch;
    const {ids} = this.#vector;
    const probes = this.#probes;
    let low = 0;
    let high = 0;
    for (let at = this.#begins[bit]!, end = this.#ends[bit]!; at < end; at += PROBE) {
      const operation = probes[at + 1]!;
      let to = ~operation;
      if (operation >= 0) {
        const id = ids[probes[at]!]!;
        const results = operations[operation]!;
        to = id < results.length ? results[id]! - 1 : -1;
      }
      const table = probes[at + 2] === 1 ? nodes[probes[at + 3]!]!.table : tables[probes[at + 3]!]!;
      const list = to >= 0 && to < table.length ? table[to]! : 0;
      if (list === 0) continue;
      low |= lists[list + LOW]!;
      high |= lists[list + HIGH]!;
    }
    this.low = low;
    this.high = high;
  }

  /** Works out where to look for the leaf of a bit, until there is more to look at. */
  #prepare(bit: number): void {
    const {code, leafAt} = this.#transitions;
    const first = leafAt[bit]! + LEAF_HEAD + 1;
    const end = first + 2 * code[first - 1]!;
    const sources = this.#sources;
    this.#begins[bit] = this.#top;
    for (let at = first; at < end; at += 2) {
      for (let i = 0; i < sources.length; i += 3) {
        const [slot, root, place] = sources.slice(i, i + 3) as [number, number, number];
        if (slot !== code[at] || (root >= 0 && isAmong(root, code, first, end))) continue;
        this.#probes = grown(this.#probes, this.#top + PROBE);
        this.#probes.set([slot, code[at + 1]!, root < 0 ? 0 : 1, place], this.#top);
        this.#top += PROBE;
      }
    }
    this.#ends[bit] = this.#top;
  }

  /** Notes where there is something to look up, until other lists hang on the values of slots. */
  #gather({dispatch, work, lasting, gathered}: Enabled): void {
    const sources = this.#sources;
    const matters = this.#matters;
    const {lists, nodes} = dispatch;
    if (this.#dispatch !== dispatch) this.#begin(dispatch);
    this.#gathered = gathered;
    this.#begins.fill(NOT_WORKED_OUT);
    this.#top = 0;
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
