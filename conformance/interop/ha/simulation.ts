import {
  type Config,
  type Effect,
  type Event,
  type HostId,
  mirrored,
  objectId,
  type Repairs,
  type State,
  type VmLayout,
  vmId,
} from '../../../src/index.js';
import {isSame} from '../../canonical.js';
import {haModule} from '../../ha/specification.js';
import {without} from '../sides.js';
import type {Simulation} from '../simulation.js';
import {type HaMove, movesOf, nextOf, onPlatform, takenIn} from './moves.js';
import {GOALS, ledBy, SAFETY} from './properties.js';
import {tellMove} from './tell.js';
import {beginning, FAULTS, hostIn, type Left, namesOf, type World, withHost} from './world.js';

/** How many timers may fire while a cluster settles, for each of its hosts. */
const PATIENCE = 20;

/** A cluster of HA modules with one VM for each name. Every host sees the same layouts. */
export const haSimulation = (
  hosts: readonly HostId[],
  vms: readonly string[],
  left: Left = FAULTS,
): Simulation<Config, State, Event, Effect, World, HaMove> => ({
  specification: haModule,
  start: beginning(hosts, layoutsOf(hosts, vms), left),
  moves: movesOf,
  playing: world => world,
  settling: world => ({...world, patience: PATIENCE * world.hosts.length}),
  next: world => (world.patience === null ? null : nextOf(world, isMet)),
  calm: 1,
  taken: takenIn,
  after: (world, {host, stimulus}, effects) =>
    effects.reduce((now, effect) => carriedOut(now, host, effect), known(world, host, stimulus, effects)),
  safety: SAFETY,
  goals: GOALS,
  stories: [],
  tell: tellMove,
});

const isMet = (world: World): boolean => GOALS.every(({wrong}) => wrong(world) === null);

/** What each host is told of the cluster. */
export const haConfigOf = (
  hosts: readonly HostId[],
  vms: readonly string[],
  self: HostId,
  repairs: Repairs,
): Config => ({
  self,
  hosts,
  vms: layoutsOf(hosts, vms),
  repairs,
  elector: 'external',
  datastores: 0,
  isolationResponse: 'leave',
  subsets: 'any',
});

const layoutsOf = (hosts: readonly HostId[], vms: readonly string[]): readonly VmLayout[] => {
  const [first, second, third] = hosts;
  if (first === undefined || second === undefined || third === undefined) throw new RangeError('needs three hosts');
  return vms.map(name => ({
    vm: vmId(name),
    namespace: mirrored(objectId(`${name}-namespace`), 'namespace', [first, second, third]),
    disks: [],
  }));
};

/** What others know of a host once it has done this. */
const known = (world: World, host: HostId, stimulus: Event, effects: readonly Effect[]): World => {
  const {seen} = hostIn(world, host);
  const won = stimulus.type === 'Elected' && stimulus.term > seen ? stimulus.term : null;
  const claims = effects.find(effect => effect.type === 'Send' && effect.message.type === 'Claim');
  const elected = won === null ? world : withHost(world, host, {seen: won});
  const led: World = {...elected, led: [...elected.led, ...newIn(elected.led, ledBy(host, effects))]};
  if (claims === undefined || won === null) return led;
  return led.vms.reduce(
    (now, {layout}) => onPlatform(now, layout.vm, {type: 'PrimaryChanged', primary: host, term: won}),
    withHost(led, host, {claimed: won}),
  );
};

const newIn = (before: World['led'], found: World['led']): World['led'] =>
  found.filter((entry, index) => ![...before, ...found.slice(0, index)].some(other => isSame(other, entry)));

const carriedOut = (world: World, host: HostId, effect: Effect): World => {
  const {timers, calls} = hostIn(world, host);
  switch (effect.type) {
    case 'Send':
      return namesOf(world).includes(effect.to)
        ? {...world, mail: [...world.mail, {from: host, to: effect.to, message: effect.message}]}
        : world;
    case 'CallStorage':
      return withHost(world, host, {calls: [...calls, effect.call]});
    case 'Report':
      return onPlatform(world, effect.vm, {type: 'Reported', generation: effect.generation});
    case 'SetTimer':
      return withHost(world, host, {timers: [...without(timers, effect.timer), effect.timer]});
    case 'CancelTimer':
      return withHost(world, host, {timers: without(timers, effect.timer)});
    // The others belong to a builtin elector, and what is persisted the subject keeps itself.
    default:
      return world;
  }
};
