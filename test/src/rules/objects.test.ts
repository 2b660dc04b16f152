// The rules of what an owner does for one object, each by an example. The reign of h1 has the number 4.

import test from 'ava';
import {
  type Component,
  configuration,
  type HostId,
  type StorageConfig,
  type StorageEvent,
  storageAccess,
} from '../../../src/index.js';
import {
  acked,
  began,
  begun,
  chargeIn,
  configOf,
  content,
  down,
  EPOCH,
  entryIn,
  H1,
  H2,
  H3,
  HOME,
  held,
  joined,
  newer,
  numbered,
  OWNER,
  play,
  published,
  received,
  setting,
  step,
  type Up,
  up,
  V,
  VM,
  version,
} from './four-modules.js';

const takenUp = step(OWNER, begun, joined(H2, 4, held(H2)));
const established = step(OWNER, takenUp.state, acked(H2, 4, 1));
/** All three components hold the entry, and nothing is under way. */
const whole = play(OWNER, established.state, joined(H3, 4, held(H3)), acked(H3, 4, 1)).state;

const SET = setting('protected', 1);
const CLEAR = setting('unprotected', 2);
const called = (call = SET): StorageEvent => ({type: 'Called', vm: V, call});
const passed = (number: number, from = H2): StorageEvent =>
  received(from, {...numbered('Call', number), object: HOME.object, call: SET});
const lasted: StorageEvent = {type: 'AbsenceLasted', object: HOME.object};

/** What is written to each host, in order. */
const written = ({sent}: ReturnType<typeof step>) =>
  sent.flatMap(([to, message]) => (message.type === 'ComponentWrite' ? [[to, message.entry] as const] : []));
const isIgnored = (config: StorageConfig, state: Up, event: StorageEvent): boolean => {
  const after = step(config, state, event);
  return JSON.stringify(after.state) === JSON.stringify(state) && after.effects.length === 0;
};

test('OB-01: the newest entry counts, and components that it does not name as current have no vote', t => {
  const two = step(OWNER, begun, joined(H2, 4, newer)).state;
  t.is(chargeIn(two).phase, 'collecting');
  const three = step(OWNER, two, joined(H3, 4, held(H3))).state;
  t.deepEqual(entryIn(three).content, content('protected', 1, [H2, H3]));
  const lost = step(OWNER, two, joined(H3, 4)).state;
  t.is(chargeIn(lost).phase, 'collecting');
  const without = play(OWNER, begun, joined(H2, 4), joined(H3, 4, held(H3))).state;
  t.deepEqual(entryIn(without).content.register.current, [H1, H3]);
});

test('OB-02: without configuration numbers all have a vote, and what the first of them holds counts', t => {
  const config = configOf(H1, 'configuration-numbers');
  const first = step(config, down, began).state;
  t.deepEqual(entryIn(step(config, first, joined(H2, 4, newer)).state).content, content('unprotected', 0, [H1, H2]));
  const empty = step(config, {role: 'down', durable: {...down.durable, components: []}}, began).state;
  t.deepEqual(entryIn(step(config, empty, joined(H2, 4, newer)).state).content, {
    ...newer.content,
    register: {...newer.content.register, current: [H1, H2]},
  });
});

test('OB-03: until a quorum has joined the object is accessible nowhere', t => {
  t.is(chargeIn(begun).phase, 'collecting');
  t.false(storageAccess(begun, VM).namespace);
  t.deepEqual(step(OWNER, begun, called()).answers, [[SET, 'failed']]);
});

test('OB-04: what is taken up is written as the next version, to the own component first, and to who has joined', t => {
  const {state, effects} = takenUp;
  const next = {...held(H1), version: version(4, 1)};
  t.deepEqual(effects.slice(0, 2), [
    {type: 'Persist', durable: {number: configuration(4), components: [next]}},
    {type: 'Send', to: H2, message: {...numbered('ComponentWrite', 4), entry: next}},
  ]);
  t.deepEqual(written(takenUp), [[H2, next]]);
  t.deepEqual(state.durable.components, [next]);
});

test('OB-06: a write of anybody else, or of another reign, changes nothing and is answered Left with its number', t => {
  const member = up(H2, 4, {owner: H1});
  const strays: readonly (readonly [HostId, number])[] = [
    [H3, 4],
    [H1, 3],
    [H1, 5],
  ];
  for (const [from, number] of strays) {
    const write = received(from, {
      ...numbered('ComponentWrite', number),
      entry: {...newer, version: version(number, 7)},
    });
    const {state, effects, sent} = step(configOf(H2), member, write);
    t.deepEqual(state, member);
    t.deepEqual(sent, [[from, numbered('Left', number)]]);
    t.is(effects.length, 1);
  }
});

