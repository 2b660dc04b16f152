// How a primary goes about a fallback, step by step: what the rules say of that, whatever comes of it.

import type {Fallback, HostId, Message, RequestId, VmId} from '../../../src/index.js';
import {type Builder, product, type Read, same} from '../../index.js';
import type {PropertyName} from './options.js';
import {liesIn, requestAt, sameRequest} from './silence.js';
import {fallbackAt, placesOf, type World} from './world.js';

type Declare = (m: Builder, world: World, name: string) => void;

type Conduct =
  | 'ExhaustBeforeWaiting'
  | 'AsksOnce'
  | 'HearsAll'
  | 'CommandsResponders'
  | 'ResultsOfCommanded'
  | 'RoundsRise'
  | 'FallbackEnds';

export const CONDUCT = {
  /**
   * A primary that begins to wait has heard of everyone and has tried everyone who said yes: nothing that belongs to
   * its round is under way, or was when the last command failed.
   */
  ExhaustBeforeWaiting: (m, world, name) => {
    steps(m, world, name, (before, after, at, vm) => {
      const known = fallbackAt(before(world.host(at)), vm);
      if (known?.phase === 'waiting' || fallbackAt(after(world.host(at)), vm)?.phase !== 'waiting') return true;
      const skipped =
        known?.phase === 'commanding' &&
        (known.positive.length > 0 || areUnderWay(world, before, at, vm, 'AccessQuery', 'AccessAnswer'));
      return !skipped && !areUnderWay(world, after, at, vm, 'AccessQuery', 'AccessAnswer', 'SetCommand', 'SetResult');
    });
  },

  /** In one round nobody is asked twice, so that a round ends whatever the answers are. */
  AsksOnce: (m, {cluster: {hosts}, vms, host, inbox}, name) => {
    m.stepProperty(name, {of: inbox.members, each: vms}, (before, after, vm) =>
      hosts.every(at => {
        const id = requestAt(after(host(at)), vm);
        const known = fallbackAt(before(host(at)), vm);
        const round = requestAt(before(host(at)), vm);
        if (id === null || round === null || known === null || !('asked' in known) || !sameRequest(id, round))
          return true;
        return known.asked.every(
          other =>
            liesIn(before(inbox(other)), at, id, 'AccessQuery') || !liesIn(after(inbox(other)), at, id, 'AccessQuery'),
        );
      }),
    );
  },

  /** As long as an answer to a round is still to come, it neither asks others nor forgets whom it asked. */
  HearsAll: (m, world, name) => {
    rounds(m, world, name, (before, after, at, old, now) => {
      const id = requestAt(before(world.host(at)), old.vm);
      if (id === null || !('asked' in old) || now.phase === 'idle') return true;
      const isRemembered = !('asked' in now) || old.asked.every(other => now.asked.includes(other));
      const hasGoneOn = !('asked' in now) || now.asked.some(other => !old.asked.includes(other));
      const isHeard = !old.asked.some(other => mayAnswer(world, after, at, other, id));
      return isRemembered && (!hasGoneOn || isHeard);
    });
  },

  /** A primary commands only a host that has said yes in this round. */
  CommandsResponders: (m, {cluster: {hosts}, vms, host, inbox}, name) => {
    m.stepProperty(name, {of: inbox.members, each: vms}, (before, after, vm) =>
      hosts.every(at => {
        const id = requestAt(after(host(at)), vm);
        if (id === null) return true;
        const known = fallbackAt(before(host(at)), vm);
        const saidYes = (other: HostId): boolean =>
          (known !== null && 'positive' in known && known.positive.includes(other)) ||
          before(inbox(at)).some(
            ({from, message}) =>
              from === other && message.type === 'AccessAnswer' && message.accessible && sameRequest(message, id),
          );
        return hosts.every(
          other =>
            liesIn(before(inbox(other)), at, id, 'SetCommand') ||
            !liesIn(after(inbox(other)), at, id, 'SetCommand') ||
            saidYes(other),
        );
      }),
    );
  },

  /** What a host answers that was not commanded, or is no longer, does not end the fallback. */
  ResultsOfCommanded: (m, world, name) => {
    rounds(m, world, name, (before, _after, at, old, now) => {
      const id = requestAt(before(world.host(at)), old.vm);
      if (old.phase !== 'commanding' || now.phase !== 'idle' || id === null) return true;
      return liesIn(before(world.inbox(at)), old.commanded, id, 'SetResult');
    });
  },

  /** Each round has a number of its own: what belongs to an earlier one is never taken for an answer to it. */
  RoundsRise: (m, world, name) => {
    steps(m, world, name, (before, after, at, vm) => {
      const [old, now] = [before(world.host(at)), after(world.host(at))];
      const [from, to] = [fallbackAt(old, vm), fallbackAt(now, vm)];
      if (from === null || to === null || old.durable.term !== now.durable.term) return true;
      const rise = to.generation - from.generation || to.round - from.round;
      const isNew = to.phase === 'setting' && from.phase !== 'queued' && !same(from, to);
      return isNew ? rise > 0 : rise >= 0;
    });
  },

  /** From some point on nobody asks or commands any more: each fallback is over, or waits. */
  FallbackEnds: (m, {cluster, vms, host}, name) => {
    m.eventuallyAlways(name, {each: placesOf(cluster.hosts, vms)}, (read, [at, vm]) => {
      const phase = fallbackAt(read(host(at)), vm)?.phase ?? 'idle';
      return phase === 'idle' || phase === 'waiting';
    });
  },
} satisfies Readonly<Record<Conduct & PropertyName, Declare>>;

type Step<Rest extends readonly unknown[]> = (before: Read, after: Read, at: HostId, ...rest: Rest) => boolean;

/** Asks something of every step of an HA module, for each VM. */
const steps = (m: Builder, {cluster, vms, host}: World, name: string, isAllowed: Step<[VmId]>): void => {
  const each = product(cluster.hosts, vms);
  m.stepProperty(name, {each, of: at => [host(at)]}, (before, after, at, vm) => isAllowed(before, after, at, vm));
};

/** Asks something of every step by which a primary goes on with what the platform wants. */
const rounds = (m: Builder, world: World, name: string, isAllowed: Step<[Fallback, Fallback]>): void =>
  steps(m, world, name, (before, after, at, vm) => {
    const [old, now] = [before(world.host(at)), after(world.host(at))];
    const [from, to] = [fallbackAt(old, vm), fallbackAt(now, vm)];
    if (from === null || to === null || old.durable.term !== now.durable.term) return true;
    return from.generation !== to.generation || isAllowed(before, after, at, from, to);
  });

const mayAnswer = ({inbox}: World, read: Read, at: HostId, other: HostId, id: RequestId): boolean =>
  liesIn(read(inbox(other)), at, id, 'AccessQuery') || liesIn(read(inbox(at)), other, id, 'AccessAnswer');

const areUnderWay = (
  {cluster: {hosts}, host, inbox}: World,
  read: Read,
  at: HostId,
  vm: VmId,
  ...types: readonly Message['type'][]
): boolean => {
  const id = requestAt(read(host(at)), vm);
  return (
    id !== null &&
    hosts.some(other => liesIn(read(inbox(other)), at, id, ...types) || liesIn(read(inbox(at)), other, id, ...types))
  );
};
