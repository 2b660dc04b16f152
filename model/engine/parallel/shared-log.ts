import {ModelError} from '../errors.js';
import type {Sort} from '../intern.js';

/**
 * Room for the texts of values that are met while several threads search. Memory that is never written is never held.
 */
const LOG_BYTES = 2 ** 28;
const HEAD_BYTES = 8;

const LOCK = 0;
const USED = 1;

export type SharedValues = {readonly control: SharedArrayBuffer; readonly bytes: SharedArrayBuffer};

export const sharedValues = (): SharedValues => ({
  control: new SharedArrayBuffer(8),
  bytes: new SharedArrayBuffer(LOG_BYTES),
});

/**
 * One numbering of the values for all threads: an append-only log of [sort, length, text] that each thread reads into
 * its own sorts, always in the order of the log. A new value is appended under a lock, which is rare: a value is new
 * once.
 */
export class SharedLog {
  readonly #control: Int32Array;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  /** By number; null for the sorts of derived values, which each thread numbers for itself. */
  readonly #sorts: readonly (Sort | null)[];
  #read = 0;

  constructor({control, bytes}: SharedValues, sorts: readonly (Sort | null)[]) {
    this.#control = new Int32Array(control);
    this.#bytes = new Uint8Array(bytes);
    this.#view = new DataView(bytes);
    this.#sorts = sorts;
  }

  /** Writes what the sorts hold already; from now on every new value goes through the log. */
  found(): void {
    this.#sorts.forEach((sort, n) => {
      for (const text of sort?.texts ?? []) this.#append(n, text);
    });
    this.#read = Atomics.load(this.#control, USED);
    this.#listen();
  }

  /** Takes over what the log holds into sorts that hold nothing yet. */
  join(): void {
    this.catchUp();
    this.#listen();
  }

  /** Takes over what is left of the log; from now on new values are this thread's own. */
  leave(): void {
    this.catchUp();
    for (const sort of this.#sorts) if (sort !== null) sort.share = null;
  }

  /** Learns the values that other threads have met. */
  catchUp(): void {
    const used = Atomics.load(this.#control, USED);
    while (this.#read < used) {
      const sort = this.#sorts[this.#view.getInt32(this.#read)]!;
      const start = this.#read + HEAD_BYTES;
      const end = start + this.#view.getInt32(this.#read + 4);
      const text = Buffer.from(this.#bytes.slice(start, end)).toString();
      if (!sort.knows(text)) sort.learn(text, JSON.parse(text));
      this.#read = end;
    }
  }

  #listen(): void {
    this.#sorts.forEach((sort, n) => {
      if (sort !== null) sort.share = (text, value) => this.#publish(n, text, value);
    });
  }

  #publish(n: number, text: string, value: unknown): void {
    while (Atomics.compareExchange(this.#control, LOCK, 0, 1) !== 0) Atomics.wait(this.#control, LOCK, 1, 1);
    try {
      this.catchUp();
      const sort = this.#sorts[n]!;
      if (sort.knows(text)) return;
      sort.learn(text, value);
      this.#append(n, text);
      this.#read = Atomics.load(this.#control, USED);
    } finally {
      Atomics.store(this.#control, LOCK, 0);
      Atomics.notify(this.#control, LOCK, 1);
    }
  }

  #append(sort: number, text: string): void {
    const at = Atomics.load(this.#control, USED);
    const encoded = Buffer.from(text);
    if (at + HEAD_BYTES + encoded.length > LOG_BYTES) throw new ModelError('its slots have too many distinct values');
    this.#view.setInt32(at, sort);
    this.#view.setInt32(at + 4, encoded.length);
    this.#bytes.set(encoded, at + HEAD_BYTES);
    Atomics.store(this.#control, USED, at + HEAD_BYTES + encoded.length);
  }
}
