// The world of one host: both networks with the peers behind them, the platform, the user, timers, disks and crashes.

import {
  configuration,
  epoch,
  generation,
  type HostConfig,
  type HostEffect,
  type HostEvent,
  type HostId,
  identity,
  type ObjectCall,
  type Protection,
  type RecoveryMessage,
  type RequestId,
  round,
  type Standing,
  type StorageMessage,
  term,
  type VmReport,
} from '../../src/index.js';
import {isSame} from '../canonical.js';
import {timerFateOnEffect, timerFateOnStimulus} from '../cases/timers.js';
import type {Happening, Surroundings} from '../cases/world.js';
import {answersTo, entryOf, layoutsOf, received} from './answers.js';
import {type Facts, factsOf, learnt, peersOf} from './facts.js';
import {untimely} from './untimely.js';

type Happenings = readonly Happening<HostEvent>[];

/** The surroundings of `config.self`. Of the VMs the first is played; of any other its user starts and stops it. */
export const surroundingsOf = (config: HostConfig): Surroundings<Facts, HostEvent, HostEffect> => ({
  facts: factsOf(config),
  happenings: facts => [
    ...ofLife(config, facts),
    ...ofUsers(config, facts),
    ...ofNeighbours(config, facts),
    ...peersOf(config).flatMap((peer, index) => [
      ...ofHa(config, facts, peer, index === 0),
      ...ofStorage(config, facts, peer, index === 0),
    ]),
    ...untimely(config, facts),
  ],
  answers: (facts, effect) => answersTo(config, facts, effect),
  fateOnStimulus: timerFateOnStimulus,
  fateOnEffect: timerFateOnEffect,
  learnt,
});

const ofLife = ({self, hosts}: HostConfig, {isUp, reachable}: Facts): Happenings => {
  const without = (gone: HostId | undefined) => hosts.filter(host => host === self || host !== gone);
  const views = [hosts, [self], without(hosts.at(-1)), without(hosts.at(0))];
  if (!isUp) return views.map(up => ({kind: 'restart', stimulus: {type: 'Restarted', reachable: up}}));
  const others = views.filter(view => view.includes(self) && !isSame(view, reachable));
  return [
    {kind: 'crash', stimulus: {type: 'Crashed'}},
    ...others.map(view => ({kind: 'view', stimulus: {type: 'ViewChanged', reachable: view}}) as const),
  ];
};

const ofUsers = ({vms}: HostConfig, facts: Facts): Happenings => {
  const [layout] = vms;
  if (layout === undefined || !facts.isUp) return [];
  const {vm, namespace} = layout;
  const value = opposite(facts.value);
  const next = generation(facts.generation + 1);
  const before = generation(Math.max(0, facts.generation - 1));
  return [
    {kind: 'request', stimulus: {type: 'Request', vm, value, generation: next}},
    {kind: 'resend', stimulus: {type: 'Request', vm, value: facts.value, generation: facts.generation}},
    {kind: 'resend', stimulus: {type: 'Request', vm, value, generation: before}},
    {kind: 'power', stimulus: {type: 'PowerOn', vm, generation: facts.generation}},
    {kind: 'power', stimulus: {type: 'PowerOff', vm, generation: next}},
    {kind: 'migrate', stimulus: {type: 'MigratedIn', vm, generation: facts.generation, epoch: epoch(1)}},
    {kind: 'migrate', stimulus: {type: 'MigratedOut', vm}},
    {kind: 'create', stimulus: {type: 'Created', vm, identity: identity(facts.identity + 1)}},
    {kind: 'create', stimulus: {type: 'Created', vm, identity: facts.identity}},
    {kind: 'disk', stimulus: {type: 'ComponentLost', object: namespace.object}},
  ];
};

const opposite = (value: Protection): Protection => (value === 'protected' ? 'unprotected' : 'protected');

/** What the users of the other VMs want, who have never asked for anything before. */
const ofNeighbours = ({vms: [, ...others]}: HostConfig, {isUp}: Facts): Happenings =>
  (isUp ? others : []).flatMap(({vm}) => [
    {kind: 'neighbour', stimulus: {type: 'PowerOn', vm, generation: generation(0)}},
    {kind: 'neighbour', stimulus: {type: 'PowerOff', vm, generation: generation(1)}},
  ]);

