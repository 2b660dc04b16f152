// What the hosts, the storage modules and the platform do by themselves. All of it is fair, but for early timers.

import {type HostId, reachableFrom, type VmId} from '../../../src/index.js';
import {type Builder, type Outcome, product} from '../../index.js';
import {spent} from '../settings.js';
import type {ProtectOptions} from './options.js';
import {declareSilence, timerAt} from './silence.js';
import {namespaceOf, type World, waits} from './world.js';

export const declareSteps = (m: Builder, world: World, options: ProtectOptions): void => {
  const {cluster, vms, repairs, budgets, platform, election, host, inbox, onPlatform, react, local} = world;
  const {hosts} = cluster;
  const {platformOutcomes} = cluster.relations;

  m.action('platform hands over', {each: vms, fair: 'weak'}, (read, vm: VmId) => {
    const {due, primary} = read(platform(vm));
    if (!due || read(host(primary)).role === 'down') return [];
    const [handed] = platformOutcomes(repairs, read(platform(vm)), {type: 'Connected'});
    return handed.effects.flatMap(({to, value, generation}) =>
      react(read, to, {type: 'Request', vm, value, generation}).map(({rules, changes}) => ({
        rules: [...handed.rules, ...rules],
        changes: [onPlatform(vm, {type: 'Connected'}), ...changes],
      })),
    );
  });

  if (options.handovers > 0) {
    m.action('platform learns of the new primary', {each: vms, fair: 'weak'}, (read, vm: VmId) => {
      const event = {type: 'PrimaryChanged', ...read(election)} as const;
      if (read(platform(vm)).term === event.term) return [];
      const [{rules}] = platformOutcomes(repairs, read(platform(vm)), event);
      return [{rules, changes: [onPlatform(vm, event)]}];
    });
  }

  m.receive(inbox, {name: 'message arrives', fair: 'weak'}, (read, name, {from, message}) =>
    react(read, name, {type: 'Received', from, message, ...local(read, name, message)}),
  );

  declareStorage(m, world);

  // A timer is needed only where something can get lost; without such faults it never would fire in time.
  const {losses, crashes, handovers, 'lost-replies': replies} = options;
  if (repairs.timeouts && losses + crashes + handovers + replies > 0) {
    const silence = declareSilence(m, world);
    m.action('timer fires', {each: product(hosts, vms), fair: 'weak'}, (read, name: HostId, vm: VmId) => {
      const timer = timerAt(read(host(name)), vm);
      return timer === null || !read(silence([name, vm]))
        ? []
        : react(read, name, {type: 'TimerFired', timer, ...local(read, name, timer)});
    });
  }
  if (repairs.timeouts && options['early-timeouts'] > 0) {
    m.action('timer fires early', {each: product(hosts, vms)}, (read, name: HostId, vm: VmId) => {
      const left = spent(read(budgets), 'earlyTimeouts');
      const timer = timerAt(read(host(name)), vm);
      if (left === null || timer === null) return [];
      return react(read, name, {type: 'TimerFired', timer, ...local(read, name, timer)}).map(({rules, changes}) => ({
        rules,
        changes: [budgets.set(left), ...changes],
      }));
    });
    // It was cancelled while it fired. That costs nothing, because it must not change anything.
    m.action('timer fires late', {each: product(hosts, vms)}, (read, name: HostId, vm: VmId) => {
      const timer = timerAt(read(host(name)), vm);
      if (timer === null) return [];
      const over = {...timer, phase: timer.phase === 'setting' ? 'waiting' : 'setting'} as const;
      return react(read, name, {type: 'TimerFired', timer: over, ...local(read, name, timer)});
    });
  }
};

const declareStorage = (m: Builder, {cluster, repairs, ...world}: World): void => {
  const {setOutcomes} = cluster.relations;
  const {vms, scope, budgets, view, register, host, told, calls, react, access, local} = world;

  m.receive(calls, {name: 'storage answers', fair: 'weak'}, (read, name, call) => {
    const before = read(register(call.vm));
    const config = {layout: namespaceOf(cluster, call.vm), repairs};
    return setOutcomes(config, before, reachableFrom(read(view), name), call).flatMap(
      ({state, effects, rules}): readonly Outcome[] => {
        const written = state === before ? [] : [register(call.vm).set(state)];
        const [reply] = effects;
        if (reply === undefined) {
          const left = spent(read(budgets), 'lostReplies');
          const note = 'the answer is lost';
          return left === null ? [] : [{rules, note, changes: [budgets.set(left), ...written]}];
        }
        const {result} = reply;
        return react(read, name, {type: 'StorageReplied', call, result, ...local(read, name, call)}).map(reaction => ({
          rules: [...rules, ...reaction.rules],
          note: result,
          changes: [...written, ...reaction.changes],
        }));
      },
    );
  });

  m.action('storage announces', {each: product(cluster.hosts, vms), fair: 'weak'}, (read, name: HostId, vm: VmId) => {
    if (!waits(read(host(name)), vm)) return [];
    const accessible = read(access([name, vm]));
    return accessible[scope] && read(told([name, vm])) === true
      ? []
      : react(read, name, {type: 'AccessibilityChanged', vm, accessible});
  });
};
