// What a primary registers with hosts while a VM waits: they are to say when it can be started there.

import {match} from 'ts-pattern';
import type {HostId} from '../cluster/ids.js';
import {toEach} from '../kernel/orders.js';
import type {Waiting} from './entry.js';
import type {FailoverEffect} from './events.js';
import type {Wanted} from './messages.js';
import {type Orchestrated, type Primary, reachable, requestIdOf, timerOf} from './transition.js';

/** With every host that is up, unless others are named. Who publishes needs none. */
export const registrations = (
  primary: Primary,
  waiting: Waiting,
  wanted = wantedOf(primary, waiting),
  hosts: readonly HostId[] = reachable(primary),
): readonly FailoverEffect[] =>
  primary.config.placement === 'publish'
    ? []
    : toEach(hosts, {type: 'PlaceRegister', ...requestIdOf(primary, waiting), wanted});

/** With a host that is up again: what is so there now counts as a change. */
export const registrationBack = (primary: Primary, waiting: Waiting, host: HostId): readonly FailoverEffect[] =>
  registrations(primary, waiting, {...wantedOf(primary, waiting), level: true}, [host]);

/** The registrations of a wait, once more, to every host that is up by now. */
export const registerAgain = (primary: Primary, from: Waiting): Orchestrated => {
  const timer = timerOf(primary.config, from);
  return {
    state: from,
    effects: [...registrations(primary, from), ...(timer === null ? [] : [{type: 'SetTimer', timer} as const])],
    rules: ['FO-55'],
  };
};

const wantedOf = ({config}: Primary, waiting: Waiting): Wanted =>
  match(waiting)
    .with({stage: 'waiting'}, () => ({capacity: false, level: true}))
    .with({stage: 'lacking'}, () => ({capacity: true, level: config.repairs['level-triggered']}))
    .with({stage: 'exhausted'}, ({level}) => ({capacity: false, level}))
    .exhaustive();
