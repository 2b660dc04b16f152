// A set is a sorted list without repetition: plain data, and equal sets are equal as JSON.

export const setOf = <T extends string>(members: Iterable<T>): readonly T[] => [...new Set(members)].sort();

export const union = <T extends string>(a: readonly T[], b: readonly T[]): readonly T[] => setOf([...a, ...b]);

export const intersection = <T extends string>(a: readonly T[], b: readonly T[]): readonly T[] =>
  a.filter(member => b.includes(member));

export const difference = <T extends string>(a: readonly T[], b: readonly T[]): readonly T[] =>
  a.filter(member => !b.includes(member));
