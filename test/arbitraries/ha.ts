import fc from 'fast-check';
import type {Event, Fallback, Message, SilentHost, State, StorageCall, Timer, Watch} from '../../src/index.js';
import {access, aGeneration, aRound, aTerm, HOSTS, host, protection, result, scope, someHosts, vm} from './cluster.js';

const memory = {vm, value: protection, generation: aGeneration, round: aRound};

/** Each host has not been asked, is awaited, has said yes, or has been heard of and is done with. */
const tally = fc
  .tuple(fc.array(fc.constantFrom('unasked', 'awaited', 'positive', 'heard'), {minLength: 4, maxLength: 4}), someHosts)
  .map(([standing, covered]) => {
    const hostsThat = (...kinds: readonly string[]) =>
      HOSTS.filter((_, index) => kinds.includes(standing[index] ?? ''));
    return {
      asked: hostsThat('awaited', 'positive', 'heard'),
      awaited: hostsThat('awaited'),
      positive: hostsThat('positive'),
      covered,
    };
  });

const simplePhase = <P extends 'idle' | 'queued' | 'setting' | 'waiting'>(phase: P) =>
  fc.record({...memory, phase: fc.constant(phase)});

export const fallback: fc.Arbitrary<Fallback> = fc.oneof(
  simplePhase('idle'),
  simplePhase('queued'),
  simplePhase('setting'),
  simplePhase('waiting'),
  fc.tuple(fc.record({...memory, phase: fc.constant('querying' as const)}), tally).map(([known, counted]) => ({
    ...known,
    ...counted,
  })),
  fc
    .tuple(fc.record({...memory, phase: fc.constant('commanding' as const)}), tally, host)
    .map(([known, counted, commanded]) => ({...known, ...counted, commanded})),
);

const watch: fc.Arbitrary<Watch> = fc.record({
  vm,
  primary: host,
  term: aTerm,
  generation: aGeneration,
  round: aRound,
  scope,
});

/** Sorted by a key, each key once: how a state keeps its lists. */
const keyed = <T>(values: fc.Arbitrary<T>, keyOf: (value: T) => string): fc.Arbitrary<readonly T[]> =>
  fc
    .uniqueArray(values, {selector: keyOf, maxLength: 3})
    .map(list => [...list].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)));

const durable = fc.record({term: aTerm});

const silentHost: fc.Arbitrary<SilentHost> = fc.record({
  host,
  state: fc.constantFrom('unreachable' as const, 'isolated' as const, 'partitioned' as const, 'failed' as const),
});

/** As a primary keeps it that hears nobody: more hosts than there are others, so that any host may be the own one. */
const ALL_SILENT: readonly SilentHost[] = HOSTS.map(silent => ({host: silent, state: 'failed'}));

export const primary = fc.record({
  role: fc.constant('primary' as const),
  durable,
  fallbacks: keyed(fallback, ({vm}) => vm),
  silent: fc.oneof(
    keyed(silentHost, ({host}) => host),
    fc.constant(ALL_SILENT),
  ),
});

const electing = fc.record({
  role: fc.constant('electing' as const),
  durable,
  race: fc.constantFrom('alone' as const, 'leading' as const, 'beaten' as const),
});

const isolated = fc.record({role: fc.constant('isolated' as const), durable, responded: fc.boolean()});

export const secondary = fc.record({
  role: fc.constant('secondary' as const),
  durable,
  watches: keyed(watch, ({vm, primary}) => `${vm} ${primary}`),
  following: fc.option(host),
});

export const down = fc.record({role: fc.constant('down' as const), durable});

/** Any state that the types allow with its lists in order, reachable or not. */
export const state: fc.Arbitrary<State> = fc.oneof(
  {weight: 4, arbitrary: primary},
  {weight: 3, arbitrary: secondary},
  {weight: 2, arbitrary: electing},
  {weight: 1, arbitrary: isolated},
  {weight: 1, arbitrary: down},
);

const id = {term: aTerm, vm, generation: aGeneration, round: aRound};

