// The slots of the scene, and how what a host does becomes changes of them.

import {
  type Carried,
  type ComposedState,
  type Generation,
  generation,
  type HostDurable,
  type HostEffect,
  type HostEvent,
  type HostId,
  type HostTimer,
  isNewer,
  type NamespaceObject,
  type PlatformEvent,
  type PlatformState,
  platformOutcomes,
  type RuleId,
  type Version,
  type VmId,
  type VmLayout,
} from '../../../src/index.js';
import type {Builder, Change, Outcome, Read} from '../../index.js';
import {repairsOf} from '../settings.js';
import {type Budgets, budgetsOf, type ClusterOptions} from './options.js';
import {settingOf} from './setting.js';
import {standingOf, started, timersAfter} from './start.js';

/** What was committed last of a VM's namespace object, by whoever directs it. */
export type Committed = {readonly version: Version; readonly content: NamespaceObject};

/** From one host to another. */
export type Link = readonly [from: HostId, to: HostId];

type Of<N extends Carried['network']> = Extract<Carried, {readonly network: N}>['message'];

export type World = ReturnType<typeof worldOf>;

export const worldOf = (m: Builder, options: ClusterOptions) => {
  const setting = settingOf(options);
  const {hosts, vms, networks, whole, configOf, homeOf, hostOutcomes} = setting;
  const names = vms.map(({vm}) => vm);
  const start = started(setting);
  const repairs = repairsOf(options);
  const pairs: readonly Link[] = hosts.flatMap(from =>
    hosts.flatMap((to): readonly Link[] => (to === from ? [] : [[from, to]])),
  );
  const first = standingOf(start, hosts.at(-1) ?? homeOf(names[0] as VmId)).state.ha.ha;
  const leader = hosts.find(name => standingOf(start, name).state.ha.ha.role === 'primary');
  if (leader === undefined) throw new RangeError('nobody was elected');

  const budgets = m.slot<Budgets>('budgets', budgetsOf(options));
  const storageNetwork = m.slot<string>('storage network', whole);
  const haNetwork = m.slot<string>('HA network', whole);
  const host = m.slots<HostId, ComposedState>('host', hosts, name => standingOf(start, name).state);
  /** What a host has persisted last. */
  const disk = m.slots<HostId, HostDurable>('disk', hosts, name => {
    const {ha, storage} = standingOf(start, name).state;
    return {ha: ha.ha.durable, storage: storage.durable};
  });
  const timers = m.slots<HostId, readonly HostTimer[]>('timers', hosts, name => standingOf(start, name).timers);
  const kind = {ordered: 'fifo', queued: 'fifo', any: 'set'} as const;
  const mail = m.channel<Of<'ha'>, Link>('HA mail', pairs, {kind: kind[options.messages]});
  const storageMail = m.channel<Of<'storage'>, Link>('storage mail', pairs, {
    kind: options.storage === 'prompt' ? 'fifo' : 'set',
  });
  const platform = m.slots<VmId, PlatformState>('platform', names, {
    value: 'protected',
    generation: generation(1),
    due: false,
    reported: generation(1),
    primary: leader,
    term: first.durable.term,
  });
  const committed = m.slots<VmId, Committed>('committed', names, vm => {
    const known = hosts.flatMap(name => directoryOf(standingOf(start, name).state, layoutOf(vm)) ?? []);
    const [newest] = known.sort((a, b) => (isNewer(a.version, b.version) ? -1 : 1));
    if (newest === undefined) throw new RangeError(`nobody directs ${vm}`);
    return newest;
  });

  function layoutOf(vm: VmId): VmLayout {
    const layout = vms.find(other => other.vm === vm);
    if (layout === undefined) throw new RangeError(`no VM ${vm}`);
    return layout;
  }

  const isUp = m.derives('is up', hosts, (read, name) => read(host(name)).storage.role === 'up');
  const isLinked = (name: string, [from, to]: Link): boolean => networks.get(name)?.[from]?.includes(to) ?? false;

  /** The hosts whose storage modules this one can hear now. */
  const audible = m.derives('audible', hosts, (read, name): readonly HostId[] => {
    const linked = networks.get(read(storageNetwork))?.[name] ?? [name];
    return linked.filter(other => other === name || read(isUp(other)));
  });

  /** The hosts whose HA modules are up and can talk to this one, itself among them; none if it is down. */
  const connected = m.derives('connected', hosts, (read, name): readonly HostId[] => {
    const linked = networks.get(read(haNetwork))?.[name] ?? [name];
    return read(isUp(name)) ? linked.filter(other => read(isUp(other))) : [];
  });

  /** Whether a host reaches the isolation address. */
  const isOnline = (read: Read, name: HostId): boolean => !options.isolation || read(connected(name)).length > 1;

  const onPlatform = (vm: VmId, event: PlatformEvent): Change => platform(vm).update('event', platformAfter, event);
  const platformAfter = (state: PlatformState, event: PlatformEvent): PlatformState =>
    platformOutcomes(repairs, state, event)[0].state;

  type Way = {
    readonly state: ComposedState;
    readonly effects: readonly HostEffect[];
    readonly rules: readonly RuleId[];
  };

  /** Every way in which a host may take an event. What it asks its surroundings is answered before anything else. */
  const waysOf = (read: Read, name: HostId, before: ComposedState, event: HostEvent): readonly Way[] =>
    hostOutcomes(configOf(name), before, event).flatMap(outcome =>
      outcome.effects.reduce<readonly Way[]>(
        (ways, effect) => {
          const answer = answerTo(read, name, effect);
          return answer === null
            ? ways
            : ways.flatMap(({state, effects, rules}) =>
                waysOf(read, name, state, answer).map(way => ({
                  state: way.state,
                  effects: [...effects, ...way.effects],
                  rules: [...rules, ...way.rules],
                })),
              );
        },
        [outcome],
      ),
    );

  const answerTo = (read: Read, name: HostId, effect: HostEffect): HostEvent | null => {
    if (effect.type === 'CheckIsolation') return {type: 'IsolationChecked', reachable: isOnline(read, name)};
    if (effect.type !== 'Probe') return null;
    const ping = read(connected(name)).includes(effect.host);
    return {type: 'Probed', host: effect.host, ping, heartbeat: 'none'};
  };

  /** What a host does about an event: every outcome of the library, as an outcome of the scene. */
  const react = (
    read: Read,
    name: HostId,
    event: HostEvent,
  ): readonly Required<Pick<Outcome, 'rules' | 'changes'>>[] => {
    const before = read(host(name));
    const running = read(timers(name));
    return waysOf(read, name, before, event).map(({state, effects, rules}) => ({
      rules,
      changes: [
        ...(state === before ? [] : [host(name).set(state)]),
        timers(name).set(timersAfter(running, event, effects)),
        ...effects.flatMap(effect => changesOf(read, name, effect)),
        ...vms.flatMap(layout => committing(read, layout, before, state)),
      ],
    }));
  };

  /** What is sent on a link that is down, or to a host that is, is lost. */
  const changesOf = (read: Read, name: HostId, effect: HostEffect): readonly Change[] => {
    if (effect.type === 'Persist') return [disk(name).set(effect.durable)];
    if (effect.type === 'Report') return [onPlatform(effect.vm, {type: 'Reported', generation: effect.generation})];
    if (effect.type !== 'Send') return [];
    const link: Link = [name, effect.to];
    const network = read(effect.network === 'ha' ? haNetwork : storageNetwork);
    if (!isLinked(network, link) || !read(isUp(effect.to))) return [];
    return effect.network === 'ha' ? [mail(link).send(effect.message)] : [storageMail(link).send(effect.message)];
  };

  /** An owner commits when its own replica of the directory learns of a newer entry. */
  const committing = (read: Read, layout: VmLayout, before: ComposedState, after: ComposedState): readonly Change[] => {
    if (after.storage.role === 'down' || after.storage.reign === null) return [];
    const [old, now] = [directoryOf(before, layout), directoryOf(after, layout)];
    if (now === null || JSON.stringify(now.version) === JSON.stringify(old?.version)) return [];
    return isNewer(now.version, read(committed(layout.vm)).version) ? [committed(layout.vm).set(now)] : [];
  };

  return {
    setting,
    repairs,
    pairs,
    names,
    layoutOf,
    budgets,
    storageNetwork,
    haNetwork,
    host,
    disk,
    timers,
    mail,
    storageMail,
    platform,
    committed,
    isUp,
    isLinked,
    audible,
    connected,
    isOnline,
    onPlatform,
    react,
  } as const;
};

/** What the replica of a host's directory knows of the namespace object. */
const directoryOf = ({storage}: ComposedState, {namespace}: VmLayout): Committed | null => {
  const known = storage.role === 'up' ? storage.directory.find(({object}) => object === namespace.object) : undefined;
  return known === undefined ? null : {version: known.version, content: known.content};
};

/** What the user wants of the VM in this generation: he switches it off and on in turn, and it is on at first. */
export const isWantedOn = (count: Generation): boolean => count % 2 === 1;
