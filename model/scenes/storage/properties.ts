// What the storage module is for. The names are those of the project's list of properties; each says what it means
// here.

import {
  type CallResult,
  callOutcomes,
  type Epoch,
  type HostId,
  isNewer,
  type NamespaceObject,
  type ObjectCall,
  readingOf,
  storageAccess,
  storageReading,
} from '../../../src/index.js';
import {type Builder, type Readable, same, subsets} from '../../index.js';
import {CONDUCT} from './conduct.js';
import type {PropertyName} from './options.js';
import {entryOf, isQuorumOf, servingAt} from './standing.js';
import type {World} from './world.js';

type Declare = (m: Builder, world: World, canCommit: (name: HostId) => Readable<boolean>, name: string) => void;

/** Whether one is not older than the other: a later object, or the same with nothing undone. */
const covers = (now: NamespaceObject, old: NamespaceObject): boolean =>
  now.identity > old.identity ||
  (now.identity === old.identity &&
    now.register.generation >= old.register.generation &&
    now.lock.epoch >= old.lock.epoch);

/** What callers can tell of an object: not which components are current. */
const visible = ({identity, register: {value, generation}, lock, attempts}: NamespaceObject) => ({
  identity,
  value,
  generation,
  lock,
  attempts,
});

export const PROPERTIES = {
  /** What is committed never goes back: to an earlier object, an earlier generation or an earlier epoch of the lock. */
  MonotoneMeta: (m, {committed}, _can, name) => {
    m.stepProperty(name, {of: [committed]}, (before, after) =>
      covers(after(committed).content, before(committed).content),
    );
  },

  /** What is committed of the VM that there is now is something the user wanted of this very VM. */
  NoResurrection: (m, {committed, user}, _can, name) => {
    m.invariant(name, read => {
      const {identity, register} = read(committed).content;
      const wanted = read(user);
      const {value, generation} = register;
      const isOfThis = generation <= wanted.generation && (value === 'unprotected' || generation > wanted.former);
      return identity !== wanted.identity || isOfThis;
    });
  },

  /**
   * Every commit is a step of the contract: of the call that it answers, with that very answer, or of a call that was
   * never answered, or it changes nothing that a caller could tell. What was committed earlier than an owner hears of
   * it is in what is committed now.
   */
  Refinement: (m, {cluster: {hosts, vm}, repairs, committed, user}, _can, name) => {
    const contract = {layout: vm.namespace, repairs};
    const allows = (
      before: NamespaceObject,
      call: ObjectCall,
      after: NamespaceObject,
      result: CallResult | null,
    ): boolean => {
      const intact = {...before, register: {...before.register, current: hosts}};
      return subsets(hosts).some(reachable =>
        callOutcomes(contract, intact, reachable, call).some(
          ({state, effects}) =>
            same(visible(state), visible(after)) && (result === null || effects[0]?.result === result),
        ),
      );
    };
    m.stepProperty(name, {of: [committed]}, (before, after) => {
      const old = before(committed).content;
      const {content: now, call, result, late} = after(committed);
      if (late !== null && !covers(now, late)) return false;
      if (call !== null) return allows(old, call, now, result);
      if (same(visible(old), visible(now))) return true;
      const {identity, register, lock} = now;
      const {value, generation} = register;
      const taking = (host: HostId): readonly ObjectCall[] =>
        [null, {generation, number: 0}].map(attempt => ({type: 'TakeLock', identity, host, attempt}));
      const ending = (host: HostId, epoch: Epoch): readonly ObjectCall[] =>
        (['ReleaseLock', 'ClearAttempts'] as const).map(type => ({type, identity, host, epoch}));
      const unanswered: readonly ObjectCall[] = [
        {type: 'Set', identity, value, generation},
        {type: 'Set', identity: before(user).identity, value, generation},
        {type: 'Create', identity},
        ...(lock.holder === null ? [] : taking(lock.holder)),
        ...(old.lock.holder === null ? [] : ending(old.lock.holder, old.lock.epoch)),
      ];
      return unanswered.some(call => allows(old, call, now, null));
    });
  },

  /**
   * The lock, as whoever runs the VM relies on it: whoever takes it has a new epoch, nobody takes it from a holder that
   * can be reached, and only who holds it in this epoch writes with it or gives it back.
   */
  LockExclusive: (m, {committed}, _can, name) => {
    m.stepProperty(name, {of: [committed]}, (before, after) => {
      const {content: old} = before(committed);
      const {content: now, call, result} = after(committed);
      if (old.identity !== now.identity || call === null || !('host' in call)) return true;
      if (call.type === 'TakeLock' && result === 'ok') {
        return now.lock.holder === call.host && now.lock.epoch > old.lock.epoch;
      }
      if (result !== 'ok') return same(now.lock, old.lock) && (result !== 'held' || old.lock.holder !== call.host);
      const wasHeld = call.type !== 'TakeLock' && old.lock.holder === call.host && old.lock.epoch === call.epoch;
      return (
        wasHeld && now.lock.epoch === old.lock.epoch && (call.type === 'ReleaseLock') === (now.lock.holder === null)
      );
    });
  },

  /** Whoever could commit something now, and has nothing under way, has what was committed last. */
  DurableMeta: (m, {cluster, host, committed}, canCommit, name) => {
    m.invariant(name, {each: cluster.hosts}, (read, owner) => {
      const serving = servingAt(read(host(owner)), cluster.vm.namespace);
      return (
        serving === null ||
        serving.work !== null ||
        !read(canCommit(owner)) ||
        same(visible(serving.entry.content), visible(read(committed).content))
      );
    });
  },

  /**
   * What is committed, or something newer, lies on components that are a quorum of it, all of them current. One that
   * was lost since counts: it had said that it held it.
   */
  NoMinorityCommit: (m, {cluster, host, committed}, _can, name) => {
    const {hosts, vm} = cluster;
    const entryAt = m.derives('entry at', hosts, (read, at) => entryOf(read(host(at)), vm.namespace));
    m.stepProperty(name, {of: [committed]}, (_before, after) => {
      const {version} = after(committed);
      const holding = hosts.flatMap(at => {
        const entry = after(entryAt(at));
        return entry !== null && isNewer(version, entry.version) ? [] : [{at, entry}];
      });
      const entry = holding.find(each => each.entry !== null)?.entry ?? null;
      const holders = holding.map(({at}) => at);
      return entry === null || isQuorumOf(vm.namespace, entry, holders);
    });
  },

  /** No two hosts that reach different hosts, as the links are, could both commit something now. */
  QuorumExclusive: (m, {cluster: {hosts, cuts}, cut}, canCommit, name) => {
    m.invariant(name, read => {
      const links = cuts.get(read(cut));
      const views = hosts.flatMap(at => (read(canCommit(at)) ? [links?.[at]?.join(' ')] : []));
      return new Set(views).size <= 1;
    });
  },

  /** At most one host could complete a write to an object of the VM. */
  SingleWriter: (m, {cluster: {hosts, vm}, host, granted}, canCommit, name) => {
    const lockAt = m.derives('lock at', hosts, (read, owner) =>
      read(canCommit(owner)) ? (servingAt(read(host(owner)), vm.namespace)?.entry.content.lock ?? null) : null,
    );
    m.invariant(name, read => {
      const writers = hosts.filter(writer => {
        const epoch = read(granted(writer));
        return (
          epoch !== null &&
          hosts.some(owner => {
            const lock = read(lockAt(owner));
            return lock !== null && lock.holder === writer && lock.epoch === epoch;
          })
        );
      });
      return writers.length <= 1;
    });
  },

  ...CONDUCT,

  // The rest is asked where nothing more happens by itself.

  /** A new primary that called GET once, and again at each notification, knows what its host can access. */
  MasterLearns: (m, {cluster: {hosts, vm}, host, heard}, _can, name) => {
    m.quiescent(name, {each: hosts}, (read, at) => {
      const known = read(heard(at));
      return known === 'unread' || read(host(at)).role === 'down' || same(known, storageReading(read(host(at)), vm));
    });
  },

  /** What would not survive a crash is nothing that anybody was told: the disk holds what the module calls durable. */
  Persists: (m, {cluster: {hosts}, host, disk}, _can, name) => {
    m.invariant(name, {each: hosts}, (read, at) => same(read(host(at)).durable, read(disk(at))));
  },

  /**
   * A storage module that is up says that the object is accessible where the components within reach are a quorum of
   * the newest entry that they hold, and only there.
   */
  KnowsAccess: (m, {cluster: {hosts, vm, cuts}, cut, host}, _can, name) => {
    m.quiescent(name, {each: hosts}, (read, at) => {
      if (read(host(at)).role === 'down') return true;
      const reached = (cuts.get(read(cut))?.[at] ?? [at]).filter(other => read(host(other)).role === 'up');
      const holders = reached.flatMap(other => {
        const entry = entryOf(read(host(other)), vm.namespace);
        return entry === null ? [] : [{other, entry}];
      });
      const newest = holders.find(({entry}) => !holders.some(each => isNewer(each.entry.version, entry.version)));
      const names = holders.map(({other}) => other);
      const isHere = newest !== undefined && isQuorumOf(vm.namespace, newest.entry, names);
      return storageAccess(read(host(at)), vm).namespace === isHere;
    });
  },

  /** From some point on no storage module has anything to say to another that could hear it. */
  StorageRests: (m, {cluster: {hosts, cuts}, cut, host, inbox}, _can, name) => {
    m.eventuallyAlways(name, {each: hosts}, (read, at) => {
      const heard = cuts.get(read(cut))?.[at] ?? [at];
      return read(host(at)).role === 'down' || !read(inbox(at)).some(({from}) => heard.includes(from));
    });
  },

  /**
   * Who directs an object has nothing left to do; every component whose host has joined it is current and holds what
   * was committed; and each member knows that.
   */
  ResyncConverges: (m, {cluster: {hosts, vm}, host, committed}, _can, name) => {
    const {components} = vm.namespace;
    const versionAt = m.derives(
      'version at',
      hosts,
      (read, at) => entryOf(read(host(at)), vm.namespace)?.version ?? null,
    );
    const readingAt = m.derives('reading at', hosts, (read, at) => storageReading(read(host(at)), vm));
    m.quiescent(name, {each: hosts}, (read, owner) => {
      const state = read(host(owner));
      const serving = servingAt(state, vm.namespace);
      if (serving === null || state.role === 'down' || state.reign === null) return true;
      const {joined} = state.reign;
      const {version, content} = serving.entry;
      return (
        serving.work === null &&
        same(readingOf(content), readingOf(read(committed).content)) &&
        components.every(
          ({host: at}) =>
            !joined.includes(at) || (content.register.current.includes(at) && same(read(versionAt(at)), version)),
        ) &&
        joined.every(at => same(read(readingAt(at)), readingOf(content)))
      );
    });
  },
} satisfies Readonly<Record<PropertyName, Declare>>;
