import type {Update} from '../define/outcome.js';
import type {Step} from './commute.js';
import {ModelError, saidBy, shown} from './errors.js';
import type {Sort} from './intern.js';
import {refusePromise, shielded} from './shield.js';

/** One function for each update, in order. */
type Functions = readonly Update['apply'][];

/** So many that were met are kept, to be compared on values that come. */
const MAX_KEPT = 4;
/** New ones are compared on so many values that came before. */
const MAX_COMPARED = 2;
/** So many are all compared, and then every so many. */
const ALWAYS_COMPARE = 500;
const COMPARE_EVERY = 16;

/**
 * Updates of a slot by one name, text and argument. They are taken for one and the same, which functions that capture
 * something need not be: those that were met are compared now and then, and refused where they disagree.
 */
export class Updating {
  readonly #sort: Sort;
  readonly #what: string;
  readonly #arguments: readonly unknown[];
  readonly #kept: Functions[];
  /** Ids on which all that are kept agree. */
  readonly #ids: number[] = [];
  #met = 0;

  /** `what` names the slot and the updates; `steps` are what they do to it, where that is known. */
  constructor(
    sort: Sort,
    what: string,
    functions: Functions,
    given: readonly unknown[],
    readonly steps: readonly Step[] | null,
  ) {
    this.#sort = sort;
    this.#what = what;
    this.#kept = [functions];
    this.#arguments = given;
  }

  /** The id that the updates make of an id. */
  apply(id: number): number {
    const [first, ...others] = this.#kept;
    const to = this.#run(first!, id);
    for (const each of others) this.#compare(each, id, to);
    if (this.#ids.length < MAX_COMPARED) this.#ids.push(id);
    return to;
  }

  /** The same updates once more, in a state in which the slot has this id. */
  meet(functions: Functions, id: number): void {
    if (this.#kept.some(kept => kept.every((each, i) => each === functions[i]))) return;
    const met = this.#met++;
    if (met > ALWAYS_COMPARE && met % COMPARE_EVERY !== 0) return;
    for (const each of new Set([id, ...this.#ids])) this.#compare(functions, each, this.#run(this.#kept[0]!, each));
    if (this.#kept.length < MAX_KEPT) this.#kept.push(functions);
    else this.#kept[1 + (met % (MAX_KEPT - 1))] = functions;
  }

  #compare(functions: Functions, id: number, to: number): void {
    const other = this.#run(functions, id);
    if (other === to) return;
    const {values} = this.#sort;
    const both = `${shown(values[to])} and ${shown(values[other])}`;
    throw this.#blamed(
      `it made ${both} of the same value and argument; what the function captures belongs into its argument`,
      id,
    );
  }

  #run(functions: Functions, id: number): number {
    const value = this.#sort.values[id];
    try {
      const run = () => functions.reduce((now, f, i) => f(now as never, this.#arguments[i] as never), value);
      const to = shielded(run);
      refusePromise(to);
      return this.#sort.id(to);
    } catch (error) {
      throw this.#blamed(saidBy(error), id);
    }
  }

  #blamed(said: string, id: number): ModelError {
    return new ModelError(`in an update of ${this.#what}: ${said} (value ${shown(this.#sort.values[id])})`);
  }
}
