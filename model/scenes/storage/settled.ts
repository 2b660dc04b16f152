// How things stand at first: the storage network is whole, one host directs it, and everything has come to rest.

import {
  awake,
  firstDurable,
  type HostId,
  type NamespaceObject,
  type StorageEvent,
  type StorageState,
  storageOutcomes,
  type Version,
} from '../../../src/index.js';
import type {Cluster} from './cluster.js';

type States = ReadonlyMap<HostId, StorageState>;

type Delivery = {readonly to: HostId; readonly event: StorageEvent};

/** The library itself, from the first view on, with each message delivered in the order of sending. */
export const settled = ({hosts, configOf}: Cluster): States => {
  const states = new Map(hosts.map((name): [HostId, StorageState] => [name, awake(firstDurable(configOf(name)))]));
  const queue: Delivery[] = hosts.map(to => ({to, event: {type: 'ViewChanged', reachable: hosts}}));
  for (const {to, event} of queue) {
    const [{state, effects}] = storageOutcomes(configOf(to), startOf(states, to), event);
    states.set(to, state);
    for (const effect of effects) {
      if (effect.type !== 'Send') continue;
      queue.push({to: effect.to, event: {type: 'Received', from: to, message: effect.message}});
    }
  }
  return states;
};

export const startOf = (states: States, name: HostId): StorageState => {
  const state = states.get(name);
  if (state === undefined) throw new RangeError(`no host ${name}`);
  return state;
};

/** What the first host's component of the namespace object holds. */
export const committedIn = (
  {hosts, vm}: Cluster,
  states: States,
): {readonly version: Version; readonly content: NamespaceObject} => {
  const entries = hosts.flatMap(name => startOf(states, name).durable.components);
  const entry = entries.find(({object}) => object === vm.namespace.object);
  if (entry === undefined) throw new RangeError('the namespace object has no component');
  const {version, content} = entry;
  return {version, content};
};
