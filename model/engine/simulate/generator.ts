/** A whole number from 0 to before `bound` (at most 2^32), each as likely as any other. */
export type Random = (bound: number) => number;

const mixed = (word: number): number => {
  let z = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return z ^ (z >>> 15);
};

const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/**
 * Random numbers that depend on a seed (a whole number from 0 to 2^53 - 1) and on the number of a stream, and on nothing
 * else: xoshiro128** by Blackman and Vigna, begun with words from splitmix32.
 */
export const generatorOf = (seed: number, stream: number): Random => {
  let begin = mixed(mixed(mixed(seed | 0) ^ Math.floor(seed / 2 ** 32)) ^ stream);
  const word = (): number => {
    begin = (begin + 0x9e3779b9) | 0;
    return mixed(begin);
  };
  let [a, b, c, d] = [word(), word(), word(), word() | 1]; // never all zero

  const next = (): number => {
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

  return bound => {
    // The words that would favour small numbers are drawn anew.
    const limit = 2 ** 32 - (2 ** 32 % bound);
    let drawn = next();
    while (drawn >= limit) drawn = next();
    return drawn % bound;
  };
};
