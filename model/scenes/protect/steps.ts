// What the hosts, the storage modules and the platform do by themselves. All of it is fair, but for early timers.

import {type HostId, platformOutcomes, reachableFrom, setOutcomes} from '../../../src/index.js';
import type {Builder, Outcome} from '../../index.js';
import {type ProtectOptions, spent} from './options.js';
import {declareSilence, timerAt} from './silence.js';
import {type World, waits} from './world.js';

export const declareSteps = (m: Builder, world: World, options: ProtectOptions): void => {
  const {cluster, repairs, budgets, platform, election, host, inbox, onPlatform, react, access} = world;
  const {hosts, vm} = cluster;

  m.action('platform hands over', {fair: 'weak'}, read => {
    const {due, primary} = read(platform);
    if (!due || read(host(primary)).role === 'down') return [];
    const [handed] = platformOutcomes(repairs, read(platform), {type: 'Connected'});
    return handed.effects.flatMap(({to, value, generation}) =>
      react(read, to, {type: 'Request', vm: vm.vm, value, generation}).map(({rules, changes}) => ({
        rules: [...handed.rules, ...rules],
        changes: [onPlatform({type: 'Connected'}), ...changes],
      })),
    );
  });

  if (options.handovers > 0) {
    m.action('platform learns of the new primary', {fair: 'weak'}, read => {
      const event = {type: 'PrimaryChanged', ...read(election)} as const;
      if (read(platform).term === event.term) return [];
      const [{rules}] = platformOutcomes(repairs, read(platform), event);
      return [{rules, changes: [onPlatform(event)]}];
    });
  }

  m.receive(inbox, {name: 'message arrives', fair: 'weak'}, (read, name, {from, message}) =>
    react(read, name, {type: 'Received', from, message, accessible: read(access(name))}),
  );

  declareStorage(m, world);

  // A timer is needed only where something can get lost; without such faults it never would fire in time.
  const {losses, crashes, handovers, 'lost-replies': replies} = options;
  if (repairs.timeouts && losses + crashes + handovers + replies > 0) {
    const silence = declareSilence(m, world);
    m.action('timer fires', {each: hosts, fair: 'weak'}, (read, name: HostId) => {
      const timer = timerAt(read(host(name)));
      return timer === null || !read(silence(name))
        ? []
        : react(read, name, {type: 'TimerFired', timer, accessible: read(access(name))});
    });
  }
  if (repairs.timeouts && options['early-timeouts'] > 0) {
    m.action('timer fires early', {each: hosts}, (read, name: HostId) => {
      const left = spent(read(budgets), 'earlyTimeouts');
      const timer = timerAt(read(host(name)));
      if (left === null || timer === null) return [];
      return react(read, name, {type: 'TimerFired', timer, accessible: read(access(name))}).map(({rules, changes}) => ({
        rules,
        changes: [budgets.set(left), ...changes],
      }));
    });
    // It was cancelled while it fired. That costs nothing, because it must not change anything.
    m.action('timer fires late', {each: hosts}, (read, name: HostId) => {
      const timer = timerAt(read(host(name)));
      if (timer === null) return [];
      const over = {...timer, phase: timer.phase === 'setting' ? 'waiting' : 'setting'} as const;
      return react(read, name, {type: 'TimerFired', timer: over, accessible: read(access(name))});
    });
  }
};

const declareStorage = (m: Builder, {cluster, repairs, ...world}: World): void => {
  const {scope, budgets, view, register, host, told, calls, react, access} = world;
  const {hosts, vm} = cluster;
  const config = {layout: vm.namespace, repairs};

  m.receive(calls, {name: 'storage answers', fair: 'weak'}, (read, name, call) =>
    setOutcomes(config, read(register), reachableFrom(read(view), name), call).flatMap(
      ({state, effects, rules}): readonly Outcome[] => {
        const written = state === read(register) ? [] : [register.set(state)];
        const [reply] = effects;
        if (reply === undefined) {
          const left = spent(read(budgets), 'lostReplies');
          const note = 'the answer is lost';
          return left === null ? [] : [{rules, note, changes: [budgets.set(left), ...written]}];
        }
        const {result} = reply;
        return react(read, name, {type: 'StorageReplied', call, result, accessible: read(access(name))}).map(
          reaction => ({
            rules: [...rules, ...reaction.rules],
            note: result,
            changes: [...written, ...reaction.changes],
          }),
        );
      },
    ),
  );

  m.action('storage announces', {each: hosts, fair: 'weak'}, (read, name: HostId) => {
    if (!waits(read(host(name)))) return [];
    const accessible = read(access(name));
    return accessible[scope] && read(told(name)) === true
      ? []
      : react(read, name, {type: 'AccessibilityChanged', vm: vm.vm, accessible});
  });
};
