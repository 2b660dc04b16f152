import test from 'ava';
import fc from 'fast-check';
import {
  type Config,
  classify,
  type Event,
  electedPrimary,
  follower,
  hostId,
  nextOwnTerm,
  outcomes,
  outranks,
  type State,
  term,
} from '../../src/index.js';
import {config} from '../arbitraries/cluster.js';

const [first] = fc.sample(config, {numRuns: 1, seed: 1});
if (first === undefined) throw new Error('a sample of one');
const hosts = ['h1', 'h2', 'h3'].map(hostId);
const [h1 = hostId(''), h2 = h1, h3 = h1] = hosts;
const at = (self: typeof h1): Config => ({
  ...first,
  self,
  hosts,
  elector: 'builtin',
  datastores: 0,
  isolationResponse: 'power-off',
});
const only = (self: typeof h1, state: State, event: Event) => {
  const [outcome, ...more] = outcomes(at(self), state, event);
  if (more.length > 0) throw new Error('one outcome');
  return outcome;
};

test('EL-02: more datastores outrank fewer, and among equals the id counts as text', t => {
  const host = (name: string, datastores: number) => ({host: hostId(name), datastores});
  t.true(outranks(host('h1', 2), host('h2', 1)));
  t.true(outranks(host('99', 1), host('100', 1)));
  t.false(outranks(host('100', 1), host('99', 1)));
});

test('EL-02: of two hosts with different ids exactly one outranks the other', t => {
  const candidate = fc.record({host: fc.string().map(hostId), datastores: fc.nat(3)});
  t.notThrows(() =>
    fc.assert(
      fc.property(candidate, candidate, (a, b) => a.host === b.host || outranks(a, b) !== outranks(b, a)),
      {numRuns: 1000},
    ),
  );
});

test('EL-09: the next own term is the lowest above the highest seen that is the own one, and no two hosts share one', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(fc.integer({min: 1, max: 9}), fc.nat(), fc.nat(100), (size, place, seen) => {
        const all = Array.from({length: size}, (_, index) => hostId(`h${index + 1}`));
        const self = all[place % size] ?? h1;
        const next = nextOwnTerm({...at(self), hosts: all}, term(seen));
        return next > seen && next <= seen + size && next % size === place % size;
      }),
      {numRuns: 1000},
    ),
  );
});

test('EL-07 EL-06: a late Candidacy of the primary, from before it was elected, does not make a secondary leave it', t => {
  const state = follower(term(5), h3);
  const candidacy = (of: number): Event => ({
    type: 'Received',
    from: h3,
    message: {type: 'Candidacy', term: term(of), datastores: 0},
    accessible: {namespace: false, all: false},
    reachable: [],
  });
  t.is(only(h1, state, candidacy(2)).state, state);
  t.is(only(h1, state, candidacy(5)).state.role, 'electing');
});

test('EL-15: the isolation response is given once', t => {
  const isolated: State = {role: 'isolated', durable: {term: term(1)}, responded: false};
  const unreachable: Event = {type: 'IsolationChecked', reachable: false};
  const responding = only(h1, isolated, unreachable);
  t.deepEqual(responding.effects, [{type: 'PowerOffVms'}]);
  t.deepEqual(only(h1, responding.state, unreachable).effects, []);
});

test('LV-04 to LV-08: a silent host is unreachable until a look at it says more', t => {
  const silent = only(h3, electedPrimary(term(2)), {
    type: 'TimerFired',
    timer: {type: 'Host', host: h2},
    accessible: {namespace: false, all: false},
    reachable: [],
  });
  t.deepEqual(silent.state, {...electedPrimary(term(2)), silent: [{host: h2, state: 'unreachable'}]});
  t.deepEqual(
    [
      {ping: true, heartbeat: 'isolated'} as const,
      {ping: false, heartbeat: 'isolated'} as const,
      {ping: false, heartbeat: 'well'} as const,
      {ping: false, heartbeat: 'none'} as const,
    ].map(probe => classify(probe).state),
    ['unreachable', 'isolated', 'partitioned', 'failed'],
  );
});
