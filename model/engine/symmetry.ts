import type {SymmetryDefinition, System} from '../define/system.js';
import {ModelError, saidBy, shown} from './errors.js';
import {grown} from './grown.js';
import {compare, Signatures} from './signatures.js';
import type {Vector} from './vector.js';

/** A state that is so symmetric that more renamings than this would have to be compared is an error. */
const MAX_CANDIDATES = 50_000;

/** Of so few keys, all renamings of a state are compared: that is quicker than to find out which need not be. */
const FEW_KEYS = 4;

/** Where key i goes, by i. */
type Permutation = readonly number[];

/**
 * What a permutation makes of values, by id plus one; 0 where it is not worked out yet. One table per renaming.
 * `sources`: the slot whose value comes into a slot, by slot.
 */
type Renamer = {readonly permutation: Permutation; readonly sources: Int32Array; readonly tables: Int32Array[]};

/** One set of interchangeable keys: how to sort them, and how to rename them in a state. */
export class KeySet {
  readonly #definition: SymmetryDefinition;
  readonly #vector: Vector;
  /** By slot: the renaming of its values, or -1. */
  readonly #renamingOf: Int32Array;
  /** Slots outside the families whose values are renamed. */
  readonly #renamedSlots: readonly number[];
  readonly #renamers = new Map<string, Renamer>();
  readonly #signatures: Signatures;
  /** The slots that a renaming may change. */
  readonly #movable: Int32Array;
  /** Of all permutations but the one that changes nothing, where there are few. */
  readonly #others: readonly Renamer[] | null;
  readonly identity: Permutation;
  readonly keyNames: readonly string[];

