// How primaries and hosts go about a restart, step by step: what the rules say of that, whatever comes of it.

import {type Entry, type FailoverMessage, type HostId, isExecuting, type VmId} from '../../../src/index.js';
import {type Builder, product, type Read, same} from '../../index.js';
import {type Envelope, seenBy} from './host.js';
import type {FailoverOptions, PropertyName} from './options.js';
import type {World} from './world.js';

/** A VM for which a host is sought. */
type Placing = Extract<Entry, {readonly stage: 'placing'}>;

type Declare = (m: Builder, world: World, name: string, options: FailoverOptions) => void;

type Conduct =
  | 'CapacityKept'
  | 'HearsAll'
  | 'CommandsPlaces'
  | 'AttemptsCounted'
  | 'CountedInTheObject'
  | 'TurnsKept'
  | 'StopsAreWritten'
  | 'RestartsEnd'
  | 'HeedsItsRound';

export const CONDUCT = {
  /** A host takes a primary's power-on only where there is room for one more. */
  CapacityKept: (m, {cluster, runtime}, name, {capacity}) => {
    m.stepProperty(name, {of: [runtime], each: cluster.hosts}, (before, after, host) => {
      const [old, now] = [before(runtime(host)), after(runtime(host))];
      const taken = now.some(
        ({vm, ...instance}) =>
          instance.power === 'starting' && instance.request.by === 'primary' && !old.some(other => other.vm === vm),
      );
      return !taken || now.length <= capacity;
    });
  },

  /** A primary decides where to start a VM when all that it has to ask have answered or have failed since. */
  HearsAll: (m, world, name) => {
    const {cluster, names, lead} = world;
    m.stepProperty(name, {of: [lead], each: product(cluster.hosts, names)}, (before, after, host, vm) => {
      const [old, now] = [entryAt(world, before, host, vm), entryAt(world, after, host, vm)];
      if (old === null || now?.stage !== 'starting' || old.stage === 'starting') return true;
      const gone = after(lead(host))?.failover.gone ?? [];
      const asked = old.stage === 'placing' ? old.awaited : cluster.hosts.filter(other => other !== host);
      return asked.every(other => gone.includes(other) || answerOf(world, before, host, other, old) !== undefined);
    });
  },

  /** A primary that asks commands only a host that has said in this round that the VM can be started there. */
  CommandsPlaces: (m, world, name) => {
    decisions(m, world, name, (before, _after, host, placing, decided) => {
      if (decided.stage !== 'starting' || decided.on === host || placing.candidates.includes(decided.on)) return true;
      const answer = answerOf(world, before, host, decided.on, placing);
      if (answer === undefined) return false;
      const {accessible, capacity, holder} = answer.standing;
      return accessible && capacity && (holder === null || !world.repairs['lock-registration']);
    });
  },

  /** Each attempt that fails is counted, up to as many as the schedule has, and one that succeeds ends the count. */
  AttemptsCounted: (m, world, name, {attempts}) => {
    const {cluster, names, lead} = world;
    m.stepProperty(name, {of: [lead], each: product(cluster.hosts, names)}, (before, after, host, vm) => {
      const [old, now] = [entryAt(world, before, host, vm), entryAt(world, after, host, vm)];
      if (now === null || old === null) return now === null || now.attempts <= attempts;
      // Whoever was not commanded may be a ghost: what has failed stays counted.
      const isTold = now.stage === 'watched' && old.stage !== 'watched' && now.host !== null;
      // The own host is commanded, and answers, within one step.
      const isCommanded = now.host === host || (old.stage === 'starting' && old.on === now.host);
      if (isTold && !isCommanded && now.generation === old.generation && world.repairs['shared-attempts']) {
        return now.attempts === old.attempts;
      }
      if (old.stage !== 'starting' || now.stage === 'starting' || now.generation !== old.generation) {
        return now.attempts <= attempts;
      }
      const isOver = now.stage === 'watched' || now.stage === 'lacking';
      const isCounted = now.attempts === old.attempts + 1 || (old.attempts + 1 === attempts && now.attempts === 0);
      // Where room was lacking and the own host has room by now, the next search begins in the same step, or it is
      // queued behind that of another VM.
      const isSoughtAgain = (now.round > old.round || now.stage === 'queued') && now.attempts === old.attempts;
      return isOver ? now.attempts <= old.attempts : isCounted || isSoughtAgain;
    });
  },

  /**
   * Whoever takes the lock for an attempt counts it there, until the VM runs; and a primary that hears of a VM by GET
   * goes on from that count.
   */
  CountedInTheObject: (m, world, name, {attempts}) => {
    const {cluster, names, lead, homes, runtime, intent} = world;
    m.stepProperty(name, {of: [homes], each: names}, (before, after, vm) => {
      const [{object: old}, {object: now}] = [before(homes(vm)), after(homes(vm))];
      if (now.lock.epoch === old.lock.epoch) return true;
      return cluster.hosts.every(host => {
        const starting = before(runtime(host)).find(instance => instance.vm === vm);
        if (starting?.power !== 'starting' || starting.request.by === 'user') return true;
        const ended = after(runtime(host)).find(instance => instance.vm === vm) ?? null;
        if (ended?.power === 'starting' || starting.request.generation !== old.register.generation) return true;
        return isExecuting(ended) ? now.attempts === 0 : now.attempts > starting.request.attempt;
      });
    });
    m.stepProperty(
      `${name}: read back`,
      {of: [lead], each: product(cluster.hosts, names)},
      (before, after, host, vm) => {
        const [old, now] = [entryAt(world, before, host, vm), entryAt(world, after, host, vm)];
        const {register, attempts: counted} = before(homes(vm)).object;
        const isNews = now !== null && (old === null || old.generation < now.generation);
        const isCommitted = register.generation === before(intent(vm)).generation;
        // In the same step the attempt that follows may be refused on the own host.
        const goesOn = now !== null && [counted, counted + 1].some(each => now.attempts === Math.min(each, attempts));
        return !isNews || !isCommitted || now?.value === 'unprotected' || goesOn;
      },
    );
  },

  /** No more VMs are placed and started at a time than configured. */
  TurnsKept: (m, world, name) => {
    const {cluster, lead} = world;
    m.invariant(name, {each: cluster.hosts}, (read, host) => {
      const inventory = read(lead(host))?.failover.inventory ?? [];
      const inWork = inventory.filter(({stage}) => stage === 'placing' || stage === 'starting');
      return inWork.length <= cluster.failover(host).concurrency;
    });
  },

  /** Where a VM is switched off and its namespace object can be written, that is written at once. */
  StopsAreWritten: (m, world, name) => {
    const {cluster, names, intent, runtime, homes, placeOf} = world;
    m.stepProperty(name, {of: [intent], each: names}, (before, after, vm) => {
      const {on, generation} = after(intent(vm));
      if (on || before(intent(vm)).generation === generation) return true;
      const runs = (read: Read, host: HostId): boolean => read(runtime(host)).some(instance => instance.vm === vm);
      const ended = cluster.hosts.filter(host => runs(before, host) && !runs(after, host));
      const canWrite = ended.some(host => seenBy(placeOf(before, host), before(homes(vm))).access.namespace);
      const {register} = after(homes(vm)).object;
      return !canWrite || (register.generation === generation && register.value === 'unprotected');
    });
  },

  /** From some point on nobody asks, commands or tries any more: each VM runs, waits or is off. */
  RestartsEnd: (m, world, name) => {
    const {cluster, names} = world;
    m.eventuallyAlways(name, {each: product(cluster.hosts, names)}, (read, host, vm) => {
      const stage = entryAt(world, read, host, vm)?.stage ?? 'watched';
      return ['watched', 'lacking', 'waiting', 'exhausted'].includes(stage);
    });
  },

  /** An answer to an earlier round, generation or term changes nothing of what a primary does about a VM. */
  HeedsItsRound: (m, world, name) => {
    const {cluster, names, lead, inbox} = world;
    const each = product(cluster.hosts, names);
    m.stepProperty(name, {of: at => [inbox(at)], each}, (before, after, host, vm) => {
      const old = entryAt(world, before, host, vm);
      const term = before(lead(host))?.term;
      if (old === null || after(lead(host))?.term !== term) return true;
      const isTaken = (envelope: Envelope): boolean => !after(inbox(host)).some(other => same(other, envelope));
      const isOld = ({message}: Envelope): boolean =>
        ['PlaceAnswer', 'RestartResult', 'BecamePlaceable'].includes(message.type) &&
        message.vm === vm &&
        !(message.term === term && message.generation === old.generation && message.round === old.round);
      const isMisled = before(inbox(host)).some(envelope => isOld(envelope) && isTaken(envelope));
      return !isMisled || same(old, entryAt(world, after, host, vm));
    });
  },
} satisfies Readonly<Record<Conduct & PropertyName, Declare>>;

