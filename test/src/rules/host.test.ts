// The rules of what composing the modules of one host adds, each by an example. The owner is h1, in the reign 4.

import test from 'ava';
import {
  type CallResult,
  type ComposedState,
  eager,
  epoch,
  follower,
  generation,
  type HostConfig,
  type HostEffect,
  type HostEvent,
  type HostId,
  hostAt,
  identity,
  type Known,
  type ObjectCall,
  round,
  type State,
  term,
} from '../../../src/index.js';
import {
  configOf,
  H1,
  H2,
  H3,
  HOME,
  held,
  joined,
  keeping,
  numbered,
  published,
  step,
  type Up,
  up,
  V,
  version,
} from './four-modules.js';

const T = term(4);
const G = generation(1);
const hostConfig = (self: HostId, isolationResponse: HostConfig['isolationResponse'] = 'leave'): HostConfig => ({
  ...configOf(self),
  elector: 'builtin',
  datastores: 0,
  isolationResponse,
  subsets: 'any',
  plans: [],
  placement: 'ask',
  scope: 'all',
  schedule: [0, 2],
  concurrency: 1,
  capacity: 1,
  cleanByDefault: true,
});
const composed = (ha: State, storage: Up, change: Partial<ComposedState> = {}): ComposedState => ({
  ha: {ha, lead: null, placeWatches: []},
  storage,
  runtime: [],
  pending: [],
  ended: [],
  ...change,
});
const does = (state: ComposedState, event: HostEvent, config = hostConfig(H2)) => {
  const {host, effects} = hostAt(config, eager, state).step(event);
  return {after: host.state, effects};
};
const stored = (from: HostId, message: Extract<HostEvent, {network: 'storage'}>['message']): HostEvent => ({
  type: 'Received',
  network: 'storage',
  from,
  message,
});

const POWER_ON: HostEvent = {type: 'PowerOn', vm: V, generation: G};
const POWER_OFF: HostEvent = {type: 'PowerOff', vm: V, generation: generation(2)};

/** The calls about the lock that are passed on to the owner. */
const locking = (effects: readonly HostEffect[]): readonly ObjectCall[] =>
  effects.flatMap(effect =>
    effect.type === 'Send' && effect.message.type === 'Call' && effect.message.call.type !== 'Set'
      ? [effect.message.call]
      : [],
  );
const take: ObjectCall = {type: 'TakeLock', identity: identity(1), host: H2, attempt: null};
const release = (of: number): ObjectCall => ({
  type: 'ReleaseLock',
  identity: identity(1),
  host: H2,
  epoch: epoch(of),
});

/** The owner's reply to the call that was passed on to it. */
const replied = (effects: readonly HostEffect[], result: CallResult, of = epoch(0)): HostEvent => {
  const calls = effects.flatMap(effect =>
    effect.type === 'Send' && effect.message.type === 'Call' ? [effect.message] : [],
  );
  const [passed] = calls;
  if (passed === undefined || calls.length > 1) throw new Error('one call is passed on');
  return stored(H1, {...passed, type: 'Reply', result, epoch: of});
};

/** What is known of a VM whose object was made anew once, and which runs on h2. */
const lockedByH2: Known = {
  ...published(4, 1, 'protected'),
  content: {...published(4, 1, 'protected').content, identity: identity(2), lock: {holder: H2, epoch: epoch(1)}},
};
const member = up(H2, 4, {owner: H1, directory: [lockedByH2]});
const runningHere = [{vm: V, power: 'running', generation: G, epoch: epoch(1)}] as const;
const secondary = follower(T, H1);
const begun = step(configOf(H1), {role: 'down', durable: keeping(H1, 0)}, {type: 'Restarted', reachable: [H1, H2, H3]});

test('HO-11: an answer goes to whoever has waited for it longest, and one that nobody waits for is dropped', t => {
  const known = up(H2, 4, {owner: H1, directory: [published(4, 1)]});
  const command = (from: HostId, at: number): HostEvent => {
    const message = {type: 'SetCommand', term: T, vm: V, generation: G, round: round(at), value: 'protected'} as const;
    return {type: 'Received', network: 'ha', from, message};
  };
  const first = does(composed(secondary, known), command(H1, 0));
  const second = does(first.after, command(H3, 1));
  const reply = replied(first.effects, 'ok');
  t.deepEqual(replied(second.effects, 'ok'), reply);
  const results = ({effects}: ReturnType<typeof does>) =>
    effects.flatMap(effect =>
      effect.type === 'Send' && effect.message.type === 'SetResult' ? [[effect.to, effect.message.round]] : [],
    );
  const told = does(second.after, reply);
  t.deepEqual(results(told), [[H1, round(0)]]);
  const toldBoth = does(told.after, reply);
  t.deepEqual(results(toldBoth), [[H3, round(1)]]);
  const toldThrice = does(toldBoth.after, reply);
  t.deepEqual(toldThrice, {after: toldBoth.after, effects: []});
});

