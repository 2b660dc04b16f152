// What the environment does, each within its budget, and what a primary's other parts do. None of it is fair.

import {generation, type HostId, round, vmId} from '../../../src/index.js';
import {type Builder, by, product} from '../../index.js';
import {spent} from '../settings.js';
import {isLinked} from './network.js';
import type {Budgets, ElectionOptions} from './options.js';
import type {World} from './world.js';

export const declareFaults = (m: Builder, world: World, options: ElectionOptions): void => {
  const {hosts, networks, budgets, network, host, isDead, inbox, react} = world;

  m.action('HA network becomes', {each: networks}, (read, after) => {
    const left = spent(read(budgets), 'cuts');
    return left === null || read(network) === after ? [] : [{changes: [budgets.set(left), network.set(after)]}];
  });

  if (options.crashes > 0) {
    m.action('crashes', {each: product(hosts, ['its HA module', 'the whole host'])}, (read, name, what) => {
      const left = spent(read(budgets), 'crashes');
      if (left === null || read(host(name)).role === 'down') return [];
      const dies = what === 'the whole host' ? [isDead(name).set(true)] : [];
      return react(read, name, {type: 'Crashed'}).map(({rules, changes}) =>
        by(rules, budgets.set(left), ...changes, ...dies),
      );
    });
    m.action('restarts', {each: hosts}, (read, name: HostId) =>
      read(host(name)).role !== 'down'
        ? []
        : react(read, name, {type: 'Restarted'}).map(({rules, changes}) =>
            by(rules, ...changes, ...(read(isDead(name)) ? [isDead(name).set(false)] : [])),
          ),
    );
  }

  if (options.losses > 0) {
    const f = (value: Budgets) => spent(value, 'losses');
    m.lose(inbox, {name: 'message is lost', spend: {slot: budgets, f}});
  }

  if (options.commands > 0) {
    m.action('primary commands', {each: product(hosts, hosts)}, (read, name, to) => {
      const left = spent(read(budgets), 'commands');
      const {role, durable} = read(host(name));
      if (left === null || name === to || role !== 'primary' || !isLinked(read(network), name, to)) return [];
      const id = {term: durable.term, vm: vmId('v'), generation: generation(1), round: round(0)};
      const message = {type: 'SetCommand', ...id, value: 'protected'} as const;
      return [{changes: [budgets.set(left), inbox(to).send({from: name, message})]}];
    });
  }
};