const entryAt = ({lead}: World, read: Read, host: HostId, vm: VmId): Entry | null =>
  read(lead(host))?.failover.inventory.find(entry => entry.vm === vm) ?? null;

type PlaceAnswer = Extract<FailoverMessage, {readonly type: 'PlaceAnswer'}>;

/** The answer of a host in this round, if it has come. */
const answerOf = (
  {inbox}: World,
  read: Read,
  primary: HostId,
  host: HostId,
  {vm, generation, round}: Entry,
): PlaceAnswer | undefined =>
  read(inbox(primary)).flatMap(({from, message}) => {
    const isOf = message.vm === vm && message.generation === generation && message.round === round;
    return from === host && isOf && message.type === 'PlaceAnswer' ? [message] : [];
  })[0];

/** Asks something of every step by which a primary that has asked hosts for a place decides. */
const decisions = (
  m: Builder,
  world: World,
  name: string,
  isAllowed: (before: Read, after: Read, host: HostId, placing: Placing, decided: Entry) => boolean,
): void => {
  const {cluster, names, lead} = world;
  m.stepProperty(name, {of: [lead], each: product(cluster.hosts, names)}, (before, after, host, vm) => {
    const [old, now] = [entryAt(world, before, host, vm), entryAt(world, after, host, vm)];
    if (old?.stage !== 'placing' || now === null || now.generation !== old.generation) return true;
    const hasDecided = now.stage === 'starting' || now.stage === 'lacking' || now.stage === 'waiting';
    return !hasDecided || isAllowed(before, after, host, old, now);
  });
};
