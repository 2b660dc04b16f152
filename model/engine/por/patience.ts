/** States after which it is asked whether trying pays. */
const TRIAL = 256;
/**
 * What share of the actions that apply has to be left out for it to pay: looking for what can be left out takes time.
 */
const WORTHWHILE = 1 / 4;

/** Whether to look for what can be left out, or to expand states in full: where it does not pay, ever more rarely. */
export class Patience {
  /** How many states are to be expanded in full before the next try. */
  resting = 0;
  #rest = TRIAL;
  #tried = 0;
  #offered = 0;
  #taken = 0;

  /** A state was tried: of so many actions that apply, so many had to be taken. */
  note(offered: number, taken: number): void {
    this.#offered += offered;
    this.#taken += taken;
    if (++this.#tried < TRIAL) return;
    const pays = this.#offered - this.#taken >= WORTHWHILE * this.#offered;
    this.resting = pays ? 0 : this.#rest;
    this.#rest = pays ? TRIAL : 2 * this.#rest;
    this.#tried = 0;
    this.#offered = 0;
    this.#taken = 0;
  }
}
