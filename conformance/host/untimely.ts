// What peers send that nobody expects of them by now: late, of another round, or from a host that it is not about.

import {
  configuration,
  createdObject,
  epoch,
  generation,
  type HostConfig,
  type HostEvent,
  type HostId,
  hostId,
  type ObjectCall,
  type ObjectLayout,
  type RecoveryMessage,
  type Retrieval,
  round,
  type StorageMessage,
  type VmId,
} from '../../src/index.js';
import type {Happening} from '../cases/world.js';
import {entryOf, layoutsOf, received} from './answers.js';
import {type Facts, peersOf} from './facts.js';

type Happenings = readonly Happening<HostEvent>[];

/** By kind. Only plans that name a kind meet it. */
export const LATE = [
  'later round',
  'rival',
  'old intent',
  'old reign',
  'publish',
  'holder',
  'grant',
  'ahead',
  'all objects',
  'held',
  'elsewhere',
  'second VM',
  'older',
  'locked place',
  'echo',
  'stranger',
  'renewed',
] as const;

type Kind = (typeof LATE)[number];

const on =
  (from: HostId) =>
  (kind: Kind, message: RecoveryMessage): Happening<HostEvent> => ({
    kind,
    stimulus: received(from, {network: 'ha', message}),
  });

/** The first peer is who leads, or owns the directory, where the host itself does not. */
export const untimely = (config: HostConfig, facts: Facts): Happenings => {
  const [layout] = layoutsOf(config);
  const [vm, neighbour] = config.vms;
  const [first, second] = peersOf(config);
  if (!facts.isUp || vm === undefined || layout === undefined || first === undefined || second === undefined) return [];
  return [
    ...ofHa(facts, vm.vm, first, second),
    ...ofItself(config.self, facts),
    ...ofStrangers(facts),
    ...ofThePlatform(facts, vm.vm),
    ...ofOthers(facts, vm.vm, first, second),
    ...(neighbour === undefined ? [] : ofNeighbour(facts, neighbour.vm, first)),
    ...ofStorage(config.self, facts, layout, first, second),
  ];
};

/** What a network brings back to its sender. */
const ofItself = (self: HostId, {term}: Facts): Happenings => [
  on(self)('echo', {type: 'Claim', term}),
  on(self)('echo', {type: 'Candidacy', term, datastores: 0}),
  on(self)('echo', {type: 'Alive', term}),
];

/** What a host sends that is not of the cluster: another one has its number by mistake. */
const ofStrangers = ({term}: Facts): Happenings => {
  const stranger = on(hostId('h9'));
  return [stranger('stranger', {type: 'Candidacy', term, datastores: 9}), stranger('stranger', {type: 'Claim', term})];
};

/** The same is wanted once more, and newly so. */
const ofThePlatform = ({value, generation: last}: Facts, vm: VmId): Happenings => [
  {kind: 'renewed', stimulus: {type: 'Request', vm, value, generation: generation(last + 1)}},
];

const ofNeighbour = ({term}: Facts, vm: VmId, first: HostId): Happenings => {
  const id = {term, vm, generation: generation(1), round: round(0)};
  return [
    {kind: 'second VM', stimulus: {type: 'Request', vm, value: 'protected', generation: id.generation}},
    ...(['running', 'absent'] as const).map(type =>
      on(first)('second VM', {type: 'VmStatus', term, vm, report: {type}}),
    ),
    on(first)('second VM', {...id, type: 'WaitRegister', scope: 'namespace'}),
    on(first)('second VM', {...id, type: 'PlaceRegister', wanted: {capacity: true, level: true}}),
    on(first)('second VM', {type: 'VmStatus', term, vm, report: {type: 'running'}}),
    on(first)('second VM', {
      type: 'PlacePublished',
      term,
      vm,
      standing: {accessible: true, capacity: true, holder: null},
    }),
  ];
};

const ofHa = ({term, generation: number}: Facts, vm: VmId, first: HostId, second: HostId): Happenings => {
  const id = {term, vm, generation: generation(1), round: round(0)};
  const registering = (of: typeof id): readonly RecoveryMessage[] => [
    {...of, type: 'WaitRegister', scope: 'namespace'},
    {...of, type: 'PlaceRegister', wanted: {capacity: true, level: true}},
    {...of, type: 'PlaceRegister', wanted: {capacity: false, level: false}},
  ];
  const reporting = (['running', 'storageLost', 'absent'] as const).map(
    (type): RecoveryMessage => ({type: 'VmStatus', term, vm, report: {type}}),
  );
  const standing = {accessible: true, capacity: true, holder: null};
  const next = generation(number + 1);
  const ended = {type: 'ended', ending: {clean: true, intent: number}} as const;
  const before = {vm, value: 'unprotected', generation: generation(Math.max(0, number - 1)), attempts: 0} as const;
  return [
    ...registering({...id, round: round(1)}).map(message => on(first)('later round', message)),
    ...[...registering(id), ...reporting].map(message => on(second)('rival', message)),
    on(second)('rival', {type: 'PlacePublished', term, vm, standing}),
    on(second)('rival', {type: 'VmStatus', term, vm, report: {type: 'ended', ending: {clean: true, intent: next}}}),
    on(first)('locked place', {type: 'PlacePublished', term, vm, standing: {...standing, holder: second}}),
    on(first)('older', {type: 'Retrieved', term, retrievals: [before]}),
    on(first)('old intent', {type: 'VmStatus', term, vm, report: ended}),
  ];
};