test('HO-11: a replica that lags and still names the former holder of the lock ends no VM that has just taken it', t => {
  const lock = (holder: HostId, of: number) => ({...lockedByH2.content, lock: {holder, epoch: epoch(of)}});
  const late = {...lockedByH2, content: lock(H3, 1)};
  const unprotected = {...late.content, register: published(4, 1).content.register};
  const asked = does(composed(secondary, up(H2, 4, {owner: H1, directory: [late]})), POWER_ON);
  const running = does(asked.after, replied(asked.effects, 'ok', epoch(2))).after;
  const publish = (content: Known['content'], sequence: number) =>
    stored(H1, {...numbered('Publish', 4), known: {...late, version: version(4, sequence), content}});
  t.is(does(running, publish(unprotected, 2)).after.runtime[0]?.power, 'running');
  t.deepEqual(does(running, publish(lock(H3, 3), 3)).after.runtime, []);
});

/** The sequence of the entry that the owner has written last. */
const newest = ({storage}: ComposedState): number => storage.durable.components[0]?.version.sequence ?? 0;

const accessible = composed(secondary, up(H2, 4, {owner: H1, directory: [published(4, 1)]}));

test('HO-12: the lock of a power-on that was ended is released at once, also where it was seen to be taken', t => {
  const asked = does(accessible, POWER_ON);
  const known = {...published(4, 2), content: {...published(4, 2).content, lock: {holder: H2, epoch: epoch(1)}}};
  const seen = does(asked.after, stored(H1, {...numbered('Publish', 4), known}));
  const granted = does(does(seen.after, POWER_OFF).after, replied(asked.effects, 'ok', epoch(1)));
  t.deepEqual(locking(granted.effects), [release(1)]);
  t.deepEqual(granted.after.pending, []);
});

test('HO-12: a power-on waits until the call of an earlier one that was ended is answered, and then makes its own', t => {
  const asked = does(accessible, POWER_ON);
  const off = does(asked.after, POWER_OFF);
  const again = does(off.after, POWER_ON);
  t.deepEqual(locking([...off.effects, ...again.effects]), []);
  const answers = (result: CallResult) => does(again.after, replied(asked.effects, result, epoch(1)));
  t.deepEqual(locking(answers('held').effects), [take]);
  const released = answers('ok');
  t.deepEqual(locking(released.effects), [release(1), take]);
  const granted = does(released.after, replied(asked.effects, 'ok', epoch(2)));
  t.deepEqual(granted.after.runtime, [{vm: V, power: 'running', generation: G, epoch: epoch(2)}]);
  t.deepEqual(locking(granted.effects), []);
  const unanswered = does(again.after, stored(H1, numbered('Lead', 7)));
  const result = {type: 'inaccessible'} as const;
  t.deepEqual(
    unanswered.effects.filter(({type}) => type === 'PoweredOn'),
    [{type: 'PoweredOn', vm: V, generation: G, result}],
  );
  t.deepEqual(unanswered.after.pending, []);
});

test('HO-11: what was granted in an earlier reign is no answer to a call of this one, and is released', t => {
  const {effects} = does(accessible, POWER_ON);
  const later = composed(secondary, up(H2, 7, {owner: H1, directory: [published(7, 1)]}));
  const asked = does(later, POWER_ON);
  const late = does(asked.after, replied(effects, 'ok', epoch(1)));
  t.deepEqual(locking(late.effects), [release(1)]);
  t.deepEqual(late.after.runtime, asked.after.runtime);
  t.is(does(late.after, replied(asked.effects, 'ok', epoch(2))).after.runtime[0]?.power, 'running');
});

test('RS-14: what runs of a VM is ended when its object is created anew, as nobody holds the lock of that', t => {
  const config = hostConfig(H1);
  const acked = (state: ComposedState) =>
    does(
      state,
      stored(H2, {...numbered('ComponentAck', 4), object: HOME.object, version: version(4, newest(state))}),
      config,
    );
  const serving = acked(composed(follower(T), step(configOf(H1), begun.state, joined(H2, 4, held(H2))).state)).after;
  const running = acked(does(serving, POWER_ON, config).after).after;
  t.deepEqual(running.runtime, [{vm: V, power: 'running', generation: G, epoch: epoch(1)}]);
  const created = acked(does(running, {type: 'Created', vm: V, identity: identity(2)}, config).after).after;
  t.deepEqual(created.runtime, []);
});

test('HO-13: a call means the object that the own replica knows, and the first one where it knows none', t => {
  const [{message}] = does(composed(secondary, member), POWER_ON).effects.flatMap(effect =>
    effect.type === 'Send' && effect.message.type === 'Call' ? [effect] : [],
  ) as [Extract<HostEffect, {type: 'Send'}>];
  t.is(message.type === 'Call' && message.call.type, 'TakeLock');
  t.is(message.type === 'Call' && message.call.identity, identity(2));
  const anew = {...held(H2), content: {...held(H2).content, identity: identity(2)}};
  const unknowing = step(configOf(H1), begun.state, joined(H2, 4, anew)).state;
  const {pending} = does(composed(follower(T), unknowing), POWER_ON, hostConfig(H1)).after;
  t.deepEqual(
    pending.map(({call}) => call.identity),
    [identity(1)],
  );
});

