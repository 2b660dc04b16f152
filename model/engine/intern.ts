import {flaw, frozen, isFrozen, shown} from '../define/flaw.js';
import {ModelError} from './errors.js';

/** The text of a value with every object's keys in order: equal for values that differ in key order only. */
const orderless = (value: unknown): string =>
  JSON.stringify(value, (_, field: unknown) =>
    typeof field === 'object' && field !== null && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1)))
      : field,
  );

/**
 * The values that the slots of one family have held so far; a value's id is its place in the list.
 * Values are deep-frozen when they are first seen, so a model that mutates one fails at once.
 */
export class Sort {
  readonly values: unknown[] = [];
  readonly #ids = new Map<string, number>();
  readonly #orderless = new Map<string, string>();
  readonly #known = new WeakMap<object, number>();

  /** Where threads share their values: makes the value of this text known to all of them, and learns theirs. */
  share: ((text: string, value: unknown) => void) | null = null;

  /** `news` counts the values that all sorts together have met. */
  constructor(
    readonly name: string,
    readonly news: {count: number} = {count: 0},
  ) {}

  /**
   * The id of a value, given to the slot of this name. Throws a ModelError when it is not plain data, or differs from a
   * known value in key order only.
   */
  id(value: unknown, name = this.name): number {
    if (typeof value === 'object' && value !== null) {
      const known = this.#known.get(value);
      if (known !== undefined) return known;
    }
    const found = flaw(value);
    if (found !== null) throw new ModelError(`${name} was given ${found}, which is not plain data: ${shown(value)}`);
    const text = JSON.stringify(value);
    const id = this.#ids.get(text) ?? this.#add(value, text, name);
    if (typeof value === 'object' && value !== null && isFrozen(value)) this.#known.set(value, id);
    return id;
  }

  /** The texts of the values, by id. */
  get texts(): IterableIterator<string> {
    return this.#ids.keys();
  }

  knows(text: string): boolean {
    return this.#ids.has(text);
  }

  /** Gives a new value the next id. */
  learn(text: string, value: unknown): number {
    frozen(value);
    const id = this.values.push(value) - 1;
    this.#ids.set(text, id);
    this.news.count++;
    return id;
  }

  #add(value: unknown, text: string, name: string): number {
    if (text.includes('{')) {
      const canonical = orderless(value);
      const twin = this.#orderless.get(canonical);
      if (twin !== undefined && twin !== text) {
        throw new ModelError(`${name} was given two values that differ in the order of keys only: ${twin} and ${text}`);
      }
      this.#orderless.set(canonical, text);
    }
    if (this.share === null) return this.learn(text, value);
    this.share(text, value);
    return this.#ids.get(text)!;
  }
}
