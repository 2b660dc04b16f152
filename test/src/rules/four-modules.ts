// Four storage modules and one VM: its namespace object is on h1 to h3, and h4 has no component of it.

import {
  awake,
  configuration,
  type DirectoryEntry,
  epoch,
  firstDurable,
  generation,
  type HostId,
  hostId,
  identity,
  type Known,
  mirrored,
  type NamespaceObject,
  type ObjectCall,
  objectId,
  type Protection,
  profile,
  type Repair,
  type StorageConfig,
  type StorageDurable,
  type StorageEvent,
  type StorageMessage,
  type StorageState,
  storageOutcomes,
  vmId,
} from '../../../src/index.js';

export const [H1, H2, H3, H4] = [hostId('h1'), hostId('h2'), hostId('h3'), hostId('h4')];
export const ALL = [H1, H2, H3, H4];
export const V = vmId('v');
export const HOME = mirrored(objectId('home'), 'namespace', [H1, H2, H3]);
export const VM = {vm: V, namespace: HOME, disks: []};

export type Up = Extract<StorageState, {readonly role: 'up'}>;

export const configOf = (self: HostId, ...minus: readonly Repair[]): StorageConfig => ({
  self,
  hosts: ALL,
  vms: [VM],
  repairs: profile('hardened', {minus}),
  notices: 'per-vm',
});

/** What a host keeps that has promised this number. */
export const keeping = (self: HostId, number: number): StorageDurable => ({
  ...firstDurable(configOf(self)),
  number: configuration(number),
});

/** A host that reaches all others, follows nobody and has promised this number. */
export const up = (self: HostId, number: number, change: Partial<Omit<Up, 'role' | 'durable'>> = {}): Up => ({
  ...awake(keeping(self, number)),
  reachable: ALL,
  ...change,
});

export const received = (from: HostId, message: StorageMessage): StorageEvent => ({type: 'Received', from, message});
export const numbered = <T extends string>(type: T, number: number) => ({type, number: configuration(number)}) as const;

/** What comes of one event. A module that is up stays so: a crash is looked at by itself. */
export const step = (config: StorageConfig, state: StorageState, event: StorageEvent) => {
  const [outcome, ...more] = storageOutcomes(config, state, event);
  const {state: after, effects, rules} = outcome;
  if (more.length > 0 || after.role === 'down') throw new Error('one outcome, up');
  const sent = effects.flatMap(effect => (effect.type === 'Send' ? [[effect.to, effect.message] as const] : []));
  const answers = effects.flatMap(effect => (effect.type === 'Answer' ? [[effect.call, effect.result] as const] : []));
  return {state: after, effects, rules, sent, answers};
};

/** What comes of the last of these events. */
export const play = (
  config: StorageConfig,
  state: StorageState,
  first: StorageEvent,
  ...others: readonly StorageEvent[]
) => others.reduce((before, event) => step(config, before.state, event), step(config, state, first));

/** What the component of a host holds at first. */
export const held = (self: HostId): DirectoryEntry => {
  const [entry] = firstDurable(configOf(self)).components;
  if (entry === undefined) throw new Error(`${self} has no component`);
  return entry;
};

export const version = (number: number, sequence: number) => ({configuration: configuration(number), sequence});

/** The first content, written with this state and generation, current on these hosts. */
export const content = (value: Protection, of: number, current: readonly HostId[]): NamespaceObject => ({
  ...held(H1).content,
  register: {...held(H1).content.register, value, generation: generation(of), current},
});

export const published = (number: number, sequence: number, value: Protection = 'unprotected'): Known => ({
  object: HOME.object,
  version: version(number, sequence),
  content: content(value, sequence, [H1, H2, H3]),
});

export const setting = (value: Protection, of: number): ObjectCall => ({
  type: 'Set',
  identity: identity(1),
  value,
  generation: generation(of),
});

export const EPOCH = epoch(0);
export const began: StorageEvent = {type: 'Restarted', reachable: ALL};

export const joined = (from: HostId, number: number, ...components: readonly DirectoryEntry[]): StorageEvent =>
  received(from, {...numbered('Joined', number), components});
export const acked = (from: HostId, number: number, sequence: number): StorageEvent =>
  received(from, {...numbered('ComponentAck', number), object: HOME.object, version: version(number, sequence)});

/** How the owner sees the object. */
export const chargeIn = ({reign}: Up) => {
  const charge = reign?.charges.find(({object}) => object === HOME.object);
  if (charge === undefined) throw new Error('no reign');
  return charge;
};
export const entryIn = (state: Up): DirectoryEntry => {
  const charge = chargeIn(state);
  if (charge.phase !== 'serving') throw new Error('not taken up');
  return charge.entry;
};

/** h1 has just come up: its reign has the number 4, and nobody else has joined it. */
export const OWNER = configOf(H1);
export const down = {role: 'down', durable: keeping(H1, 0)} as const;
export const begun = step(OWNER, down, began).state;

/** Written in an earlier reign, when h2 and h3 had a quorum without h1. */
export const newer: DirectoryEntry = {...held(H2), version: version(1, 1), content: content('protected', 1, [H2, H3])};
