// Faulty hosts, in what is said of a reign: by whom it does not concern, in a number that is far ahead, or of a
// component that is lost.

import type {
  ComposedState,
  DirectoryEntry,
  HostConfig,
  HostEffect,
  HostEvent,
  HostId,
  StorageState,
} from '../../src/index.js';
import {isSame} from '../canonical.js';
import {deafTo, type Mutant, mistaking, mutant} from './mutant.js';

type HostMutant = Mutant<HostConfig, ComposedState, HostEvent, HostEffect>;
type HostFault = HostMutant['fault'];
type Up = Extract<StorageState, {readonly role: 'up'}>;

/** What its storage module takes itself to know when it hears something. */
const hearing = (known: (up: Up, heard: Extract<HostEvent, {readonly type: 'Received'}>) => Up): HostFault =>
  mistaking(situation => {
    const {state, stimulus} = situation;
    return state.storage.role === 'up' && stimulus.type === 'Received'
      ? {...situation, state: {...state, storage: known(state.storage, stimulus)}}
      : situation;
  });

/** What it holds already is news to it. */
const oblivious: HostFault = hearing((up, {message}) => {
  if (message.type !== 'ComponentWrite') return up;
  const {object, version} = message.entry;
  const isHeld = (held: DirectoryEntry): boolean => held.object === object && isSame(held.version, version);
  return {...up, durable: {...up.durable, components: up.durable.components.filter(held => !isHeld(held))}};
});

/** Whoever says that it leaves was a member. */
const hasty: HostFault = hearing((up, {from, message}) =>
  message.type === 'Left' && up.reign !== null
    ? {...up, reign: {...up.reign, joined: [...new Set<HostId>([...up.reign.joined, from])].sort()}}
    : up,
);

/** Once others have enough, what it has lost is taken to be what they have. */
const careless: HostFault = hearing((up, {message}) => {
  if (message.type !== 'Joined' || up.reign === null) return up;
  const theirs = message.components;
  const charges = up.reign.charges.map(charge =>
    charge.phase === 'serving' || charge.answers.every(({entry}) => entry === null)
      ? charge
      : {
          ...charge,
          answers: charge.answers.map(({host, entry}) => ({
            host,
            entry: entry ?? theirs.find(({object}) => object === charge.object) ?? null,
          })),
        },
  );
  return {...up, reign: {...up.reign, charges}};
});

/** Implementations of a host that misunderstand who owns and who holds what, with one mistake each. */
export const reignMutants: readonly HostMutant[] = [
  mutant(
    'stays with whom it follows when a lower host comes back',
    'DR-02',
    deafTo(({config, state: {storage}, stimulus}) => {
      if (stimulus.type !== 'ViewChanged' || storage.role !== 'up' || storage.owner === null) return false;
      const {owner} = storage;
      const [lowest = owner] = stimulus.reachable;
      return owner !== config.self && stimulus.reachable.includes(owner) && lowest < owner;
    }),
  ),
  mutant(
    'answers a number that is far ahead with its own next one',
    'DR-06',
    mistaking(situation => {
      const {config, state, stimulus} = situation;
      if (stimulus.type !== 'Received' || stimulus.message.type !== 'Hello') return situation;
      const own = state.storage.durable.number;
      const isFar = stimulus.message.number > own + config.hosts.length;
      const message = isFar ? {...stimulus.message, number: own} : stimulus.message;
      return {...situation, stimulus: {type: 'Received', network: 'storage', from: stimulus.from, message}};
    }),
  ),
  mutant('acknowledges again what it holds already', 'OB-22', oblivious),
  mutant('believes that a host leaves which has not joined', 'DR-16', hasty),
  mutant('takes a component that it has lost for current', 'OB-01', careless),
];