export const message: fc.Arbitrary<Message> = fc.oneof(
  fc.record({type: fc.constantFrom('Claim' as const, 'Superseded' as const), term: aTerm}),
  fc.record({type: fc.constant('Candidacy' as const), term: aTerm, datastores: fc.nat(2)}),
  fc.record({type: fc.constant('Alive' as const), term: aTerm}),
  fc.record({type: fc.constantFrom('AccessQuery' as const, 'WaitRegister' as const), ...id, scope}),
  fc.record({type: fc.constant('AccessAnswer' as const), ...id, accessible: fc.boolean(), reachable: someHosts}),
  fc.record({type: fc.constant('SetCommand' as const), ...id, value: protection}),
  fc.record({type: fc.constant('SetResult' as const), ...id, result}),
  fc.record({type: fc.constant('BecameAccessible' as const), ...id}),
);

const call: fc.Arbitrary<StorageCall> = fc.record({
  vm,
  value: protection,
  generation: aGeneration,
  purpose: fc.oneof(
    fc.record({type: fc.constant('Own' as const), term: aTerm, round: aRound}),
    fc.record({type: fc.constant('Command' as const), from: host, term: aTerm, round: aRound}),
  ),
});

const fallbackTimer = fc.record({
  type: fc.constant('Fallback' as const),
  vm,
  phase: fc.constantFrom('setting' as const, 'querying' as const, 'commanding' as const, 'waiting' as const),
  generation: aGeneration,
  round: aRound,
});

export const timer: fc.Arbitrary<Timer> = fc.oneof(
  fallbackTimer,
  fc.record({
    type: fc.constantFrom('Election' as const, 'Silence' as const, 'Isolation' as const, 'Heartbeat' as const),
  }),
  fc.record({type: fc.constant('Host' as const), host}),
);

const local = {accessible: access, reachable: someHosts};

export const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({type: fc.constant('Request' as const), vm, value: protection, generation: aGeneration}),
  {
    weight: 4,
    arbitrary: fc.record({type: fc.constant('Received' as const), from: host, message, ...local}),
  },
  fc.record({type: fc.constant('StorageReplied' as const), call, result, ...local}),
  fc.record({type: fc.constant('AccessibilityChanged' as const), vm, accessible: access}),
  fc.record({type: fc.constant('TimerFired' as const), timer, ...local}),
  fc.record({type: fc.constant('Elected' as const), term: aTerm}),
  fc.record({type: fc.constant('IsolationChecked' as const), reachable: fc.boolean()}),
  fc.record({
    type: fc.constant('Probed' as const),
    host,
    ping: fc.boolean(),
    heartbeat: fc.constantFrom('isolated' as const, 'well' as const, 'none' as const),
  }),
  fc.record({type: fc.constantFrom('Crashed' as const, 'Restarted' as const)}),
);

/**
 * An event that a state is likely to react to: what it concerns is taken from the state's own terms, VMs and rounds.
 * Independent choices would almost never hit the round that runs.
 */
export const stateAndEvent: fc.Arbitrary<readonly [State, Event]> = fc
  .tuple(state, event, fc.boolean())
  .map(([before, raw, aimed]) => [before, aimed ? aimAt(before, raw) : raw]);

const aimAt = (before: State, raw: Event): Event => {
  const known = before.role === 'primary' ? before.fallbacks[0] : undefined;
  if (known === undefined) return raw;
  const {vm, value, generation, round, phase} = known;
  const {term} = before.durable;
  const id = {term, vm, generation, round};
  switch (raw.type) {
    case 'Received': {
      const {message} = raw;
      const from = known.phase === 'commanding' && message.type === 'SetResult' ? known.commanded : raw.from;
      return {...raw, from, message: 'vm' in message ? {...message, ...id} : message};
    }
    case 'StorageReplied':
      return {...raw, call: {vm, value, generation, purpose: {type: 'Own', term, round}}};
    case 'TimerFired':
      return phase === 'idle' || phase === 'queued'
        ? raw
        : {...raw, timer: {type: 'Fallback', vm, phase, generation, round}};
    default:
      return raw;
  }
};
