// The rules of who directs a partition, each by an example. Reigns of h1 have the numbers 4, 8, 12; of h2 5, 9.

import test from 'ava';
import {configuration, type HostId, type StorageEvent, storageAccess, storageOutcomes} from '../../../src/index.js';
import {
  began,
  chargeIn,
  configOf,
  H1,
  H2,
  H3,
  H4,
  held,
  joined,
  keeping,
  numbered,
  published,
  received,
  step,
  type Up,
  up,
  VM,
} from './four-modules.js';

const view = (...reachable: readonly HostId[]): StorageEvent => ({type: 'ViewChanged', reachable});
/** h1 has just begun the reign 4, and nobody has joined. */
const begun = step(configOf(H1), {role: 'down', durable: keeping(H1, 0)}, began).state;
const withH2 = step(configOf(H1), begun, joined(H2, 4, held(H2))).state;

/** Nothing is changed, and nothing is sent. */
const isIgnored = (state: Up, event: StorageEvent, self: HostId): boolean => {
  const after = step(configOf(self), state, event);
  return JSON.stringify(after.state) === JSON.stringify(state) && after.effects.length === 0;
};

test('DR-02: who reaches a lower host gives its reign up, says so to whom it still reaches, and says Hello', t => {
  const {state} = step(configOf(H2), up(H2, 4), view(H2, H3, H4));
  const member = step(configOf(H2), state, joined(H3, 5, held(H3))).state;
  const after = step(configOf(H2), member, view(H1, H2, H3));
  t.is(after.state.owner, null);
  t.is(after.state.reign, null);
  t.deepEqual(after.sent, [
    [H3, numbered('Left', 5)],
    [H1, numbered('Hello', 5)],
  ]);
});

test('DR-02: who reaches a lower host than its owner gives that owner up, and is silent to one it does not reach', t => {
  const follower = up(H3, 5, {owner: H2, directory: [published(5, 1)]});
  const after = step(configOf(H3), follower, view(H1, H2, H3));
  t.is(after.state.owner, null);
  t.deepEqual(after.sent, [
    [H2, numbered('Left', 5)],
    [H1, numbered('Hello', 5)],
  ]);
  t.deepEqual(step(configOf(H3), follower, view(H1, H3)).sent, [[H1, numbered('Hello', 5)]]);
});

test('DR-03: who follows the lowest host it reaches goes on doing so', t => {
  const follower = up(H2, 4, {owner: H1, directory: [published(4, 1)]});
  const {state, effects} = step(configOf(H2), follower, view(H1, H2));
  t.deepEqual(state, {...follower, reachable: [H1, H2]});
  t.deepEqual(effects, []);
});

test('DR-04: without an owner each host begins a reign of its own with each view', t => {
  const {state, sent} = step(configOf(H3, 'directory-owner'), up(H3, 0), view(H1, H3, H4));
  t.is(state.owner, H3);
  t.is(state.durable.number, configuration(2));
  t.deepEqual(
    sent,
    [H1, H4].map(host => [host, numbered('Lead', 2)]),
  );
});

test('DR-05: a Hello with a lower number, from a host that has not joined, is answered with Lead', t => {
  const {state, sent} = step(configOf(H1), withH2, received(H3, numbered('Hello', 3)));
  t.deepEqual(state, withH2);
  t.deepEqual(sent, [[H3, numbered('Lead', 4)]]);
});

test('DR-06: a Hello with a number that is not lower makes the owner begin another reign above it', t => {
  for (const [number, next] of [[4, 8] as const, [9, 12] as const]) {
    const {state, sent} = step(configOf(H1), withH2, received(H2, numbered('Hello', number)));
    t.is(state.durable.number, configuration(next));
    t.deepEqual(state.reign?.joined, [H1]);
    t.deepEqual(
      sent,
      [H2, H3, H4].map(host => [host, numbered('Lead', next)]),
    );
  }
});

test('DR-07: any other Hello is ignored', t => {
  t.true(isIgnored(withH2, received(H2, numbered('Hello', 3)), H1));
  t.true(isIgnored({...withH2, reachable: [H1, H2]}, received(H3, numbered('Hello', 9)), H1));
  t.true(isIgnored(up(H2, 4, {owner: H1}), received(H3, numbered('Hello', 9)), H2));
});

test('DR-08: a Lead of the lowest host with a higher number is promised, followed and answered with Joined', t => {
  const {state, effects} = step(configOf(H2), up(H2, 3), received(H1, numbered('Lead', 4)));
  t.deepEqual(state, up(H2, 4, {owner: H1}));
  t.deepEqual(effects, [
    {type: 'Persist', durable: keeping(H2, 4)},
    {type: 'Send', to: H1, message: {...numbered('Joined', 4), components: [held(H2)]}},
  ]);
});

