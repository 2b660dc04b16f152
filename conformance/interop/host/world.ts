// The world of a cluster of whole hosts: both networks with their messages, clocks, the platform, the user, and what
// may go wrong. What a host knows is what explains all that it has done so far.

import {
  type Carried,
  type ComposedState,
  type Configuration,
  configuration,
  createdObject,
  downHost,
  type Epoch,
  firstHostDurable,
  type Generation,
  generation,
  type HostConfig,
  type HostEffect,
  type HostId,
  type HostTimer,
  type Identity,
  identity,
  type NamespaceObject,
  type ObjectCall,
  type PlatformState,
  reachableFrom,
  term,
  type Version,
  type View,
  type VmId,
  type VmLayout,
} from '../../../src/index.js';
import {isSame} from '../../canonical.js';

/** A message under way. */
export type Letter = Carried & {readonly from: HostId; readonly to: HostId};

/** What a host has asked of its surroundings, and was not answered yet. */
export type Question = Extract<HostEffect, {readonly type: 'CheckIsolation' | 'Probe'}>;

/** A timer, and when it is due by a clock that is never wrong: in milliseconds since the run began. */
export type Running = {readonly timer: HostTimer; readonly due: number};

/** One host, as it is seen from outside. */
export type HostWorld = {
  readonly host: HostId;
  readonly config: HostConfig;
  readonly isUp: boolean;
  /** The states of the specification that explain what it has done. */
  readonly states: readonly ComposedState[];
  readonly timers: readonly Running[];
  /** Timers that were cancelled too late: each may still fire. */
  readonly late: readonly HostTimer[];
  readonly questions: readonly Question[];
  /** Whom its storage module reaches: changes that it has not noticed yet, in order. */
  readonly news: readonly (readonly HostId[])[];
};

/** A VM on its way. `call` asks for the lock, `epoch` is that with which it was granted; each null before that. */
export type Migration = {
  readonly to: HostId;
  readonly generation: Generation;
  /** That of the instance that was let go. */
  readonly former: Epoch;
  readonly call: ObjectCall | null;
  readonly epoch: Epoch | null;
};

/** One VM: where the user wants it at first, what the platform knows, and what was committed last. */
export type VmWorld = {
  readonly layout: VmLayout;
  readonly home: HostId;
  readonly platform: PlatformState;
  /** While it moves it executes nowhere; null while it does not. */
  readonly migration: Migration | null;
  readonly committed: {readonly version: Version; readonly content: NamespaceObject};
  /** The object that the user has created last, be it there or not. */
  readonly created: Identity;
};

/** What may still go wrong, and what the user may still want: how often each. */
export type Left = Readonly<Record<Fault, number>>;

export type Fault = 'lose' | 'repeat' | 'crash' | 'split' | 'late' | 'want' | 'create' | 'move' | 'disk';

/** What the surroundings do by themselves: begin, go on as they are, or heal and stay well. */
export type Phase = 'opening' | 'playing' | 'settling';

export type World = {
  readonly phase: Phase;
  readonly hosts: readonly HostWorld[];
  readonly vms: readonly VmWorld[];
  /** The sides of the HA network: a message crosses from one to another only when it has healed. */
  readonly links: View;
  /** The sides of the storage network. */
  readonly view: View;
  readonly mail: readonly Letter[];
  readonly left: Left;
  /** Milliseconds since the run began, as far as timers have fired in time. */
  readonly now: number;
  /** When the phase began. */
  readonly since: number;
  /** Who has led each term and each reign, as others were told. */
  readonly led: readonly {readonly of: 'term' | 'reign'; readonly number: number; readonly host: HostId}[];
};

/** How much may happen in one run. */
export const FAULTS: Left = {lose: 4, repeat: 3, crash: 2, split: 5, late: 2, want: 4, create: 2, move: 2, disk: 1};

const NEVER: Configuration = configuration(0);

/** The object that a VM is created with at first. */
export const FIRST: Identity = identity(1);

/** Nothing has happened yet: both networks are whole, and every host is down. */
export const beginning = (configs: readonly HostConfig[], left: Left): World => {
  const hosts = configs.map(({self}) => self);
  const [first] = configs;
  if (first === undefined) throw new RangeError('needs hosts');
  return {
    phase: 'opening',
    hosts: configs.map(config => ({
      host: config.self,
      config,
      isUp: false,
      states: [downHost(firstHostDurable(config))],
      timers: [],
      late: [],
      questions: [],
      news: [],
    })),
    vms: first.vms.map((layout, index) => ({
      layout,
      home: hosts[(index + 1) % hosts.length] as HostId,
      platform: {
        value: 'unprotected',
        generation: generation(0),
        due: false,
        reported: generation(0),
        primary: first.self,
        term: term(0),
      },
      migration: null,
      committed: {version: {configuration: NEVER, sequence: 0}, content: createdObject(layout.namespace, FIRST)},
      created: FIRST,
    })),
    links: [hosts],
    view: [hosts],
    mail: [],
    left,
    now: 0,
    since: 0,
    led: [],
  };
};

export const namesOf = ({hosts}: World): readonly HostId[] => hosts.map(({host}) => host);

export const hostIn = (world: World, name: HostId): HostWorld => {
  const found = world.hosts.find(({host}) => host === name);
  if (found === undefined) throw new Error(`there is no host ${name}`);
  return found;
};

export const vmIn = (world: World, name: VmId): VmWorld => {
  const found = world.vms.find(({layout}) => layout.vm === name);
  if (found === undefined) throw new Error(`there is no VM ${name}`);
  return found;
};

export const withHost = (world: World, name: HostId, change: Partial<HostWorld>): World => ({
  ...world,
  hosts: world.hosts.map(host => (host.host === name ? {...host, ...change} : host)),
});

export const withVm = (world: World, name: VmId, change: Partial<VmWorld>): World => ({
  ...world,
  vms: world.vms.map(vm => (vm.layout.vm === name ? {...vm, ...change} : vm)),
});

/** Whom the storage module of a host that is up reaches now. */
export const audible = (world: World, name: HostId): readonly HostId[] =>
  reachableFrom(world.view, name).filter(other => other === name || hostIn(world, other).isUp);

/** Every host whose storage module reaches others than before will notice that, at a time of its own. */
export const withNews = (before: World, after: World): World => ({
  ...after,
  hosts: after.hosts.map(host => {
    const was = hostIn(before, host.host);
    if (!host.isUp || !was.isUp) return host;
    const reached = audible(after, host.host);
    return isSame(reached, audible(before, host.host)) ? host : {...host, news: [...host.news, reached]};
  }),
});

/** What all that explains a host agrees about; null where it does not. */
export const agreed = <T>({states: [first, ...others]}: HostWorld, of: (state: ComposedState) => T): T | null => {
  if (first === undefined) return null;
  const found = of(first);
  return others.every(state => isSame(of(state), found)) ? found : null;
};

/** Whether a host is primary, and of which term: by all that explains it. */
export const leadingAt = (host: HostWorld): number | null =>
  agreed(host, ({ha: {ha}}) => (ha.role === 'primary' ? ha.durable.term : null));

/** The primary of the highest term, or null. */
export const leaderOf = ({hosts}: World): HostWorld | null => {
  const primaries = hosts.filter(host => leadingAt(host) !== null);
  return primaries.reduce<HostWorld | null>(
    (best, host) => (best === null || (leadingAt(host) ?? 0) > (leadingAt(best) ?? 0) ? host : best),
    null,
  );
};
