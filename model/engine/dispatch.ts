import {grown} from './grown.js';
import {DISABLED, type Transitions} from './transitions.js';
import type {Vector} from './vector.js';

// Words of a list: the bits of its leaves in two words, their outcomes, its own number, the place that its instances
// read first (or -1), how many of its leaves have no bit, how many leaves, pairs and nodes follow, and whether there is
// more to it than the bits of its leaves.
export const LOW = 0;
export const HIGH = 1;
export const OUTCOMES = 2;
export const NUMBER = 3;
export const ROOT = 4;
export const BITLESS = 5;
export const LEAVES = 6;
export const PAIRS = 7;
export const NODES = 8;
/** Is there more to it than the bits of its leaves? If there are nodes, this bit is set. */
export const MORE = 9;
export const NODES_IN = 2;
/** Where the entries of a list begin. */
export const ENTRIES = 10;

/** A node has lists for ids below this. */
const MOST_IDS = 1 << 12;
/** Words of lists beyond which no node gets more of them. */
const MOST_WORDS = 1 << 22;

/** An instance, and the cell under which it is remembered what it does. */
type Entry = {readonly cell: number; readonly instance: number};

/** Where several instances read on at the same place: they are looked up together. */
type Node = {
  readonly place: number;
  readonly root: number;
  readonly entries: readonly Entry[];
  /** The list that looks them up one by one. */
  readonly apart: number;
  /** By id: the list that looks them up together (0: not built). */
  table: Int32Array;
};

/**
 * Which actions apply, by the value of the place that each reads first, and by what it reads next where several read
 * the same. A list holds, one after another, the leaves that are known to apply, those without a bit first; pairs of a
 * cell and an instance that is still to be looked up there; and nodes. What is known not to apply is left out.
 */
export class Dispatch {
  lists = new Int32Array(1 << 12);
  /** By number: where a list begins. */
  readonly begins: number[] = [];
  /** The places that some instance reads first, and by value where their list is (0: not built). */
  readonly places: number[] = [];
  readonly tables: Int32Array[] = [];
  readonly nodes: Node[] = [];
  /** An empty list, and that of the instances that read nothing. */
  readonly none: number;
  readonly always: number;
  #top = 1;
  readonly #rooted = new Map<number, number[]>();
  /** The instances that look for an element first. */
  readonly #seeking = new Set<number>();
  /** By what they do: the lists of those that all look for elements. */
  readonly #alike = new Map<string, number>();
  readonly #transitions: Transitions;
  readonly #vector: Vector;
  readonly #gathers: boolean;