/** What only another scope, another holder or an object that has been written to elsewhere make them say. */
const ofOthers = ({term}: Facts, vm: VmId, first: HostId, second: HostId): Happenings => {
  const id = {term, vm, generation: generation(1), round: round(2)};
  const held = {accessible: true, capacity: true, holder: first};
  const read: readonly Retrieval[] = [
    {vm, value: 'protected', generation: generation(3), attempts: 9},
    {vm, value: 'unprotected', generation: generation(5), attempts: 0},
  ];
  return [
    on(first)('all objects', {...id, type: 'WaitRegister', scope: 'all'}),
    on(second)('held', {type: 'PlacePublished', term, vm, standing: held}),
    ...read.map(each => on(second)('elsewhere', {type: 'Retrieved', term, retrievals: [each]})),
  ];
};

const ofStorage = (
  self: HostId,
  {number: highest, generation: last, identity}: Facts,
  layout: ObjectLayout,
  from: HostId,
  second: HostId,
): Happenings => {
  const sent = (kind: Kind, message: StorageMessage, by = from): Happening<HostEvent> => ({
    kind,
    stimulus: received(by, {network: 'storage', message}),
  });
  const content = createdObject(layout, identity);
  const {object} = layout;
  const locks = [
    {holder: from, epoch: epoch(1)},
    {holder: from, epoch: epoch(3)},
  ];
  const held = [0, 1].flatMap((each): readonly ObjectCall[] => [
    {type: 'TakeLock', identity, host: from, attempt: {generation: last, number: each}},
    {type: 'ReleaseLock', identity, host: from, epoch: epoch(each)},
    {type: 'ClearAttempts', identity, host: from, epoch: epoch(each)},
  ]);
  const [before, now] = [configuration(Math.max(0, highest - 1)), highest];
  const telling = (number = now): readonly StorageMessage[] => [
    {type: 'Left', number},
    {type: 'ComponentWrite', number, entry: entryOf(layout, {configuration: number, sequence: 2}, true)},
    {type: 'Publish', number, known: {object, version: {configuration: number, sequence: 2}, content}},
  ];
  const publishing = (number: typeof now, sequence: number, changed: Partial<typeof content>) =>
    sent('publish', {
      type: 'Publish',
      number,
      known: {object, version: {configuration: number, sequence}, content: {...content, ...changed}},
    });
  const renewed = {...content.register, value: 'protected' as const, generation: generation(1)};
  const older = entryOf(layout, {configuration: configuration(0), sequence: 9}, true);
  const setting: ObjectCall = {type: 'Set', identity, value: 'protected', generation: generation(1)};
  const taking: ObjectCall = {type: 'TakeLock', identity, host: self, attempt: null};
  return [
    ...telling(before).map(message => sent('old reign', message)),
    sent('old reign', {type: 'Hello', number: before}),
    sent('old reign', {type: 'Joined', number: configuration(highest + 1), components: [older]}, second),
    ...telling().map(message => sent('rival', message, second)),
    sent('rival', {type: 'Lead', number: configuration(highest + 1)}, second),
    sent('ahead', {type: 'Hello', number: configuration(highest + 9)}),
    ...[before, now].flatMap(number =>
      [0, 2].flatMap(sequence => locks.map(lock => publishing(number, sequence, {lock}))),
    ),
    ...[content.register, renewed].map((register, index) =>
      publishing(now, 2 + index, {register, lock: {holder: self, epoch: epoch(3)}}),
    ),
    publishing(now, 2, {lock: {holder: second, epoch: epoch(1)}}),
    ...held.map(call => sent('holder', {type: 'Call', number: highest, object, call})),
    sent('grant', {type: 'Reply', number: highest, object, call: taking, result: 'ok', epoch: epoch(2)}),
    sent('grant', {type: 'Reply', number: highest, object, call: setting, result: 'ok', epoch: epoch(3)}),
  ];
};
