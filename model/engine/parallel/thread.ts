// One thread of a parallel search: loads the model, and joins those who search when there is enough to do.

import {parentPort, workerData} from 'node:worker_threads';
import type {Model} from '../../define/model.js';
import type {System} from '../../define/system.js';
import {saidBy} from '../errors.js';
import {Expander} from '../expand.js';
import {systemOf} from '../system.js';
import {Vector} from '../vector.js';
import {Member} from './member.js';
import type {ModelSource, Order, Report, Shared, Start} from './messages.js';
import {SharedLog} from './shared-log.js';
import {SharedStore} from './shared-store.js';
import {tableOf} from './shared-table.js';

const start = workerData as Start;

const modelOf = async ({module, export: name = 'default', argument}: ModelSource): Promise<Model> => {
  const exports = (await import(module)) as Record<string, unknown>;
  const found = exports[name];
  return (typeof found === 'function' ? await found(argument) : found) as Model;
};

const report = (message: Report): void => parentPort?.postMessage(message);

/** Joins a search. */
const join = (system: System, shared: Shared): Member => {
  const control = new Int32Array(shared.control);
  const vector = new Vector(system);
  const log = new SharedLog(shared.values, vector.sharedSorts);
  log.join();
  return new Member({
    system,
    expander: new Expander(system, successors => new SharedStore(successors, tableOf(shared.table), control), vector),
    log,
    control,
    counters: new Float64Array(shared.counters),
    number: start.thread,
    breathe: () => null,
  });
};

const broken = (thrown: unknown): void => report({type: 'Broken', message: saidBy(thrown)});

const loading = modelOf(start.source).then(model => systemOf(model, start.choices));
loading.then(() => report({type: 'Ready'}), broken);
let member: Member | null = null;

parentPort?.on('message', (order: Order) => {
  const act = async (system: System): Promise<void> => {
    if (order.type === 'Begin') member = join(system, order.shared);
    if (member !== null) report(await member.obey(order));
  };
  loading.then(act).catch(broken);
});