  /**
   * Runs every instance once on the state at hand, to see what it reads first. That never depends on the state. Unless
   * it `gathers` leaves and nodes, there are pairs only, in the order of the instances: a leaf stands for its cell.
   */
  constructor(transitions: Transitions, vector: Vector, gathers = false) {
    this.#transitions = transitions;
    this.#vector = vector;
    this.#gathers = gathers;
    const constant: number[] = [];
    transitions.instances.forEach(({delivery}, id) => {
      if (delivery !== null) return;
      const first = vector.tracer.firstRead(
        () => transitions.nameOf(id),
        () => transitions.outcomesOf(id),
      );
      const root = first < 0 ? -1 : vector.memberships.baseOf(first);
      if (root !== first) this.#seeking.add(id);
      if (root < 0) constant.push(id);
      else if (this.#rooted.has(root)) this.#rooted.get(root)!.push(id);
      else this.#rooted.set(root, [id]);
    });
    const places = [...new Set([...this.#rooted.keys(), ...transitions.inboxActions.keys()])];
    for (const place of places.sort((a, b) => a - b)) {
      this.places.push(place);
      this.tables.push(new Int32Array(16));
    }
    this.none = this.#write(-1, [], [], []);
    this.always = this.#first(
      constant.map(instance => this.#entry(instance)),
      -1,
    );
  }

  #entry(instance: number): Entry {
    return {cell: this.#transitions.instances[instance]!.cell, instance};
  }

  /** The list for the value that place number `n` of `places` has now. */
  list(n: number, id: number): number {
    const known = this.tables[n]![id] ?? 0;
    if (known !== 0) return known;
    const place = this.places[n]!;
    const rooted = this.#rooted.get(place) ?? [];
    const isInbox = this.#transitions.inboxActions.has(place);
    const delivered = isInbox ? this.#transitions.deliveriesOf(place, id) : [];
    // What looks for an element does the same wherever the answer is, so that is known by its own cell.
    const contents = rooted.map(instance =>
      this.#seeking.has(instance) ? this.#below(this.#entry(instance), place, -1) : 0,
    );
    const build = () => {
      const entries = rooted.map((instance, i) => ({cell: this.#vector.memo.cell(contents[i]), instance}));
      return this.#first([...entries, ...delivered.map(instance => this.#entry(instance))], place);
    };
    const list = isInbox || contents.includes(0) ? build() : this.#shared(`${place} ${contents}`, build);
    this.tables[n] = withEntry(this.tables[n]!, id, list);
    return list;
  }

  /** A list that serves all values for which the instances that look at a place first do the same. */
  #shared(text: string, build: () => number): number {
    const list = this.#alike.get(text) ?? build();
    this.#alike.set(text, list);
    return list;
  }

  /**
   * What is found below a cell of an instance for the value that a place has now: asked of the model where it is not
   * known. `root` is what whoever starts at the cell has looked at already, or -1.
   */
  #below({cell, instance}: Entry, place: number, root: number): number {
    const known = this.#vector.below(cell, place);
    if (known !== 0) return known;
    this.#resolve(cell, instance, root);
    return this.#vector.below(cell, place);
  }

  /** The list of a node for the value that its place has now. */
  child(node: number, id: number): number {
    const {place, table, root, entries, apart} = this.nodes[node]!;
    const known = table[id] ?? 0;
    if (known !== 0) return known;
    if (id >= MOST_IDS || this.#top > MOST_WORDS) return apart;
    const contents = entries.map(entry => this.#below(entry, place, root));
    const leaves = contents.filter(content => content < 0 && content !== DISABLED).map(content => -content);
    const list = this.#write(
      root,
      leaves,
      entries.filter((_, i) => contents[i]! > 0),
      [],
    );
    this.nodes[node]!.table = withEntry(this.nodes[node]!.table, id, list);
    return list;
  }

  /** What an instance does in the state at hand, which is met for the first time. */
  #resolve(cell: number, instance: number, root: number): number {
    const {delivery} = this.#transitions.instances[instance]!;
    return this.#transitions.resolve(instance, cell, delivery === null ? root : -1);
  }

  /** What an instance of a list does in the state at hand: where the leaf begins in the code, negative; or disabled. */
  leafOf(list: number, cell: number, instance: number): number {
    return this.#vector.walk(cell) || this.#resolve(cell, instance, this.lists[list + ROOT]!);
  }

  /**
   * Tells, for each leaf that applies to the state at hand, where it begins in the code. For one that gathers nothing.
   */
  forEach(tell: (leaf: number) => void): void {
    this.#tell(this.always, tell);
    this.places.forEach((place, n) => {
      this.#tell(this.list(n, this.#vector.idAt(place)), tell);
    });
  }

  #tell(list: number, tell: (leaf: number) => void): void {
    const first = list + ENTRIES;
    const end = first + 2 * this.lists[list + PAIRS]!;
    for (let at = first; at < end; at += 2) {
      const leaf = this.leafOf(list, this.lists[at]!, this.lists[at + 1]!);
      if (leaf !== DISABLED) tell(-leaf);
    }
  }

  /** A list of entries of which nothing was looked at but the root. */
  #first(entries: readonly Entry[], root: number): number {
    for (const {cell, instance} of entries) {
      if (this.#vector.memo.pool[cell] === 0) this.#resolve(cell, instance, root);
    }
    const {memo} = this.#vector;
    const contentOf = ({cell}: Entry): number => memo.pool[cell]!;
    if (!this.#gathers) {
      const enabled = entries.filter(entry => contentOf(entry) !== DISABLED);
      const pairs = enabled.map(entry => ({...entry, cell: contentOf(entry) < 0 ? contentOf(entry) : entry.cell}));
      return this.#write(root, [], pairs, []);
    }
    const leaves = entries.map(contentOf).filter(content => content < 0 && content !== DISABLED);
    const open = entries.filter(entry => contentOf(entry) > 0);
    const groups = new Map<number, Entry[]>();
    for (const entry of open) {
      const {delivery} = this.#transitions.instances[entry.instance]!;
      const next = delivery === null ? this.#vector.memberships.baseOf(memo.pool[contentOf(entry)]!) : -1;
      if (groups.has(next)) groups.get(next)!.push(entry);
      else groups.set(next, [entry]);
    }
    const together = [...groups].filter(([place, group]) => place >= 0 && group.length > 1);
    const apart = [...groups].filter(([place, group]) => place < 0 || group.length === 1);
    const nodes = together.map(([place, group]) => {
      const node = {place, root, entries: group, apart: this.#write(root, [], group, []), table: new Int32Array(16)};
      return this.nodes.push(node) - 1;
    });
    return this.#write(
      root,
      leaves.map(content => -content),
      apart.flatMap(([, group]) => group),
      nodes,
    );
  }

  #write(root: number, leaves: readonly number[], pairs: readonly Entry[], nodes: readonly number[]): number {
    const {code} = this.#transitions;
    const bits = (word: number) => leaves.reduce((sum, leaf) => sum | code[leaf + 3 + word]!, 0);
    const hasBit = (leaf: number) => (code[leaf + 3]! | code[leaf + 4]!) !== 0;
    const bitless = leaves.filter(leaf => !hasBit(leaf));
    const words = [
      bits(0),
      bits(1),
      leaves.reduce((sum, leaf) => sum + code[leaf + 2]!, 0),
      this.begins.length,
      root,
      bitless.length,
      leaves.length,
      pairs.length,
      nodes.length,
      (bitless.length + pairs.length > 0 ? 1 : 0) | (nodes.length > 0 ? NODES_IN : 0),
      ...bitless,
      ...leaves.filter(hasBit),
      ...pairs.flatMap(({cell, instance}) => [cell, instance]),
      ...nodes,
    ];
    const at = this.#top;
    this.#top += words.length;
    this.lists = grown(this.lists, this.#top);
    this.lists.set(words, at);
    this.begins.push(at);
    return at;
  }
}

const withEntry = (table: Int32Array, id: number, list: number): Int32Array => {
  const roomy = grown(table, id);
  roomy[id] = list;
  return roomy;
};
