// How things stand at first: both networks are whole, the last host is primary, the VMs run and are protected, and
// everything has come to rest.

import {
  type Carried,
  type ComposedState,
  downHost,
  firstHostDurable,
  generation,
  type HostEffect,
  type HostEvent,
  type HostId,
  type HostTimer,
  hostOutcomes,
} from '../../../src/index.js';
import type {Setting} from './setting.js';

/** A host with the timers that run there. */
export type Standing = {readonly state: ComposedState; readonly timers: readonly HostTimer[]};

type Standings = ReadonlyMap<HostId, Standing>;

type Delivery = {readonly to: HostId; readonly event: HostEvent};

/** The library itself, by the first of its outcomes, each message delivered in the order of sending. */
export const started = (setting: Setting): Standings => {
  const {hosts, vms, homeOf} = setting;
  const down = new Map(
    hosts.map((name): [HostId, Standing] => [
      name,
      {state: downHost(firstHostDurable(setting.configOf(name))), timers: []},
    ]),
  );
  const awake = after(
    setting,
    down,
    hosts.map(to => ({to, event: {type: 'Restarted', reachable: hosts}})),
  );
  const rounds: readonly HostTimer['type'][] = ['Silence', 'Election', 'Election'];
  const led = rounds.reduce(
    (before, type) =>
      after(
        setting,
        before,
        hosts.flatMap(to => firing(before, to, type)),
      ),
    awake,
  );
  const first = generation(1);
  const primary = hosts.find(name => standingOf(led, name).state.ha.ha.role === 'primary');
  if (primary === undefined) throw new RangeError('nobody was elected');
  const powered = after(
    setting,
    led,
    vms.map(({vm}) => ({to: homeOf(vm), event: {type: 'PowerOn', vm, generation: first}})),
  );
  return after(
    setting,
    powered,
    vms.map(({vm}) => ({to: primary, event: {type: 'Request', vm, value: 'protected', generation: first}})),
  );
};

export const standingOf = (standings: Standings, name: HostId): Standing => {
  const standing = standings.get(name);
  if (standing === undefined) throw new RangeError(`no host ${name}`);
  return standing;
};

const firing = (standings: Standings, to: HostId, type: HostTimer['type']): readonly Delivery[] =>
  standingOf(standings, to)
    .timers.filter(timer => timer.type === type)
    .map(timer => ({to, event: {type: 'TimerFired', timer}}));

/** After all this, and what follows from it. */
const after = ({configOf}: Setting, before: Standings, deliveries: readonly Delivery[]): Standings => {
  const standings = new Map(before);
  const queue = [...deliveries];
  for (const {to, event} of queue) {
    const {state, timers} = standingOf(standings, to);
    const [{state: next, effects}] = hostOutcomes(configOf(to), state, event);
    standings.set(to, {state: next, timers: timersAfter(timers, event, effects)});
    for (const effect of effects) {
      if (effect.type === 'Send') queue.push({to: effect.to, event: arrival(to, effect)});
      if (effect.type === 'CheckIsolation') queue.push({to, event: {type: 'IsolationChecked', reachable: true}});
    }
  }
  return standings;
};

/** A message as an event. */
export const arrival = (from: HostId, carried: Carried): HostEvent =>
  carried.network === 'ha'
    ? {type: 'Received', from, network: 'ha', message: carried.message}
    : {type: 'Received', from, network: 'storage', message: carried.message};

/** The timers that run after a step, sorted. One that has fired runs again only if it is set again. */
export const timersAfter = (
  before: readonly HostTimer[],
  event: HostEvent,
  effects: readonly HostEffect[],
): readonly HostTimer[] => {
  const texts = new Set(before.map(timer => JSON.stringify(timer)));
  if (event.type === 'Crashed') texts.clear();
  if (event.type === 'TimerFired') texts.delete(JSON.stringify(event.timer));
  for (const effect of effects) {
    if (effect.type === 'SetTimer') texts.add(JSON.stringify(effect.timer));
    if (effect.type === 'CancelTimer') texts.delete(JSON.stringify(effect.timer));
  }
  return [...texts].sort().map((text): HostTimer => JSON.parse(text));
};