test('OB-07: without an owner every write is kept and acknowledged, an older one of another reign too', t => {
  const before = up(H2, 5, {owner: H2});
  const kept = {...before, durable: {...before.durable, components: [newer]}};
  const late = {...held(H3), version: version(0, 1)};
  const {state, sent} = step(configOf(H2, 'directory-owner'), kept, {
    type: 'Received',
    from: H3,
    message: {...numbered('ComponentWrite', 2), entry: late},
  });
  t.deepEqual(state.durable.components, [late]);
  t.deepEqual(sent, [[H3, {...numbered('ComponentAck', 2), object: HOME.object, version: version(0, 1)}]]);
});

test('OB-08: whoever acknowledges the version that is being written counts as holding it', t => {
  const holders = (state: Up) => {
    const charge = chargeIn(state);
    return charge.phase === 'serving' ? charge.held : null;
  };
  const three = step(OWNER, takenUp.state, joined(H3, 4, held(H3))).state;
  t.deepEqual(holders(three), [H1]);
  const second = step(OWNER, three, acked(H3, 4, 1)).state;
  t.deepEqual(holders(second), [H1, H3]);
  t.deepEqual(holders(step(OWNER, second, acked(H2, 4, 1)).state), [H1, H2, H3]);
});

test('OB-09: an acknowledgement of another version or another reign counts for nothing', t => {
  t.true(isIgnored(OWNER, takenUp.state, acked(H2, 4, 2)));
  t.true(isIgnored(OWNER, takenUp.state, acked(H2, 3, 1)));
  t.true(isIgnored(OWNER, begun, acked(H2, 4, 1)));
});

test('OB-10: a call is answered when a quorum holds what it wrote, not earlier', t => {
  const asked = step(OWNER, established.state, called());
  t.deepEqual(asked.answers, []);
  const done = step(OWNER, asked.state, acked(H2, 4, 2));
  t.deepEqual(done.answers, [[SET, 'ok']]);
  t.is(done.state.directory[0]?.content.register.value, 'protected');
});

test('OB-11: a component that holds the committed entry and is not current becomes so by the next version', t => {
  const stale = {...newer, content: content('protected', 1, [H2, H3])};
  const three = play(OWNER, begun, joined(H2, 4, stale), joined(H3, 4, stale));
  t.deepEqual(entryIn(three.state).content.register.current, [H2, H3]);
  const committed = play(OWNER, three.state, acked(H2, 4, 1), acked(H3, 4, 1));
  t.deepEqual(entryIn(committed.state).content.register.current, [H1, H2, H3]);
  t.deepEqual(
    written(committed).map(([to, entry]) => [to, entry.version]),
    [H2, H3].map(host => [host, version(4, 2)]),
  );
});

test('OB-12: an owner carries a call out with who has joined, and writes what is the same as before too', t => {
  const asked = step(OWNER, established.state, called());
  t.deepEqual(entryIn(asked.state).content, content('protected', 1, [H1, H2]));
  const done = step(OWNER, asked.state, acked(H2, 4, 2)).state;
  const again = step(OWNER, done, called());
  t.deepEqual(again.answers, []);
  t.deepEqual(written(again), [[H2, {...entryIn(done), version: version(4, 3)}]]);
});

test('OB-13: calls wait for the one before, and are carried out in the order of arrival', t => {
  const three = play(OWNER, established.state, called(), called(CLEAR), called(SET)).state;
  t.deepEqual(entryIn(three).version, version(4, 2));
  const first = step(OWNER, three, acked(H2, 4, 2));
  t.deepEqual(first.answers, [[SET, 'ok']]);
  t.is(entryIn(first.state).content.register.value, 'unprotected');
  const second = step(OWNER, first.state, acked(H2, 4, 3));
  t.deepEqual(second.answers, [[CLEAR, 'ok']]);
  t.deepEqual(step(OWNER, second.state, acked(H2, 4, 4)).answers, [[SET, 'stale']]);
});

