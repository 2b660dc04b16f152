// What may happen next in a cluster of HA modules, and what then becomes of the world.

import {
  type Event,
  type HostId,
  type Message,
  type PlatformEvent,
  type Protection,
  platformOutcomes,
  profile,
  reachableFrom,
  resyncOutcomes,
  type StorageCall,
  setOutcomes,
  type Term,
  type Timer,
  term,
  type View,
  type VmId,
} from '../../../src/index.js';
import {isSame} from '../../canonical.js';
import {areJoined, distinct, without} from '../sides.js';
import type {Put} from '../simulation.js';
import {
  accessAt,
  type Envelope,
  type Fault,
  hostIn,
  isPrimary,
  leaderOf,
  namesOf,
  vmIn,
  type World,
  withHost,
  withNews,
  withVm,
} from './world.js';

export type HaMove =
  | (Envelope & {readonly kind: 'deliver' | 'lose' | 'repeat'})
  | {readonly kind: 'carry out' | 'lose answer'; readonly host: HostId; readonly call: StorageCall}
  | {readonly kind: 'fire'; readonly host: HostId; readonly timer: Timer}
  | {readonly kind: 'announce'; readonly host: HostId; readonly vm: VmId}
  | {readonly kind: 'elect'; readonly host: HostId; readonly term: Term}
  | {readonly kind: 'crash' | 'restart'; readonly host: HostId}
  | {readonly kind: 'split HA network' | 'split storage network'; readonly sides: View}
  | {readonly kind: 'intend'; readonly vm: VmId; readonly value: Protection}
  | {readonly kind: 'ask'; readonly vm: VmId};

export const movesOf = (world: World): readonly HaMove[] => [
  ...distinct(world.mail).flatMap((envelope): readonly HaMove[] => [
    ...(areJoined(world.links, envelope.from, envelope.to) ? [{...envelope, kind: 'deliver'} as const] : []),
    ...ifLeft(world, 'lose', {...envelope, kind: 'lose'}),
    ...ifLeft(world, 'repeat', {...envelope, kind: 'repeat'}),
  ]),
  ...world.hosts.flatMap(({host, isUp, timers, calls: [call], news}): readonly HaMove[] => [
    ...(call === undefined ? [] : [{kind: 'carry out', host, call} as const]),
    ...(call === undefined ? [] : ifLeft(world, 'lose answer', {kind: 'lose answer', host, call})),
    ...timers.map(timer => ({kind: 'fire', host, timer}) as const),
    ...news.map(vm => ({kind: 'announce', host, vm}) as const),
    ...(isUp ? ifLeft(world, 'crash', {kind: 'crash', host}) : [{kind: 'restart', host} as const]),
  ]),
  ...candidates(world).flatMap(host => ifLeft(world, 'elect', {kind: 'elect', host, term: nextTerm(world)})),
  ...ifAnyLeft(world, 'split', [
    ...splits(world, world.links).map(sides => ({kind: 'split HA network', sides}) as const),
    ...splits(world, world.view).map(sides => ({kind: 'split storage network', sides}) as const),
  ]),
  ...world.vms.flatMap(({layout: {vm}, platform}): readonly HaMove[] => [
    ...ifLeft(world, 'intend', {
      kind: 'intend',
      vm,
      value: platform.value === 'protected' ? 'unprotected' : 'protected',
    }),
    ...(platform.due && platform.term > 0 ? [{kind: 'ask', vm} as const] : []),
  ]),
];

const ifLeft = (world: World, fault: Fault, move: HaMove): readonly HaMove[] => ifAnyLeft(world, fault, [move]);

const ifAnyLeft = ({left}: World, fault: Fault, moves: readonly HaMove[]): readonly HaMove[] =>
  left[fault] > 0 ? moves : [];

/** Only a host that is up and no primary takes the word of the elector. */
const candidates = ({hosts}: World): readonly HostId[] =>
  hosts.filter(host => host.isUp && !isPrimary(host)).map(({host}) => host);

const nextTerm = ({hosts}: World): Term => term(Math.max(...hosts.map(({seen}) => seen)) + 1);

/** Each host cut off from all others, and the whole, but for how it is. */
const splits = (world: World, now: View): readonly View[] => {
  const hosts = namesOf(world);
  const views: readonly View[] = [[hosts], ...hosts.map(alone => [[alone], hosts.filter(host => host !== alone)])];
  return views.filter(view => !isSame(view, now));
};

/** Fair, without faults: heal, restart, have a primary; then whatever has waited longest, timers last. */
export const nextOf = (world: World, isMet: (world: World) => boolean): HaMove | null => {
  const whole: View = [namesOf(world)];
  if (!isSame(world.links, whole)) return {kind: 'split HA network', sides: whole};
  if (!isSame(world.view, whole)) return {kind: 'split storage network', sides: whole};
  const down = world.hosts.find(({isUp}) => !isUp);
  if (down !== undefined) return {kind: 'restart', host: down.host};
  const [candidate] = candidates(world);
  if (leaderOf(world) === null && candidate !== undefined)
    return {kind: 'elect', host: candidate, term: nextTerm(world)};
  const [first] = world.mail;
  if (first !== undefined) return {...first, kind: 'deliver'};
  for (const {host, calls, news} of world.hosts) {
    if (calls[0] !== undefined) return {kind: 'carry out', host, call: calls[0]};
    if (news[0] !== undefined) return {kind: 'announce', host, vm: news[0]};
  }
  const due = world.vms.find(({platform}) => platform.due);
  if (due !== undefined) return {kind: 'ask', vm: due.layout.vm};
  const running = world.hosts.find(({timers}) => timers.length > 0);
  if (running?.timers[0] === undefined || world.patience === 0 || isMet(world)) return null;
  return {kind: 'fire', host: running.host, timer: running.timers[0]};
};