  /** `others` are the other sets of the same system. */
  constructor(definition: SymmetryDefinition, others: readonly SymmetryDefinition[], vector: Vector) {
    this.#definition = definition;
    this.#vector = vector;
    this.#renamingOf = new Int32Array(vector.slotCount).fill(-1);
    definition.renamed.forEach(({slots}, n) => {
      for (const slot of slots) this.#renamingOf[slot] = n;
    });
    const inFamilies = new Set(definition.families.flat());
    this.#renamedSlots = definition.renamed.flatMap(({slots}) => slots).filter(slot => !inFamilies.has(slot));
    this.#signatures = new Signatures(definition, others, vector);
    this.identity = definition.keys.map((_, i) => i);
    this.keyNames = definition.keys.map(shown);
    this.#movable = Int32Array.from(new Set([...inFamilies, ...this.#renamedSlots])).sort();
    this.#others =
      this.identity.length > FEW_KEYS
        ? null
        : orders(this.identity)
            .slice(1)
            .map(order => this.#renamer(order));
  }

  /** Has it so few keys that all renamings are compared? */
  get isSmall(): boolean {
    return this.#others !== null;
  }

  /** Writes the first of all renamings of a state to `least`. */
  first(ids: Int32Array, least: Int32Array): void {
    const movable = this.#movable;
    const renamings = this.#renamingOf;
    least.set(ids);
    for (const renamer of this.#others!) {
      const {sources, tables} = renamer;
      let isLess = false;
      for (let i = 0; i < movable.length; i++) {
        const slot = movable[i]!;
        const source = sources[slot]!;
        const renaming = renamings[source]!;
        let id = ids[source]!;
        if (renaming >= 0) {
          const table = tables[renaming]!;
          const known = id < table.length ? table[id]! : 0;
          id = known > 0 ? known - 1 : this.#renamed(renamer, source, id);
        }
        if (!isLess) {
          if (id > least[slot]!) break;
          isLess = id < least[slot]!;
        }
        least[slot] = id;
      }
    }
  }

  /**
   * The permutations that bring the keys of a state into the order of their signatures: one where that order is
   * strict, or where the keys that it leaves level may be exchanged without any difference.
   */
  sorters(ids: Int32Array, scratch: Int32Array): readonly Permutation[] {
    const signed = this.identity.map(i => ({i, signature: this.#signatures.of(ids, i)}));
    signed.sort((a, b) => compare(a.signature, b.signature));
    const groups: number[][] = [];
    signed.forEach(({i, signature}, n) => {
      const before = signed[n - 1];
      if (before !== undefined && compare(before.signature, signature) === 0) groups[groups.length - 1]!.push(i);
      else groups.push([i]);
    });
    const open = groups.map(group => (this.#areAlike(group, ids, scratch) ? [group] : orders(group)));
    const count = open.reduce((product, {length}) => product * length, 1);
    if (count > MAX_CANDIDATES) {
      throw new ModelError(
        `its keys ${shown(this.#definition.keys)} are too many to compare ${count} renamings of a state`,
      );
    }
    return open
      .reduce<readonly (readonly number[])[]>(
        (all, choices) => all.flatMap(one => choices.map(c => [...one, ...c])),
        [[]],
      )
      .map(order => {
        const permutation = [...this.identity];
        order.forEach((key, place) => {
          permutation[key] = place;
        });
        return permutation;
      });
  }

  /**
   * Does exchanging any two keys of the group leave the state as it is? Neighbours suffice: they generate all
   * exchanges.
   */
  #areAlike(group: readonly number[], ids: Int32Array, scratch: Int32Array): boolean {
    return group.slice(1).every((key, n) => {
      const exchange = [...this.identity];
      exchange[group[n]!] = key;
      exchange[key] = group[n]!;
      this.rename(exchange, ids, scratch);
      return scratch.every((id, slot) => id === ids[slot]);
    });
  }

  /** Writes the state with its keys renamed to `into`. */
  rename(permutation: Permutation, ids: Int32Array, into: Int32Array): void {
    into.set(ids);
    const renamer = this.#renamer(permutation);
    for (const slot of this.#renamedSlots) into[slot] = this.#renamed(renamer, slot, ids[slot]!);
    for (const members of this.#definition.families) {
      for (let i = 0; i < members.length; i++) {
        into[members[permutation[i]!]!] = this.#renamed(renamer, members[i]!, ids[members[i]!]!);
      }
    }
  }

  #renamer(permutation: Permutation): Renamer {
    const text = permutation.join();
    const known = this.#renamers.get(text);
    if (known !== undefined) return known;
    const sources = this.#renamingOf.map((_, slot) => slot);
    for (const members of this.#definition.families) {
      members.forEach((slot, i) => {
        sources[members[permutation[i]!]!] = slot;
      });
    }
    const renamer = {permutation, sources, tables: this.#definition.renamed.map(() => new Int32Array(16))};
    this.#renamers.set(text, renamer);
    return renamer;
  }

  /** What the model's function makes of a value of a slot, as ids. */
  #rename(slot: number, id: number, permutation: Permutation): number {
    const {keys, renamed} = this.#definition;
    const {value} = renamed[this.#renamingOf[slot]!]!;
    const sort = this.#vector.sortOf[slot]!;
    const name = this.#vector.nameOf(slot);
    try {
      return sort.id(value(sort.values[id] as never, renamingBy(keys, permutation) as never), name);
    } catch (error) {
      const said = saidBy(error);
      throw new ModelError(`in what symmetry renames in ${name}: ${said} (${name} = ${shown(sort.values[id])})`);
    }
  }

  #renamed(renamer: Renamer, slot: number, id: number): number {
    const renaming = this.#renamingOf[slot]!;
    if (renaming < 0) return id;
    const table = renamer.tables[renaming]!;
    const known = id < table.length ? table[id]! : 0;
    if (known > 0) return known - 1;
    const sort = this.#vector.sortOf[slot]!;
    const {permutation} = renamer;
    const next = this.#rename(slot, id, permutation);
    const back = this.#rename(
      slot,
      next,
      permutation.map((_, i) => permutation.indexOf(i)),
    );
    if (back !== id) {
      const [from, to, again] = [id, next, back].map(each => shown(sort.values[each]));
      const what = `what is renamed in ${this.#vector.nameOf(slot)}`;
      throw new ModelError(`the declared symmetry is wrong: ${what} turns ${from} into ${to}, and back into ${again}`);
    }
    const roomy = grown(table, id);
    roomy[id] = next + 1;
    renamer.tables[renaming] = roomy;
    return next;
  }
}

/** A function that does to keys what the permutation does to their places. */
const renamingBy =
  (keys: readonly unknown[], permutation: Permutation) =>
  (key: unknown): unknown => {
    const i = keys.indexOf(key);
    if (i < 0) throw new ModelError(`the symmetry of ${shown(keys)} was asked to rename ${shown(key)}`);
    return keys[permutation[i]!];
  };

const orders = (group: readonly number[]): readonly (readonly number[])[] => {
  if (group.length < 2) return [group];
  if (group.length > 8) throw new ModelError(`${group.length} keys that nothing tells apart are too many for symmetry`);
  return group.flatMap((first, n) =>
    orders([...group.slice(0, n), ...group.slice(n + 1)]).map(rest => [first, ...rest]),
  );
};

/** Brings states into one form per orbit: of all their renamings, the one that comes first. */
export class Symmetry {
  readonly sets: readonly KeySet[];
  readonly #candidate: Int32Array;
  readonly #scratch: Int32Array;
  readonly #best: Int32Array;

  constructor(system: System, vector: Vector) {
    const {symmetries} = system;
    this.sets = symmetries.map((each, n) => new KeySet(each, symmetries.toSpliced(n, 1), vector));
    this.#candidate = new Int32Array(vector.slotCount);
    this.#scratch = new Int32Array(vector.slotCount);
    this.#best = new Int32Array(vector.slotCount);
  }

  get isDeclared(): boolean {
    return this.sets.length > 0;
  }

  /** The canonical form of the state with these ids. Valid until the next call. */
  canonical(ids: Int32Array): Int32Array {
    const [only, another] = this.sets;
    if (another === undefined && only?.isSmall === true) {
      only.first(ids, this.#best);
      return this.#best;
    }
    let isFirst = true;
    const consider = (state: Int32Array, n: number): void => {
      const set = this.sets[n];
      if (set === undefined) {
        if (isFirst || compare(state, this.#best) < 0) this.#best.set(state);
        isFirst = false;
        return;
      }
      for (const permutation of set.sorters(state, this.#scratch)) {
        set.rename(permutation, state, this.#candidate);
        consider(this.sets.length === 1 ? this.#candidate : this.#candidate.slice(), n + 1);
      }
    };
    consider(ids, 0);
    return this.#best;
  }
}
