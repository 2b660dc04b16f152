/**
 * These numbers where they have a place `at`; else a copy that has it, twice as long at least, so that whoever adds one
 * by one copies little.
 */
export const grown = <A extends Int32Array | Float64Array>(numbers: A, at: number): A => {
  if (at < numbers.length) return numbers;
  const larger = new (numbers.constructor as new (length: number) => A)(Math.max(2 * numbers.length, at + 1));
  larger.set(numbers);
  return larger;
};
