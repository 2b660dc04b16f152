// The storage module's turn, and what becomes of each effect.

import {match} from 'ts-pattern';
import type {ObjectId, VmId} from '../cluster/ids.js';
import {mapAll, type NonEmpty} from '../kernel/nonempty.js';
import type {StorageEffect, StorageEvent} from '../storage/directory/events.js';
import type {StorageState} from '../storage/directory/state.js';
import {answered, givingUp} from './calls.js';
import type {HostConfig} from './config.js';
import type {Modules} from './modules.js';
import {become, cite, order, type Progress, push} from './progress.js';
import {seenOf} from './sight.js';

export const storageTurn = (
  {storageOutcomes}: Modules,
  config: HostConfig,
  at: Progress,
  event: StorageEvent,
): NonEmpty<Progress> =>
  mapAll(storageOutcomes(config, at.state.storage, event), ({state, effects, rules}) => {
    const turned = cite(become(at, {storage: state}), ...rules);
    return givingUp(
      config,
      effects.reduce((after, effect) => onEffect(config, after, effect), turned),
    );
  });

const onEffect = (config: HostConfig, at: Progress, effect: StorageEffect): Progress =>
  match(effect)
    .with({type: 'Persist'}, () => at)
    .with({type: 'Send'}, ({to, message}) =>
      to === config.self
        ? push(at, {to: 'storage', event: {type: 'Received', from: to, message}})
        : order(at, {type: 'Send', network: 'storage', to, message}),
    )
    .with({type: 'Answer'}, answer => answered(config, at, answer))
    .with({type: 'Changed'}, ({vm}) =>
      (vm === null ? config.vms.map(layout => layout.vm) : [vm]).reduce(
        (after, changed) => announcing(config, after, changed),
        at,
      ),
    )
    .exhaustive();

const announcing = (config: HostConfig, at: Progress, vm: VmId): Progress =>
  push(at, {
    to: 'ha',
    event: state => ({type: 'AccessibilityChanged', vm, accessible: seenOf(config, state, vm).access}),
  });

/** The objects that this host directs and whose votes are not those of the components that are there. */
export const unsettled = ({vms}: HostConfig, storage: StorageState): readonly ObjectId[] => {
  const reign = storage.role === 'up' ? storage.reign : null;
  if (reign === null) return [];
  return vms
    .flatMap(({namespace, disks}) => [namespace, ...disks])
    .flatMap(({object, components}) => {
      const charge = reign.charges.find(known => known.object === object);
      if (charge?.phase !== 'serving') return [];
      const voting = charge.entry.voters.map(({host}) => host);
      const isSettled = components.every(({host}) => reign.joined.includes(host) === voting.includes(host));
      return isSettled ? [] : [object];
    });
};
