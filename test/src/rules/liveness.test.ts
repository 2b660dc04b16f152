// The rules of the watch over other hosts, each by an example.

import test from 'ava';
import {
  type DatastoreHeartbeat,
  type Event,
  electedPrimary,
  follower,
  type SilentHost,
  type State,
  term,
} from '../../../src/index.js';
import {CONFIG, claim, does, H1, H3, NOWHERE, received, send, T} from './three-hosts.js';

const primary = (...silent: readonly SilentHost[]): State => ({...electedPrimary(T), silent});
const unheard = (host: typeof H1): SilentHost => ({host, state: 'unreachable'});
const heartbeat: Event = {type: 'TimerFired', timer: {type: 'Heartbeat'}, ...NOWHERE};
const ofHost = (host: typeof H1): Event => ({type: 'TimerFired', timer: {type: 'Host', host}, ...NOWHERE});
const alive = received(H1, {type: 'Alive', term: T});
const probed = (host: typeof H1, ping: boolean, found: DatastoreHeartbeat): Event => ({
  type: 'Probed',
  host,
  ping,
  heartbeat: found,
});

test('LV-01: with each heartbeat a primary claims its term to every other host and sets the timer again', t => {
  t.deepEqual(does(primary(unheard(H1)), heartbeat).effects, [
    send(H1, claim()),
    send(H3, claim()),
    {type: 'SetTimer', timer: {type: 'Heartbeat'}},
  ]);
});

test('LV-02: a secondary follows who claims its own term, is patient anew and answers Alive', t => {
  for (const before of [follower(T), follower(T, H1), follower(T, H3)]) {
    const {state, effects} = does(before, received(H3, claim()));
    t.deepEqual(state, follower(T, H3));
    t.deepEqual(effects, [{type: 'SetTimer', timer: {type: 'Silence'}}, send(H3, {type: 'Alive', term: T})]);
  }
});

test('LV-03: a primary takes who says Alive to be running, and is patient with it anew', t => {
  const {state, effects} = does(primary({host: H1, state: 'failed'}, unheard(H3)), alive);
  t.deepEqual(state, primary(unheard(H3)));
  t.deepEqual(effects, [{type: 'SetTimer', timer: {type: 'Host', host: H1}}]);
});

const found = (ping: boolean, heartbeat: DatastoreHeartbeat) =>
  does(primary(unheard(H1), {host: H3, state: 'failed'}), probed(H3, ping, heartbeat)).state;
const taken = (state: SilentHost['state']): State => primary(unheard(H1), {host: H3, state});

test('LV-05: a silent host that answers a ping is unreachable, whatever the datastores say', t => {
  t.deepEqual(found(true, 'none'), taken('unreachable'));
  t.deepEqual(found(true, 'isolated'), taken('unreachable'));
});

test('LV-06: one that answers none and says that it is isolated is isolated', t => {
  t.deepEqual(found(false, 'isolated'), taken('isolated'));
});

test('LV-07: one that answers none and shows a heartbeat is partitioned', t => {
  t.deepEqual(found(false, 'well'), taken('partitioned'));
});

test('LV-09: what finds its host in another role, or is about a host that is heard again, changes nothing', t => {
  const secondary = follower(T, H1);
  const strays: readonly (readonly [State, Event])[] = [
    [secondary, alive],
    [secondary, heartbeat],
    [secondary, ofHost(H1)],
    [secondary, probed(H1, false, 'none')],
    [primary(unheard(H3)), probed(H1, false, 'none')],
    [primary(), ofHost(CONFIG.self)],
  ];
  for (const [before, event] of strays) {
    t.deepEqual(does(before, event), {state: before, effects: [], rules: ['LV-09']});
  }
  const late = does(primary(unheard(H1)), received(H1, {type: 'Alive', term: term(T - 1)}));
  t.deepEqual(late, {state: primary(unheard(H1)), effects: [], rules: ['TM-02']});
});

test('LV-10: a primary that hears nobody at all looks with each heartbeat whether it is isolated', t => {
  const looks = (...silent: readonly SilentHost[]): boolean =>
    does(primary(...silent), heartbeat).effects.some(({type}) => type === 'CheckIsolation');
  t.true(looks(unheard(H1), {host: H3, state: 'failed'}));
  t.false(looks(unheard(H1)));
});
