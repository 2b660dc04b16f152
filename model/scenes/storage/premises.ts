// What has to come about before a property says anything. Each is claimed never to, so that the explorer shows that it
// does.

import {type HostId, storageAccess} from '../../../src/index.js';
import type {Builder, Readable} from '../../index.js';
import type {PropertyName} from './options.js';
import {entryOf, servingAt} from './standing.js';
import type {World} from './world.js';

type Declare = (m: Builder, world: World, canCommit: (name: HostId) => Readable<boolean>, name: string) => void;

/** Two hosts direct the object at one time. */
const twoDirect: Declare = (m, {cluster, host}, _can, name) => {
  const {hosts, vm} = cluster;
  m.invariant(name, read => hosts.filter(at => servingAt(read(host(at)), vm.namespace) !== null).length < 2);
};

export const PREMISES: Readonly<Record<PropertyName, Declare>> = {
  /** A SET is committed after another. */
  MonotoneMeta: (m, {committed}, _can, name) => {
    m.invariant(name, read => read(committed).content.register.generation < 2);
  },

  /** The VM was created anew, while a call for the one before is not made yet. */
  NoResurrection: (m, {user}, _can, name) => {
    m.invariant(name, read => {
      const {identity, pending} = read(user);
      return pending.every(call => call.identity === identity);
    });
  },

  /** What was committed is the answer to a call. */
  Refinement: (m, {committed}, _can, name) => {
    m.invariant(name, read => read(committed).call === null);
  },

  /** Something is committed while a host cannot be reached. */
  NoMinorityCommit: (m, {cluster: {hosts}, committed}, _can, name) => {
    m.invariant(name, read => {
      const {generation, current} = read(committed).content.register;
      return generation === 0 || current.length === hosts.length;
    });
  },

  /** Two hosts have been told at one time that they hold the lock. */
  SingleWriter: (m, {cluster: {hosts}, granted}, _can, name) => {
    m.invariant(name, read => hosts.filter(at => read(granted(at)) !== null).length < 2);
  },

  /** Everything has come to rest with another than the first owner, and with something written. */
  ResyncConverges: (m, {cluster: {hosts, vm}, host, committed}, _can, name) => {
    const [first] = hosts;
    m.quiescent(name, {each: hosts}, (read, owner) => {
      const isOther = owner !== first && servingAt(read(host(owner)), vm.namespace) !== null;
      return !isOther || read(committed).content.register.generation === 0;
    });
  },

  /** Whoever could commit something now is another than the first owner, and there is something to lose. */
  DurableMeta: (m, {cluster, host, committed}, canCommit, name) => {
    const [first] = cluster.hosts;
    m.invariant(name, {each: cluster.hosts}, (read, owner) => {
      const serving = servingAt(read(host(owner)), cluster.vm.namespace);
      const isOther = owner !== first && serving !== null && serving.work === null && read(canCommit(owner));
      return !isOther || read(committed).content.register.generation === 0;
    });
  },

  QuorumExclusive: twoDirect,
  OneOwnerPerNumber: twoDirect,

  /** A host takes the lock that another holds. */
  LockExclusive: (m, {committed}, _can, name) => {
    m.invariant(name, read => {
      const {call, result, content} = read(committed);
      return call?.type !== 'TakeLock' || result === 'ok' || content.lock.holder === call.host;
    });
  },

  /** Something has been written since the beginning. */
  Persists: (m, {cluster: {hosts, vm}, host}, _can, name) => {
    m.invariant(name, {each: hosts}, (read, at) => {
      const entry = entryOf(read(host(at)), vm.namespace);
      return entry === null || entry.content.register.generation === 0;
    });
  },

  /** What could be accessed once cannot any more. */
  KnowsAccess: (m, {cluster: {hosts, vm}, host}, _can, name) => {
    m.quiescent(name, {each: hosts}, (read, at) => storageAccess(read(host(at)), vm).namespace);
  },

  /** A host promises itself to another number. */
  NumbersRise: (m, {cluster: {hosts}, host}, _can, name) => {
    m.stepProperty(name, {of: at => [host(at)], each: hosts}, (before, after, at) => {
      return before(host(at)).durable.number === after(host(at)).durable.number;
    });
  },

  /** Somebody whom a host does not follow any more wants something written there. */
  ObeysItsOwner: (m, {cluster: {hosts}, host, inbox}, _can, name) => {
    m.invariant(name, {each: hosts}, (read, at) => {
      const state = read(host(at));
      if (state.role === 'down') return true;
      return read(inbox(at)).every(({from, message}) => message.type !== 'ComponentWrite' || from === state.owner);
    });
  },

  /** A message is under way. */
  StorageRests: (m, {cluster: {hosts}, inbox}, _can, name) => {
    m.invariant(name, {each: hosts}, (read, at) => read(inbox(at)).length === 0);
  },

  /** A host that became primary before a SET has heard of it. */
  MasterLearns: (m, {cluster: {hosts}, heard}, _can, name) => {
    m.quiescent(name, {each: hosts}, (read, at) => {
      const known = read(heard(at));
      return known === null || known === 'unread' || known.generation === 0;
    });
  },
};
