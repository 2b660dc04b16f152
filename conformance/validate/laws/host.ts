import {
  type ComposedState,
  downHost,
  firstHostDurable,
  generation,
  type HostConfig,
  type HostDurable,
  type HostEffect,
  type HostEvent,
  type HostTimer,
  hostId,
} from '../../../src/index.js';
import {wholeHost} from '../../host/specification.js';
import type {Law} from '../law.js';
import {isCurrentRound} from './ha.js';
import {viewsOf} from './storage.js';

/** The log of a whole host: both networks, timers, disk, platform and user. */
export const hostLaw: Law<HostConfig, ComposedState, HostEvent, HostEffect> = {
  specification: wholeHost,
  forms: {config: 'host-config', event: 'host-event', effect: 'host-effect'},
  network: 'ha',
  begin: (config, durable) => [downHost((durable ?? firstHostDurable(config)) as HostDurable)],
  crashed: {type: 'Crashed'},
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