test('DR-09: one with a number that is not higher is refused with the number that was promised', t => {
  for (const number of [4, 5]) {
    const before = up(H2, 5);
    const {state, sent} = step(configOf(H2), before, received(H1, numbered('Lead', number)));
    t.deepEqual(state, before);
    t.deepEqual(sent, [[H1, {...numbered('Refused', number), promised: configuration(5)}]]);
  }
});

test('DR-10: any other Lead is ignored', t => {
  t.true(isIgnored(up(H3, 1), received(H2, numbered('Lead', 5)), H3));
  t.true(isIgnored(up(H2, 4, {owner: H1}), received(H1, numbered('Lead', 4)), H2));
  t.true(isIgnored(withH2, received(H2, numbered('Lead', 9)), H1));
});

test('DR-11: without an owner every Lead is answered with Joined, and nothing is promised', t => {
  for (const [from, number] of [[H1, 4] as const, [H3, 2] as const]) {
    const before = up(H2, 5);
    const {state, sent} = step(configOf(H2, 'directory-owner'), before, received(from, numbered('Lead', number)));
    t.deepEqual(state, before);
    t.deepEqual(sent, [[from, {...numbered('Joined', number), components: [held(H2)]}]]);
  }
});

test('DR-12: who joins is a member, and its components vote', t => {
  t.deepEqual(begun.reign?.joined, [H1]);
  t.is(chargeIn(begun).phase, 'collecting');
  t.deepEqual(withH2.reign?.joined, [H1, H2]);
  t.is(chargeIn(withH2).phase, 'serving');
});

test('DR-14: a member that leaves makes the owner begin another reign without it', t => {
  const {state, sent} = step(configOf(H1), withH2, received(H2, numbered('Left', 4)));
  t.is(state.durable.number, configuration(8));
  t.deepEqual(state.reign?.joined, [H1]);
  t.deepEqual(
    sent,
    [H3, H4].map(host => [host, numbered('Lead', 8)]),
  );
});

test('DR-15 CH-07: a host whose owner has left follows nobody, and knows nothing to be accessible', t => {
  const follower = up(H2, 4, {owner: H1, directory: [published(4, 1)]});
  const {state, sent} = step(configOf(H2), follower, received(H1, numbered('Left', 4)));
  t.deepEqual(state, up(H2, 4));
  t.deepEqual(sent, []);
});

test('DR-16: Left with another number, or from a host that had not joined, is ignored', t => {
  t.true(isIgnored(withH2, received(H2, numbered('Left', 3)), H1));
  t.true(isIgnored(withH2, received(H3, numbered('Left', 4)), H1));
  t.true(isIgnored(up(H2, 4, {owner: H1, directory: [published(4, 1)]}), received(H1, numbered('Left', 3)), H2));
});

test('DR-18: a crash leaves what is durable, and orders nothing', t => {
  t.deepEqual(storageOutcomes(configOf(H1), withH2, {type: 'Crashed'}), [
    {state: {role: 'down', durable: withH2.durable}, effects: [], rules: ['DR-18']},
  ]);
});

test('DR-19: who restarts follows nobody and does as with a new view', t => {
  const down = (self: HostId) => ({role: 'down', durable: keeping(self, 5)}) as const;
  const low = step(configOf(H1), down(H1), began);
  t.is(low.state.durable.number, configuration(8));
  t.deepEqual(low.sent[0], [H2, numbered('Lead', 8)]);
  const high = step(configOf(H2), down(H2), began);
  t.deepEqual(high.state, up(H2, 5));
  t.deepEqual(high.sent, [[H1, numbered('Hello', 5)]]);
});

test('DR-22: a refusal of the present reign makes the owner begin another above what was promised', t => {
  const refused = received(H3, {...numbered('Refused', 4), promised: configuration(10)});
  const {state, sent} = step(configOf(H1), withH2, refused);
  t.is(state.durable.number, configuration(12));
  t.deepEqual(
    sent,
    [H2, H3, H4].map(host => [host, numbered('Lead', 12)]),
  );
});

test('CH-07: who begins a reign or promises itself to another knows nothing to be accessible', t => {
  const follower = up(H2, 4, {owner: H1, directory: [published(4, 1)]});
  t.true(storageAccess(follower, VM).namespace);
  const leading = step(configOf(H2), follower, view(H2, H3));
  const promised = step(configOf(H2), follower, received(H1, numbered('Lead', 8)));
  for (const {state, effects} of [leading, promised]) {
    t.false(storageAccess(state, VM).namespace);
    t.true(effects.some(({type}) => type === 'Changed'));
  }
});
