// One thread of a parallel search: expands segments of the level at hand, rebuilds its part of the table, and tells
// what it did.

import {parentPort, workerData} from 'node:worker_threads';
import type {Model} from '../../define/model.js';
import type {System} from '../../define/system.js';
import {tallyOf} from '../coverage.js';
import {Expander} from '../expand.js';
import {repack} from '../layout.js';
import {systemOf} from '../system.js';
import {CompactTable} from '../tables/compact.js';
import {PlainTable} from '../tables/plain.js';
import type {Table} from '../tables/table.js';
import {Vector} from '../vector.js';
import {
  CLAIMED,
  type ModelSource,
  type Order,
  type Report,
  type Segment,
  type Shared,
  type SharedTable,
  STOP,
  type Start,
} from './messages.js';
import {SharedLog} from './shared-log.js';
import {SharedStore} from './shared-store.js';

const start = workerData as Start;

const modelOf = async ({module, export: name = 'default', argument}: ModelSource): Promise<Model> => {
  const exports = (await import(module)) as Record<string, unknown>;
  const found = exports[name];
  return (typeof found === 'function' ? await found(argument) : found) as Model;
};

const tableOf = ({layout, log, buffer, isCompact}: SharedTable): Table =>
  isCompact ? new CompactTable(layout, log, buffer) : new PlainTable(layout, log, buffer);

const report = (message: Report): void => parentPort?.postMessage(message);

/** Joins a search: answers how to obey the orders that follow. */
const join = (system: System, shared: Shared): ((order: Order) => void) => {
  const control = new Int32Array(shared.control);
  const counters = new Float64Array(shared.counters);
  const vector = new Vector(system);
  const log = new SharedLog(shared.values, vector.packedSorts);
  log.join();
  const expander = new Expander(system, sizes => new SharedStore(tableOf(shared.table), sizes, control), vector);
  const {store, properties} = expander;

  const expand = (blocks: readonly Int32Array[], segments: readonly Segment[]): void => {
    log.catchUp();
    let left: Segment | null = null;
    if (store.waiting > 0) store.flush();
    while (left === null && !store.stuck && Atomics.load(control, STOP) === 0) {
      const claimed = Atomics.add(control, CLAIMED, 1);
      const segment = segments[claimed];
      if (segment === undefined) break;
      const done = expander.run(blocks[segment.block]!, segment.from, segment.to, 0);
      counters[2 * start.thread] = expander.generated;
      counters[2 * start.thread + 1]! += done - segment.from;
      if (done < segment.to) left = {...segment, from: done};
    }
    if (left !== null || store.stuck) Atomics.store(control, STOP, 1);
    report({
      type: 'Paused',
      left,
      outgrown: store.isOutgrown,
      stuck: store.stuck,
      found: store.take(),
      mishaps: properties.failures.map(({property, kind, successor}) => ({property, kind, onStep: successor !== null})),
    });
  };

  const rebuild = (shared: SharedTable, from: number, to: number, blocks: readonly Int32Array[]): void => {
    const old = store.table;
    const table = tableOf(shared);
    const ids = new Int32Array(table.layout.bits.length);
    const isRelaid =
      shared.layout.words !== old.layout.words || shared.layout.bits.some((b, s) => b !== old.layout.bits[s]);
    const packed = (states: Int32Array, count: number): Int32Array =>
      isRelaid ? repack(old.layout, table.layout, states, count, ids) : states;
    let stuck = false;
    for (const {states, count} of old.blocks(from, to)) {
      const done = table.insert(packed(states, count), 0, count, new Int32Array(count), 0, count);
      stuck ||= done < count;
    }
    const moved = blocks.map(block => {
      const states = packed(block, block.length / old.layout.words);
      const copy = new Int32Array(new SharedArrayBuffer(4 * states.length));
      copy.set(states);
      return copy;
    });
    // Only when every thread is done may the old table be left: the coordinator says so by the next order.
    afterRebuild = () => store.move(table);
    report({type: 'Rebuilt', blocks: moved, stuck});
  };
  let afterRebuild: (() => void) | null = null;

  return order => {
    switch (order.type) {
      case 'Begin':
        break;
      case 'Expand':
        afterRebuild?.();
        afterRebuild = null;
        store.limit = order.limit;
        expand(order.blocks, order.segments);
        break;
      case 'Rebuild':
        rebuild(order.table, order.from, order.to, order.blocks);
        break;
      case 'Tell':
        report({type: 'Told', tally: tallyOf(system, expander), generated: expander.generated});
    }
  };
};

const broken = (thrown: unknown): void =>
  report({type: 'Broken', message: thrown instanceof Error ? thrown.message : String(thrown)});

const loading = modelOf(start.source).then(model => systemOf(model, start.choices));
loading.catch(broken);
let obey: (order: Order) => void = () => {};

parentPort?.on('message', (order: Order) => {
  const act = (system: System): void => {
    if (order.type === 'Begin') obey = join(system, order.shared);
    else obey(order);
    if (order.type === 'Begin') report({type: 'Ready'});
  };
  loading.then(act).catch(broken);
});
