// What may happen next in a cluster of whole hosts, and what then becomes of the world.

import {
  type HostEvent,
  type HostId,
  type HostTimer,
  identity,
  isExecuting,
  isNewer,
  nextGeneration,
  type ObjectId,
  type PlatformEvent,
  platformOutcomes,
  profile,
  type Term,
  type View,
  type VmId,
} from '../../../src/index.js';
import {isSame} from '../../canonical.js';
import {areJoined, distinct, splitsOf, without} from '../sides.js';
import type {Put} from '../simulation.js';
import {departed, departures, isExpected, lockAsked, type MigrationMove, onward} from './migration.js';
import {holdersOf, isSafe} from './service.js';
import {
  agreed,
  audible,
  type Fault,
  type HostWorld,
  hostIn,
  type Letter,
  leaderOf,
  leadingAt,
  namesOf,
  type Question,
  type VmWorld,
  vmIn,
  type World,
  withHost,
  withNews,
  withVm,
} from './world.js';

export type HostMove =
  | (Letter & {readonly kind: 'deliver' | 'lose' | 'repeat'})
  | {readonly kind: 'answer'; readonly host: HostId; readonly question: Question}
  | {readonly kind: 'notice'; readonly host: HostId; readonly reachable: readonly HostId[]}
  | {readonly kind: 'fire' | 'fire late'; readonly host: HostId; readonly timer: HostTimer}
  | {readonly kind: 'crash' | 'restart'; readonly host: HostId}
  | {readonly kind: 'split HA network' | 'split storage network'; readonly sides: View}
  | {readonly kind: 'power on' | 'power off' | 'create'; readonly host: HostId; readonly vm: VmId}
  | {readonly kind: 'lead'; readonly vm: VmId; readonly primary: HostId; readonly term: Term}
  | {readonly kind: 'ask'; readonly vm: VmId}
  | {readonly kind: 'lose a disk'; readonly host: HostId; readonly object: ObjectId}
  | MigrationMove;

export const movesOf = (world: World): readonly HostMove[] => [
  ...distinct(world.mail).flatMap((letter): readonly HostMove[] => [
    ...(isDeliverable(world, letter) ? [{...letter, kind: 'deliver'} as const] : []),
    ...(mayGetLost(world, letter) ? ifLeft(world, 'lose', {...letter, kind: 'lose'}) : []),
    ...(letter.network === 'ha' ? ifLeft(world, 'repeat', {...letter, kind: 'repeat'}) : []),
  ]),
  ...world.hosts.flatMap(({host, isUp, timers, late, questions, news: [reachable]}): readonly HostMove[] => [
    ...questions.map(question => ({kind: 'answer', host, question}) as const),
    ...(reachable === undefined ? [] : [{kind: 'notice', host, reachable} as const]),
    ...timers.map(({timer}) => ({kind: 'fire', host, timer}) as const),
    ...late.flatMap(timer => ifLeft(world, 'late', {kind: 'fire late', host, timer})),
    ...(isUp ? ifLeft(world, 'crash', {kind: 'crash', host}) : [{kind: 'restart', host} as const]),
  ]),
  ...ifAnyLeft(world, 'split', [
    ...splitsOf(namesOf(world), world.links).map(sides => ({kind: 'split HA network', sides}) as const),
    ...splitsOf(namesOf(world), world.view).map(sides => ({kind: 'split storage network', sides}) as const),
  ]),
  ...world.vms.flatMap((vm): readonly HostMove[] => [
    ...ifAnyLeft(world, 'want', wishes(world, vm)),
    ...ifAnyLeft(world, 'create', creations(world, vm)),
    ...ifAnyLeft(world, 'move', departures(world, vm)),
    ...onward(world, vm),
    ...ifAnyLeft(world, 'disk', disks(world, vm)),
    ...newsOfLeader(world, vm),
    ...requests(world, vm),
  ]),
];

const ifLeft = (world: World, fault: Fault, move: HostMove): readonly HostMove[] => ifAnyLeft(world, fault, [move]);

const ifAnyLeft = ({left}: World, fault: Fault, moves: readonly HostMove[]): readonly HostMove[] =>
  left[fault] > 0 ? moves : [];

export const isDeliverable = (world: World, {network, from, to}: Letter): boolean =>
  hostIn(world, to).isUp && areJoined(network === 'ha' ? world.links : world.view, from, to);

