// What a cluster of whole hosts is for. The names are those of the project's list of properties; each says what it
// means here.

import {type Entry, type HostId, isNewer, isOnRestartList, type VmId} from '../../../src/index.js';
import {type Builder, product, type Read} from '../../index.js';
import {faultsOf} from '../../service/service.js';
import {entryOf, isQuorumOf} from '../storage/standing.js';
import {CONDUCT} from './conduct.js';
import {serviceOf} from './mapping.js';
import type {PropertyName} from './options.js';
import type {Standing} from './standing.js';
import {isWantedOn, type World} from './world.js';

type Declare = (m: Builder, world: World, standing: Standing, name: string) => void;

export const PROPERTIES = {
  /** Every step is one of the specification of what users get, or changes nothing of it. */
  Service: (m, world, standing, name) => {
    const {names, host, platform, committed, storageNetwork} = world;
    const services = m.derives('service', names, (read, vm) => serviceOf(world, standing, read, vm));
    m.stepProperty(
      name,
      {of: [host, platform, committed, storageNetwork], each: names},
      (before, after, vm) => faultsOf(before(services(vm)), after(services(vm))).length === 0,
    );
  },

  /** At most one host can complete a write to the VM's objects. */
  SingleWriter: (m, {setting, names}, {writes}, name) => {
    m.invariant(name, {each: names}, (read, vm) => setting.hosts.filter(at => read(writes([at, vm]))).length <= 1);
  },

  /** The strong form: at most one host executes the VM, even if it could not write. */
  AtMostOneRunning: (m, {setting, names}, {executed}, name) => {
    m.invariant(
      name,
      {each: names},
      (read, vm) => setting.hosts.filter(at => read(executed([at, vm])) !== null).length <= 1,
    );
  },

  /** HA starts nothing that the user has switched off, once that is committed. */
  NoResurrection: (m, world, standing, name) => {
    const {setting, names, host, platform, committed} = world;
    m.stepProperty(name, {of: at => [host(at)], each: product(setting.hosts, names)}, (before, after, at, vm) => {
      const starting = before(host(at)).runtime.find(known => known.vm === vm);
      if (starting?.power !== 'starting' || starting.request.by !== 'primary') return true;
      if (after(standing.executed([at, vm])) === null) return true;
      const {value, generation} = before(platform(vm));
      return value === 'protected' || before(committed(vm)).content.register.generation < generation;
    });
  },

  /** What is committed never goes back, and is something that the user wanted. */
  MonotoneMeta: (m, {names, committed}, _standing, name) => {
    m.stepProperty(name, {of: vm => [committed(vm)], each: names}, (before, after, vm) => {
      const [old, now] = [before(committed(vm)).content, after(committed(vm)).content];
      const isWanted = (now.register.value === 'protected') === isWantedOn(now.register.generation);
      return isWanted && now.register.generation >= old.register.generation && now.lock.epoch >= old.lock.epoch;
    });
  },

  /** What is committed is held by a quorum of the object's components. */
  NoMinorityCommit: (m, {setting, names, layoutOf, host, committed}, _standing, name) => {
    m.invariant(name, {each: names}, (read, vm) => {
      const {namespace} = layoutOf(vm);
      const {version} = read(committed(vm));
      const entries = setting.hosts.flatMap(at => {
        const entry = entryOf(read(host(at)).storage, namespace);
        return entry === null || isNewer(version, entry.version) ? [] : [{at, entry}];
      });
      const holders = entries.map(({at}) => at);
      return entries.some(({entry}) => isQuorumOf(namespace, entry, holders));
    });
  },

  /** What the platform was told is done is committed, or has been overtaken. */
  ReportedImpliesDurable: (m, {names, platform, committed}, _standing, name) => {
    m.invariant(
      name,
      {each: names},
      (read, vm) => read(committed(vm)).content.register.generation >= read(platform(vm)).reported,
    );
  },

  /** No two hosts are primary of one term. */
  OnePrimaryPerTerm: (m, {setting}, {ha}, name) => {
    m.invariant(name, read => {
      const terms = setting.hosts.flatMap(at => {
        const {role, term} = read(ha(at));
        return role === 'primary' ? [term] : [];
      });
      return new Set(terms).size === terms.length;
    });
  },

  /** Whatever a host starts for a primary, it starts in the name of the highest term that it has seen. */
  SingleCommander: (m, {setting, names, host}, {ha}, name) => {
    m.stepProperty(name, {of: at => [host(at)], each: product(setting.hosts, names)}, (before, after, at, vm) => {
      const starting = after(host(at)).runtime.find(known => known.vm === vm);
      if (starting?.power !== 'starting' || starting.request.by !== 'primary') return true;
      const was = before(host(at)).runtime.find(known => known.vm === vm);
      return was?.power === 'starting' || starting.request.term >= before(ha(at)).term;
    });
  },

  /** A primary has a VM on one list at most. */
  ListsExclusive: (m, {setting, host}, _standing, name) => {
    m.invariant(name, {each: setting.hosts}, (read, at) => {
      const vms = read(host(at)).ha.lead?.failover.inventory.map(({vm}) => vm) ?? [];
      return new Set(vms).size === vms.length;
    });
  },

  /**
   * A VM enters the restart list only where somebody has just said that it can be accessed. One whose files are not in
   * the object store needs nobody's word for that: it does not wait before a place was looked for, nor right after an
   * attempt.
   */
  ListsSound: (m, {setting, names, host, pairs, mail}, {seen}, name) => {
    const entryAt = (read: Read, at: HostId, vm: VmId): Entry | undefined =>
      read(host(at)).ha.lead?.failover.inventory.find(entry => entry.vm === vm);
    const isListed = (entry: Entry | undefined): boolean => entry !== undefined && isOnRestartList(entry);
    m.stepProperty(name, {of: at => [host(at)], each: product(setting.hosts, names)}, (before, after, at, vm) => {
      const [was, now] = [entryAt(before, at, vm), entryAt(after, at, vm)];
      const isStored = setting.configOf(at).plans.some(plan => plan.vm === vm && plan.stored);
      if (!isStored) return now?.stage !== 'waiting' || (was?.stage !== 'watched' && was?.stage !== 'starting');
      if (isListed(was) || !isListed(now)) return true;
      const wasTold = pairs.some(
        link =>
          link[1] === at && before(mail(link)).some(message => message.type === 'BecamePlaceable' && message.vm === vm),
      );
      return wasTold || before(seen([at, vm])).namespace || after(seen([at, vm])).namespace;
    });
  },

  /** HA starts a VM only where all of its objects can be used: where no side has a quorum, nobody does. */
  StartsWithQuorum: (m, {setting, names, host}, {executed, seen}, name) => {
    m.stepProperty(name, {of: at => [host(at)], each: product(setting.hosts, names)}, (before, after, at, vm) => {
      const starting = before(host(at)).runtime.find(known => known.vm === vm);
      if (starting?.power !== 'starting' || after(executed([at, vm])) === null) return true;
      return before(seen([at, vm])).all || after(seen([at, vm])).all;
    });
  },

  // Of endless behaviours, also where heartbeats never come to an end.

  /** The weak form: a second instance does not last. */
  GhostsEnd: (m, {setting, names}, {executed}, name) => {
    m.eventuallyAlways(
      name,
      {each: names},
      (read, vm) => setting.hosts.filter(at => read(executed([at, vm])) !== null).length <= 1,
    );
  },

  /** A protected VM runs where it can write, or no host that a primary can talk to could run it so. */
  EventuallyServing: (m, {setting, names, platform, committed}, {writes, canStart}, name) => {
    m.eventuallyAlways(name, {each: names}, (read, vm) => {
      const {value, generation} = read(platform(vm));
      const {register} = read(committed(vm)).content;
      if (value === 'unprotected' || register.generation !== generation) return true;
      const {hosts} = setting;
      return hosts.some(at => read(writes([at, vm]))) || !hosts.some(at => read(canStart([at, vm])));
    });
  },

  // The rest is asked where nothing more happens by itself.

  /** What the user wants is committed, or no host that the newest primary can talk to could write it. */
  EventuallyProtected: (m, {names, platform, committed, connected}, standing, name) => {
    m.quiescent(name, {each: names}, (read, vm) => {
      const primary = standing.newestPrimary(read)?.primary ?? null;
      if (primary === null) return true;
      const {generation} = read(platform(vm));
      const canWrite = read(connected(primary)).some(at => read(standing.seen([at, vm])).namespace);
      return !canWrite || read(committed(vm)).content.register.generation >= generation;
    });
  },

  /** Where both networks are whole and all hosts are up, there is one primary, and all agree on what is protected. */
  HealConverges: (m, world, standing, name) => {
    const {setting, names, storageNetwork, haNetwork, isUp, platform, committed} = world;
    const {hosts, whole} = setting;
    m.quiescent(name, read => {
      const isWhole = read(storageNetwork) === whole && read(haNetwork) === whole && hosts.every(at => read(isUp(at)));
      if (!isWhole) return true;
      const primary = hosts.find(at => hosts.every(other => other === at || standing.follows(read, at, other)));
      return (
        primary !== undefined &&
        names.every(vm => {
          const {generation, reported} = read(platform(vm));
          return reported === generation && read(committed(vm)).content.register.generation === generation;
        })
      );
    });
  },

  ...CONDUCT,
} satisfies Readonly<Record<PropertyName, Declare>>;