/** What peers send on the HA network of their own accord: in an old term, in this one, in a new one. */
const ofHa = ({vms}: HostConfig, facts: Facts, peer: HostId, isFirst: boolean): Happenings => {
  const [layout] = vms;
  if (layout === undefined || !facts.isUp) return [];
  const {vm} = layout;
  const sent = (kind: string, message: RecoveryMessage): Happening<HostEvent> => ({
    kind,
    stimulus: received(peer, {network: 'ha', message}),
  });
  return [facts.term - 1, facts.term, facts.term + 1]
    .filter(number => number >= 0)
    .flatMap(number => {
      const of = term(number);
      const id: RequestId = {term: of, vm, generation: generation(1), round: round(0)};
      return [
        sent('claim', {type: 'Claim', term: of}),
        sent('candidacy', {type: 'Candidacy', term: of, datastores: 0}),
        sent('alive', {type: 'Alive', term: of}),
        ...(isFirst
          ? [
              sent('status', {type: 'VmStatus', term: of, vm, report: {type: 'running'}}),
              sent('status', {type: 'VmStatus', term: of, vm, report: {type: 'storageLost'}}),
              ...endings(facts).map(report => sent('end', {type: 'VmStatus', term: of, vm, report})),
              ...PUBLISHED.map(standing => sent('publication', {type: 'PlacePublished', term: of, vm, standing})),
              sent('ask', {...id, type: 'AccessQuery', scope: 'namespace'}),
              sent('command', {...id, type: 'SetCommand', value: 'protected'}),
              sent('ask', {...id, type: 'WaitRegister', scope: 'namespace'}),
              sent('later', {...id, generation: generation(2), type: 'WaitRegister', scope: 'namespace'}),
              sent('place', {...id, type: 'PlaceQuery'}),
              sent('place', {...id, type: 'PlaceRegister', wanted: {capacity: true, level: true}}),
              sent('later', {
                ...id,
                generation: generation(2),
                type: 'PlaceRegister',
                wanted: {capacity: false, level: false},
              }),
              sent('restart command', {...id, type: 'RestartCommand', attempt: 0}),
              sent('restart command', {...id, generation: facts.generation, type: 'RestartCommand', attempt: 1}),
              sent('retrieve', {type: 'Retrieve', term: of}),
              ...told(facts).map(news => sent('news', {type: 'Retrieved', term: of, retrievals: [{vm, ...news}]})),
            ]
          : []),
      ];
    });
};

/** What GET says elsewhere of the newest generation: what the platform has asked for, or the opposite. */
const told = ({value, generation: number}: Facts) =>
  [value, opposite(value)].map(each => ({value: each, generation: number, attempts: 0}));

/** A VM that ended on its host: killed, stopped by a newer intent of the user, or unknown there. */
const endings = (facts: Facts): readonly VmReport[] => [
  {type: 'ended', ending: {clean: false, intent: null}},
  {type: 'ended', ending: {clean: true, intent: generation(facts.generation + 1)}},
  {type: 'absent'},
];

/** How a VM stands on its host: it can be started there, it has no room, it is out of reach. */
const PUBLISHED: readonly Standing[] = [
  {accessible: true, capacity: true, holder: null},
  {accessible: true, capacity: false, holder: null},
  {accessible: false, capacity: true, holder: null},
];

/** The same on the storage network. */
const ofStorage = (config: HostConfig, facts: Facts, peer: HostId, isFirst: boolean): Happenings => {
  const [layout] = layoutsOf(config);
  if (layout === undefined || !facts.isUp) return [];
  const sent = (kind: string, message: StorageMessage): Happening<HostEvent> => ({
    kind,
    stimulus: received(peer, {network: 'storage', message}),
  });
  return [facts.number, facts.number + 1].flatMap(each => {
    const number = configuration(each);
    const version = {configuration: number, sequence: 2};
    if (!facts.reachable.includes(peer)) {
      // A link may go one way only, or be cut behind a message.
      return [sent('stray', {type: 'Hello', number}), sent('stray', {type: 'Lead', number})];
    }
    return [
      sent('hello', {type: 'Hello', number}),
      ...(isFirst
        ? [
            sent('lead', {type: 'Lead', number}),
            ...(each > 0 ? [sent('lead', {type: 'Lead', number: configuration(each - 1)})] : []),
            sent('left', {type: 'Left', number}),
            sent('write', {type: 'ComponentWrite', number, entry: entryOf(layout, version, true)}),
            ...callsOf(peer, facts).map(call => sent('call', {type: 'Call', number, object: layout.object, call})),
          ]
        : []),
    ];
  });
};

/** What a peer wants of the object: to protect its VM, to do so with an old generation, to run it. */
const callsOf = (peer: HostId, {identity: of}: Facts): readonly ObjectCall[] => [
  {type: 'Set', identity: of, value: 'protected', generation: generation(1)},
  {type: 'Set', identity: of, value: 'protected', generation: generation(0)},
  {type: 'Set', identity: identity(1), value: 'protected', generation: generation(1)},
  {type: 'TakeLock', identity: of, host: peer, attempt: null},
];
