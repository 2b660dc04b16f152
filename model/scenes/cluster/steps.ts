// What the hosts and the platform do by themselves. All of it is fair.

import {type HostId, type HostTimer, type PlatformState, storageReading} from '../../../src/index.js';
import type {Builder, Outcome, Read} from '../../index.js';
import type {ClusterOptions} from './options.js';
import type {Standing} from './standing.js';
import {arrival} from './start.js';
import type {Link, World} from './world.js';

/** Whether anything but the storage modules among themselves may happen now. */
export const mayHappen =
  (options: ClusterOptions, {storageRests}: Standing) =>
  (read: Read): boolean =>
    options.storage === 'slow' || read(storageRests);

export const declareSteps = (m: Builder, world: World, standing: Standing, options: ClusterOptions): void => {
  const {setting, pairs, host, mail, react} = world;
  const {hosts} = setting;
  const may = mayHappen(options, standing);

  declareStorage(m, world, standing, options);

  const first = m.derive('first HA mail', read => pairs.findIndex(link => read(standing.haMoves(link))));
  m.receive(mail, {name: 'HA message arrives', fair: 'weak'}, (read, link, message) => {
    if (!may(read)) return [];
    const isNext = options.messages === 'queued' ? isAt(read(first), pairs, link) : read(standing.haMoves(link));
    return isNext ? react(read, link[1], arrival(link[0], {network: 'ha', message})) : [];
  });

  const isTime = (read: Read): boolean => may(read) && (options.timers === 'any' || read(standing.haRests));

  /** The timers of one kind that run on a host, each where it is due: in the end, however many messages there are. */
  const timer = <T extends HostTimer['type']>(
    name: string,
    type: T,
    isDue: (read: Read, host: HostId, timer: Extract<HostTimer, {readonly type: T}>) => boolean,
  ): void =>
    m.action(name, {each: hosts, fair: 'strong'}, (read, at: HostId) => {
      if (!isTime(read)) return [];
      const running = read(world.timers(at)).filter(
        (each): each is Extract<HostTimer, {readonly type: T}> => each.type === type,
      );
      return running
        .filter(each => isDue(read, at, each))
        .flatMap((each): readonly Outcome[] => react(read, at, {type: 'TimerFired', timer: each}));
    });

  timer('round is over', 'Election', () => true);
  timer('patience ends', 'Silence', (read, at) => !standing.isKept(read, at));
  timer('heart beats', 'Heartbeat', (read, at) => standing.hasNews(read, at));
  timer('host is not heard', 'Host', (read, at, {host: other}) => {
    if (standing.isHeard(read, at, other)) return false;
    const state = read(host(at)).ha.ha;
    const known = state.role === 'primary' ? state.silent.find(silent => silent.host === other) : undefined;
    return known?.state !== (read(world.connected(at)).includes(other) ? 'unreachable' : 'failed');
  });
  timer('answer stays away', 'Fallback', (read, at, {vm, phase}) => {
    if (phase !== 'waiting') return true;
    const {term} = read(standing.ha(at));
    return standing.others(at).some(other => {
      const {ha} = read(host(other)).ha;
      const watches = ha.role === 'secondary' && ha.watches.some(watch => watch.vm === vm && watch.primary === at);
      return read(world.connected(at)).includes(other) && ha.durable.term <= term && !watches;
    });
  });
  timer('isolated host looks again', 'Isolation', (read, at) => {
    const {ha} = read(host(at)).ha;
    return world.isOnline(read, at) || (ha.role === 'isolated' && !ha.responded);
  });
  timer('delay is over', 'Failover', (read, at, {vm, stage, round}) => {
    if (stage === 'delayed' || stage === 'placing' || stage === 'starting') return true;
    const {ha, lead} = read(host(at)).ha;
    const isRegistered = (other: HostId): boolean =>
      read(host(other)).ha.placeWatches.some(
        watch => watch.vm === vm && watch.primary === at && watch.term === ha.durable.term && watch.round === round,
      );
    return read(world.connected(at)).some(other => !lead?.failover.gone.includes(other) && !isRegistered(other));
  });
  timer('ghost is due', 'Ghost', () => true);
  /** Whether GET on the other host would tell this primary of something that it has not read yet. */
  const isUnread = m.derives(
    'is unread',
    hosts.flatMap(at => hosts.map((other): readonly [HostId, HostId] => [at, other])),
    (read, [at, other]): boolean => {
      const {lead} = read(host(at)).ha;
      if (lead === null) return false;
      const {storage} = read(host(other));
      return setting.vms.some(layout => {
        const reading = storageReading(storage, layout);
        const known = lead.knowledge.find(({vm}) => vm === layout.vm);
        return reading !== null && (known === undefined || known.generation < reading.generation);
      });
    },
  );
  timer('primary asks again', 'Retrieval', (read, at) =>
    read(world.connected(at)).some(other => read(isUnread([at, other]))),
  );

  declarePlatform(m, world, standing, options);
};

const isAt = (index: number, pairs: readonly Link[], [from, to]: Link): boolean => {
  const link = pairs[index];
  return link !== undefined && link[0] === from && link[1] === to;
};

/** The storage modules notice how their network is, and talk. Where they are prompt, in one order only. */
const declareStorage = (m: Builder, world: World, standing: Standing, options: ClusterOptions): void => {
  const {setting, pairs, storageMail, audible, react} = world;
  const {hosts} = setting;
  const isSlow = options.storage === 'slow';

  m.action('storage network is noticed', {each: hosts, fair: 'weak'}, (read, name: HostId) => {
    const before = hosts.slice(0, hosts.indexOf(name));
    if (!read(standing.isUnaware(name)) || (!isSlow && before.some(other => read(standing.isUnaware(other)))))
      return [];
    return react(read, name, {type: 'ViewChanged', reachable: read(audible(name))});
  });

  const first = m.derive('first storage mail', read => {
    if (hosts.some(name => read(standing.isUnaware(name)))) return null;
    return pairs.findIndex(link => read(standing.storageMailMoves(link)));
  });
  m.receive(storageMail, {name: 'storage message arrives', fair: 'weak'}, (read, link, message) => {
    const isNext = isSlow ? read(standing.storageMailMoves(link)) : isAt(read(first) ?? -1, pairs, link);
    return isNext ? react(read, link[1], arrival(link[0], {network: 'storage', message})) : [];
  });
};

const declarePlatform = (m: Builder, world: World, standing: Standing, options: ClusterOptions): void => {
  const {names, platform, isUp, onPlatform, react} = world;
  const may = mayHappen(options, standing);

  m.action('platform learns of the primary', {each: names, fair: 'weak'}, (read, vm) => {
    const newest = standing.newestPrimary(read);
    const known: PlatformState = read(platform(vm));
    return may(read) && newest !== null && newest.term > known.term
      ? [{rules: ['PL-04'], changes: [onPlatform(vm, {type: 'PrimaryChanged', ...newest})]}]
      : [];
  });

  m.action('platform hands over', {each: names, fair: 'weak'}, (read, vm) => {
    const {due, primary, value, generation} = read(platform(vm));
    if (!may(read) || !due || !read(isUp(primary))) return [];
    return react(read, primary, {type: 'Request', vm, value, generation}).map(({rules, changes}) => ({
      rules: ['PL-02', ...rules],
      changes: [onPlatform(vm, {type: 'Connected'}), ...changes],
    }));
  });
};
