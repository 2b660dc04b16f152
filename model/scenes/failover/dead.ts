// What every future ignores, and so may be forgotten. A primary never makes a request twice: its rounds only grow, and
// so do terms. So what belongs to an older round or term is ignored for ever, but for a command, which is carried out
// all the same.

import {type Entry, type HostId, isOnWaitList, type RequestId, type Round, round} from '../../../src/index.js';
import type {Builder, Read} from '../../index.js';
import type {Envelope} from './host.js';
import type {FailoverOptions} from './options.js';
import type {World} from './world.js';

/** Of a command or a power-on whose result nobody awaits. */
const OVER = round(0);

/**
 * A network that flaps for ever would let rounds grow for ever, so there they go in a circle. No step begins more than
 * two rounds of a VM, and what is dead is forgotten at once: nothing is left of a round when its number comes again.
 */
const CIRCLE = 3;

export const declareDead = (m: Builder, world: World, {flapping}: FailoverOptions): void => {
  const {cluster, repairs, lead, seen, watches, runtime, inbox} = world;
  const live = (n: Round): Round => (flapping && n > CIRCLE ? round(((n - 1) % CIRCLE) + 1) : n);

  /** What the primary does about the VM in this very round, or null. */
  const entryOf = (read: Read, primary: HostId, {term, vm, generation, round}: RequestId): Entry | null => {
    const own = read(lead(primary));
    const entry = own?.term === term ? own.failover.inventory.find(known => known.vm === vm) : undefined;
    return entry?.generation === generation && live(entry.round) === live(round) ? entry : null;
  };

  const isPlacing = (entry: Entry | null, asked: HostId): boolean =>
    entry?.stage === 'placing' && entry.awaited.includes(asked);
  const isStarting = (entry: Entry | null, commanded: HostId): boolean =>
    entry?.stage === 'starting' && entry.on === commanded;
  const isWaiting = (entry: Entry | null): boolean =>
    entry !== null && (isOnWaitList(entry) || entry.stage === 'lacking');

  /** Whether anybody will ever heed what this message asks for, or says. */
  const isHeeded = (read: Read, to: HostId, {from, message}: Envelope): boolean => {
    switch (message.type) {
      case 'PlaceQuery':
        return isPlacing(entryOf(read, from, message), to);
      case 'PlaceAnswer':
        return isPlacing(entryOf(read, to, message), from);
      case 'RestartCommand':
        return isStarting(entryOf(read, from, message), to);
      case 'RestartResult':
        return isStarting(entryOf(read, to, message), from);
      case 'PlaceRegister':
        return isWaiting(entryOf(read, from, message));
      case 'BecamePlaceable':
        return isWaiting(entryOf(read, to, message));
    }
  };

  for (const host of cluster.hosts) {
    m.normalise(`dead messages to ${host}`, {of: inbox(host)}, (messages, read) =>
      messages.flatMap(envelope => {
        const {message} = envelope;
        if (repairs.terms && message.term < read(seen(host))) return [];
        if (isHeeded(read, host, envelope)) return [{...envelope, message: {...message, round: live(message.round)}}];
        return message.type === 'RestartCommand' ? [{...envelope, message: {...message, round: OVER}}] : [];
      }),
    );
    m.normalise(`dead watches of ${host}`, {of: watches(host)}, (kept, read) =>
      kept.flatMap(watch =>
        isWaiting(entryOf(read, watch.primary, watch)) ? [{...watch, round: live(watch.round)}] : [],
      ),
    );
    m.normalise(`dead power-ons on ${host}`, {of: runtime(host)}, (instances, read) =>
      instances.map(instance => {
        if (instance.power !== 'starting' || instance.request.by === 'user') return instance;
        const {request} = instance;
        const isLive = isStarting(entryOf(read, request.from, request), host);
        return {...instance, request: {...request, round: isLive ? live(request.round) : OVER}};
      }),
    );
  }
  for (const host of flapping ? cluster.hosts : []) {
    m.normalise(`rounds of ${host}`, {of: lead(host)}, own =>
      own === null ? null : {...own, failover: {...own.failover, inventory: own.failover.inventory.map(circled)}},
    );
  }

  function circled(entry: Entry): Entry {
    return {...entry, round: live(entry.round)};
  }
};
