// What has to come about before a property says anything. Each is claimed never to, so that the explorer shows that it
// does.

import type {Fallback, HostId, VmId} from '../../../src/index.js';
import {type Builder, product, type Read} from '../../index.js';
import type {PropertyName} from './options.js';
import {declareSilence, liesIn, requestAt} from './silence.js';
import {canAccess, isCommitted} from './standing.js';
import {fallbackAt, type World} from './world.js';

type Declare = (m: Builder, world: World, name: string) => void;

/** Nothing more happens by itself, what the user wants is committed, and the primary's own host cannot access it. */
const settledAs =
  (value: 'protected' | 'unprotected'): Declare =>
  (m, world, name) => {
    const [led, committed, can] = [world.leads, isCommitted(world), canAccess(world, 'namespace')];
    m.quiescent(name, {each: world.vms}, (read, vm) => {
      const wanted = read(world.platform(vm));
      const isCut = !read(world.access([read(world.election).primary, vm])).namespace;
      return (
        !(wanted.value === value && wanted.generation > 0 && isCut && read(led) && can(read, vm)) ||
        !committed(read, vm)
      );
    });
  };

/** A SET is reported done. */
const oneReported: Declare = (m, {platform, vms}, name) => {
  m.invariant(name, {each: vms}, (read, vm) => read(platform(vm)).reported === 0);
};

/** A fallback that has come to some point. */
const comesTo =
  (isThere: (fallback: Fallback) => boolean): Declare =>
  (m, {cluster, vms, host}, name) => {
    m.invariant(name, {each: product(cluster.hosts, vms)}, (read, at, vm) => {
      const known = fallbackAt(read(host(at)), vm);
      return known === null || !isThere(known);
    });
  };

/** A host is commanded. */
const oneCommanded = comesTo(({phase}) => phase === 'commanding');

/** A second round has begun. */
const anotherRound = comesTo(({round}) => round > 0);

/** One host has said no and another has not answered. */
const someAnswered = comesTo(
  known =>
    known.phase === 'querying' &&
    known.awaited.length > 0 &&
    known.asked.length > known.awaited.length + known.positive.length,
);

export const PREMISES: Readonly<Record<PropertyName, Declare>> = {
  ReportedImpliesDurable: oneReported,
  EventuallyReported: oneReported,
  FallbackTerminates: oneCommanded,
  CommandsResponders: oneCommanded,
  RoundsRise: anotherRound,
  BoundedRounds: anotherRound,
  HearsAll: someAnswered,
  AsksOnce: someAnswered,
  FallbackEnds: comesTo(({phase}) => phase === 'querying'),
  ExhaustBeforeWaiting: comesTo(({phase}) => phase === 'waiting'),

  /** One host has said yes and another has not answered. */
  TypeOK: comesTo(known => 'asked' in known && known.positive.length > 0 && known.awaited.length > 0),

  /** The user was told that it is switched off. */
  NoResurrection: (m, {platform, vms}, name) => {
    m.invariant(name, {each: vms}, (read, vm) => {
      const {value, generation, reported} = read(platform(vm));
      return value === 'protected' || generation === 0 || reported < generation;
    });
  },

  /** One VM's answers are not to come, while something is done about the other. */
  NonInterference: (m, world, name) => {
    const {cluster, vms, host} = world;
    const silence = declareSilence(m, world, 'no answer to come');
    const isIdle = (read: Read, at: HostId, vm: VmId): boolean =>
      (fallbackAt(read(host(at)), vm)?.phase ?? 'idle') === 'idle';
    m.invariant(name, {each: product(cluster.hosts, vms)}, (read, at, vm) => {
      const isBusy = vms.some(other => other !== vm && !isIdle(read, at, other));
      return !isBusy || isIdle(read, at, vm) || !read(silence([at, vm]));
    });
  },

  /** The storage network was cut and is whole again, and a SET was committed since the beginning. */
  HealConverges: (m, {view, register, vms, budgets}, name) => {
    m.quiescent(name, {each: vms}, (read, vm) => {
      return read(view).length > 1 || read(budgets).views > 0 || read(register(vm)).generation === 0;
    });
  },

  /** A SET is committed after another. */
  MonotoneMeta: (m, {register, vms}, name) => {
    m.stepProperty(name, {of: register.members, each: vms}, (before, after, vm) => {
      const old = before(register(vm)).generation;
      return old === 0 || after(register(vm)).generation === old;
    });
  },

  /** A SET is committed while the storage network is cut. */
  NoMinorityCommit: (m, {register, vms, view}, name) => {
    m.stepProperty(name, {of: register.members, each: vms}, (before, after, vm) => {
      return after(view).length === 1 || after(register(vm)).generation === before(register(vm)).generation;
    });
  },

  /** A SET is called that is committed already. */
  IdempotentSet: (m, {cluster, calls, register}, name) => {
    m.invariant(name, {each: cluster.hosts}, (read, at) =>
      read(calls(at)).every(({vm, generation}) => read(register(vm)).generation !== generation),
    );
  },

  /** A command is under way to a host that has seen a higher term. */
  SingleCommander: (m, {cluster, host, inbox}, name) => {
    m.invariant(name, {each: cluster.hosts}, (read, at) =>
      read(inbox(at)).every(
        ({message}) => message.type !== 'SetCommand' || message.term >= read(host(at)).durable.term,
      ),
    );
  },

  EventuallyProtected: settledAs('protected'),
  EventuallyUnprotected: settledAs('unprotected'),

  /** The primary waits for what some host can access. */
  NoLostWakeup: (m, world, name) => {
    const can = canAccess(world, world.scope);
    m.invariant(name, {each: product(world.cluster.hosts, world.vms)}, (read, at, vm) => {
      return fallbackAt(read(world.host(at)), vm)?.phase !== 'waiting' || !can(read, vm);
    });
  },

  /** A SET is reported done after another. */
  MonotoneReports: (m, {platform, vms}, name) => {
    m.stepProperty(name, {of: vm => [platform(vm)], each: vms}, (before, after, vm) => {
      const old = before(platform(vm)).reported;
      return old === 0 || after(platform(vm)).reported === old;
    });
  },

  /** A host that was given up for silent answers while another is commanded. */
  ResultsOfCommanded: (m, {cluster, vms, host, inbox}, name) => {
    m.invariant(name, {each: product(cluster.hosts, vms)}, (read, at, vm) => {
      const known = fallbackAt(read(host(at)), vm);
      const id = requestAt(read(host(at)), vm);
      if (known?.phase !== 'commanding' || id === null) return true;
      const others = cluster.hosts.filter(other => other !== known.commanded);
      return !others.some(other => liesIn(read(inbox(at)), other, id, 'SetResult'));
    });
  },

  /** Two messages are under way to one host. */
  BoundedChannels: (m, {cluster, inbox}, name) => {
    m.invariant(name, {each: cluster.hosts}, (read, at) => read(inbox(at)).length < 2);
  },
};
