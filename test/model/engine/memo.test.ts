import test from 'ava';
import fc from 'fast-check';
import {Memo} from '../../../model/engine/memo.js';

/** A function of a vector of ids that reads slots one after another; which one is next depends on the last one. */
type Reader = {readonly slot: number; readonly next: readonly Reader[]} | {readonly answer: number};

const reader = (slots: readonly number[]): fc.Arbitrary<Reader> => {
  const end = fc.integer({min: 1, max: 50}).map((answer): Reader => ({answer}));
  if (slots.length === 0) return end;
  const step = fc.constantFrom(...slots).chain(slot =>
    fc.record({
      slot: fc.constant(slot),
      next: fc.array(reader(slots.filter(other => other !== slot)), {minLength: 1, maxLength: 3}),
    }),
  );
  return fc.oneof({weight: 1, arbitrary: end}, {weight: 3, arbitrary: step});
};

const run = (
  reader: Reader,
  ids: readonly number[],
  slots: readonly number[] = [],
): {slots: readonly number[]; answer: number} =>
  'answer' in reader
    ? {slots, answer: reader.answer}
    : run(reader.next[ids[reader.slot]! % reader.next.length]!, ids, [...slots, reader.slot]);

/** What is known under a cell for these ids, walked as the memo's description says. */
const known = (
  {pool, ...memo}: {pool: Int32Array; sparse: Memo['sparse']},
  cell: number,
  ids: readonly number[],
): number => {
  let at = pool[cell]!;
  while (at > 0) {
    const id = ids[pool[at]!]!;
    const capacity = pool[at + 1]!;
    at = capacity <= 0 ? memo.sparse(at, capacity, id) : id < capacity ? pool[at + 2 + id]! : 0;
  }
  return at;
};

const knownOf = (memo: Memo, cell: number, ids: readonly number[]): number =>
  known({pool: memo.pool, sparse: (node, capacity, id) => memo.sparse(node, capacity, id)}, cell, ids);

const SLOTS = [0, 1, 2, 3];

/** Ids up to this bound; slots know of more and more of them, as they do in a search. */
const situations = (bound: number) =>
  fc.record({
    readers: fc.array(reader(SLOTS), {minLength: 1, maxLength: 3}),
    vectors: fc.array(fc.tuple(...SLOTS.map(() => fc.nat(bound))), {minLength: 1, maxLength: 150, size: 'max'}),
    sizes: fc.array(fc.integer({min: 1, max: bound + 1}), {minLength: 1, maxLength: 5}),
  });

for (const bound of [3, 300, 5000]) {
  test(`a memo answers what it was taught, for ids up to ${bound}, and nothing else`, t => {
    t.notThrows(() =>
      fc.assert(
        fc.property(situations(bound), ({readers, vectors, sizes}) => {
          const memo = new Memo();
          const cells = readers.map(() => memo.cell());
          const taught = readers.map(() => new Map<string, number>());
          for (const [i, ids] of vectors.entries()) {
            for (const [n, each] of readers.entries()) {
              const {slots, answer} = run(each, ids);
              const key = slots.map(slot => `${slot}=${ids[slot]}`).join();
              t.is(knownOf(memo, cells[n]!, ids), taught[n]!.get(key) ?? 0);
              memo.learn(
                cells[n]!,
                slots,
                slots.map(slot => ids[slot]!),
                () => sizes[i % sizes.length]!,
                -answer,
              );
              taught[n]!.set(key, -answer);
            }
          }
          for (const ids of vectors) {
            for (const [n, each] of readers.entries()) t.is(knownOf(memo, cells[n]!, ids), -run(each, ids).answer);
          }
        }),
        {numRuns: 60},
      ),
    );
  });
}

test('a memo does not take another answer for the same values', t => {
  const memo = new Memo();
  const cell = memo.cell();
  memo.learn(cell, [0, 1], [5, 6], () => 10, -1);
  memo.learn(cell, [0, 1], [5, 6], () => 10, -1);
  t.throws(() => memo.learn(cell, [0, 1], [5, 6], () => 10, -2), {name: 'ModelError', message: /differently/});
});

test('a memo does not take another order of reads for the same values', t => {
  const memo = new Memo();
  const cell = memo.cell();
  memo.learn(cell, [0, 1], [5, 6], () => 10, -1);
  t.throws(() => memo.learn(cell, [1, 0], [6, 5], () => 10, -1), {name: 'ModelError', message: /order/});
  t.throws(() => memo.learn(cell, [0, 2], [5, 6], () => 10, -1), {name: 'ModelError', message: /order/});
  t.throws(() => memo.learn(cell, [0], [5], () => 10, -1), {name: 'ModelError'});
  t.throws(() => memo.learn(cell, [0, 1, 2], [5, 6, 7], () => 10, -1), {name: 'ModelError'});
});

test('cells know nothing of each other', t => {
  const memo = new Memo();
  const [one, two] = [memo.cell(), memo.cell()];
  memo.learn(one, [0], [3], () => 4, -7);
  memo.learn(two, [], [], () => 4, -9);
  t.is(knownOf(memo, one, [3]), -7);
  t.is(knownOf(memo, one, [2]), 0);
  t.is(knownOf(memo, two, [3]), -9);
});
