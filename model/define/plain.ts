/**
 * Plain data: what a state is made of. It survives JSON, so equal values have equal texts.
 * Sets are sorted lists; absence is `null`; there is no `undefined`, `NaN`, `-0`, `Map`, `Set`, `Date` or class
 * instance.
 */
export type Plain = null | boolean | number | string | readonly Plain[] | {readonly [key: string]: Plain};

/** Are two plain values equal? Key order matters, as it does for the explorer's states. */
export const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** Is `value` an element of `values`, by structure? */
export const has = <T>(values: readonly T[], value: T): boolean =>
  typeof value === 'object' && value !== null ? values.some(other => same(other, value)) : values.includes(value);

/** The order in which sets keep their elements: by JSON text. */
const inTextOrder = (a: unknown, b: unknown): number => {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** The elements in set order, each once. */
export const setOf = <T>(values: readonly T[]): readonly T[] => {
  const sorted = [...values].sort(inTextOrder);
  return sorted.filter((value, i) => i === 0 || !same(value, sorted[i - 1]));
};

/** Elements in set order with one more among them. */
export const inserted = <T>(values: readonly T[], element: T): readonly T[] => {
  const text = JSON.stringify(element);
  const at = values.findIndex(other => JSON.stringify(other) > text);
  return at < 0 ? [...values, element] : [...values.slice(0, at), element, ...values.slice(at)];
};

/** The elements in set order, repetitions kept. */
export const bagOf = <T>(values: readonly T[]): readonly T[] => [...values].sort(inTextOrder);

/** `values` without the first element that equals `value`. */
export const without = <T>(values: readonly T[], value: T): readonly T[] => {
  const at = values.findIndex(other => same(other, value));
  return at < 0 ? values : [...values.slice(0, at), ...values.slice(at + 1)];
};

/** The integers 0 to `count` - 1. */
export const range = (count: number): readonly number[] => Array.from({length: count}, (_, i) => i);

/** Every subset of `values`, the empty one first. */
export const subsets = <T>(values: readonly T[]): readonly (readonly T[])[] =>
  values.reduce<readonly (readonly T[])[]>((all, value) => [...all, ...all.map(subset => [...subset, value])], [[]]);

/** Every way to divide `values` into parts, none of them empty, the undivided one first; parts keep the order. */
export const partitions = <T>(values: readonly T[]): readonly (readonly (readonly T[])[])[] =>
  values.reduce<readonly (readonly (readonly T[])[])[]>(
    (all, value) =>
      all.flatMap(parts => [
        ...parts.map((_, chosen) => parts.map((part, index) => (index === chosen ? [...part, value] : part))),
        [...parts, [value]],
      ]),
    [[]],
  );
