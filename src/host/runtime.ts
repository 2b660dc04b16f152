// The runtime's turn, and what becomes of each effect.

import {match, P} from 'ts-pattern';
import {mapAll, type NonEmpty} from '../kernel/nonempty.js';
import type {PowerOnRequest, PowerOnResult, RuntimeEffect, RuntimeEvent} from '../runtime/events.js';
import {isExecuting} from '../runtime/instance.js';
import {endingWaits, takingLock, telling} from './calls.js';
import type {HostConfig} from './config.js';
import type {Modules} from './modules.js';
import {become, cite, order, type Progress, push} from './progress.js';
import type {Ended} from './state.js';

export const runtimeTurn = (
  {runtimeOutcomes}: Modules,
  config: HostConfig,
  at: Progress,
  event: RuntimeEvent,
): NonEmpty<Progress> =>
  mapAll(runtimeOutcomes(config, at.state.runtime, event), ({state, effects, rules}) =>
    endingWaits(
      forgettingEnds(
        effects.reduce(
          (after, effect) => onEffect(config, after, effect),
          cite(become(at, {runtime: state}), ...rules),
        ),
      ),
    ),
  );

/** How a VM ended here is of no interest once it runs here again, however it has come. */
const forgettingEnds = (at: Progress): Progress => {
  const {ended, runtime} = at.state;
  const isBack = ({vm}: Ended): boolean => isExecuting(runtime.find(known => known.vm === vm) ?? null);
  return ended.some(isBack) ? become(at, {ended: ended.filter(known => !isBack(known))}) : at;
};

const onEffect = (config: HostConfig, at: Progress, effect: RuntimeEffect): Progress =>
  match(effect)
    .with({type: 'TakeLock'}, ({vm, attempt}) => takingLock(config, at, vm, attempt))
    .with({type: P.union('ReleaseLock', 'ClearAttempts')}, ({type, vm, epoch}) =>
      telling(config, at, vm, {type, host: config.self, epoch}),
    )
    .with({type: 'WriteIntent'}, ({vm, generation}) =>
      telling(config, at, vm, {type: 'Set', value: 'unprotected', generation}),
    )
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
  const {vm, generation} = request;
  return request.by === 'user'
    ? order(cite(at, 'HO-15'), {type: 'PoweredOn', vm, generation, result})
    : push(at, {to: 'ha', event: () => ({type: 'PowerOnEnded', request, result})});
};
