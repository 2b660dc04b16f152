// How callers and HA modules hear of things: answers to calls, and what this host's replica of the directory knows.

import type {Epoch, ObjectId} from '../../cluster/ids.js';
import type {VmLayout} from '../../cluster/layout.js';
import type {Access} from '../accessibility.js';
import {type CallResult, type Reading, readingOf} from '../namespace.js';
import type {StorageConfig} from './config.js';
import type {Known} from './messages.js';
import type {StorageState, Taken, Up} from './state.js';
import {become, cite, effect, placed, type Step, send} from './step.js';

/** The answer to a call goes to its caller, by way of the caller's own storage module. */
export const answer = (
  config: StorageConfig,
  step: Step,
  object: ObjectId,
  {from, call}: Taken,
  result: CallResult,
  epoch: Epoch,
): Step => {
  const vm = config.vms.find(({namespace}) => namespace.object === object)?.vm;
  if (vm === undefined) return step;
  const {number} = step.state.durable;
  if (from === config.self) return effect(step, {type: 'Answer', vm, number, call, result, epoch});
  return send(step, [from], {type: 'Reply', number, object, call, result, epoch});
};

/** What the owner has committed is what this host knows from now on. */
export const learn = (step: Step, known: Known): Step => become(step, {directory: placed(step.state.directory, known)});

const recalled = (state: StorageState, object: ObjectId): Known | null =>
  state.role === 'up' ? (state.directory.find(known => known.object === object) ?? null) : null;

/** What the storage module answers about a VM: its namespace object accessible from here; all its objects. */
export const storageAccess = (state: StorageState, {namespace, disks}: VmLayout): Access => {
  const can = (object: ObjectId): boolean => recalled(state, object) !== null;
  return {namespace: can(namespace.object), all: [namespace, ...disks].every(({object}) => can(object))};
};

/** GET: what this host's replica of the directory knows of a VM that is accessible from here, or null. */
export const storageReading = (state: StorageState, {namespace}: VmLayout): Reading | null => {
  const known = recalled(state, namespace.object);
  return known === null ? null : readingOf(known.content);
};

/** What GET tells, but for the count of attempts: nobody waits for that to change. */
const protectionIn = (state: Up, vm: VmLayout) => {
  const reading = storageReading(state, vm);
  return reading === null ? null : [reading.identity, reading.value, reading.generation];
};

/** Announces to the HA module what has changed between two states of one step (CH-05, CH-06). */
export const announced = (config: StorageConfig, before: Up, step: Step): Step => {
  const {vms, repairs, notices} = config;
  const after = step.state;
  if (before.directory === after.directory) return step;
  const tells = (state: Up, vm: VmLayout): string =>
    JSON.stringify([storageAccess(state, vm), repairs['cache-notices'] ? protectionIn(state, vm) : null]);
  const changed = vms.filter(vm => tells(before, vm) !== tells(after, vm));
  if (changed.length === 0) return step;
  const ruled = cite(step, repairs['cache-notices'] ? 'CH-05' : 'CH-06');
  return notices === 'coarse'
    ? effect(cite(ruled, 'CH-08'), {type: 'Changed', vm: null})
    : effect(ruled, ...changed.map(({vm}) => ({type: 'Changed', vm}) as const));
};
