import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {type Layout, layoutOf} from '../../../model/engine/layout.js';
import {CompactTable} from '../../../model/engine/tables/compact.js';
import {PlainTable} from '../../../model/engine/tables/plain.js';
import type {Block, Table} from '../../../model/engine/tables/table.js';
import {relaid, tableFor, visitedFor} from '../../../model/engine/visited.js';
import {layoutAndStates, packed, unpacked} from './packed.js';

type States = readonly (readonly number[])[];

/** The texts of the states in blocks. A block is valid until the next one is asked for. */
const textsOf = (layout: Layout, blocks: Iterable<Block>): readonly string[] => {
  const texts: string[] = [];
  for (const {states, count} of blocks) texts.push(...unpacked(layout, states, count).map(ids => ids.join()));
  return texts;
};

const uniqueTexts = (states: States): ReadonlySet<string> => new Set(states.map(ids => ids.join()));

/** These texts, each once, and no others; of a difference the beginning is told. */
const assertSame = (t: ExecutionContext, texts: readonly string[], expected: ReadonlySet<string>): void => {
  const found = new Set(texts);
  t.deepEqual([...expected].filter(text => !found.has(text)).slice(0, 9), []);
  t.deepEqual(texts.filter(text => !expected.has(text)).slice(0, 9), []);
  t.is(texts.length, expected.size);
};

/** The positions of the states that a Set would call new, given what it holds. */
const newOnes = (known: Set<string>, states: States): readonly number[] =>
  states.flatMap((ids, i) => {
    const text = ids.join();
    if (known.has(text)) return [];
    known.add(text);
    return [i];
  });

/** Inserts the states in batches and compares with a Set after each. */
const assertLikeSet = (t: ExecutionContext, layout: Layout, states: States, batch: number): void => {
  const visited = visitedFor(layout);
  const known = new Set<string>();
  for (let from = 0; from < states.length; from += batch) {
    const some = states.slice(from, from + batch);
    const expected = newOnes(known, some);
    const fresh = new Int32Array(some.length);
    const found = visited.insert(packed(layout, some), some.length, fresh);
    t.is([...fresh.subarray(0, found)].join(), expected.join());
    t.is(visited.count, known.size);
  }
  assertSame(t, textsOf(layout, visited.blocks()), known);
};

test('the visited set tells new states from known ones, and gives back what was put in', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(layoutAndStates(300), fc.integer({min: 1, max: 300}), ({layout, states}, batch) =>
        assertLikeSet(t, layout, states, batch),
      ),
      {numRuns: 300},
    ),
  );
});

/** Numbers below a bound that do not repeat for long, without a pattern that a hash could like. */
const scattered = (count: number, bound: number): readonly number[] =>
  Array.from({length: count}, (_, i) => Math.imul(i + 1, 0x61c88647) % bound).map(Math.abs);

/** Layouts of one word, two words (a place of one word, and of two) and more, with room for many states. */
const ROOMY: readonly (readonly number[])[] = [
  [15],
  [10, 21],
  [16, 15],
  [20, 20],
  [31, 6],
  [24, 24],
  [31, 31],
  [12, 12, 12, 12, 12, 12],
  [31, 31, 31, 31],
];

for (const widths of ROOMY) {
  test(`the visited set grows with states of ${widths.join(' + ')} bits`, t => {
    const layout = layoutOf(widths);
    const columns = widths.map((width, slot) => scattered(40_000, 2 ** Math.min(width, 31 - slot)));
    assertLikeSet(
      t,
      layout,
      columns[0]!.map((_, i) => columns.map(column => column[i]!)),
      1000,
    );
  });
}

test('the visited set holds every state of a layout', t => {
  for (const widths of [[0], [1], [13], [7, 7], [4, 4, 4, 2]]) {
    const layout = layoutOf(widths);
    const all = widths.reduce<States>(
      (states, width) => states.flatMap(ids => Array.from({length: 2 ** width}, (_, id) => [...ids, id])),
      [[]],
    );
    assertLikeSet(t, layout, [...all, ...all], 777);
  }
});

test('states that differ in the highest bits only are told apart', t => {
  for (const widths of [
    [31, 13],
    [31, 31],
    [31, 31, 13],
  ]) {
    const states = Array.from({length: 5000}, (_, i) =>
      widths.map((width, slot) => (slot === widths.length - 1 ? i : 2 ** (width - 1))),
    );
    assertLikeSet(t, layoutOf(widths), states, 256);
  }
});

