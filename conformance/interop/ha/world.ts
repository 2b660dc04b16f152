// The world of a cluster of HA modules: the HA network with its messages, the storage modules as the contract has them,
// the platform, timers, elections, and what may go wrong.

import {
  type Access,
  accessOf,
  created,
  generation,
  type HostId,
  hostsOf,
  type Message,
  type PlatformState,
  type Register,
  reachableFrom,
  type StorageCall,
  type Term,
  type Timer,
  term,
  type View,
  type VmId,
  type VmLayout,
} from '../../../src/index.js';
import {isSame} from '../../canonical.js';

/** A message under way. */
export type Envelope = {readonly from: HostId; readonly to: HostId; readonly message: Message};

/** One VM: what is in its namespace object, and what the platform knows of it. */
export type VmWorld = {
  readonly layout: VmLayout;
  readonly register: Register;
  readonly platform: PlatformState;
};

/** One host, as it is seen from outside. */
export type HostWorld = {
  readonly host: HostId;
  readonly isUp: boolean;
  /** The highest term that it can know of. */
  readonly seen: Term;
  /** The term that it has claimed since it came up, or null. */
  readonly claimed: Term | null;
  readonly timers: readonly Timer[];
  /** SETs called and not carried out yet, in order. */
  readonly calls: readonly StorageCall[];
  /** VMs whose accessibility from here has changed since the storage module last said so. */
  readonly news: readonly VmId[];
};

/** What may still go wrong, and what the user may still want: how often each. */
export type Left = Readonly<Record<Fault, number>>;

export type Fault = 'lose' | 'repeat' | 'lose answer' | 'crash' | 'split' | 'elect' | 'intend';

export type World = {
  readonly hosts: readonly HostWorld[];
  readonly vms: readonly VmWorld[];
  /** The sides of the HA network: a message crosses from one to another only when it has healed. */
  readonly links: View;
  /** The sides of the storage network. */
  readonly view: View;
  readonly mail: readonly Envelope[];
  readonly left: Left;
  /** While it settles: how many timers may still fire. Null before that. */
  readonly patience: number | null;
  /** Who has led each term, as others were told. */
  readonly led: readonly {readonly term: Term; readonly host: HostId}[];
  /** Yes as it was delivered to whoever had asked. */
  readonly positive: readonly Envelope[];
};

/** How much may happen in one run. */
export const FAULTS: Left = {
  lose: 4,
  repeat: 3,
  'lose answer': 2,
  crash: 2,
  split: 5,
  elect: 3,
  intend: 4,
};

/** Nothing has happened yet: both networks are whole, and everyone is a secondary. */
export const beginning = (hosts: readonly HostId[], vms: readonly VmLayout[], left: Left): World => ({
  hosts: hosts.map(host => ({
    host,
    isUp: true,
    seen: term(0),
    claimed: null,
    timers: [],
    calls: [],
    news: [],
  })),
  vms: vms.map(layout => ({
    layout,
    register: created(layout.namespace, generation(0)),
    platform: {
      value: 'unprotected',
      generation: generation(0),
      due: false,
      reported: generation(0),
      primary: hosts[0] as HostId,
      term: term(0),
    },
  })),
  links: [hosts],
  view: [hosts],
  mail: [],
  left,
  patience: null,
  led: [],
  positive: [],
});

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

/** What the storage module of a host answers about a VM at this moment. */
export const accessAt = (world: World, host: HostId, vm: VmId): Access => {
  const {layout, register} = vmIn(world, vm);
  const currentOf = (object: typeof layout.namespace.object): readonly HostId[] =>
    object === layout.namespace.object
      ? register.current
      : layout.disks.filter(disk => disk.object === object).flatMap(disk => hostsOf(disk));
  return accessOf(layout, currentOf, reachableFrom(world.view, host));
};

/** Whether a host is primary, as far as it can know. */
export const isPrimary = ({isUp, seen, claimed}: HostWorld): boolean => isUp && claimed === seen && claimed > 0;

/** The primary of the highest term that anybody has seen, or null. */
export const leaderOf = ({hosts}: World): HostId | null => {
  const highest = Math.max(...hosts.map(({seen}) => seen));
  return hosts.find(host => isPrimary(host) && host.claimed === highest)?.host ?? null;
};

/** Every change of accessibility is news to the HA module of that host: the storage module will say so. */
export const withNews = (before: World, after: World): World => ({
  ...after,
  hosts: after.hosts.map(host => {
    const changed = after.vms
      .map(({layout}) => layout.vm)
      .filter(vm => !isSame(accessAt(before, host.host, vm), accessAt(after, host.host, vm)));
    return changed.length === 0 ? host : {...host, news: [...new Set([...host.news, ...changed])]};
  }),
});