/** What is under way between two storage modules gets lost only with their link. */
const mayGetLost = (world: World, letter: Letter): boolean => letter.network === 'ha' || !isDeliverable(world, letter);

/** The user switches a VM on anywhere once it is there, and off where it starts or executes; but not while it moves. */
const wishes = ({hosts}: World, known: VmWorld): readonly HostMove[] => {
  const {layout, platform, migration} = known;
  const {vm} = layout;
  const up = hosts.filter(({isUp}) => isUp && migration === null);
  return platform.value === 'protected'
    ? up.filter(host => isThere(host, vm)).map(({host}) => ({kind: 'power off', host, vm}))
    : up.filter(() => isCreated(known)).map(({host}) => ({kind: 'power on', host, vm}));
};

const isCreated = ({committed, created}: VmWorld): boolean => committed.content.identity === created;

/** What has been on, and is off as far as can be seen, may be created anew. */
const creations = ({hosts}: World, {layout: {vm}, platform, committed}: VmWorld): readonly HostMove[] => {
  const {generation} = committed.content.register;
  const isOff = platform.value === 'unprotected' && generation > 0 && generation === platform.generation;
  return hosts.filter(({isUp}) => isUp && isOff).map(({host}) => ({kind: 'create', host, vm}));
};

const isThere = (host: HostWorld, vm: VmId): boolean =>
  agreed(host, ({runtime}) => runtime.some(known => known.vm === vm)) ?? false;

/** A disk fails where the others have a quorum without it, and nothing that it has promised awaits its quorum. */
const disks = (world: World, vm: VmWorld): readonly HostMove[] => {
  const {object} = vm.layout.namespace;
  const held = holdersOf(world, vm);
  if (held.some(({entry}) => isNewer(entry.version, vm.committed.version))) return [];
  return held
    .filter(({host}) => hostIn(world, host).isUp)
    .filter(({host}) => !world.mail.some(({network, from}) => network === 'storage' && from === host))
    .filter(({host: lost}) =>
      isSafe(
        vm,
        held.filter(({host}) => host !== lost),
      ),
    )
    .map(({host}) => ({kind: 'lose a disk', host, object}));
};

export const executes = (host: HostWorld, vm: VmId): boolean =>
  agreed(host, ({runtime}) => isExecuting(runtime.find(known => known.vm === vm) ?? null)) ?? false;

/** The platform hears of a new primary, and hands over to the newest that it knows, whatever that is by now. */
export const newsOfLeader = (world: World, {layout: {vm}, platform}: VmWorld): readonly HostMove[] => {
  const leader = leaderOf(world);
  const number = leader === null ? null : leadingAt(leader);
  return leader === null || number === null || number <= platform.term
    ? []
    : [{kind: 'lead', vm, primary: leader.host, term: number as Term}];
};

export const requests = (world: World, {layout: {vm}, platform}: VmWorld): readonly HostMove[] =>
  platform.due && platform.term > 0 && hostIn(world, platform.primary).isUp ? [{kind: 'ask', vm}] : [];

type Taken = {readonly world: World; readonly put: Put<HostEvent> | null};

