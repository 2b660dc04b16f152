// What the protocol is for. The names are those of the project's list of properties; each says what it means here.

import {reachableFrom, votesOf} from '../../../src/index.js';
import {type Builder, product, same} from '../../index.js';
import {CONDUCT} from './conduct.js';
import {declareBounds, declareTypes} from './housekeeping.js';
import type {PropertyName} from './options.js';
import {declareSilence} from './silence.js';
import {canAccess, isCommitted} from './standing.js';
import {fallbackAt, namespaceOf, type World} from './world.js';

type Declare = (m: Builder, world: World, name: string) => void;

export const PROPERTIES = {
  /** What is committed never goes back to an older generation, nor changes within one. */
  MonotoneMeta: (m, {register, vms}, name) => {
    m.stepProperty(name, {of: register.members, each: vms}, (before, after, vm) => {
      const [old, now] = [before(register(vm)), after(register(vm))];
      return now.generation > old.generation || (now.generation === old.generation && now.value === old.value);
    });
  },

  /**
   * What the user was told is switched off is not committed as protected, or a failure of its host would power it on
   * against the user's will. An intent counts as delivered when it is reported done; the strict form would also blame a
   * primary for what it was just asked and could not do yet.
   */
  NoResurrection: (m, {platform, register, vms}, name) => {
    m.invariant(name, {each: vms}, (read, vm) => {
      const {value, generation, reported} = read(platform(vm));
      return !(value === 'unprotected' && reported === generation && read(register(vm)).value === 'protected');
    });
  },

  /** What was reported done is committed, or something newer is. */
  ReportedImpliesDurable: (m, {platform, register, vms}, name) => {
    m.invariant(name, {each: vms}, (read, vm) => read(platform(vm)).reported <= read(register(vm)).generation);
  },

  /**
   * What a SET changes it changes on most of all votes and a replica, all within reach of one host, and none stale. A
   * component becomes stale by that and by nothing else.
   */
  NoMinorityCommit: (m, {cluster, repairs, vms, view, register}, name) => {
    m.stepProperty(name, {of: register.members, each: vms}, (before, after, vm) => {
      const {components} = namespaceOf(cluster, vm);
      const [old, now] = [before(register(vm)), after(register(vm))];
      if (old.generation === now.generation && old.value === now.value)
        return !repairs.generations || old.current.every(host => now.current.includes(host));
      const written = components.filter(({host}) => now.current.includes(host));
      return (
        2 * votesOf(written) > votesOf(components) &&
        written.some(({kind}) => kind === 'replica') &&
        now.current.every(host => old.current.includes(host)) &&
        cluster.hosts.some(host => now.current.every(other => reachableFrom(after(view), host).includes(other)))
      );
    });
  },

  /** What the platform takes for done is never an older intent than before. */
  MonotoneReports: (m, {platform, vms}, name) => {
    m.stepProperty(
      name,
      {of: vm => [platform(vm)], each: vms},
      (before, after, vm) => after(platform(vm)).reported >= before(platform(vm)).reported,
    );
  },

  /** A SET that was called anywhere could be carried out twice and would change as much as once. */
  IdempotentSet: (m, {cluster, repairs, view, register, calls}, name) => {
    const {setOutcomes} = cluster.relations;
    m.invariant(name, {each: cluster.hosts}, (read, host) =>
      read(calls(host)).every(call => {
        const reachable = reachableFrom(read(view), host);
        const config = {layout: namespaceOf(cluster, call.vm), repairs};
        const [{state: once}] = setOutcomes(config, read(register(call.vm)), reachable, call);
        const [{state: twice}] = setOutcomes(config, once, reachable, call);
        return same(once, twice);
      }),
    );
  },

  /** A host takes no command of a lower term than the highest it has seen. */
  SingleCommander: (m, {cluster, host, calls}, name) => {
    m.stepProperty(name, {each: cluster.hosts, of: at => [calls(at)]}, (before, after, at) => {
      const known = before(calls(at));
      return after(calls(at)).every(
        call =>
          call.purpose.type === 'Own' ||
          known.some(each => same(each, call)) ||
          call.purpose.term >= before(host(at)).durable.term,
      );
    });
  },

  ...CONDUCT,

  /**
   * A primary does not try again for nothing: the rounds at one generation are no more than what the environment does
   * in all.
   */
  BoundedRounds: (m, {cluster, vms, host, doings}, name) => {
    m.invariant(name, {each: cluster.hosts}, (read, at) =>
      vms.every(vm => (fallbackAt(read(host(at)), vm)?.round ?? 0) <= doings),
    );
  },

  // The rest is asked where nothing more happens by itself. If there is no primary, or no host that is up can access
  // the namespace object, nothing need have happened.

  /** The VM is committed as protected if that is what the user wants. */
  EventuallyProtected: (m, world, name) => {
    const [led, committed, can] = [world.leads, isCommitted(world), canAccess(world, 'namespace')];
    m.quiescent(
      name,
      {each: world.vms},
      (read, vm) =>
        read(world.platform(vm)).value === 'unprotected' || committed(read, vm) || !read(led) || !can(read, vm),
    );
  },

  /** The VM is committed as unprotected if that is what the user wants. */
  EventuallyUnprotected: (m, world, name) => {
    const [led, committed, can] = [world.leads, isCommitted(world), canAccess(world, 'namespace')];
    m.quiescent(
      name,
      {each: world.vms},
      (read, vm) =>
        read(world.platform(vm)).value === 'protected' || committed(read, vm) || !read(led) || !can(read, vm),
    );
  },

  /** What the user wants and is committed has been reported. */
  EventuallyReported: (m, world, name) => {
    const [led, committed, can] = [world.leads, isCommitted(world), canAccess(world, 'namespace')];
    m.quiescent(name, {each: world.vms}, (read, vm) => {
      const {generation, reported} = read(world.platform(vm));
      return reported === generation || !committed(read, vm) || !read(led) || !can(read, vm);
    });
  },

  /** The primary does not wait for what a host that is up can access already. */
  NoLostWakeup: (m, world, name) => {
    const [led, can] = [world.leads, canAccess(world, world.scope)];
    const {vms, host, election} = world;
    m.quiescent(
      name,
      {each: vms},
      (read, vm) =>
        fallbackAt(read(host(read(election).primary)), vm)?.phase !== 'waiting' || !read(led) || !can(read, vm),
    );
  },

  /** What can no longer be answered about one VM does not hold up another. */
  NonInterference: (m, world, name) => {
    const {cluster, vms, host} = world;
    const silence = declareSilence(m, world, 'no answer to come');
    m.invariant(name, {each: cluster.hosts}, (read, at) => {
      const heldUp = vms.some(vm => fallbackAt(read(host(at)), vm)?.phase === 'queued');
      return (
        !heldUp || vms.every(vm => fallbackAt(read(host(at)), vm)?.phase === 'waiting' || !read(silence([at, vm])))
      );
    });
  },

  /** A fallback comes to its end: done, or waiting for something that it was promised to hear of. */
  FallbackTerminates: (m, {cluster, vms, host}, name) => {
    m.quiescent(name, {each: product(cluster.hosts, vms)}, (read, at, vm) => {
      const phase = fallbackAt(read(host(at)), vm)?.phase ?? 'idle';
      return phase === 'idle' || phase === 'waiting';
    });
  },

  /** Where the storage network is whole, what the user wants is committed, reported, and what the primary remembers. */
  HealConverges: (m, world, name) => {
    const {cluster, vms, view, platform, host, election} = world;
    const [led, committed] = [world.leads, isCommitted(world)];
    m.quiescent(name, {each: vms}, (read, vm) => {
      const isWhole = cluster.hosts.every(at => read(host(at)).role !== 'down') && read(view).length === 1;
      if (!isWhole || !read(led)) return true;
      const {generation, reported} = read(platform(vm));
      const known = fallbackAt(read(host(read(election).primary)), vm);
      const isRemembered = known === null || (known.phase === 'idle' && known.generation === generation);
      return committed(read, vm) && reported === generation && isRemembered;
    });
  },

  TypeOK: declareTypes,
  BoundedChannels: declareBounds,
} satisfies Readonly<Record<PropertyName, Declare>>;
