import {type Dispatch, ENTRIES, HIGH, LEAVES, LOW, NODES, PAIRS, ROOT} from './dispatch.js';
import type {Enabled} from './enabled.js';
import {grown} from './grown.js';
import {LEAF_BITS, LEAF_HEAD, type Transitions} from './transitions.js';
import type {Vector} from './vector.js';

/** Words of a probe. */
const PROBE = 4;
const NOT_WORKED_OUT = -1;
/** Most surveys that are kept. */
const MOST_SURVEYS = 1 << 10;

/** Where to look for leaves while certain lists with nodes are among those of the state at hand. */
type Survey = {
  /** Three words each: the slot, the slot that must be the same (or -1), the place or node below it. */
  readonly sources: readonly number[];
  /** By bit: where its probes begin, and end. */
  readonly begins: Int32Array;
  readonly ends: Int32Array;
  /** By list: the survey of that list too. */
  readonly further: Map<number, Survey>;
};

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
  #dispatch: Dispatch | null = null;
  #gathered = -1;
  /** That of no list with nodes, and that of those at hand. */
  #least = surveyOf([]);
  #survey = this.#least;
  #surveys = 1;
  /** Where to look for each leaf that was asked about: a slot, its operation, is it a node, which place or node. */
  #probes = new Int32Array(64 * PROBE);
  #top = 0;

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
    const {begins, ends} = this.#survey;
    if (begins[bit] === NOT_WORKED_OUT) this.#prepare(bit, this.#survey);
    const operations = this.#transitions.tables;
    const {lists, tables, nodes} = enabled.dispatch;
    const {ids} = this.#vector;
    const probes = this.#probes;
    let low = 0;
    let high = 0;
    for (let at = begins[bit]!, end = ends[bit]!; at < end; at += PROBE) {
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

  /** Works out where to look for the leaf of a bit. */
  #prepare(bit: number, {sources, begins, ends}: Survey): void {
    const {code, leafAt} = this.#transitions;
    const first = leafAt[bit]! + LEAF_HEAD + 1;
    const end = first + 2 * code[first - 1]!;
    begins[bit] = this.#top;
    for (let at = first; at < end; at += 2) {
      for (let i = 0; i < sources.length; i += 3) {
        const root = sources[i + 1]!;
        if (sources[i] !== code[at] || (root >= 0 && isAmong(root, code, first, end))) continue;
        this.#probes = grown(this.#probes, this.#top + PROBE);
        this.#probes.set([code[at]!, code[at + 1]!, root < 0 ? 0 : 1, sources[i + 2]!], this.#top);
        this.#top += PROBE;
      }
    }
    ends[bit] = this.#top;
  }

  /** Other lists hang on the values of slots than before: finds their survey, or begins it. */
  #gather({dispatch, work, lasting, gathered}: Enabled): void {
    const {lists} = dispatch;
    if (this.#dispatch !== dispatch || this.#surveys > MOST_SURVEYS) this.#begin(dispatch);
    this.#gathered = gathered;
    let survey = this.#least;
    for (let i = 0; i < lasting; i++) {
      const list = work[i]!;
      // A derived value may change with any slot.
      const root = lists[list + ROOT]!;
      if (lists[list + NODES] === 0 || root < 0 || root >= this.#matters.length) continue;
      survey = survey.further.get(list) ?? this.#extend(survey, list, dispatch);
    }
    this.#survey = survey;
  }

  #extend(survey: Survey, list: number, {lists, nodes}: Dispatch): Survey {
    const begin = list + ENTRIES + lists[list + LEAVES]! + 2 * lists[list + PAIRS]!;
    const found = [...lists.subarray(begin, begin + lists[list + NODES]!)].filter(
      node => this.#matters[nodes[node]!.place] === 1,
    );
    const more = surveyOf([
      ...survey.sources,
      ...found.flatMap(node => [nodes[node]!.place, lists[list + ROOT]!, node]),
    ]);
    survey.further.set(list, more);
    this.#surveys++;
    return more;
  }

  #begin(dispatch: Dispatch): void {
    this.#dispatch = dispatch;
    this.#least = surveyOf(dispatch.places.flatMap((place, n) => (this.#matters[place] === 1 ? [place, -1, n] : [])));
    this.#surveys = 1;
    this.#top = 0;
  }
}

const surveyOf = (sources: readonly number[]): Survey => ({
  sources,
  begins: new Int32Array(LEAF_BITS).fill(NOT_WORKED_OUT),
  ends: new Int32Array(LEAF_BITS),
  further: new Map(),
});

/** Is the slot among those of these operations? */
const isAmong = (slot: number, code: Int32Array, first: number, end: number): boolean => {
  for (let at = first; at < end; at += 2) if (code[at] === slot) return true;
  return false;
};
