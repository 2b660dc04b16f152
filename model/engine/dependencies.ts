/**
 * Who depends on slots: one bit each that was ever seen (two slots may share one); and on whether elements are in the
 * sets that other slots hold: the place of each such question.
 */
export type Dependent = {dependencies: number; readonly sought: Set<number>};

/** On what derived values were ever seen to depend. Places are slots, then derived values; `width` of them. */
export class Dependencies {
  /** By derived place: the slots, one bit each. */
  readonly slots: Int32Array;
  /** By derived place: the places that it reads itself, one bit each. */
  readonly direct: Int32Array;
  /** Does every derived value read only such as come before it? */
  isOrdered = true;
  /** How often someone, or a derived value, was seen to depend on more slots than before. */
  widened = 0;
  readonly #slotCount: number;
  readonly #width: number;
  /** By derived place: who was ever seen to read it, be it another. What it depends on, they depend on. */
  readonly #readers: readonly Set<number | Dependent>[];

  constructor(slotCount: number, width: number) {
    this.#slotCount = slotCount;
    this.#width = width;
    this.slots = new Int32Array(width);
    this.direct = new Int32Array(width);
    this.#readers = Array.from({length: width}, () => new Set());
  }

  /** Notes that someone, or the derived value of a place, has read places of either copy of the state. */
  note(who: number | Dependent, read: readonly number[]): void {
    for (const place of read) {
      const at = place >= this.#width ? place - this.#width : place;
      if (at >= this.#slotCount) this.#readers[at]!.add(who);
      if (typeof who === 'number') {
        this.direct[who]! |= 1 << at;
        this.isOrdered &&= at < who;
      }
      this.#widen(who, at < this.#slotCount ? 1 << at : this.slots[at]!);
    }
  }

  /** Notes that someone asks whether an element is in a set; `place` is that of the question. */
  seek(who: Dependent, place: number): void {
    if (who.sought.has(place)) return;
    who.sought.add(place);
    this.widened++;
  }

  #widen(who: number | Dependent, slots: number): void {
    const known = typeof who === 'number' ? this.slots[who]! : who.dependencies;
    if ((known | slots) === known) return;
    this.widened++;
    if (typeof who !== 'number') {
      who.dependencies = known | slots;
      return;
    }
    this.slots[who] = known | slots;
    for (const reader of this.#readers[who]!) this.#widen(reader, slots);
  }
}
