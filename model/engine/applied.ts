import {grown} from './grown.js';

/** The leaves that apply to the state at hand, counted when the state is done: one that is begun anew counts once. */
export class Applied {
  /** By leaf: how many states it applied to. */
  hits = new Float64Array(1024);
  /** Where they begin in the code: the first `count`. */
  places = new Int32Array(64);
  count = 0;

  /** A new state is at hand. */
  clear(): void {
    this.count = 0;
  }

  /** Notes that the leaf at this place of the code applies. */
  note(place: number): void {
    if (this.count === this.places.length) this.places = grown(this.places, this.count);
    this.places[this.count++] = place;
  }

  /** The state at hand is done: counts its leaves, and answers how many outcomes they have together. */
  settle(code: Int32Array): number {
    let outcomes = 0;
    for (let i = 0; i < this.count; i++) {
      const place = this.places[i]!;
      const leaf = code[place]!;
      outcomes += code[place + 2]!;
      if (leaf >= this.hits.length) this.hits = grown(this.hits, leaf);
      this.hits[leaf]! += 1;
    }
    return outcomes;
  }
}
