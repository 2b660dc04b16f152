import {shown} from './flaw.js';
import type {Parameters} from './outcome.js';
import {checkFunction, plainList} from './settings.js';
import type {Read} from './system.js';

/** One instance per value. Any plain value will do, a list as well. */
export type Each<A> = {readonly each: readonly A[]};

/** Every combination of an element of each list. */
export type Product<P extends readonly unknown[]> = {readonly lists: {readonly [I in keyof P]: readonly P[I][]}};
export type EachOf<P extends readonly unknown[]> = {readonly each: Product<P>};

/**
 * What a function of an instance is given; `each` alone says what P is. It may take fewer parameters, which the type
 * checker does not let it where this is `NoInfer<P>`.
 */
export type Given<P extends readonly unknown[]> = Extract<P, P>;

/** One instance per combination of an element of each list, the last list's changing fastest. */
export const product = <P extends readonly unknown[]>(
  ...lists: {readonly [I in keyof P]: readonly P[I][]}
): Product<P> => ({lists});

/** How a predicate of states is declared: by name, with its instances where it has parameters. */
export type Predicate = {
  (name: string, holds: (read: Read) => boolean): void;
  <P extends readonly unknown[]>(
    name: string,
    settings: EachOf<P>,
    holds: (read: Read, ...parameters: Given<P>) => boolean,
  ): void;
  <A>(name: string, settings: Each<A>, holds: (read: Read, a: A) => boolean): void;
};

const listsOf = (what: string, {each}: {readonly each?: unknown}): readonly (readonly unknown[])[] => {
  if (Array.isArray(each)) return [each];
  const lists: unknown = (each as Partial<Product<readonly unknown[]>> | null | undefined)?.lists;
  if (Array.isArray(lists)) return lists;
  throw new RangeError(`each of ${what} is a list of values, or product(...) of lists, not ${shown(each)}`);
};

/**
 * The parameters of every instance: one empty tuple where `settings` says nothing of `each`. Throws a RangeError where
 * it is nonsense, or one of the functions, which is given `before` arguments in front of them, names more.
 */
export const instancesOf = (
  what: string,
  settings: {readonly each?: unknown},
  functions: readonly unknown[],
  before = 1,
): readonly Parameters[] => {
  const lists = 'each' in settings ? listsOf(what, settings) : [];
  for (const each of functions) checkFunction(what, each, before + lists.length);
  return lists.reduce<readonly Parameters[]>(
    (all, list) => {
      const values = plainList(`each of ${what}`, list) as Parameters;
      return all.flatMap(tuple => values.map(value => [...tuple, value]));
    },
    [[]],
  );
};