test('OB-14: a call is refused where the object is known not to be accessible', t => {
  for (const state of [up(H2, 4), up(H2, 4, {owner: H1})]) {
    const {answers, sent} = step(configOf(H2), state, called());
    t.deepEqual(answers, [[SET, 'failed']]);
    t.deepEqual(sent, []);
  }
  const reply = {...numbered('Reply', 4), object: HOME.object, call: SET, result: 'failed', epoch: EPOCH} as const;
  t.deepEqual(step(OWNER, begun, passed(4)).sent, [[H2, reply]]);
});

test('OB-15: a call on another host than the owner is passed on with the promised number', t => {
  const follower = up(H2, 4, {owner: H1, directory: [published(4, 1)]});
  const {state, sent, answers} = step(configOf(H2), follower, called());
  t.deepEqual(state, follower);
  t.deepEqual(sent, [[H1, {...numbered('Call', 4), object: HOME.object, call: SET}]]);
  t.deepEqual(answers, []);
});

const RECALCULATED: readonly Component[] = [
  {host: H1, kind: 'replica', votes: 2},
  {host: H2, kind: 'replica', votes: 1},
];

test('OB-16: absent votes are given up in an entry that needs a quorum of the former votes as well', t => {
  const lastedHere = step(OWNER, established.state, lasted);
  const {voters, former} = entryIn(lastedHere.state);
  t.deepEqual(voters, RECALCULATED);
  t.deepEqual(former, HOME.components);
  t.deepEqual(written(lastedHere), [[H2, entryIn(lastedHere.state)]]);
  const charge = chargeIn(lastedHere.state);
  t.deepEqual(charge.phase === 'serving' && charge.work, {type: 'Recalculate'});
});

test('OB-17: once that is committed, the next version has the new votes only', t => {
  const after = play(OWNER, established.state, lasted, acked(H2, 4, 2));
  const {voters, former} = entryIn(after.state);
  t.deepEqual(voters, RECALCULATED);
  t.is(former, null);
  t.deepEqual(written(after), [[H2, {...entryIn(after.state), version: version(4, 3)}]]);
});

test('OB-18: without joint votes an owner without a quorum gives the others up and goes on', t => {
  const alone = step(configOf(H1, 'quorum-recalculation'), begun, lasted).state;
  t.deepEqual(entryIn(alone).voters, [{host: H1, kind: 'replica', votes: 1}]);
  t.true(storageAccess(alone, VM).namespace);
});

test('OB-19: where there is nothing to recalculate, or no right to, nothing changes', t => {
  t.true(isIgnored(OWNER, whole, lasted));
  t.true(isIgnored(OWNER, begun, lasted));
  t.true(isIgnored(OWNER, takenUp.state, lasted));
  t.true(isIgnored(configOf(H2), up(H2, 4, {owner: H1}), lasted));
});

test('OB-20: who loses a component forgets it, and says Hello, or begins another reign', t => {
  const lost: StorageEvent = {type: 'ComponentLost', object: HOME.object};
  const member = step(configOf(H2), up(H2, 4, {owner: H1}), lost);
  t.deepEqual(member.state.durable.components, []);
  t.deepEqual(member.sent, [[H1, numbered('Hello', 4)]]);
  const owner = step(OWNER, whole, lost).state;
  t.deepEqual(owner.durable, {number: configuration(8), components: []});
  t.deepEqual(chargeIn(owner), {phase: 'collecting', object: HOME.object, answers: [{host: H1, entry: null}]});
});

test('OB-21: a member that joins late is written the present version of what it has a component of', t => {
  const late = step(OWNER, established.state, joined(H3, 4, held(H3)));
  t.deepEqual(written(late), [[H3, entryIn(established.state)]]);
  t.deepEqual(written(step(OWNER, established.state, joined(configOf(H1).hosts[3] ?? H1, 4))), []);
});

test('OB-23: a call of another reign is neither carried out nor answered', t => {
  t.true(isIgnored(OWNER, whole, passed(3)));
  t.true(isIgnored(configOf(H2), up(H2, 4, {owner: H1}), passed(4, H3)));
});

test('OB-24: the answer to a call that was passed on is handed to whoever made it', t => {
  const taken = play(OWNER, established.state, passed(4), acked(H2, 4, 2));
  const replies = taken.sent.filter(([, {type}]) => type === 'Reply');
  const reply = {...numbered('Reply', 4), object: HOME.object, call: SET, result: 'ok', epoch: EPOCH} as const;
  t.deepEqual(replies, [[H2, reply]]);
  t.deepEqual(step(configOf(H2), up(H2, 4, {owner: H1}), received(H1, reply)).answers, [[SET, 'ok']]);
});
