type AnyFunction = (...given: never[]) => unknown;

/** Numbers functions: those of one text are alike, and have one number. A text is asked for once a function. */
export class Alike {
  readonly #byText = new Map<string, number>();
  readonly #known = new WeakMap<AnyFunction, number>();

  numberOf(each: AnyFunction): number {
    const known = this.#known.get(each);
    if (known !== undefined) return known;
    const text = String(each);
    const number = this.#byText.get(text) ?? this.#byText.size;
    this.#byText.set(text, number);
    this.#known.set(each, number);
    return number;
  }
}
