// What the environment and the user do, each within its budget. None of it is fair.

import {generation, type HostId, resyncOutcomes, term} from '../../../src/index.js';
import {type Builder, by, product, range, same} from '../../index.js';
import {spent} from '../settings.js';
import type {Budgets, ProtectOptions} from './options.js';
import {type Envelope, namespaceOf, type World} from './world.js';

export const declareFaults = (m: Builder, world: World, options: ProtectOptions): void => {
  const {cluster, vms, budgets, view, register, election, platform, host, inbox, onPlatform, react, local} = world;
  const {hosts, views} = cluster;
  const spending = (name: keyof Budgets) => ({slot: budgets, f: (value: Budgets) => spent(value, name)});

  m.action('storage network becomes', {each: [...views.keys()]}, (read, name) => {
    const left = spent(read(budgets), 'views');
    const after = views.get(name);
    if (left === null || after === undefined || same(read(view), after)) return [];
    const resynced = vms.map(vm => {
      const [{state, rules}] = resyncOutcomes(namespaceOf(cluster, vm), read(register(vm)), after);
      return {rules, change: register(vm).set(state)};
    });
    return [
      by(
        resynced.flatMap(({rules}) => rules),
        budgets.set(left),
        view.set(after),
        ...resynced.map(({change}) => change),
      ),
    ];
  });

  m.action('user powers', {each: vms}, (read, vm) => {
    const left = spent(read(budgets), 'toggles');
    if (left === null) return [];
    const value = read(platform(vm)).value === 'protected' ? 'unprotected' : 'protected';
    const note = value === 'protected' ? 'the VM on' : 'the VM off';
    return [{rules: ['PL-01'], note, changes: [budgets.set(left), onPlatform(vm, {type: 'Intended', value})]}];
  });

  if (options.handovers > 0) {
    m.action('elected', {each: hosts}, (read, name) => {
      const left = spent(read(budgets), 'handovers');
      if (left === null || read(host(name)).role !== 'secondary') return [];
      const next = {primary: name, term: term(read(election).term + 1)};
      return react(read, name, {type: 'Elected', term: next.term}).map(({rules, changes}) =>
        by(rules, budgets.set(left), election.set(next), ...changes),
      );
    });
    // It has won, and hears of it when the term is over. That costs nothing, because it must not change anything.
    m.action('elected too late', {each: hosts}, (read, name) => {
      const {role, durable} = read(host(name));
      return role === 'down' ? [] : react(read, name, {type: 'Elected', term: durable.term});
    });
  }

  if (options.crashes > 0) {
    m.action('crashes', {each: hosts}, (read, name) => {
      const left = spent(read(budgets), 'crashes');
      if (left === null || read(host(name)).role === 'down') return [];
      return react(read, name, {type: 'Crashed'}).map(({rules, changes}) => by(rules, budgets.set(left), ...changes));
    });
    m.action('restarts', {each: hosts}, (read, name) =>
      read(host(name)).role === 'down' ? react(read, name, {type: 'Restarted'}) : [],
    );
  }

  if (options.losses > 0) m.lose(inbox, {name: 'message is lost', spend: spending('losses')});

  if (options.duplicates > 0) {
    m.duplicate<HostId, Envelope, Budgets>(
      inbox,
      {name: 'message arrives and stays', spend: spending('duplicates')},
      (read, name, {from, message}) =>
        react(read, name, {type: 'Received', from, message, ...local(read, name, message)}),
    );
    m.action('request arrives again', {each: product(vms, range(options.toggles))}, (read, vm, earlier) => {
      const left = spent(read(budgets), 'duplicates');
      const {generation: newest, due, primary, value} = read(platform(vm));
      const repeated = generation(newest - earlier);
      if (left === null || repeated < 1 || (due && earlier === 0)) return [];
      const other = value === 'protected' ? 'unprotected' : 'protected';
      const request = {vm, value: earlier % 2 === 0 ? value : other, generation: repeated} as const;
      return react(read, primary, {type: 'Request', ...request}).map(({rules, changes}) =>
        by(rules, budgets.set(left), ...changes),
      );
    });
  }
};
