import {frozen} from '../define/flaw.js';
import {has} from '../define/plain.js';
import type {Step} from './commute.js';
import type {Dependent} from './dependencies.js';
import {grown} from './grown.js';
import type {Sort} from './intern.js';

/** The ids of the two answers. */
const OUT = 0;
const IN = 1;

/** Who looks for an element, by name, in sets of a sort. */
type Sought = {readonly name: string; readonly element: unknown; readonly sets: Sort};

/**
 * Whether elements are in the sets that places hold. Each such question is a place of its own, after all others, with
 * two values: so what a function does is remembered by the answer, whatever else is in the set.
 */
export class Memberships {
  /** By number: the place of the set. */
  readonly #bases: number[] = [];
  /** By number, and id of the set: the id of the answer and one; 0 where nobody has looked. */
  readonly #tables: Int32Array[] = [];
  readonly #sought: Sought[] = [];
  readonly #known = new Map<string, number>();
  readonly #ids: Int32Array;

  /** `ids` are those of all other places. */
  constructor(ids: Int32Array) {
    this.#ids = ids;
  }

  /** The place of a question about the set at the place `base`. */
  place(base: number, sought: Sought): number {
    const text = `${base} ${JSON.stringify(sought.element)}`;
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    frozen(sought.element);
    const place = this.#ids.length + this.#sought.push(sought) - 1;
    this.#bases.push(base);
    this.#tables.push(new Int32Array(16));
    this.#known.set(text, place);
    return place;
  }

  /** The place whose value decides what is found at a place: that of the set, or itself. */
  baseOf(place: number): number {
    return place < this.#ids.length ? place : this.#bases[place - this.#ids.length]!;
  }

  /** Does someone look in the set of a slot for an element that these steps put in or take out? Null may be any. */
  isTouched({sought}: Dependent, slot: number, steps: readonly Step[] | null): boolean {
    return [...sought].some(
      place =>
        this.baseOf(place) === slot &&
        (steps === null || steps.some(({element}) => this.#known.get(`${slot} ${element}`) === place)),
    );
  }

  /** The id of the answer in the state at hand. */
  id(place: number): number {
    const n = place - this.#ids.length;
    const set = this.#ids[this.#bases[n]!]!;
    const table = this.#tables[n]!;
    const known = set < table.length ? table[set]! : 0;
    return known === 0 ? this.#look(n, set) : known - 1;
  }

  #look(n: number, set: number): number {
    const {element, sets} = this.#sought[n]!;
    const answer = has(sets.values[set] as readonly unknown[], element) ? IN : OUT;
    const roomy = grown(this.#tables[n]!, set);
    roomy[set] = answer + 1;
    this.#tables[n] = roomy;
    return answer;
  }

  nameOf(place: number): string {
    return this.#sought[place - this.#ids.length]!.name;
  }
}

/** What the id of an answer stands for. */
export const isIn = (id: number): boolean => id === IN;
