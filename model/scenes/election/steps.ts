// What the hosts do by themselves. All of it is fair, but for impatience without cause.

import {classify, type HostId, type Timer} from '../../../src/index.js';
import {type Builder, type Outcome, product, type Read} from '../../index.js';
import {spent} from '../settings.js';
import {isLinked, reachesGateway} from './network.js';
import type {ElectionOptions} from './options.js';
import {declareStanding} from './standing.js';
import type {World} from './world.js';

export const declareSteps = (m: Builder, world: World, options: ElectionOptions): void => {
  const {hosts, budgets, network, host, isDead, inbox, asked, react, NONE} = world;
  const standing = declareStanding(m, world);
  const fire = (read: Read, name: HostId, timer: Timer): readonly Outcome[] =>
    react(read, name, {type: 'TimerFired', timer, ...NONE});

  m.receive(inbox, {name: 'message arrives', fair: 'weak'}, (read, name, {from, message}) =>
    react(read, name, {type: 'Received', from, message, ...NONE}),
  );

  // Rounds are of any length: candidacies may come too late for them.
  m.action('round is over', {each: hosts, fair: 'weak'}, (read, name: HostId) => {
    const state = read(host(name));
    return state.role !== 'electing' || (state.race === 'alone' && isAsked(read, name))
      ? []
      : fire(read, name, {type: 'Election'});
  });

  m.action('patience ends', {each: hosts, fair: 'weak'}, (read, name: HostId) =>
    read(host(name)).role !== 'secondary' || standing.isKept(read, name) ? [] : fire(read, name, {type: 'Silence'}),
  );

  if (options['early-timeouts'] > 0) {
    m.action('patience ends early', {each: hosts}, (read, name: HostId) => {
      const left = spent(read(budgets), 'earlyTimeouts');
      if (left === null || read(host(name)).role !== 'secondary') return [];
      return fire(read, name, {type: 'Silence'}).map(({changes, ...rest}) => ({
        ...rest,
        changes: [budgets.set(left), ...changes],
      }));
    });
  }

  m.action('heart beats', {each: hosts, fair: 'weak'}, (read, name: HostId) => {
    const state = read(host(name));
    if (state.role !== 'primary') return [];
    const isAlone =
      state.silent.length === hosts.length - 1 && !reachesGateway(read(network), name) && !isAsked(read, name);
    return options.unreduced || isAlone || standing.hasNews(read, name) ? fire(read, name, {type: 'Heartbeat'}) : [];
  });

  if (options.gateway) {
    m.action('isolated host looks again', {each: hosts, fair: 'weak'}, (read, name: HostId) => {
      const state = read(host(name));
      if (state.role !== 'isolated' || isAsked(read, name)) return [];
      const tells = standing.others(name).some(other => {
        const hears = isLinked(read(network), name, other) && read(host(other)).role !== 'down';
        return hears && !read(inbox(other)).some(({from, message}) => from === name && message.type === 'Candidacy');
      });
      const learns = !state.responded || reachesGateway(read(network), name);
      return tells || learns || options.unreduced ? fire(read, name, {type: 'Isolation'}) : [];
    });
  }

  m.action('host is not heard', {each: product(hosts, hosts), fair: 'weak'}, (read, name, other) => {
    const state = read(host(name));
    if (name === other || state.role !== 'primary' || standing.isHeard(read, name, other)) return [];
    const isProbed = read(asked(name)).some(question => question.type === 'Probe' && question.host === other);
    return isProbed || isKnown(read, name, other) ? [] : fire(read, name, {type: 'Host', host: other});
  });

  m.receive(asked, {name: 'question is answered', fair: 'weak'}, (read, name, question) =>
    question.type === 'CheckIsolation'
      ? react(read, name, {type: 'IsolationChecked', reachable: reachesGateway(read(network), name)})
      : react(read, name, {type: 'Probed', host: question.host, ...found(read, name, question.host)}),
  );

  const isAsked = (read: Read, name: HostId): boolean => read(asked(name)).some(({type}) => type === 'CheckIsolation');

  /** What a look at a host shows now. */
  const found = (read: Read, name: HostId, other: HostId) => {
    const {role} = read(host(other));
    const ping = isLinked(read(network), name, other) && !read(isDead(other));
    const writes = options.datastores && role !== 'down';
    return {ping, heartbeat: writes ? (role === 'isolated' ? 'isolated' : 'well') : 'none'} as const;
  };

  /** Whether another look would show what is known. */
  const isKnown = (read: Read, name: HostId, other: HostId): boolean => {
    const state = read(host(name));
    const known = state.role === 'primary' ? state.silent.find(silent => silent.host === other) : undefined;
    return known?.state === classify(found(read, name, other)).state;
  };
};
