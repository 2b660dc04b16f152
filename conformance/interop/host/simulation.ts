import {DURATIONS, durationOf} from '../../../src/host/durations.js';
import {
  type ComposedState,
  type HostConfig,
  type HostEffect,
  type HostEvent,
  type HostId,
  isNewer,
  mirrored,
  objectId,
  type Repairs,
  vmId,
} from '../../../src/index.js';
import {isSame} from '../../canonical.js';
import {wholeHost} from '../../host/specification.js';
import {areJoined} from '../sides.js';
import type {Simulation} from '../simulation.js';
import {nextOf} from './calm.js';
import {withGranted} from './migration.js';
import {type HostMove, movesOf, onPlatform, takenIn} from './moves.js';
import {GOALS, SAFETY} from './properties.js';
import {HOST_STORIES} from './stories.js';
import {tellMove} from './tell.js';
import {agreed, beginning, FAULTS, hostIn, type Left, type VmWorld, type World, withHost} from './world.js';

/** As few heartbeats as keep everybody content: each costs a message to every host, and its answer. */
const PATIENT = {...DURATIONS, heartbeat: 5_000};

/** Of so many moves of a random run one is a surprise: the others are what would come next by itself. */
const CALM = 5;

/** A cluster of whole hosts, with these configurations. */
export const hostSimulation = (
  configs: readonly HostConfig[],
  left: Left = FAULTS,
): Simulation<HostConfig, ComposedState, HostEvent, HostEffect, World, HostMove> => ({
  specification: wholeHost,
  start: beginning(configs, left),
  moves: movesOf,
  playing: world => ({...world, phase: 'playing', since: world.now}),
  settling: world => ({...world, phase: 'settling', since: world.now}),
  next: nextOf,
  calm: CALM,
  taken: takenIn,
  after: (world, {host}, effects, states) =>
    withCommits(
      effects.reduce((now, effect) => carriedOut(now, host, effect), withHost(world, host, {states})),
      host,
    ),
  safety: SAFETY,
  goals: GOALS,
  stories: HOST_STORIES,
  tell: tellMove,
});

/**
 * What each host is told of the cluster. The namespace object of each VM is on three hosts; where there are more, it
 * has a disk on three others, so that the two can have their quorums on different sides.
 */
export const hostConfigOf = (
  hosts: readonly HostId[],
  names: readonly string[],
  self: HostId,
  repairs: Repairs,
): HostConfig => {
  const from = (index: number): readonly HostId[] =>
    [0, 1, 2].map(step => hosts[(index + step) % hosts.length] as HostId);
  const vms = names.map((name, index) => ({
    vm: vmId(name),
    namespace: mirrored(objectId(`${name}-namespace`), 'namespace', triple(from(index))),
    disks: hosts.length > 3 ? [mirrored(objectId(`${name}-disk`), 'disk', triple(from(index + 1)))] : [],
  }));
  return {
    self,
    hosts,
    vms,
    repairs,
    elector: 'builtin',
    datastores: 0,
    isolationResponse: 'power-off',
    subsets: 'any',
    plans: vms.map(({vm}) => ({vm, stored: true, priority: 0})),
    placement: 'ask',
    scope: 'all',
    schedule: [0, 1, 2],
    concurrency: 1,
    notices: 'per-vm',
    capacity: names.length,
    cleanByDefault: false,
  };
};

const triple = ([first, second, third]: readonly HostId[]): readonly [HostId, HostId, HostId] => {
  if (first === undefined || second === undefined || third === undefined) throw new RangeError('needs three hosts');
  return [first, second, third];
};

const carriedOut = (world: World, name: HostId, effect: HostEffect): World => {
  const {timers, late, questions, config} = hostIn(world, name);
  switch (effect.type) {
    case 'Send': {
      const {type: _, ...carried} = effect;
      const granted = withGranted(world, effect);
      if (granted !== null) return granted;
      const {network, to} = carried;
      const isLinked = areJoined(network === 'ha' ? world.links : world.view, name, to);
      const known =
        isLinked && hostIn(world, to).isUp ? {...world, mail: [...world.mail, {...carried, from: name}]} : world;
      return withLeader(known, name, effect);
    }
    case 'SetTimer': {
      const {timer} = effect;
      const others = timers.filter(each => !isSame(each.timer, timer));
      const due = world.now + durationOf(PATIENT, config, timer);
      return withHost(world, name, {
        timers: [...others, {timer, due}],
        late: late.filter(each => !isSame(each, timer)),
      });
    }
    case 'CancelTimer': {
      const others = timers.filter(each => !isSame(each.timer, effect.timer));
      const isLate = others.length < timers.length;
      return withHost(world, name, {timers: others, late: isLate ? [...late, effect.timer] : late});
    }
    case 'CheckIsolation':
    case 'Probe':
      return withHost(world, name, {questions: [...questions, effect]});
    case 'Report':
      return onPlatform(world, effect.vm, {type: 'Reported', generation: effect.generation});
    default:
      return world;
  }
};

/** Only a primary sends these, and only the owner of a directory. */
const OF_PRIMARIES = ['Claim', 'AccessQuery', 'SetCommand', 'WaitRegister', 'Retrieve', 'PlaceQuery', 'RestartCommand'];
const OF_OWNERS = ['Lead', 'ComponentWrite', 'Publish'];

const withLeader = (world: World, host: HostId, {network, message}: Extract<HostEffect, {type: 'Send'}>): World => {
  const found =
    network === 'ha' && OF_PRIMARIES.includes(message.type)
      ? ({of: 'term', number: message.term, host} as const)
      : network === 'storage' && OF_OWNERS.includes(message.type)
        ? ({of: 'reign', number: message.number, host} as const)
        : null;
  return found === null || world.led.some(entry => isSame(entry, found))
    ? world
    : {...world, led: [...world.led, found]};
};

/** An owner has committed what its own replica of the directory knows. */
const withCommits = (world: World, name: HostId): World => ({
  ...world,
  vms: world.vms.map((vm): VmWorld => {
    const known = agreed(hostIn(world, name), ({storage}) => {
      if (storage.role === 'down' || storage.reign === null) return null;
      return storage.directory.find(({object}) => object === vm.layout.namespace.object) ?? null;
    });
    return known === null || !isNewer(known.version, vm.committed.version) ? vm : {...vm, committed: known};
  }),
});
