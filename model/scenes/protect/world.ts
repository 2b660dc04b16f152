// The slots of the scene, and how the outcomes of the library become changes of them.

import {
  type Access,
  created,
  type Effect,
  type Event,
  electedPrimary,
  type Fallback,
  follower,
  generation,
  type HostId,
  type Local,
  type Message,
  type ObjectLayout,
  type PlatformEvent,
  type PlatformState,
  type Register,
  reachableFrom,
  type State,
  type StorageCall,
  term,
  type View,
  type VmId,
  type VmLayout,
} from '../../../src/index.js';
import type {Builder, Change, Outcome, Read} from '../../index.js';
import {accessAt, type Cluster, clusterOf, observesReach} from './cluster.js';
import {type Budgets, budgetsOf, type ProtectOptions} from './options.js';

/** A message under way. */
export type Envelope = {readonly from: HostId; readonly message: Message};

/** The last election: whom the platform will hear of. */
export type Election = {readonly primary: HostId; readonly term: ReturnType<typeof term>};

export type World = ReturnType<typeof worldOf>;

export const worldOf = (m: Builder, options: ProtectOptions) => {
  const cluster = clusterOf(options);
  const {hosts, relations} = cluster;
  const vms = cluster.vms.map(({vm}) => vm);
  const [first] = hosts;
  if (first === undefined) throw new RangeError('a cluster has hosts');
  const whole: View = [hosts];

  const budgets = m.slot<Budgets>('budgets', budgetsOf(options));
  const view = m.slot<View>('view', whole);
  const register = m.slots('register', vms, (vm): Register => created(namespaceOf(cluster, vm), generation(0)));
  const election = m.slot<Election>('election', {primary: first, term: term(1)});
  const platform = m.slots(
    'platform',
    vms,
    (): PlatformState => ({
      value: 'unprotected',
      generation: generation(0),
      due: false,
      reported: generation(0),
      primary: first,
      term: term(1),
    }),
  );
  const host = m.slots('host', hosts, (name): State => (name === first ? electedPrimary(term(1)) : follower(term(1))));
  /** What a storage module has told its HA module last; null where the HA module does not wait for anything. */
  const told = m.slots('told', placesOf(hosts, vms), null as boolean | null);
  const inbox = m.channel<Envelope, HostId>('inbox', hosts, {kind: 'set'});
  const calls = m.channel<StorageCall, HostId>('calls', hosts, {kind: 'fifo'});
  const access = m.derives('access', placesOf(hosts, vms), (read, [name, vm]): Access => {
    return accessAt(cluster, layoutOf(cluster, vm), read(register(vm)), read(view), name);
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
  const onPlatform = (vm: VmId, event: PlatformEvent): Change => platform(vm).update('event', platformAfter, event);
  const platformAfter = (state: PlatformState, event: PlatformEvent): PlatformState =>
    relations.platformOutcomes(repairs, state, event)[0].state;

  const changesOf = (name: HostId, effect: Effect): readonly Change[] => {
    switch (effect.type) {
      case 'Send':
        return [inbox(effect.to).send({from: name, message: effect.message})];
      case 'CallStorage':
        return [calls(name).send(effect.call)];
      case 'Report':
        return [onPlatform(effect.vm, {type: 'Reported', generation: effect.generation})];
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

  /** What the storage module of a host says now. Whom it reaches is looked at only where somebody asks that. */
  const local = (read: Read, name: HostId, about: {readonly vm: VmId} | object): Local => ({
    accessible: 'vm' in about ? read(access([name, about.vm])) : {namespace: false, all: false},
    reachable: observesReach(options) ? reachableFrom(read(view), name) : [],
  });

  /** What an HA module does about an event: every outcome of the library, as an outcome of the scene. */
  const react = (read: Read, name: HostId, event: Event): readonly Required<Pick<Outcome, 'rules' | 'changes'>>[] => {
    const before = read(host(name));
    return relations.outcomes(cluster.configOf(name), before, event).map(({state, effects, rules}) => ({
      rules: effects.some(({type}) => type === 'Report') ? [...rules, 'PL-03'] : rules,
      changes: [
        ...(state === before ? [] : [host(name).set(state)]),
        ...vms.flatMap(vm => listening(read, name, vm, before, state, event)),
        ...effects.flatMap(effect => changesOf(name, effect)),
      ],
    }));
  };

  /** A storage module announces changes from the moment at which its HA module begins to wait or is registered with. */
  const listening = (
    read: Read,
    name: HostId,
    vm: VmId,
    before: State,
    after: State,
    event: Event,
  ): readonly Change[] => {
    if (!waits(after, vm)) return waits(before, vm) ? [told([name, vm]).set(null)] : [];
    const isFresh =
      event.type === 'Received' && event.message.type === 'WaitRegister' && event.message.vm === vm && after !== before;
    const isTold = event.type === 'AccessibilityChanged' && event.vm === vm;
    return waits(before, vm) && !isFresh && !isTold ? [] : [told([name, vm]).set(read(access([name, vm]))[scope])];
  };

  return {
    cluster,
    vms,
    /** How much the environment and the user can do in all. */
    doings: Object.values(budgetsOf(options)).reduce((sum, left) => sum + left, 0),
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
    local,
    react,
    onPlatform,
  } as const;
};

/** Whether an HA module wants to hear of changes of a VM's accessibility. */
export const waits = (state: State, vm: VmId): boolean =>
  (state.role === 'secondary' && state.watches.some(watch => watch.vm === vm)) ||
  (state.role === 'primary' && fallbackAt(state, vm)?.phase === 'waiting');

/** Where a primary stands with a VM, or null. */
export const fallbackAt = (state: State, vm: VmId): Fallback | null =>
  (state.role === 'primary' ? state.fallbacks.find(fallback => fallback.vm === vm) : null) ?? null;

/** Every VM as seen from every host. */
export const placesOf = (hosts: readonly HostId[], vms: readonly VmId[]): readonly (readonly [HostId, VmId])[] =>
  hosts.flatMap(host => vms.map(vm => [host, vm] as const));

const layoutOf = ({vms}: Cluster, vm: VmId): VmLayout => {
  const layout = vms.find(other => other.vm === vm);
  if (layout === undefined) throw new RangeError(`there is no VM ${vm}`);
  return layout;
};

export const namespaceOf = (cluster: Cluster, vm: VmId): ObjectLayout => layoutOf(cluster, vm).namespace;
