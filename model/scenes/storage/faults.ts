// What the environment, the user and the callers do, each within its budget. None of it is fair.

import {generation, type HostId, identity, type ObjectCall, storageReading} from '../../../src/index.js';
import {type Builder, by, type Outcome, type Read} from '../../index.js';
import {spent} from '../settings.js';
import type {Budgets, StorageOptions} from './options.js';
import type {World} from './world.js';

export const declareFaults = (m: Builder, world: World, options: StorageOptions): void => {
  const {cluster, budgets, cut, user, host, granted, heard, react} = world;
  const {hosts, vm, cuts} = cluster;
  const {namespace, disks} = vm;

  /** What a host does about an event that costs one of the budget. */
  const spending = (
    read: Read,
    budget: keyof Budgets,
    name: HostId,
    event: Parameters<typeof react>[2],
  ): readonly Outcome[] => {
    const left = spent(read(budgets), budget);
    return left === null || read(host(name)).role === 'down'
      ? []
      : react(read, name, event).map(({rules, changes}) => by(rules, budgets.set(left), ...changes));
  };

  m.action('storage network becomes', {each: [...cuts.keys()]}, (read, name) => {
    const left = spent(read(budgets), 'views');
    return left === null || read(cut) === name ? [] : [{changes: [budgets.set(left), cut.set(name)]}];
  });

  m.action('user powers', read => {
    const left = spent(read(budgets), 'toggles');
    if (left === null) return [];
    const before = read(user);
    const count = generation(before.generation + 1);
    const value = (count - before.former) % 2 === 1 ? 'protected' : 'unprotected';
    const call: ObjectCall = {type: 'Set', identity: before.identity, value, generation: count};
    const pending = [...before.pending, call];
    return [{changes: [budgets.set(left), user.set({...before, generation: count, pending})], note: value}];
  });

  /** Soon or late, and not in the order in which the user wanted it. */
  m.action('calls', {each: hosts}, (read, name) => {
    const before = read(user);
    if (read(host(name)).role === 'down') return [];
    return before.pending.flatMap((call, index) =>
      react(read, name, {type: 'Called', vm: vm.vm, call}).map(({rules, changes}) => ({
        rules,
        note: call.type === 'Set' ? `SET ${call.value} ${call.generation}` : call.type,
        changes: [user.set({...before, pending: before.pending.filter((_, at) => at !== index)}), ...changes],
      })),
    );
  });

  if (options.creations > 0) {
    m.action('user creates the VM anew', read => {
      const left = spent(read(budgets), 'creations');
      if (left === null) return [];
      const before = read(user);
      const next = identity(before.identity + 1);
      const pending = [...before.pending, {type: 'Create', identity: next} as const];
      const {generation} = before;
      return [{changes: [budgets.set(left), user.set({identity: next, generation, former: generation, pending})]}];
    });
  }

  if (options.locks > 0) {
    m.action('takes the lock', {each: hosts}, (read, name) => {
      const {identity, generation} = read(user);
      const call = {type: 'TakeLock', identity, host: name, attempt: {generation, number: 0}} as const;
      return spending(read, 'locks', name, {type: 'Called', vm: vm.vm, call});
    });
    /** Whoever believes to hold the lock writes, and gives it back some day, whether or not it was broken meanwhile. */
    m.action('writes', {each: hosts}, (read, name) => {
      const epoch = read(granted(name));
      if (epoch === null) return [];
      const {identity} = read(user);
      return (['Write', 'ClearAttempts'] as const).flatMap(type =>
        spending(read, 'locks', name, {type: 'Called', vm: vm.vm, call: {type, identity, host: name, epoch}}),
      );
    });
    m.action('gives the lock back', {each: hosts}, (read, name) => {
      const epoch = read(granted(name));
      if (epoch === null) return [];
      const call = {type: 'ReleaseLock', identity: read(user).identity, host: name, epoch} as const;
      return spending(read, 'locks', name, {type: 'Called', vm: vm.vm, call}).map(outcome => ({
        ...outcome,
        changes: [...outcome.changes, granted(name).set(null)],
      }));
    });
  }

  if (options.reads > 0) {
    m.action('becomes primary and calls GET', {each: hosts}, (read, name) => {
      const left = spent(read(budgets), 'reads');
      const state = read(host(name));
      if (left === null || state.role === 'down' || read(heard(name)) !== 'unread') return [];
      return [{changes: [budgets.set(left), heard(name).set(storageReading(state, vm))]}];
    });
  }

  const objects = [namespace, ...disks];
  if (options.losses > 0) {
    m.action('component is lost', {each: hosts}, (read, name: HostId) =>
      objects.flatMap(({object}) =>
        read(host(name)).durable.components.some(entry => entry.object === object)
          ? spending(read, 'losses', name, {type: 'ComponentLost', object})
          : [],
      ),
    );
  }
  if (options.absences > 0) {
    m.action('absence has lasted', {each: hosts}, (read, name: HostId) =>
      objects.flatMap(({object}) => spending(read, 'absences', name, {type: 'AbsenceLasted', object})),
    );
  }
  if (options.crashes > 0) {
    m.action('crashes', {each: hosts}, (read, name: HostId) => spending(read, 'crashes', name, {type: 'Crashed'}));
  }
};
