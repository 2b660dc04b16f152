// The slots of the scene, and how the outcomes of the library become changes of them.

import {
  type Access,
  created,
  type Effect,
  type Event,
  electedPrimary,
  follower,
  generation,
  type HostId,
  type Message,
  outcomes,
  type PlatformEvent,
  type PlatformState,
  platformOutcomes,
  type Register,
  type State,
  type StorageCall,
  term,
  type View,
} from '../../../src/index.js';
import type {Builder, Change, Outcome, Read} from '../../index.js';
import {accessAt, clusterOf} from './cluster.js';
import {type Budgets, budgetsOf, type ProtectOptions} from './options.js';

/** A message under way. */
export type Envelope = {readonly from: HostId; readonly message: Message};

/** The last election: whom the platform will hear of. */
export type Election = {readonly primary: HostId; readonly term: ReturnType<typeof term>};

export type World = ReturnType<typeof worldOf>;

export const worldOf = (m: Builder, options: ProtectOptions) => {
  const cluster = clusterOf(options);
  const {hosts, vm} = cluster;
  const [first] = hosts;
  if (first === undefined) throw new RangeError('a cluster has hosts');
  const whole: View = [hosts];

  const budgets = m.slot<Budgets>('budgets', budgetsOf(options));
  const view = m.slot<View>('view', whole);
  const register = m.slot<Register>('register', created(vm.namespace, generation(0)));
  const election = m.slot<Election>('election', {primary: first, term: term(1)});
  const platform = m.slot<PlatformState>('platform', {
    value: 'unprotected',
    generation: generation(0),
    due: false,
    reported: generation(0),
    primary: first,
    term: term(1),
  });
  const host = m.slots('host', hosts, (name): State => (name === first ? electedPrimary(term(1)) : follower(term(1))));
  /** What a storage module has told its HA module last; null where the HA module does not wait for anything. */
  const told = m.slots('told', hosts, null as boolean | null);
  const inbox = m.channel<Envelope, HostId>('inbox', hosts, {kind: 'set'});
  const calls = m.channel<StorageCall, HostId>('calls', hosts, {kind: 'fifo'});
  const access = m.derives('access', hosts, (read, name): Access => {
    return accessAt(cluster, read(register), read(view), name);
  });

  /** Whether the host that was elected last is the primary of its term. */
  const leads = m.derive('leads', read => {
    const {primary, term} = read(election);
    const state = read(host(primary));
    return state.role === 'primary' && state.durable.term === term;
  });

  const {repairs} = cluster.configOf(first);
  const scope = repairs['namespace-query'] ? 'namespace' : 'all';

  /** The platform takes an event. Updates of it commute as far as this scene makes them: reports and the rest. */
  const onPlatform = (event: PlatformEvent): Change => platform.update('event', platformAfter, event);
  const platformAfter = (state: PlatformState, event: PlatformEvent): PlatformState =>
    platformOutcomes(repairs, state, event)[0].state;

  const changesOf = (name: HostId, effect: Effect): readonly Change[] => {
    switch (effect.type) {
      case 'Send':
        return [inbox(effect.to).send({from: name, message: effect.message})];
      case 'CallStorage':
        return [calls(name).send(effect.call)];
      case 'Report':
        return [onPlatform({type: 'Reported', generation: effect.generation})];
      case 'Persist':
      case 'SetTimer':
      case 'CancelTimer':
      // Only a built-in elector has these.
      case 'CheckIsolation':
      case 'PowerOffVms':
      case 'Probe':
        return [];
    }
  };

  /** What an HA module does about an event: every outcome of the library, as an outcome of the scene. */
  const react = (read: Read, name: HostId, event: Event): readonly Required<Pick<Outcome, 'rules' | 'changes'>>[] => {
    const before = read(host(name));
    return outcomes(cluster.configOf(name), before, event).map(({state, effects, rules}) => ({
      rules: effects.some(({type}) => type === 'Report') ? [...rules, 'PL-03'] : rules,
      changes: [
        ...(state === before ? [] : [host(name).set(state)]),
        ...listening(read, name, before, state, event),
        ...effects.flatMap(effect => changesOf(name, effect)),
      ],
    }));
  };

  /** A storage module announces changes from the moment at which its HA module begins to wait or is registered with. */
  const listening = (read: Read, name: HostId, before: State, after: State, event: Event): readonly Change[] => {
    if (!waits(after)) return waits(before) ? [told(name).set(null)] : [];
    const isFresh = event.type === 'Received' && event.message.type === 'WaitRegister' && after !== before;
    return waits(before) && !isFresh && event.type !== 'AccessibilityChanged'
      ? []
      : [told(name).set(read(access(name))[scope])];
  };

  return {
    cluster,
    repairs,
    scope,
    budgets,
    view,
    register,
    election,
    platform,
    host,
    told,
    inbox,
    calls,
    access,
    leads,
    react,
    onPlatform,
  } as const;
};

/** Whether an HA module wants to hear of changes of accessibility. */
export const waits = (state: State): boolean =>
  (state.role === 'secondary' && state.watches.length > 0) ||
  (state.role === 'primary' && state.fallbacks.some(({phase}) => phase === 'waiting'));
