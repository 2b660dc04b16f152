// A timer of a primary fires in time when what the primary waits for can no longer come, or was never asked for.

import type {Entry, FailoverTimer, HostId, RequestId} from '../../../src/index.js';
import {type Builder, product, type Read} from '../../index.js';
import {sameRequest} from '../protect/silence.js';
import type {Envelope} from './host.js';
import type {FailoverOptions} from './options.js';
import {changing} from './steps.js';
import type {World} from './world.js';

/** Needed only where messages get lost. Without the repair there are no such timers. */
export const declareSilence = (m: Builder, world: World, {fairness}: FailoverOptions): void => {
  const {cluster, names, lead, react} = world;

  m.action('answer stays away', {each: product(cluster.hosts, names), fair: fairness}, (read, primary, vm) => {
    const own = read(lead(primary));
    const entry = own?.failover.inventory.find(known => known.vm === vm);
    if (own == null || entry === undefined) return [];
    const {generation, round, attempts: attempt} = entry;
    const stage = stuckIn(world, read, primary, entry, {term: own.term, vm, generation, round});
    if (stage === null) return [];
    const timer: FailoverTimer = {type: 'Failover', vm, stage, round, attempt};
    return changing(react(read, primary, {part: 'failover', event: {type: 'TimerFired', timer}}));
  });
};

/** The stage in which the primary waits in vain, or null. */
const stuckIn = (
  {runtime, watches, connected, inbox, lead}: World,
  read: Read,
  primary: HostId,
  entry: Entry,
  id: RequestId,
): FailoverTimer['stage'] | null => {
  const lies = (at: HostId, from: HostId, type: Envelope['message']['type']): boolean =>
    read(inbox(at)).some(
      ({from: sender, message}) => sender === from && message.type === type && sameRequest(message, id),
    );
  const isAsked = (other: HostId): boolean => lies(other, primary, 'PlaceQuery') || lies(primary, other, 'PlaceAnswer');
  const isAtWork = (other: HostId): boolean =>
    lies(other, primary, 'RestartCommand') ||
    lies(primary, other, 'RestartResult') ||
    read(runtime(other)).some(
      instance =>
        instance.power === 'starting' &&
        instance.request.by === 'primary' &&
        instance.request.from === primary &&
        sameRequest(instance.request, id),
    );
  const isTold = (other: HostId): boolean =>
    lies(other, primary, 'PlaceRegister') ||
    lies(primary, other, 'BecamePlaceable') ||
    read(watches(other)).some(watch => watch.primary === primary && sameRequest(watch, id));
  switch (entry.stage) {
    case 'placing':
      return entry.awaited.length > 0 && !entry.awaited.some(isAsked) ? entry.stage : null;
    case 'starting':
      return isAtWork(entry.on) ? null : entry.stage;
    case 'lacking':
    case 'waiting':
    case 'exhausted': {
      const gone = read(lead(primary))?.failover.gone ?? [];
      const others = read(connected(primary)).filter(other => other !== primary && !gone.includes(other));
      return others.every(isTold) ? null : entry.stage;
    }
    default:
      return null;
  }
};
