/** Whole numbers from 0, one after another, each in as few bytes as the largest of them needs. */
export class Labels {
  values: Uint8Array | Uint16Array | Int32Array;
  #most = 0xff;

  constructor(length: number) {
    this.values = new Uint8Array(length);
  }

  set(at: number, label: number): void {
    if (label > this.#most) this.#widen(label);
    this.values[at] = label;
  }

  #widen(label: number): void {
    this.#most = label <= 0xffff ? 0xffff : 0x7fffffff;
    const {values} = this;
    this.values = this.#most === 0xffff ? new Uint16Array(values.length) : new Int32Array(values.length);
    this.values.set(values);
  }
}