test('HO-06: how a VM ended is of no interest once it has come here again', t => {
  const off = does(composed(secondary, member, {runtime: runningHere}), POWER_OFF);
  t.is(off.after.ended.length, 1);
  const come = does(off.after, {type: 'MigratedIn', vm: V, generation: G, epoch: epoch(2)});
  t.deepEqual(come.after.ended, []);
});

test('HO-14: the runtime and the primary are told in the same step that a VM has lost its storage', t => {
  const before = composed(secondary, member, {runtime: runningHere});
  const {after, effects} = does(before, stored(H1, numbered('Left', 4)));
  t.is(after.runtime[0]?.power, 'stalled');
  const lost = {type: 'VmStatus', term: T, vm: V, report: {type: 'storageLost'}} as const;
  t.deepEqual(
    effects.filter(({type}) => type === 'Send'),
    [{type: 'Send', network: 'ha', to: H1, message: lost}],
  );
});

test('HO-14: whoever watches for a place is told in the same step that there is one', t => {
  const id = {term: T, vm: V, generation: G, round: round(1)};
  const watch = {...id, primary: H3, wanted: {capacity: true, level: true}, seen: false};
  const before = composed(secondary, up(H2, 4, {owner: H1}));
  const watching = {...before, ha: {...before.ha, placeWatches: [watch]}};
  const {effects} = does(watching, stored(H1, {...numbered('Publish', 4), known: published(4, 1)}));
  t.deepEqual(
    effects.filter(({type}) => type === 'Send'),
    [{type: 'Send', network: 'ha', to: H3, message: {type: 'BecamePlaceable', ...id}}],
  );
});

test("HO-15: the user's power-on is answered to the user, a primary's to that primary", t => {
  const known = composed(secondary, up(H2, 4, {owner: H1, directory: [published(4, 1, 'protected')]}));
  const ended = (event: HostEvent) => {
    const asked = does(known, event);
    const {effects} = does(asked.after, replied(asked.effects, 'ok', epoch(1)));
    return effects.filter(
      effect => effect.type === 'PoweredOn' || (effect.type === 'Send' && effect.message.type === 'RestartResult'),
    );
  };
  const result = {type: 'ok'} as const;
  t.deepEqual(ended(POWER_ON), [{type: 'PoweredOn', vm: V, generation: G, result}]);
  const id = {term: T, vm: V, generation: G, round: round(0)};
  t.deepEqual(
    ended({type: 'Received', network: 'ha', from: H1, message: {type: 'RestartCommand', ...id, attempt: 0}}),
    [{type: 'Send', network: 'ha', to: H1, message: {type: 'RestartResult', ...id, result}}],
  );
});

test('HO-16: when the isolation response is to power off, each VM on the host is ended', t => {
  const isolated: State = {role: 'isolated', durable: {term: T}, responded: false};
  const before = composed(isolated, member, {runtime: runningHere});
  const unreachable: HostEvent = {type: 'IsolationChecked', reachable: false};
  const off = does(before, unreachable, hostConfig(H2, 'power-off')).after;
  t.deepEqual(off.runtime, []);
  t.deepEqual(
    off.ended.map(({vm}) => vm),
    [V],
  );
  t.deepEqual(does(before, unreachable).after.runtime, runningHere);
});

test('HO-17: a timer runs for an object as long as its votes are not those of the components that are there', t => {
  const config = hostConfig(H1);
  const timer = {type: 'Absence', object: HOME.object} as const;
  const timersIn = (effects: readonly HostEffect[]) =>
    effects.flatMap(effect => ('timer' in effect && effect.timer.type === 'Absence' ? [effect] : []));
  const join = (from: HostId): HostEvent => stored(from, {...numbered('Joined', 4), components: [held(from)]});
  const due: HostEvent = {type: 'TimerFired', timer};
  const partial = does(composed(follower(T), begun.state), join(H2), config);
  t.deepEqual(timersIn(partial.effects), [{type: 'SetTimer', timer}]);
  t.deepEqual(timersIn(does(partial.after, due, config).effects), [{type: 'SetTimer', timer}]);
  t.deepEqual(timersIn(does(partial.after, join(H3), config).effects), [{type: 'CancelTimer', timer}]);
  const left = does(partial.after, {type: 'ViewChanged', reachable: [H1]}, config);
  t.deepEqual(timersIn(left.effects), [{type: 'CancelTimer', timer}]);
  t.deepEqual(timersIn(does(left.after, due, config).effects), []);
});
