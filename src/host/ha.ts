// The HA module's turn, and what becomes of each effect.

import {match, P} from 'ts-pattern';
import type {VmId} from '../cluster/ids.js';
import type {RecoveryEffect, RecoveryEvent} from '../ha/recovery/events.js';
import type {RecoveryMessage} from '../ha/recovery/messages.js';
import {mapAll, type NonEmpty} from '../kernel/nonempty.js';
import {calling} from './calls.js';
import type {HostConfig} from './config.js';
import type {Modules} from './modules.js';
import {become, cite, type Input, order, type Progress, push} from './progress.js';
import {localOf, reportsOf, retrievalsOf, seenOf, standingAt} from './sight.js';
import type {ComposedState} from './state.js';

export const haTurn = (
  {recoveryOutcomes}: Modules,
  config: HostConfig,
  at: Progress,
  event: RecoveryEvent,
): NonEmpty<Progress> =>
  mapAll(recoveryOutcomes(config, at.state.ha, event), ({state, effects, rules}) =>
    effects.reduce((after, effect) => onEffect(config, after, effect), cite(become(at, {ha: state}), ...rules)),
  );

/** A message as an event: with what the own storage module and runtime say of its VM at that instant. */
export const received =
  (config: HostConfig, from: HostConfig['self'], message: RecoveryMessage) =>
  (state: ComposedState): RecoveryEvent => {
    const vm: VmId | null = 'vm' in message ? message.vm : null;
    const standing = standingAt(config, state, vm);
    return {type: 'Received', from, message, ...localOf(config, state, vm), standing};
  };

/** How the VMs fare here and, where places are published, how each stands: said with every heartbeat. */
export const reporting = (config: HostConfig): readonly Input[] => [
  {to: 'ha', event: state => ({type: 'VmsReported', reports: reportsOf(config, state)})},
  ...(config.placement === 'publish' ? config.vms : []).map(
    ({vm}): Input => ({
      to: 'ha',
      event: state => ({type: 'StandingChanged', vm, standing: standingAt(config, state, vm)}),
    }),
  ),
];

const onEffect = (config: HostConfig, at: Progress, effect: RecoveryEffect): Progress =>
  match(effect)
    .with({type: 'Persist'}, () => at)
    .with({type: 'Send'}, ({to, message}) => {
      if (to === config.self) return push(at, {to: 'ha', event: received(config, to, message)});
      const sent = order(at, {type: 'Send', network: 'ha', to, message});
      return message.type === 'Alive' ? push(sent, ...reporting(config)) : sent;
    })
    .with({type: P.union('SetTimer', 'CancelTimer')}, effect => order(at, effect))
    .with({type: P.union('CheckIsolation', 'Probe', 'Report')}, effect => order(at, effect))
    .with({type: 'CallStorage'}, ({call}) => {
      const {vm, value, generation} = call;
      return calling(config, at, vm, {type: 'Set', value, generation}, call);
    })
    .with({type: 'CallGet'}, ({purpose}) =>
      push(at, {
        to: 'ha',
        event: state => ({type: 'GetReplied', purpose, retrievals: retrievalsOf(config, state)}),
      }),
    )
    .with({type: 'PowerOn'}, ({request}) => push(at, {to: 'runtime', event: () => ({type: 'PowerOn', request})}))
    .with({type: 'PowerOffVms'}, () =>
      push(
        cite(at, 'HO-16'),
        ...at.state.runtime.map(
          ({vm}) =>
            ({
              to: 'runtime',
              event: (state: ComposedState) => ({type: 'Isolated', vm, seen: seenOf(config, state, vm)}) as const,
            }) as const,
        ),
      ),
    )
    .exhaustive();