test('the visited set keeps its states in another layout, and goes on', t => {
  const random = layoutAndStates(200).chain(({layout, states}) =>
    fc.record({
      layout: fc.constant(layout),
      states: fc.constant(states),
      more: fc.array(fc.nat(12), {minLength: layout.bits.length, maxLength: layout.bits.length}),
    }),
  );
  t.notThrows(() =>
    fc.assert(
      fc.property(random, ({layout, states, more}) => {
        const visited = visitedFor(layout);
        visited.insert(packed(layout, states), states.length, new Int32Array(states.length));
        const wider = layoutOf([...layout.bits].map((width, slot) => Math.min(31, width + (more[slot] ?? 0))));
        const moved = relaid(visited, wider);
        t.is(moved.count, visited.count);
        assertSame(t, textsOf(wider, moved.blocks()), uniqueTexts(states));
        t.is(moved.insert(packed(wider, states), states.length, new Int32Array(states.length)), 0);
      }),
      {numRuns: 200},
    ),
  );
});

/** Every kind of table that can hold states of a layout, in memory of its own and in shared memory. */
const tablesFor = (layout: Layout): readonly Table[] => {
  const least = CompactTable.leastLog(layout);
  const plain = [
    new PlainTable(layout, 12),
    new PlainTable(layout, 12, new SharedArrayBuffer(4 * layout.words * 2 ** 12)),
  ];
  return least === null || least > 16
    ? plain
    : [
        ...plain,
        new CompactTable(layout, least),
        new CompactTable(layout, least, new SharedArrayBuffer(4 * 2 ** least)),
      ];
};

test('each kind of table agrees with a Set, shared or not', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(layoutAndStates(150), ({layout, states}) => {
        const expected = newOnes(new Set(), states);
        for (const table of tablesFor(layout)) {
          const fresh = new Int32Array(states.length);
          t.is(table.insert(packed(layout, states), 0, states.length, fresh, 0, states.length), states.length);
          t.is(table.found, expected.length);
          t.deepEqual([...fresh.subarray(0, table.found)], expected);
          assertSame(t, textsOf(layout, table.blocks(0, 2 ** table.log)), uniqueTexts(states));
        }
      }),
      {numRuns: 60},
    ),
  );
});

test('a table stops when it has no more room for new states, and says where', t => {
  const layout = layoutOf([20, 20]);
  const states = Array.from({length: 100}, (_, i) => [i >> 1, i >> 1]);
  for (const table of tablesFor(layout)) {
    const fresh = new Int32Array(100).fill(-1);
    const stopped = table.insert(packed(layout, states), 10, 100, fresh, 3, 20);
    // The numbers 10, 12, ... are new; after the twentieth there is no need to look further.
    t.is(stopped, 49);
    t.is(table.found, 20);
    t.deepEqual([...fresh.subarray(0, 24)], [-1, -1, -1, ...Array.from({length: 20}, (_, i) => 10 + 2 * i), -1]);
    t.is(textsOf(layout, table.blocks(0, 2 ** table.log)).length, 20);
  }
});

test('a compact table stops at a state that would lie too far from home, and keeps what came before', t => {
  const layout = layoutOf([31, 4]);
  const states = [...new Set(scattered(9000, 2 ** 30))].map(n => [n, n % 16]);
  for (const buffer of [null, new SharedArrayBuffer(4 * 2 ** 12)]) {
    const table = new CompactTable(layout, 12, buffer);
    const fresh = new Int32Array(states.length);
    const stopped = table.insert(packed(layout, states), 0, states.length, fresh, 0, states.length);
    t.true(stopped > 0.8 * 2 ** 12 && stopped <= 2 ** 12);
    t.is(table.found, stopped);
    assertSame(t, textsOf(layout, table.blocks(0, 2 ** 12)), uniqueTexts(states.slice(0, stopped)));
  }
});

test('the parts of a table together hold its states, each once', t => {
  const layout = layoutOf([20, 20]);
  const states = scattered(2000, 2 ** 20).map(n => [n, n]);
  for (const table of tablesFor(layout)) {
    table.insert(packed(layout, states), 0, states.length, new Int32Array(states.length), 0, states.length);
    const third = Math.floor(2 ** table.log / 3);
    const texts = [0, third, 2 * third].flatMap((from, part) =>
      textsOf(layout, table.blocks(from, part === 2 ? 2 ** table.log : from + third)),
    );
    assertSame(t, texts, uniqueTexts(states));
  }
});

test('a compact table has more room for the distance from home the larger it is', t => {
  const layout = layoutOf([31, 10]);
  const least = CompactTable.leastLog(layout) ?? 0;
  t.is(least, 10 + 1 + 7);
  t.is(CompactTable.leastLog(layoutOf([31, 31])), null);
  t.is(CompactTable.leastLog(layoutOf([31, 31, 31])), null);
  t.true(tableFor(layout, 12) instanceof CompactTable);
  t.true(tableFor(layoutOf([31, 31]), 12) instanceof PlainTable);
  t.is(tableFor(layout, 20).log, 20);
});
