import type {Instance} from './analysis.js';
import type {Bearings} from './bearings.js';
import {addBit, type Bits, countBeyond, hasBit, noBits} from './bits.js';
import {drives} from './quiescence.js';
import type {Stubborn} from './stubborn.js';

/** So many sets of one state are tried, before all of its actions are taken. */
const MAX_TRIED = 4;

/** The stubborn sets to try in the state at hand, in the order in which to try them. */
export class Candidates {
  readonly #stubborn: Stubborn;
  readonly #bearings: Bearings;
  readonly #none: Bits;
  readonly #mustDrive: boolean;

  /** `mustDrive`: is anything said of quiescent states? */
  constructor(stubborn: Stubborn, bearings: Bearings, instances: number, mustDrive: boolean) {
    this.#stubborn = stubborn;
    this.#bearings = bearings;
    this.#none = noBits(instances);
    this.#mustDrive = mustDrive;
  }

  /**
   * Small sets first, one with a single enabled instance as soon as it is found. None that holds all who are enabled.
   */
  *of(all: readonly Instance[], enabled: Bits): Generator<Bits> {
    const larger: {readonly set: Bits; readonly size: number}[] = [];
    const hopeless = this.#none.slice();
    for (const seed of all) {
      if (this.#mustDrive && !drives(seed, this.#bearings.situation(seed))) continue;
      if (larger.some(({set, size}) => size === 2 && hasBit(set, seed.number))) continue;
      const set = this.#stubborn.around(seed, enabled, hopeless, all.length);
      if (set === null) {
        addBit(hopeless, seed.number);
        continue;
      }
      const size = countBeyond(set, enabled, this.#none);
      if (size === 1) yield set;
      else larger.push({set, size});
    }
    larger.sort((a, b) => a.size - b.size);
    for (const {set} of larger.slice(0, MAX_TRIED)) yield set;
  }
}
