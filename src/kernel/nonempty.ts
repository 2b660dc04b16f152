/** A list with at least one element. What a relation answers is one, so "never empty" is a type. */
export type NonEmpty<T> = readonly [T, ...T[]];

/** The list itself where it has an element, else null. */
export const nonEmpty = <T>([first, ...rest]: readonly T[]): NonEmpty<T> | null =>
  first === undefined ? null : [first, ...rest];

/** Maps every element; what comes out has as many. */
export const mapAll = <A, B>([first, ...rest]: NonEmpty<A>, f: (value: A) => B): NonEmpty<B> => [
  f(first),
  ...rest.map(value => f(value)),
];

export const flatMapAll = <A, B>([first, ...rest]: NonEmpty<A>, f: (value: A) => NonEmpty<B>): NonEmpty<B> => {
  const [head, ...tail] = f(first);
  return [head, ...tail, ...rest.flatMap(value => f(value))];
};

export const append = <T>(list: readonly T[], last: T): NonEmpty<T> => nonEmpty([...list, last]) ?? [last];
