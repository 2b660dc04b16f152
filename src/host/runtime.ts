// The runtime's turn, and what becomes of each effect.

import {match} from 'ts-pattern';
import type {Policy} from '../policy/policies.js';
import type {PowerOnRequest, PowerOnResult, RuntimeEffect, RuntimeEvent} from '../runtime/events.js';
import {runtimeOutcomes} from '../runtime/module.js';
import {takingLock, telling} from './calls.js';
import type {HostConfig} from './config.js';
import {become, cite, order, type Progress, push} from './progress.js';

export const runtimeTurn = (config: HostConfig, policy: Policy, at: Progress, event: RuntimeEvent): Progress => {
  const {state, effects, rules} = policy(runtimeOutcomes(config, at.state.runtime, event));
  const turned = cite(become(at, {runtime: state}), ...rules);
  return effects.reduce((after, effect) => onEffect(config, after, effect), turned);
};

const onEffect = (config: HostConfig, at: Progress, effect: RuntimeEffect): Progress =>
  match(effect)
    .with({type: 'TakeLock'}, ({vm}) => takingLock(config, at, vm))
    .with({type: 'ReleaseLock'}, ({vm, epoch}) =>
      telling(config, at, vm, {type: 'ReleaseLock', host: config.self, epoch}),
    )
    .with({type: 'WriteIntent'}, ({vm, generation}) =>
      telling(config, at, vm, {type: 'Set', value: 'unprotected', generation}),
    )
    .with({type: 'CountAttempts'}, () => cite(at, 'HO-18'))
    .with({type: 'Answer'}, ({request, result}) => onPowerOnEnded(at, request, result))
    .with({type: 'Ended'}, ({vm, ending}) => {
      const others = at.state.ended.filter(known => known.vm !== vm);
      return become(at, {ended: [...others, {vm, ending}].sort((a, b) => (a.vm < b.vm ? -1 : 1))});
    })
    .with({type: 'SetGhostTimer'}, ({vm}) => order(at, {type: 'SetTimer', timer: {type: 'Ghost', vm}}))
    .with({type: 'CancelGhostTimer'}, ({vm}) => order(at, {type: 'CancelTimer', timer: {type: 'Ghost', vm}}))
    .exhaustive();

/** What a primary has asked for is answered by the HA module, what the user has asked for to the user. */
const onPowerOnEnded = (at: Progress, request: PowerOnRequest, result: PowerOnResult): Progress => {
  const {ended} = at.state;
  const isOver = result.type === 'ok' && ended.some(({vm}) => vm === request.vm);
  const after = isOver ? become(at, {ended: ended.filter(({vm}) => vm !== request.vm)}) : at;
  const {vm, generation} = request;
  return request.by === 'user'
    ? order(cite(after, 'HO-15'), {type: 'PoweredOn', vm, generation, result})
    : push(after, {to: 'ha', event: () => ({type: 'PowerOnEnded', request, result})});
};
