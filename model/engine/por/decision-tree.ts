import {type Readable, seenIn} from '../../define/slots.js';
import type {Read} from '../../define/system.js';

/** Where values come from: places, each with those that it may have. */
export type Domain = {
  /** Number of places. */
  readonly width: number;
  readonly placeOf: (readable: Readable<unknown>) => number;
  /** A value that a place may have, which is read from now on. */
  readonly first: (place: number) => number;
  /** The value with this id. Throws where it could not be worked out. */
  readonly valueOf: (place: number, id: number) => unknown;
  /** Tells of every value that a place may have, now and later. */
  readonly watch: (place: number, watcher: (id: number) => void) => void;
  readonly later: (task: () => void) => void;
  readonly giveUp: (why: string) => void;
};

/**
 * A value that a function read. Places of the state after a step come after all those of the state before it. Where it
 * only looked for elements in a set, `sought` has their texts: whatever else is in the set, it does the same.
 */
export type Reading = {readonly place: number; readonly id: number; readonly sought: ReadonlySet<string> | null};

/** A place and what is found there, which a function is to read. */
type Given = Omit<Reading, 'sought'>;

/** A value that was read as a whole. */
export const readAt = (path: readonly Reading[], place: number): Reading | undefined =>
  path.find(reading => reading.place === place && reading.sought === null);

/** What a function answers in one situation: where it reads these values, in this order, whatever the others are. */
export type Leaf<A> = {readonly serial: number; readonly path: readonly Reading[]; readonly answer: A};

/** What a function reads next, and by the id of what it finds there how it goes on. */
export type Node<A> = {readonly serial: number; readonly place: number; readonly children: Map<number, Branch<A>>};

export type Branch<A> = Node<A> | Leaf<A>;

export const isLeaf = <A>(branch: Branch<A>): branch is Leaf<A> => 'path' in branch;

/** Asks a function, and never throws. When it answers, `path` holds what was read on the way. */
export type Ask<A> = (before: Read, after: Read, path: readonly Reading[]) => A;

/**
 * A function of the state as a tree: asked with every combination of the values that the places which it reads may
 * have. It grows when a place may take one more.
 */
export class DecisionTree<A> {
  readonly leaves: Leaf<A>[] = [];
  readonly nodes: Node<A>[] = [];
  root: Branch<A> | null = null;
  readonly #domain: Domain;
  readonly #ask: Ask<A>;
  readonly #found: (leaf: Leaf<A>) => void;
  #serials = 0;

  /** `found` hears of every leaf. */
  constructor(
    domain: Domain,
    readonly name: string,
    ask: Ask<A>,
    found: (leaf: Leaf<A>) => void = () => {},
  ) {
    this.#domain = domain;
    this.#ask = ask;
    this.#found = found;
  }

  begin(): void {
    this.#grow([]);
  }

  /**
   * Asks the function where it reads these values first, and has it asked later wherever it may find others after
   * them.
   */
  #grow(given: readonly Given[]): void {
    const path: Reading[] = [];
    const answer = this.#ask(this.#reader(0, given, path), this.#reader(this.#domain.width, given, path), path);
    if (path.length < given.length) {
      this.#distrust();
      return;
    }
    const leaf = {serial: this.#serials++, path, answer};
    this.leaves.push(leaf);
    let parent: Node<A> | null = null;
    for (let depth = 0; depth < path.length; depth++) {
      const {place} = path[depth]!;
      const known: Branch<A> | null = parent === null ? this.root : (parent.children.get(path[depth - 1]!.id) ?? null);
      if (known !== null && (isLeaf(known) || known.place !== place)) {
        this.#distrust();
        return;
      }
      const node: Node<A> = known ?? this.#branch(place, path.slice(0, depth));
      if (known === null) this.#attach(parent, path[depth - 1], node);
      parent = node;
    }
    this.#attach(parent, path.at(-1), leaf);
    this.#found(leaf);
  }

  #attach(parent: Node<A> | null, reading: Reading | undefined, branch: Branch<A>): void {
    if (parent === null) this.root = branch;
    else parent.children.set(reading!.id, branch);
  }

  #branch(place: number, path: readonly Given[]): Node<A> {
    const node: Node<A> = {serial: this.#serials++, place, children: new Map()};
    this.nodes.push(node);
    const domain = this.#domain;
    domain.watch(place % domain.width, id =>
      domain.later(() => {
        if (!node.children.has(id)) this.#grow([...path, {place, id}]);
      }),
    );
    return node;
  }

  #reader(offset: number, given: readonly Given[], path: Reading[]): Read {
    const domain = this.#domain;
    return readable => {
      const at = domain.placeOf(readable);
      const place = offset + at;
      const n = path.findIndex(reading => reading.place === place);
      const id = path[n]?.id ?? this.#idAt(place, at, given[path.length]);
      const reading = {place, id, sought: soughtBy(readable, path[n])};
      if (n < 0) path.push(reading);
      else path[n] = reading;
      return seenIn(domain.valueOf(at, id), readable) as never;
    };
  }

  /** What is found at a place that was not read before. */
  #idAt(place: number, at: number, expected: Given | undefined): number {
    if (expected?.place === place) return expected.id;
    if (expected !== undefined) this.#distrust();
    return this.#domain.first(at);
  }

  #distrust(): void {
    this.#domain.giveUp(`${this.name} reads the state in another order for the same values`);
  }
}

/** The places that a tree reads, as places of the state before a step. */
export const placesIn = (root: Branch<unknown> | null, width: number, found = new Set<number>()): Set<number> => {
  if (root === null || isLeaf(root)) return found;
  found.add(root.place % width);
  for (const child of root.children.values()) placesIn(child, width, found);
  return found;
};

/** What is looked for by now in a value that was read before, or was not; null where all of it is read. */
const soughtBy = ({sought}: Readable<unknown>, before: Reading | undefined): ReadonlySet<string> | null =>
  sought === undefined || before?.sought === null
    ? null
    : new Set([...(before?.sought ?? []), JSON.stringify(sought[0])]);
