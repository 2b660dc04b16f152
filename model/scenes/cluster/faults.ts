// What the environment and the user do, each within its budget. None of it is fair.

import {type HostId, nextGeneration} from '../../../src/index.js';
import {type Builder, product, type Read} from '../../index.js';
import {spent} from '../settings.js';
import type {ClusterOptions} from './options.js';
import type {Standing} from './standing.js';
import {mayHappen} from './steps.js';
import type {World} from './world.js';

export const declareFaults = (m: Builder, world: World, standing: Standing, options: ClusterOptions): void => {
  const {setting, names, budgets, storageNetwork, haNetwork, timers, platform, isUp, isLinked, onPlatform, react} =
    world;
  const {hosts, networks} = setting;
  const may = mayHappen(options, standing);

  m.action('storage network becomes', {each: [...networks.keys()]}, (read, name) => {
    const left = spent(read(budgets), 'views');
    if (!may(read) || left === null || read(storageNetwork) === name) return [];
    const alike = options.together ? [haNetwork.set(name)] : [];
    return [{changes: [budgets.set(left), storageNetwork.set(name), ...alike]}];
  });

  m.action('HA network becomes', {each: [...networks.keys()]}, (read, name) => {
    const left = spent(read(budgets), 'splits');
    return may(read) && left !== null && read(haNetwork) !== name
      ? [{changes: [budgets.set(left), haNetwork.set(name)]}]
      : [];
  });

  m.action('crashes', {each: hosts}, (read, name: HostId) => {
    const left = spent(read(budgets), 'crashes');
    return may(read) && left !== null && read(isUp(name))
      ? react(read, name, {type: 'Crashed'}).map(each => ({
          rules: each.rules,
          changes: [budgets.set(left), ...each.changes],
        }))
      : [];
  });

  /** Heartbeats tell that it was away: otherwise a question that got lost with it would be waited for. */
  const isNoticed = (read: Read, name: HostId): boolean =>
    standing.others(name).every(other => {
      const {role, silent} = read(standing.ha(other));
      return role !== 'primary' || silent.includes(name) || !isLinked(read(haNetwork), [other, name]);
    });

  m.action('comes up', {each: hosts}, (read, name: HostId) =>
    !may(read) || read(isUp(name)) || !(options.blinks || isNoticed(read, name))
      ? []
      : react(read, name, {type: 'Restarted', reachable: [...read(world.audible(name))]}),
  );

  m.action('user powers off', {each: product(hosts, names)}, (read, name, vm) => {
    const left = spent(read(budgets), 'toggles');
    const {value, generation} = read(platform(vm));
    if (!may(read) || left === null || value === 'unprotected' || read(standing.executed([name, vm])) === null)
      return [];
    const event = {type: 'PowerOff', vm, generation: nextGeneration(generation)} as const;
    return react(read, name, event).map(({rules, changes}) => ({
      rules: ['PL-01', ...rules],
      changes: [budgets.set(left), onPlatform(vm, {type: 'Intended', value: 'unprotected'}), ...changes],
    }));
  });

  m.action('user powers on', {each: product(hosts, names)}, (read, name, vm) => {
    const left = spent(read(budgets), 'toggles');
    const {value, generation} = read(platform(vm));
    if (!may(read) || left === null || value === 'protected' || !read(isUp(name))) return [];
    const event = {type: 'PowerOn', vm, generation: nextGeneration(generation)} as const;
    return react(read, name, event).map(({rules, changes}) => ({
      rules: ['PL-01', ...rules],
      changes: [budgets.set(left), onPlatform(vm, {type: 'Intended', value: 'protected'}), ...changes],
    }));
  });

  if (options.absences > 0) {
    m.action('absence has lasted', {each: hosts}, (read, name: HostId) => {
      const left = spent(read(budgets), 'absences');
      if (!may(read) || left === null || !read(isUp(name))) return [];
      return read(timers(name)).flatMap(timer =>
        timer.type === 'Absence'
          ? react(read, name, {type: 'TimerFired', timer}).map(({rules, changes}) => ({
              rules,
              changes: [budgets.set(left), ...changes],
            }))
          : [],
      );
    });
  }
};
