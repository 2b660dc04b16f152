import type {Vector} from '../vector.js';

/**
 * Writes the state with these ids of one vector as ids of another, value by value. The other learns values that it
 * lacks.
 */
export const translation = (from: Vector, to: Vector): ((ids: Int32Array) => Int32Array) => {
  const known = new Map(from.sortOf.map(sort => [sort, [] as number[]]));
  return ids =>
    ids.map((id, slot) => {
      const sort = from.sortOf[slot]!;
      const learned = known.get(sort)!;
      learned[id] ??= to.sortOf[slot]!.id(sort.values[id]);
      return learned[id];
    });
};
