// What a cluster of whole hosts owes its users, whatever each host does for itself. The names are those of the
// explorer's properties of whole hosts, and mean the same here.

import {faultsOf} from '../../../model/service/service.js';
import type {HostEffect, HostEvent, HostId} from '../../../src/index.js';
import type {Goal, Safety} from '../simulation.js';
import {canStart, executedAt, holdersOf, isKept, serviceOf, writesAt} from './service.js';
import {agreed, FIRST, hostIn, leaderOf, type VmWorld, type World} from './world.js';

type HostSafety = Safety<World, HostEvent, HostEffect>;

/** What is wrong with one VM or another. */
const ofVms =
  (wrong: (before: VmWorld, after: VmWorld, worlds: readonly [World, World]) => string | null): HostSafety['wrong'] =>
  (before, after) =>
    firstOf(after.vms.map((vm, index) => wrong(before.vms[index] ?? vm, vm, [before, after])));

const firstOf = (found: readonly (string | null)[]): string | null => found.find(each => each !== null) ?? null;

const alone =
  (of: 'term' | 'reign', deed: string): HostSafety['wrong'] =>
  ({led: before}, {led}) => {
    const twice = led
      .slice(before.length)
      .find(
        entry =>
          entry.of === of &&
          led.some(other => other.of === of && other.number === entry.number && other.host !== entry.host),
      );
    return twice === undefined ? null : `${twice.host} ${deed} ${twice.number}, and so did another`;
  };

export const SAFETY: readonly HostSafety[] = [
  {
    name: 'OnePrimaryPerTerm',
    says: 'at most one host speaks as the primary of a term',
    wrong: alone('term', 'speaks as primary of term'),
  },
  {
    name: 'OneOwnerPerNumber',
    says: 'at most one host directs in the reign of a number',
    wrong: alone('reign', 'directs in reign'),
  },
  {
    name: 'MonotoneMeta',
    says: 'what is committed never goes back to an older generation or an older lock, and is what the user wanted',
    wrong: ofVms(({committed: old}, {layout, committed: now}) => {
      const [{register: was, lock: had}, {register, lock}] = [old.content, now.content];
      const isWanted = (register.value === 'protected') === (register.generation % 2 === 1);
      return isWanted && register.generation >= was.generation && lock.epoch >= had.epoch
        ? null
        : `${layout.vm}: generation ${was.generation}, ${was.value}, lock ${had.epoch}, became ` +
            `${register.generation}, ${register.value}, ${lock.epoch}`;
    }),
  },
  {
    name: 'NoMinorityCommit',
    says: 'what is committed is held by a quorum of its components, so that it is not lost',
    wrong: ofVms((_, vm, [, after]) => {
      const held = holdersOf(after, vm);
      const {configuration, sequence} = vm.committed.version;
      return isKept(vm, held)
        ? null
        : `${vm.layout.vm}: version ${configuration}.${sequence} is held by ` +
            `${held.map(({host}) => host).join(' ') || 'nobody'}, which is no quorum`;
    }),
  },
  {
    name: 'ReportedImpliesDurable',
    says: 'what was reported done is committed, or something newer is',
    wrong: ofVms((_, {layout, platform, committed}) => {
      const {generation} = committed.content.register;
      return platform.reported <= generation
        ? null
        : `${layout.vm}: generation ${platform.reported} was reported, and ${generation} is committed`;
    }),
  },
  {
    name: 'SingleWriter',
    says: 'at most one host can complete a write to the objects of a VM',
    wrong: ofVms((_, vm, [, after]) => {
      const writers = after.hosts.filter(host => writesAt(after, host, vm)).map(({host}) => host);
      return writers.length < 2 ? null : `${vm.layout.vm} runs on ${writers.join(' and ')}, and each can write`;
    }),
  },
  {
    name: 'NoResurrection',
    says: 'no primary has a VM started that the user has switched off, once that is committed',
    wrong: ofVms(({layout, platform, committed}, _, [before, after]) => {
      if (platform.value === 'protected' || committed.content.register.generation < platform.generation) return null;
      const started = before.hosts.find(host => {
        const was = agreed(host, ({runtime}) => runtime.find(known => known.vm === layout.vm) ?? null);
        const isCommanded = was?.power === 'starting' && was.request.by === 'primary';
        return isCommanded && executedAt(hostIn(after, host.host), layout.vm) !== null;
      });
      return started === undefined ? null : `${layout.vm} is started on ${started.host}`;
    }),
  },
  {
    name: 'Service',
    says: 'each step is one of the specification of what users get, or changes nothing of it',
    wrong: ofVms((was, now, [before, after]) => {
      const [old, next] = [serviceOf(before, was), serviceOf(after, now)];
      const faults = old === null || next === null ? [] : faultsOf(old, next);
      return faults.length === 0 ? null : `${now.layout.vm}: ${faults.join(', ')}`;
    }),
  },
];

const ofEach =
  (wrong: (vm: VmWorld, world: World) => string | null): Goal<World>['wrong'] =>
  world =>
    firstOf(world.vms.map(vm => wrong(vm, world)));

const running = ({hosts}: World, {layout}: VmWorld): readonly HostId[] =>
  hosts.filter(host => executedAt(host, layout.vm) !== null).map(({host}) => host);

/** These can be asked of a cluster that does not heal as well. */
export const STABLE: readonly Goal<World>[] = [
  {
    name: 'EventuallyProtected',
    says: 'what the user wants is committed and reported, where somebody can write it',
    wrong: ofEach(({layout, platform, committed, created}, world) => {
      const {generation, value} = committed.content.register;
      // A call may mean the object that a VM had before (HO-13): then nothing is written, and nothing reported (FB-08).
      if (created !== FIRST) return null;
      const isDone = generation === platform.generation && platform.reported === platform.generation;
      return isDone || leaderOf(world) === null
        ? null
        : `${layout.vm}: ${platform.value} (generation ${platform.generation}) is wanted, ${value} (generation ` +
            `${generation}) is committed, and generation ${platform.reported} was reported`;
    }),
  },
  {
    name: 'EventuallyServing',
    says: 'a protected VM runs where it can write, or nobody could start it whom a primary would have do so',
    wrong: ofEach((vm, world) => {
      const {layout, platform, committed} = vm;
      const {register} = committed.content;
      if (platform.value === 'unprotected' || register.generation !== platform.generation) return null;
      const isServed = world.hosts.some(host => writesAt(world, host, vm));
      const able = world.hosts.find(host => canStart(world, host, layout.vm));
      return isServed || able === undefined
        ? null
        : `${layout.vm} is protected and runs nowhere where it can write, and ${able.host} could start it`;
    }),
  },
  {
    name: 'GhostsEnd',
    says: 'a second instance of a VM does not last',
    wrong: ofEach((vm, world) => {
      const hosts = running(world, vm);
      return hosts.length < 2 ? null : `${vm.layout.vm} runs on ${hosts.join(' and ')}`;
    }),
  },
];

export const GOALS: readonly Goal<World>[] = [
  ...STABLE,
  {
    name: 'HealConverges',
    says: 'there is one primary, and all others follow it',
    wrong: world => {
      const leader = leaderOf(world);
      if (leader === null) return 'nobody is primary';
      const stray = world.hosts.find(
        host =>
          host !== leader &&
          agreed(host, ({ha: {ha}}) => (ha.role === 'secondary' ? ha.following : null)) !== leader.host,
      );
      return stray === undefined ? null : `${stray.host} does not follow ${leader.host}`;
    },
  },
];
