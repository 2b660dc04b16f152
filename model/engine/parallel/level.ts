import type {Queue} from '../queue.js';
import type {Block, Table} from '../tables/table.js';

/** States of one block that are expanded together. */
export type Segment = {readonly block: number; readonly from: number; readonly to: number};

/**
 * New states, packed, and which leaves sleep in each, in two words; only the first `count` places are filled.
 */
export type Filled = {readonly block: Int32Array; readonly asleep: Int32Array; readonly count: number};

/** States that are claimed at a time. */
const SEGMENT = 512;

/** The states of a queue from number `from` to before `to`, in memory that threads share. */
export const filledBetween = (queue: Queue, from: number, to: number): Filled[] =>
  [...queue.blocks(from, to)].map(({states, asleep, count}) => ({
    block: shared(states),
    asleep: shared(asleep),
    count,
  }));

const shared = (words: Int32Array): Int32Array => {
  const copy = new Int32Array(new SharedArrayBuffer(4 * words.length));
  copy.set(words);
  return copy;
};

export const blocksOf = (filled: readonly Filled[]): readonly Block[] =>
  filled.map(({block, count}) => ({states: block, count}));

/** What a table and some lists of blocks take. */
export const bytesOf = ({data}: Table, ...lists: readonly (readonly Filled[])[]): number =>
  lists.flat().reduce((sum, {block, asleep}) => sum + block.byteLength + asleep.byteLength, data.byteLength);

/** A level in parts to be claimed. */
export const segmentsOf = (level: readonly Filled[]): readonly Segment[] =>
  level.flatMap(({count}, block) =>
    Array.from({length: Math.ceil(count / SEGMENT)}, (_, n) => ({
      block,
      from: n * SEGMENT,
      to: Math.min(count, (n + 1) * SEGMENT),
    })),
  );

/** What is not left of a level, followed by what is. */
export const inOrder = (level: readonly Filled[], left: readonly Segment[], words: number): readonly Block[] => {
  const part = ({block, from, to}: Segment): Block => ({
    states: level[block]!.block.subarray(from * words, to * words),
    count: to - from,
  });
  const done = level.flatMap(({count}, block) => {
    const gaps: Segment[] = [];
    let from = 0;
    for (const each of left.filter(other => other.block === block).sort((a, b) => a.from - b.from)) {
      if (each.from > from) gaps.push({block, from, to: each.from});
      from = each.to;
    }
    return from < count ? [...gaps, {block, from, to: count}] : gaps;
  });
  return [...done, ...left].map(part);
};