/** What becomes of the world, and what is put to whom. */
export const takenIn = (world: World, move: HaMove): {readonly world: World; readonly put: Put<Event> | null} => {
  switch (move.kind) {
    case 'deliver':
      return delivered(world, move);
    case 'lose':
      return nothing({...spent(world, 'lose'), mail: without(world.mail, envelopeOf(move))});
    case 'repeat':
      return nothing({...spent(world, 'repeat'), mail: [...world.mail, envelopeOf(move)]});
    case 'carry out':
    case 'lose answer':
      return carried(world, move.host, move.call, move.kind === 'carry out');
    case 'fire': {
      const {timers} = hostIn(world, move.host);
      const fired = withHost(world, move.host, {timers: without(timers, move.timer)});
      const rest = fired.patience === null ? fired : {...fired, patience: fired.patience - 1};
      const about = move.timer.type === 'Fallback' ? move.timer.vm : null;
      return put(rest, move.host, {type: 'TimerFired', timer: move.timer, ...localOf(world, move.host, about)});
    }
    case 'announce': {
      const {news} = hostIn(world, move.host);
      const accessible = accessAt(world, move.host, move.vm);
      const told = withHost(world, move.host, {news: without(news, move.vm)});
      return put(told, move.host, {type: 'AccessibilityChanged', vm: move.vm, accessible});
    }
    case 'elect':
      return put(spent(world, 'elect'), move.host, {type: 'Elected', term: move.term});
    case 'crash':
      return put(withHost(spent(world, 'crash'), move.host, {isUp: false, claimed: null, timers: []}), move.host, {
        type: 'Crashed',
      });
    case 'restart':
      return put(withHost(world, move.host, {isUp: true}), move.host, {type: 'Restarted'});
    case 'split HA network':
      return nothing({...spent(world, 'split'), links: move.sides});
    case 'split storage network':
      return nothing(withNews(world, resynced({...spent(world, 'split'), view: move.sides})));
    case 'intend':
      return nothing(onPlatform(spent(world, 'intend'), move.vm, {type: 'Intended', value: move.value}));
    case 'ask': {
      const {primary, value, generation} = vmIn(world, move.vm).platform;
      const asked = onPlatform(world, move.vm, {type: 'Connected'});
      return put(asked, primary, {type: 'Request', vm: move.vm, value, generation});
    }
  }
};

const nothing = (world: World): ReturnType<typeof takenIn> => ({world, put: null});

const put = (world: World, host: HostId, stimulus: Event): ReturnType<typeof takenIn> => ({
  world,
  put: {host, stimulus},
});

const envelopeOf = ({from, to, message}: Envelope): Envelope => ({from, to, message});

const spent = (world: World, fault: Fault): World =>
  world.patience === null ? {...world, left: {...world.left, [fault]: world.left[fault] - 1}} : world;

/** The platform keeps PL-01 to PL-05 with all repairs: it is no subject here. */
export const onPlatform = (world: World, vm: VmId, event: PlatformEvent): World => {
  const [{state}] = platformOutcomes(profile('hardened'), vmIn(world, vm).platform, event);
  return withVm(world, vm, {platform: state});
};

const localOf = (world: World, host: HostId, vm: VmId | null) => ({
  accessible: vm === null ? {namespace: false, all: false} : accessAt(world, host, vm),
  reachable: reachableFrom(world.view, host),
});

const delivered = (world: World, move: Envelope): ReturnType<typeof takenIn> => {
  const {from, to, message} = move;
  const {seen, isUp} = hostIn(world, to);
  const arrived: World = {
    ...withHost(world, to, isUp && message.term > seen ? {seen: message.term} : {}),
    mail: without(world.mail, envelopeOf(move)),
    positive: isYes(message) ? [...world.positive, envelopeOf(move)] : world.positive,
  };
  const about = 'vm' in message ? message.vm : null;
  return put(arrived, to, {type: 'Received', from, message, ...localOf(world, to, about)});
};

const isYes = (message: Message): boolean => message.type === 'AccessAnswer' && message.accessible;

/** Calls of one host are carried out in their order, whether or not anybody hears the answer. */
const carried = (world: World, host: HostId, call: StorageCall, isHeard: boolean): ReturnType<typeof takenIn> => {
  const {layout, register} = vmIn(world, call.vm);
  const config = {layout: layout.namespace, repairs: profile('hardened')};
  const [{state, effects}] = setOutcomes(config, register, reachableFrom(world.view, host), call);
  const {calls} = hostIn(world, host);
  const called = withHost(isHeard ? world : spent(world, 'lose answer'), host, {calls: calls.slice(1)});
  const written = withNews(world, withVm(called, call.vm, {register: state}));
  const [reply] = effects;
  if (!isHeard || reply === undefined) return nothing(written);
  return put(written, host, {
    type: 'StorageReplied',
    call,
    result: reply.result,
    ...localOf(written, host, call.vm),
  });
};

const resynced = (world: World): World =>
  world.vms.reduce((after, {layout, register}) => {
    const [{state}] = resyncOutcomes(layout.namespace, register, world.view);
    return withVm(after, layout.vm, {register: state});
  }, world);
