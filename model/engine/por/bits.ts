/** A set of small whole numbers, one bit each. */
export type Bits = Int32Array;

/** Room for the numbers below `size`. */
export const noBits = (size: number): Bits => new Int32Array((size + 31) >>> 5);

export const addBit = (bits: Bits, n: number): void => {
  bits[n >>> 5]! |= 1 << (n & 31);
};

export const hasBit = (bits: Bits, n: number): boolean => ((bits[n >>> 5]! >>> (n & 31)) & 1) === 1;

/** Adds what `more` holds. */
export const addBits = (bits: Bits, more: Bits): void => {
  for (let w = 0; w < bits.length; w++) bits[w]! |= more[w]!;
};

/** How many bits of a word are set. */
export const bitsIn = (word: number): number => {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

/** How many of the numbers in `bits`, and in `among`, are not in `except`. */
export const countBeyond = (bits: Bits, among: Bits, except: Bits): number => {
  let count = 0;
  for (let w = 0; w < bits.length; w++) count += bitsIn(bits[w]! & among[w]! & ~except[w]!);
  return count;
};
