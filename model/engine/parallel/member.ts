import type {System} from '../../define/system.js';
import {tallyOf} from '../coverage.js';
import type {Expander} from '../expand.js';
import {repack} from '../layout.js';
import {type Block, poured} from '../tables/table.js';
import type {Filled, Segment} from './level.js';
import {CLAIMED, type Order, type Report, STOP} from './messages.js';
import type {SharedLog} from './shared-log.js';
import type {SharedStore} from './shared-store.js';
import {type SharedTable, tableOf} from './shared-table.js';

/** States between two looks at whether to stop: few at first, and while the model is slow to answer. */
const FIRST_SLICE = 16;
/** Milliseconds that a slice should take at most. */
const SLICE_MS = 10;

type Expand = Extract<Order, {readonly type: 'Expand'}>;

/** What one who searches together with others brings along. */
export type Equipment = {
  readonly system: System;
  readonly expander: Expander<SharedStore>;
  readonly log: SharedLog;
  readonly control: Int32Array;
  /** By member: generated and expanded so far, for progress. */
  readonly counters: Float64Array;
  /** Its own number. */
  readonly number: number;
  /** Called now and then: whoever has other things to do besides answers a promise until when. */
  readonly breathe: () => Promise<void> | null;
};

/**
 * One who searches together with others: expands segments of the level at hand, rebuilds its part of the table, and
 * tells what it did.
 */
export class Member {
  readonly #is: Equipment;
  #slice = FIRST_SLICE;
  /** Only when everybody is done may the old table be left: the next order says so. */
  #afterRebuild: (() => void) | null = null;

  constructor(equipment: Equipment) {
    this.#is = equipment;
  }

  async obey(order: Order): Promise<Report> {
    switch (order.type) {
      case 'Begin':
        return {type: 'Joined'};
      case 'Expand':
        this.#afterRebuild?.();
        this.#afterRebuild = null;
        return await this.#expand(order);
      case 'Rebuild':
        return this.#rebuild(order.table, order.from, order.to, order.blocks);
      case 'Tell': {
        const {system, expander} = this.#is;
        expander.vector.tracer.recall();
        return {type: 'Told', tally: tallyOf(system, expander), generated: expander.generated};
      }
    }
  }

  async #expand({depth, kept, level, segments, limit}: Expand): Promise<Report> {
    const {expander, log, control} = this.#is;
    const {store, successors, properties} = expander;
    store.limit = limit;
    store.release(kept);
    log.catchUp();
    let left: Segment | null = null;
    if (successors.waiting > 0) successors.flush();
    while (left === null && !successors.stuck && Atomics.load(control, STOP) === 0) {
      const segment = segments[Atomics.add(control, CLAIMED, 1)];
      if (segment === undefined) break;
      const done = await this.#work(level[segment.block]!, segment);
      if (done < segment.to) left = {...segment, from: done};
    }
    if (left !== null || successors.stuck) Atomics.store(control, STOP, 1);
    return {
      type: 'Paused',
      left,
      outgrown: successors.isOutgrown,
      stuck: successors.stuck,
      found: store.take(depth + 1),
      mishaps: properties.failures.map(({property, kind, successor}) => ({property, kind, onStep: successor !== null})),
    };
  }

  /** Expands a segment, slice by slice; answers where it stopped, which is before its end when it is to stop. */
  async #work({block, asleep}: Filled, {from, to}: Segment): Promise<number> {
    const {expander, control, counters, number, breathe} = this.#is;
    for (let at = from; at < to; ) {
      const began = performance.now();
      const end = Math.min(to, at + this.#slice);
      const done = expander.run(block, at, end, 0, asleep);
      counters[2 * number] = expander.generated;
      counters[2 * number + 1]! += done - at;
      at = done;
      if (done < end || expander.successors.stuck) return at;
      this.#slice = performance.now() - began < SLICE_MS ? this.#slice * 2 : Math.max(1, this.#slice >> 1);
      const breath = breathe();
      if (breath !== null) await breath;
      if (Atomics.load(control, STOP) !== 0) return at;
    }
    return to;
  }

  #rebuild(shared: SharedTable, from: number, to: number, blocks: readonly Int32Array[]): Report {
    const {store} = this.#is.expander;
    const old = store.table;
    const table = tableOf(shared);
    const ids = new Int32Array(table.layout.bits.length);
    const isRelaid =
      shared.layout.words !== old.layout.words || shared.layout.bits.some((b, s) => b !== old.layout.bits[s]);
    const packed = (states: Int32Array, count: number): Int32Array =>
      isRelaid ? repack(old.layout, table.layout, states, count, ids) : states;
    const relaid = function* (): Generator<Block> {
      for (const {states, count} of old.blocks(from, to)) yield {states: packed(states, count), count};
    };
    const isPlaced = isRelaid ? poured(relaid(), table) : old.pour(table, from, to);
    const moved = blocks.map(block => {
      const states = packed(block, block.length / old.layout.words);
      const copy = new Int32Array(new SharedArrayBuffer(4 * states.length));
      copy.set(states);
      return copy;
    });
    this.#afterRebuild = () => store.move(table);
    return {type: 'Rebuilt', blocks: moved, stuck: !isPlaced};
  }
}
