/** A whole number from 0 to before `bound` (at most 2^32), each as likely as any other. */
export type Random = (bound: number) => number;

/** Words of 32 bits: xoshiro128** 1.1 by Blackman and Vigna, from a state that is not all zero. */
export const xoshiro = (state: readonly [number, number, number, number]): (() => number) => {
  let [a, b, c, d] = state;
  return () => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return result;
  };
};

const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** One step of splitmix32: scatters the words that it is given over all words, each to one of its own. */
const scattered = (word: number): number => {
  let z = (word + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return z ^ (z >>> 15);
};

/**
 * Random numbers that depend on a seed (a whole number from 0 to 2^53 - 1), on the number of a stream, and on nothing
 * else.
 */
export const generatorOf = (seed: number, stream: number): Random => {
  const a = scattered(scattered(scattered(seed | 0) ^ Math.floor(seed / 2 ** 32)) ^ stream);
  const b = scattered(a);
  const c = scattered(b);
  const next = xoshiro([a, b, c, scattered(c) | 1]);
  return bound => {
    // The words that would favour small numbers are drawn anew.
    const limit = 2 ** 32 - (2 ** 32 % bound);
    let word = next();
    while (word >= limit) word = next();
    return word % bound;
  };
};
