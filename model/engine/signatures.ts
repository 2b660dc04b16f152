import type {SymmetryDefinition} from '../define/system.js';
import type {Vector} from './vector.js';

/** By key of the set: the slot to look at. */
type Slots = readonly number[];

/** Lexicographic. */
export const compare = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
};

const hashOf = (text: string): number => {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h ^ (h >>> 15);
};

/**
 * What tells the keys of one set apart in a state. A signature stays what it is when keys are renamed, of this set
 * (it goes with the key) or of another: so what a slot holds is looked at with every key of the other sets marked in
 * turn, and slots that another set moves are looked at in no order.
 */
export class Signatures {
  readonly #vector: Vector;
  /** Slots to look at, those together that another set exchanges. */
  readonly #groups: readonly (readonly Slots[])[];
  /**
   * By slot: how its values read with the key of one set marked, for every set that renames them; null where none
   * does.
   */
  readonly #marks: readonly (Marks | null)[];

  constructor(own: SymmetryDefinition, others: readonly SymmetryDefinition[], vector: Vector) {
    this.#vector = vector;
    const marks = new Map<string, Marks>();
    this.#marks = Array.from({length: vector.slotCount}, (_, slot) => {
      const mine = renamingOf(own, slot);
      const theirs = others.map(other => renamingOf(other, slot));
      if (mine < 0 && theirs.every(n => n < 0)) return null;
      const text = [mine, ...theirs].join();
      const made = marks.get(text) ?? {
        own: markings(own, mine),
        others: others.flatMap((other, n) => (theirs[n]! < 0 ? [] : [markings(other, theirs[n]!)])),
        known: own.keys.map(() => []),
      };
      marks.set(text, made);
      return made;
    });
    const inFamilies = new Set(own.families.flat());
    const renamed = own.renamed.flatMap(({slots}) => slots).filter(slot => !inFamilies.has(slot));
    const looked = [...own.families, ...renamed.map(slot => own.keys.map(() => slot))];
    this.#groups = grouped(looked, others, vector.slotCount);
  }

  /** What tells key number `i` from the others in a state: equal for keys that a renaming may exchange. */
  of(ids: Int32Array, i: number): readonly number[] {
    const parts: number[] = [];
    for (const group of this.#groups) {
      const from = parts.length;
      for (const slots of group) parts.push(this.#signature(slots[i]!, ids[slots[i]!]!, i));
      if (group.length > 1) parts.push(...parts.splice(from).sort((a, b) => a - b));
    }
    return parts;
  }

  /** What a slot holds with key `i` marked and all others alike, as a hash of its text: the same in every thread. */
  #signature(slot: number, id: number, i: number): number {
    const marks = this.#marks[slot]!;
    if (marks === null) return id;
    const known = marks.known[i]![id];
    if (known !== undefined) return known;
    let values = [marks.own[i]!(this.#vector.sortOf[slot]!.values[id])];
    for (const other of marks.others) values = values.flatMap(value => other.map(mark => mark(value)));
    const signature = hashOf(
      values
        .map(value => JSON.stringify(value))
        .sort()
        .join(),
    );
    marks.known[i]![id] = signature;
    return signature;
  }
}

/** By key: a value with that key marked and all others of its set alike. */
type Markings = readonly ((value: unknown) => unknown)[];

/** `known`: the signature by key of the own set and id. */
type Marks = {
  readonly own: Markings;
  readonly others: readonly Markings[];
  readonly known: (number | undefined)[][];
};

/** The number of the renaming of a slot's values, or -1. */
const renamingOf = ({renamed}: SymmetryDefinition, slot: number): number =>
  renamed.findLastIndex(({slots}) => slots.includes(slot));

const markings = ({keys, renamed}: SymmetryDefinition, n: number): Markings => {
  const [marked, other] = [keys[0], keys[1] ?? keys[0]];
  return keys.map(own => value => {
    if (n < 0) return value;
    return renamed[n]!.value(value as never, ((key: unknown) => (key === own ? marked : other)) as never);
  });
};

/** Puts those together that the renamings of other sets exchange, for every key. */
const grouped = (
  all: readonly Slots[],
  others: readonly SymmetryDefinition[],
  slotCount: number,
): readonly (readonly Slots[])[] => {
  let places = Array.from({length: slotCount}, (_, slot) => slot);
  for (const members of others.flatMap(({families}) => families)) {
    const merged = new Set(members.map(slot => places[slot]!));
    const least = Math.min(...merged);
    places = places.map(place => (merged.has(place) ? least : place));
  }
  const groups = new Map<string, Slots[]>();
  for (const slots of all) {
    const text = slots.map(slot => places[slot]).join();
    groups.set(text, [...(groups.get(text) ?? []), slots]);
  }
  return [...groups.values()];
};