/** What becomes of the world, and what is put to whom. */
export const takenIn = (world: World, move: HostMove): Taken => {
  switch (move.kind) {
    case 'deliver': {
      const {kind: _, ...letter} = move;
      const {from, to, ...carried} = letter;
      return put({...world, mail: without(world.mail, letter)}, to, {...carried, type: 'Received', from} as HostEvent);
    }
    case 'lose': {
      const {kind: _, ...letter} = move;
      return nothing({...spent(world, 'lose'), mail: without(world.mail, letter)});
    }
    case 'repeat': {
      const {kind: _, ...letter} = move;
      return nothing({...spent(world, 'repeat'), mail: [...world.mail, letter]});
    }
    case 'answer': {
      const {questions} = hostIn(world, move.host);
      const asked = withHost(world, move.host, {questions: without(questions, move.question)});
      return put(asked, move.host, answerTo(world, move.host, move.question));
    }
    case 'notice': {
      const {news} = hostIn(world, move.host);
      const told = withHost(world, move.host, {news: news.slice(1)});
      return put(told, move.host, {type: 'ViewChanged', reachable: move.reachable});
    }
    case 'fire': {
      const {timers} = hostIn(world, move.host);
      const due = timers.find(({timer}) => isSame(timer, move.timer))?.due ?? 0;
      const fired = withHost(world, move.host, {timers: timers.filter(({timer}) => !isSame(timer, move.timer))});
      return put({...fired, now: Math.max(world.now, due)}, move.host, {type: 'TimerFired', timer: move.timer});
    }
    case 'fire late': {
      const {late} = hostIn(world, move.host);
      const fired = withHost(spent(world, 'late'), move.host, {late: without(late, move.timer)});
      return put(fired, move.host, {type: 'TimerFired', timer: move.timer});
    }
    case 'crash': {
      const nobody = {isUp: false, timers: [], late: [], questions: [], news: []};
      const crashed = withHost(spent(world, 'crash'), move.host, nobody);
      const vms = crashed.vms.map(vm => (vm.migration?.to === move.host ? {...vm, migration: null} : vm));
      return put(withNews(world, {...crashed, vms}), move.host, {type: 'Crashed'});
    }
    case 'restart': {
      const up = withHost(world, move.host, {isUp: true});
      return put(withNews(world, up), move.host, {type: 'Restarted', reachable: audible(up, move.host)});
    }
    case 'split HA network':
      return nothing({...spent(world, 'split'), links: move.sides});
    case 'split storage network':
      return nothing(withNews(world, {...spent(world, 'split'), view: move.sides}));
    case 'power on':
    case 'power off': {
      const value = move.kind === 'power on' ? 'protected' : 'unprotected';
      const generation = nextGeneration(vmIn(world, move.vm).platform.generation);
      const wanted = onPlatform(spent(world, 'want'), move.vm, {type: 'Intended', value});
      const type = move.kind === 'power on' ? 'PowerOn' : 'PowerOff';
      return put(wanted, move.host, {type, vm: move.vm, generation});
    }
    case 'create': {
      const known = vmIn(world, move.vm);
      // Where the last creation came to nothing the user tries the same again.
      const created = isCreated(known) ? identity(known.created + 1) : known.created;
      const after = withVm(spent(world, 'create'), move.vm, {created});
      return put(after, move.host, {type: 'Created', vm: move.vm, identity: created});
    }
    case 'lead':
      return nothing(onPlatform(world, move.vm, {type: 'PrimaryChanged', primary: move.primary, term: move.term}));
    case 'lose a disk':
      return put(spent(world, 'disk'), move.host, {type: 'ComponentLost', object: move.object});
    case 'migrate':
      return put(departed(spent(world, 'move'), move), move.host, {type: 'MigratedOut', vm: move.vm});
    case 'take its lock':
      return nothing(lockAsked(world, move.vm));
    case 'arrive': {
      const moved = vmIn(world, move.vm);
      const {migration} = moved;
      const after = withVm(world, move.vm, {migration: null});
      if (migration === null || migration.epoch === null || !isExpected(moved)) return nothing(after);
      const {to, generation, epoch} = migration;
      return put(after, to, {type: 'MigratedIn', vm: move.vm, generation, epoch});
    }
    case 'ask': {
      const {primary, value, generation} = vmIn(world, move.vm).platform;
      const asked = onPlatform(world, move.vm, {type: 'Connected'});
      return put(asked, primary, {type: 'Request', vm: move.vm, value, generation});
    }
  }
};

const nothing = (world: World): Taken => ({world, put: null});

const put = (world: World, host: HostId, stimulus: HostEvent): Taken => ({world, put: {host, stimulus}});

const spent = (world: World, fault: Fault): World =>
  world.phase === 'playing' ? {...world, left: {...world.left, [fault]: world.left[fault] - 1}} : world;

/** Nobody has heartbeat datastores. The isolation address is where the first host is, and reached with company too. */
const answerTo = (world: World, host: HostId, question: Question): HostEvent => {
  const reaches = (other: HostId): boolean => areJoined(world.links, host, other);
  return question.type === 'Probe'
    ? {
        type: 'Probed',
        host: question.host,
        ping: reaches(question.host) && hostIn(world, question.host).isUp,
        heartbeat: 'none',
      }
    : {
        type: 'IsolationChecked',
        reachable: namesOf(world).some((other, place) => (place === 0 || other !== host) && reaches(other)),
      };
};

/** The platform keeps PL-01 to PL-05 with all repairs: it is no subject here. */
export const onPlatform = (world: World, vm: VmId, event: PlatformEvent): World => {
  const [{state}] = platformOutcomes(profile('hardened'), vmIn(world, vm).platform, event);
  return withVm(world, vm, {platform: state});
};
