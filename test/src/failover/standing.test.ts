// What a host says of a VM, as far as that depends on what runs there.

import test from 'ava';
import {
  type AttendantEvent,
  attendantOutcomes,
  epoch,
  type FailoverConfig,
  failoverOutcomes,
  generation,
  type HostId,
  hostId,
  type Instance,
  noFailover,
  type PlaceWatches,
  profile,
  type RuntimeConfig,
  round,
  type Standing,
  standingOf,
  term,
  vmId,
} from '../../../src/index.js';

const [h1, h2] = [hostId('h1'), hostId('h2')];
const v = vmId('v');
const id = {term: term(1), vm: v, generation: generation(1), round: round(1)};
const repairs = profile('hardened');
const runtime: RuntimeConfig = {self: h1, repairs, capacity: 1, isolationResponse: 'leave', cleanByDefault: false};
const config: FailoverConfig = {
  self: h1,
  hosts: [h1, h2],
  repairs,
  plans: [{vm: v, stored: true, priority: 0}],
  placement: 'ask',
  scope: 'all',
  schedule: [0],
  concurrency: 1,
};

const standing = (instances: readonly Instance[], holder: HostId | null): Standing => {
  const home = {lock: {holder, epoch: epoch(1)}, value: 'protected', generation: generation(1)} as const;
  return standingOf(runtime, 'all', v, instances, {access: {namespace: true, all: true}, home}, [h1, h2]);
};
const starting: Instance = {vm: v, power: 'starting', request: {by: 'primary', from: h2, attempt: 0, ...id}};
const running: Instance = {vm: v, power: 'running', generation: generation(1), epoch: epoch(1)};

test('FO-42: where the VM is starting there is no room to start it again, and its lock is whose it is', t => {
  t.deepEqual(standing([starting], null), {accessible: true, capacity: false, holder: null});
  t.deepEqual(standing([starting], h2), {accessible: true, capacity: false, holder: h2});
  t.deepEqual(standing([running], h1), {accessible: true, capacity: true, holder: h1});
  t.deepEqual(standing([], h1), {accessible: true, capacity: true, holder: null}, 'held for nothing');
});

test('FO-47: that a start has failed here is no change to who waits for one', t => {
  const registered: AttendantEvent = {
    type: 'Received',
    from: h2,
    message: {type: 'PlaceRegister', ...id, wanted: {capacity: false, level: false}},
    standing: standing([starting], null),
  };
  const [{state}] = attendantOutcomes(config, [], registered);
  const tell = (before: PlaceWatches, now: Standing) =>
    attendantOutcomes(config, before, {type: 'StandingChanged', vm: v, standing: now})[0];
  t.deepEqual(tell(state, standing([], null)).effects, [], 'it could have been started here all the while');
  const lost = tell(state, {...standing([], null), accessible: false});
  t.is(tell(lost.state, standing([], null)).effects.length, 1, 'it was not accessible meanwhile');
});

test('FO-45: what is not in the object store can be started wherever there is room', t => {
  const plans = [{vm: v, stored: false, priority: 0}];
  const wanted = {capacity: true, level: true};
  const away: Standing = {accessible: false, capacity: true, holder: null};
  const registered: AttendantEvent = {
    type: 'Received',
    from: h2,
    message: {type: 'PlaceRegister', ...id, wanted},
    standing: away,
  };
  t.deepEqual(attendantOutcomes({...config, plans}, [], registered)[0].rules, ['FO-45']);
  t.deepEqual(attendantOutcomes(config, [], registered)[0].rules, ['FO-46']);
});

test('FO-34: a host that is gone is not believed to run a VM', t => {
  const known = {type: 'Protected', vm: v, generation: generation(1), host: h1} as const;
  const events = [known, {type: 'HostChanged', host: h2, running: false}] as const;
  const state = events.reduce((before, event) => failoverOutcomes(config, id.term, before, event)[0].state, noFailover);
  const said = {type: 'VmReported', from: h2, vm: v, report: {type: 'running'}} as const;
  const [{state: after, rules}] = failoverOutcomes(config, id.term, state, said);
  t.deepEqual([after, rules], [state, ['FO-34']]);
  const [{state: back}] = failoverOutcomes(config, id.term, state, {type: 'HostChanged', host: h2, running: true});
  t.is(failoverOutcomes(config, id.term, back, said)[0].state.inventory[0]?.host, h2, 'it is when it is back');
});
