import test from 'ava';
import fc from 'fast-check';
import {bitsFor, layoutOf, pack, repack, unpack} from '../../../model/engine/layout.js';
import {bits, idsFor, layoutAndStates, packed, unpacked} from './packed.js';

test('so many bits tell so many ids apart, and one less does not', t => {
  const sizes = [1, 2, 3, 4, 5, 255, 256, 257, 65536, 65537, 2 ** 31];
  t.deepEqual(sizes.map(bitsFor), [0, 1, 2, 2, 3, 8, 8, 9, 16, 17, 31]);
});

test('a packed state unpacks to its ids', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(layoutAndStates(20), ({layout, states}) => {
        t.deepEqual(unpacked(layout, packed(layout, states), states.length), states);
      }),
      {numRuns: 500},
    ),
  );
});

test('packing overwrites what was there, of one state and no other', t => {
  const widths = bits.filter(each => each.length > 0);
  const random = widths.chain(each => fc.tuple(fc.constant(each), idsFor(each)));
  t.notThrows(() =>
    fc.assert(
      fc.property(random, ([each, ids]) => {
        const layout = layoutOf(each);
        const {words} = layout;
        const states = new Int32Array(3 * words).fill(0x5a5a5a5a);
        pack(layout, Int32Array.from(ids), states, words);
        const again = new Int32Array(ids.length);
        unpack(layout, states, words, again);
        const untouched = [...states.slice(0, words), ...states.slice(2 * words)];
        return again.every((id, slot) => id === ids[slot]) && untouched.every(word => word === 0x5a5a5a5a);
      }),
      {numRuns: 500},
    ),
  );
});

test('the top bit of the last word is free in every state', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(bits, widths => {
        const layout = layoutOf(widths);
        const fullest = packed(layout, [widths.map(width => 2 ** width - 1)]);
        const top = fullest[layout.words - 1] ?? -1;
        return top >= 0 && top < 2 ** layout.topBits;
      }),
      {numRuns: 500},
    ),
  );
});

test('a state takes no more than twice the words that its bits need', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(bits, widths => {
        const total = widths.reduce((sum, width) => sum + width, 1);
        return layoutOf(widths).words <= 2 * Math.ceil(total / 32);
      }),
      {numRuns: 500},
    ),
  );
});

test('the same states in a layout with more bits have the same ids', t => {
  const random = layoutAndStates(20).chain(({layout, states}) =>
    fc.record({
      layout: fc.constant(layout),
      states: fc.constant(states),
      more: fc.array(fc.nat(9), {minLength: layout.bits.length, maxLength: layout.bits.length}),
    }),
  );
  t.notThrows(() =>
    fc.assert(
      fc.property(random, ({layout, states, more}) => {
        const wider = layoutOf([...layout.bits].map((width, slot) => Math.min(31, width + (more[slot] ?? 0))));
        const ids = new Int32Array(layout.bits.length);
        const moved = repack(layout, wider, packed(layout, states), states.length, ids);
        t.deepEqual(unpacked(wider, moved, states.length), states);
      }),
      {numRuns: 500},
    ),
  );
});
