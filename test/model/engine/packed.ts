import fc from 'fast-check';
import {type Layout, layoutOf, pack, unpack} from '../../../model/engine/layout.js';

/** Bits of the slots of a state: one or two words mostly, and more. */
export const bits: fc.Arbitrary<readonly number[]> = fc.oneof(
  fc.array(fc.integer({min: 0, max: 6}), {maxLength: 6}),
  fc.array(fc.integer({min: 0, max: 12}), {minLength: 1, maxLength: 6, size: 'max'}),
  fc.array(fc.integer({min: 0, max: 20}), {minLength: 1, maxLength: 12, size: 'max'}),
  fc.array(fc.integer({min: 0, max: 31}), {minLength: 1, maxLength: 8, size: 'max'}),
);

/** The ids of one state in a layout of these bits; the extremes are likely. */
export const idsFor = (bits: readonly number[]): fc.Arbitrary<readonly number[]> =>
  fc.tuple(...bits.map(width => fc.oneof(fc.constant(0), fc.constant(2 ** width - 1), fc.nat(2 ** width - 1))));

export const packed = (layout: Layout, states: readonly (readonly number[])[]): Int32Array => {
  const words = new Int32Array(states.length * layout.words);
  for (const [i, ids] of states.entries()) pack(layout, Int32Array.from(ids), words, i * layout.words);
  return words;
};

export const unpacked = (layout: Layout, words: Int32Array, count: number): readonly (readonly number[])[] =>
  Array.from({length: count}, (_, i) => {
    const ids = new Int32Array(layout.bits.length);
    unpack(layout, words, i * layout.words, ids);
    return [...ids];
  });

/** Several states of one layout, many of them equal or neighbours. */
export const layoutAndStates = (
  maxLength: number,
): fc.Arbitrary<{layout: Layout; states: readonly (readonly number[])[]}> =>
  bits.chain(widths =>
    fc.array(idsFor(widths), {maxLength, size: 'max'}).map(states => ({layout: layoutOf(widths), states})),
  );
