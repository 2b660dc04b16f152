// Values that are computed from the state.

import type {Owner} from './outcome.js';
import {type Plain, range} from './plain.js';
import {checkFunction, plainList} from './settings.js';
import {type Family, familyOf, memberName, type Readable} from './slots.js';
import type {DerivedDefinition, Read} from './system.js';

/** Slots that one derived value of a fold reads. */
const FOLDED_AT_ONCE = 3;

/** The declarations, and what was declared; `sortNamed` takes down a name and answers the number of its sort. */
export const derivations = (owner: Owner, sortNamed: (name: string) => number) => {
  const derived: DerivedDefinition[] = [];

  const derive = <T>(name: string, value: (read: Read) => T): Readable<T> => {
    checkFunction(`derived value ${name}`, value, 1);
    const at = derived.push({name, sort: sortNamed(name), value}) - 1;
    return {index: -at - 1, name, owner};
  };

  const m = {
    /** A value computed from the state: remembered, not stored. */
    derive,

    /** One derived value per key. */
    derives: <K extends Plain, T>(
      name: string,
      keys: readonly K[],
      value: (read: Read, key: K) => T,
    ): Family<K, Readable<T>> =>
      familyOf(
        name,
        keys,
        plainList(`the keys of ${name}`, keys).map(key => derive(memberName(name, key), read => value(read, key))),
      ),

    /**
     * A value over many slots, taken a few at a time, so that remembering it costs a sum of their sizes, not the
     * product.
     */
    fold: <T, A>(
      name: string,
      members: readonly Readable<T>[],
      initial: A,
      step: (accumulated: A, value: T, index: number) => A,
    ): Readable<A> => {
      const starts = range(Math.ceil(members.length / FOLDED_AT_ONCE)).map(n => n * FOLDED_AT_ONCE);
      return (
        starts.reduce<Readable<A> | null>((before, start) => {
          const end = Math.min(members.length, start + FOLDED_AT_ONCE);
          return derive(end === members.length ? name : `${name}[${end - 1}]`, read =>
            members
              .slice(start, end)
              .reduce((sum, member, i) => step(sum, read(member), start + i), before === null ? initial : read(before)),
          );
        }, null) ?? derive(name, () => initial)
      );
    },
  };

  return {m, derived};
};
