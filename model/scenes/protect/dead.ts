// What every future ignores, and so may be forgotten. It is not declared: the library itself is asked.
//
// With terms, generations and request ids, numbers only grow, and no request is made twice with the same ones. So what
// is ignored once is ignored for ever: by a host because of its term, by a coordinator because of the round, by the
// object because of the generation. A host that is down is asked as it will be when it restarts.

import {
  type Effect,
  type Event,
  type HostId,
  type Local,
  outcomes,
  restart,
  type SetResult,
  type State,
  type StorageCall,
  setOutcomes,
} from '../../../src/index.js';
import type {Builder, Read} from '../../index.js';
import {type Envelope, namespaceOf, placesOf, type World, waits} from './world.js';

/** What a storage module may say. Whom it reaches decides whom a primary asks, and never whether it asks at all. */
const LOCALS: readonly Local[] = [
  {accessible: {namespace: false, all: false}, reachable: []},
  {accessible: {namespace: true, all: false}, reachable: []},
  {accessible: {namespace: true, all: true}, reachable: []},
];
const RESULTS: readonly SetResult[] = ['ok', 'failed', 'stale'];

export const declareDead = (m: Builder, world: World): void => {
  const {cluster, vms, repairs, view, register, host, told, inbox, calls} = world;
  const {hosts} = cluster;
  m.normalise('views alike', {of: view}, cluster.standsFor);
  if (!(repairs.terms && repairs.generations && repairs['request-ids'])) return;

  const standing = (read: Read, name: HostId): State => {
    const state = read(host(name));
    return state.role === 'down' ? restart(state.durable) : state;
  };

  /** Whether all that the host would do about the event is for nothing. */
  const isIdle = (read: Read, name: HostId, event: Event): boolean => {
    const state = standing(read, name);
    return outcomes(cluster.configOf(name), state, event).every(
      outcome => outcome.state === state && outcome.effects.every(effect => isVain(read, name, effect)),
    );
  };

  const isVain = (read: Read, name: HostId, effect: Effect): boolean =>
    effect.type === 'Send'
      ? isDeadMessage(read, effect.to, {from: name, message: effect.message})
      : effect.type === 'CallStorage' && isDeadCall(read, name, effect.call);

  /** A registration does nothing by itself: what counts is whether the primary would heed the notification. */
  const isDeadMessage = (read: Read, name: HostId, {from, message}: Envelope): boolean => {
    const {role, durable} = standing(read, name);
    if (message.type === 'WaitRegister' && role === 'secondary' && message.term === durable.term) {
      const {term, vm, generation, round} = message;
      return isDeadMessage(read, from, {from: name, message: {type: 'BecameAccessible', term, vm, generation, round}});
    }
    return LOCALS.every(local => isIdle(read, name, {type: 'Received', from, message, ...local}));
  };

  /** A SET is dead if it would change nothing from anywhere, and nobody heeds its answer. */
  const isDeadCall = (read: Read, name: HostId, call: StorageCall): boolean => {
    const before = read(register(call.vm));
    const [{state}] = setOutcomes({layout: namespaceOf(cluster, call.vm), repairs}, before, hosts, call);
    return (
      state === before &&
      RESULTS.every(result =>
        LOCALS.every(local => isIdle(read, name, {type: 'StorageReplied', call, result, ...local})),
      )
    );
  };

  for (const name of hosts) {
    m.normalise(`dead calls of ${name}`, {of: calls(name)}, (pending, read) =>
      pending.filter(call => !isDeadCall(read, name, call)),
    );
    m.normalise(`dead messages to ${name}`, {of: inbox(name)}, (messages, read) =>
      messages.filter(envelope => !isDeadMessage(read, name, envelope)),
    );
    m.normalise(`dead watches of ${name}`, {of: host(name)}, (state, read) => {
      if (state.role !== 'secondary' || state.watches.length === 0) return state;
      const watches = state.watches.filter(
        ({primary, term, vm, generation, round}) =>
          !isDeadMessage(read, primary, {from: name, message: {type: 'BecameAccessible', term, vm, generation, round}}),
      );
      return watches.length === state.watches.length ? state : {...state, watches};
    });
  }
  for (const [name, vm] of placesOf(hosts, vms)) {
    const of = told([name, vm]);
    m.normalise(`told to ${name} of ${vm}`, {of}, (value, read) => (waits(read(host(name)), vm) ? value : null));
  }
};
