import {textOf} from '../../../model/report/value.js';
import {
  type ComposedState,
  downHost,
  type Effect,
  type Event,
  firstHostDurable,
  generation,
  type HostConfig,
  type HostDurable,
  type HostEffect,
  type HostEvent,
  type HostTimer,
  hostId,
  hostOutcomes,
  mapAll,
  RULES,
} from '../../../src/index.js';
import {at} from '../../canonical.js';
import {haModule} from '../../ha/specification.js';
import {repairMistakes} from '../../mistakes.js';
import type {Specification} from '../../specification.js';
import type {Law} from '../law.js';
import {isCurrentRound} from './ha.js';
import {viewsOf} from './storage.js';

/** What a host says and hears of the fallback, it says and hears as its HA module does. */
const isOfHa = (value: HostEffect | HostEvent): boolean => !('network' in value) || value.network === 'ha';

const channelOf = (effect: HostEffect): string => {
  switch (effect.type) {
    case 'Send':
      return `to ${effect.to} ${effect.network}`;
    case 'SetTimer':
    case 'CancelTimer':
      return `timer ${textOf({...effect.timer, round: 0})}`;
    default:
      return effect.type;
  }
};

const specification: Specification<HostConfig, ComposedState, HostEvent, HostEffect> = {
  module: 'host',
  start: config => downHost(firstHostDurable(config)),
  // A host may ask any subset next; `subsets` narrows the explorer's scenes, not what is allowed.
  outcomes: (config, state, event) =>
    mapAll(hostOutcomes({...config, subsets: 'any'}, state, event), outcome => ({
      ...outcome,
      effects: haModule.withoutNeedless(event as Event, outcome.effects) as readonly HostEffect[],
    })),
  withoutNeedless: (event, effects) => haModule.withoutNeedless(event as Event, effects),
  chapters: [...new Set(Object.keys(RULES).map(rule => rule.slice(0, 2)))],
  ordering: (a, b) => {
    if (channelOf(a) === channelOf(b)) return {rule: null};
    const types = [a.type, b.type];
    return types.includes('Persist') && types.includes('Send') ? {rule: 'HO-19'} : null;
  },
  idsInEffect: (config, effect) => (isOfHa(effect) ? haModule.idsInEffect(config, effect as Effect) : []),
  idsInStimulus: (config, event) => (isOfHa(event) ? haModule.idsInStimulus(config, event as Event) : []),
  kindOf: haModule.kindOf,
  callingFor: (config, kind) => haModule.callingFor(config, kind),
  mistakes: repairMistakes,
  tellStimulus: event => {
    switch (event.type) {
      case 'Received':
        return `${event.from} sends ${textOf(event.message)}`;
      case 'TimerFired':
        return `the timer ${textOf(event.timer)} fires`;
      case 'ViewChanged':
        return `the storage network reaches ${event.reachable.join(' ')}`;
      case 'Restarted':
        return `restarts, and reaches ${event.reachable.join(' ')}`;
      case 'Crashed':
        return 'crashes';
      default:
        return textOf(event);
    }
  },
  tellEffect: effect =>
    at(effect, ['type']) === 'Persist' ? `persist ${textOf(at(effect, ['durable']))}` : haModule.tellEffect(effect),
};

/** The log of a whole host: both networks, timers, disk, platform and user. */
export const hostLaw: Law<HostConfig, ComposedState, HostEvent, HostEffect> = {
  specification,
  network: 'ha',
  begin: (config, durable) => [downHost((durable ?? firstHostDurable(config)) as HostDurable)],
  crashed: {type: 'Crashed'},
  isStart: ({type}) => type === 'Restarted',
  guesses: (config, facts) => [
    ...facts.messages.map(
      ({network, from, message}) => ({type: 'Received', network, from: hostId(from), message}) as HostEvent,
    ),
    ...facts.timers.map((timer): HostEvent => ({type: 'TimerFired', timer: timer as HostTimer})),
    ...facts.asked.flatMap(asked => answersTo(asked as HostEffect)),
    ...viewsOf(config, facts).flatMap((reachable): readonly HostEvent[] => [
      {type: 'ViewChanged', reachable},
      {type: 'Restarted', reachable},
    ]),
    ...config.vms.flatMap(({vm}) =>
      facts
        .numbers('generation')
        .map(generation)
        .flatMap((number): readonly HostEvent[] => [
          {type: 'Request', vm, value: 'protected', generation: number},
          {type: 'Request', vm, value: 'unprotected', generation: number},
          {type: 'PowerOn', vm, generation: number},
          {type: 'PowerOff', vm, generation: number},
        ]),
    ),
    ...config.vms.map(({vm}): HostEvent => ({type: 'MigratedOut', vm})),
    ...config.vms
      .flatMap(({namespace, disks}) => [namespace, ...disks])
      .map(({object}): HostEvent => ({type: 'ComponentLost', object})),
    {type: 'Crashed'},
  ],
  isCurrent: ({ha}, space) => isCurrentRound(ha.ha, space),
  roleOf: ({ha}) => ha.ha.role,
};

const answersTo = (asked: HostEffect): readonly HostEvent[] => {
  switch (asked.type) {
    case 'Probe':
      return (['none', 'well', 'isolated'] as const).flatMap(heartbeat =>
        [true, false].map((ping): HostEvent => ({type: 'Probed', host: asked.host, ping, heartbeat})),
      );
    case 'CheckIsolation':
      return [true, false].map((reachable): HostEvent => ({type: 'IsolationChecked', reachable}));
    default:
      return [];
  }
};
