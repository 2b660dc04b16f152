import type {Parameters} from './outcome.js';
import type {Plain} from './plain.js';
import type {Read} from './system.js';

/** One instance per value, or per element of the product of two lists. */
export type Each<A> = {readonly each: readonly A[]};
export type EachPair<A, B> = {readonly each: readonly [readonly A[], readonly B[]]};

/** How a predicate of states is declared: by name, with its instances where it has parameters. */
export type Predicate = {
  (name: string, holds: (read: Read) => boolean): void;
  <A, B>(name: string, settings: EachPair<A, B>, holds: (read: Read, a: A, b: B) => boolean): void;
  <A>(name: string, settings: Each<A>, holds: (read: Read, a: A) => boolean): void;
};

/** One tuple per instance: none given, one list, or the product of several lists. */
export const tuples = (each: readonly unknown[] | undefined): readonly Parameters[] => {
  if (each === undefined) return [[]];
  const isProduct = each.length > 0 && each.every(Array.isArray);
  const lists = (isProduct ? each : [each]) as readonly (readonly Plain[])[];
  return lists.reduce<readonly Parameters[]>((all, list) => all.flatMap(tuple => list.map(x => [...tuple, x])), [[]]);
};
