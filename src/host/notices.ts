// What one module has changed and another has to know, when nobody has anything left to do in this step.

import type {ObjectId, VmId} from '../cluster/ids.js';
import type {Standing} from '../failover/messages.js';
import type {VmReported} from '../ha/recovery/events.js';
import {isEqual} from '../kernel/equal.js';
import type {Seen} from '../runtime/events.js';
import type {HostConfig} from './config.js';
import type {HostTimer} from './events.js';
import {cite, type Input, order, type Progress, push} from './progress.js';
import {reportsOf, seenOf, standingAt} from './sight.js';
import type {ComposedState} from './state.js';
import {unsettled} from './storage.js';

/** What the modules have been told of each other. */
export type Told = {
  readonly vms: readonly {readonly vm: VmId; readonly seen: Seen; readonly standing: Standing}[];
  readonly reports: readonly VmReported[];
};

export const toldOf = (config: HostConfig, state: ComposedState): Told => ({
  vms: config.vms.map(({vm}) => ({vm, seen: seenOf(config, state, vm), standing: standingAt(config, state, vm)})),
  reports: reportsOf(config, state),
});

/** What has changed since, as events for those whom it concerns. */
export const notices = (config: HostConfig, before: Told, at: Progress): Progress => {
  const now = toldOf(config, at.state);
  const ofVms = now.vms.flatMap(({vm, seen, standing}): readonly Input[] => {
    const known = before.vms.find(told => told.vm === vm);
    return [
      ...(isEqual(known?.seen, seen)
        ? []
        : [{to: 'runtime', event: (state: ComposedState) => changed(config, state, vm)} as const]),
      ...(isEqual(known?.standing, standing)
        ? []
        : [{to: 'ha', event: () => ({type: 'StandingChanged', vm, standing}) as const} as const]),
    ];
  });
  const news = now.reports.filter(report => !before.reports.some(told => isEqual(told, report)));
  const ofReports: readonly Input[] =
    news.length === 0 ? [] : [{to: 'ha', event: () => ({type: 'VmsReported', reports: news})}];
  const inputs = [...ofVms, ...ofReports];
  return inputs.length === 0 ? at : push(cite(at, 'HO-14'), ...inputs);
};

const changed = (config: HostConfig, state: ComposedState, vm: VmId) =>
  ({type: 'StorageChanged', vm, seen: seenOf(config, state, vm)}) as const;

/** The timers of absent components: each runs as long as the votes of an object are not those that are there. */
export const absences = (config: HostConfig, before: ComposedState, at: Progress, fired: ObjectId | null): Progress => {
  const [ran, due] = [unsettled(config, before.storage), unsettled(config, at.state.storage)];
  const timers = (objects: readonly ObjectId[]): readonly HostTimer[] =>
    objects.map(object => ({type: 'Absence', object}));
  const set = timers(due.filter(object => object === fired || !ran.includes(object)));
  const ended = timers(ran.filter(object => !due.includes(object) && object !== fired));
  return set.length + ended.length === 0
    ? at
    : order(
        cite(at, 'HO-17'),
        ...ended.map(timer => ({type: 'CancelTimer', timer}) as const),
        ...set.map(timer => ({type: 'SetTimer', timer}) as const),
      );
};
