import test from 'ava';
import fc from 'fast-check';
import {
  generation,
  hostId,
  type PlatformEvent,
  type PlatformState,
  platformOutcomes,
  repairsOf,
  term,
} from '../../src/index.js';
import {aGeneration, aTerm, host, protection, repairs} from '../arbitraries/cluster.js';
import {frozen} from '../arbitraries/frozen.js';

const start: PlatformState = {
  value: 'unprotected',
  generation: generation(0),
  due: false,
  reported: generation(0),
  primary: hostId('h1'),
  term: term(1),
};

/** What becomes of the platform after these events, and all that it sent. */
const run = (events: readonly PlatformEvent[], resend = true) =>
  events.reduce(
    ({state, sent}, event) => {
      const [outcome] = platformOutcomes(repairsOf(resend ? ['resend'] : []), state, event);
      return {state: outcome.state, sent: [...sent, ...outcome.effects]};
    },
    {state: start, sent: [] as readonly {readonly to: string; readonly generation: number}[]},
  );

const on: PlatformEvent = {type: 'Intended', value: 'protected'};
const off: PlatformEvent = {type: 'Intended', value: 'unprotected'};
const connected: PlatformEvent = {type: 'Connected'};
const reported = (count: number): PlatformEvent => ({type: 'Reported', generation: generation(count)});
const newPrimary: PlatformEvent = {type: 'PrimaryChanged', primary: hostId('h2'), term: term(2)};

const generationsSent = (events: readonly PlatformEvent[], resend = true): readonly string[] =>
  run(events, resend).sent.map(({to, generation}) => `${generation} to ${to}`);

test('PL-01 PL-02: each intent has the next generation, and is handed over once', t => {
  t.deepEqual(generationsSent([on, connected, connected, off, connected]), ['1 to h1', '2 to h1']);
});

test('PL-02: an intent that was not handed over in time is never sent', t => {
  t.deepEqual(generationsSent([on, off, connected]), ['2 to h1']);
});

test('PL-03: a late report of an older generation does not hide a newer one', t => {
  t.is(run([on, off, reported(2), reported(1)]).state.reported, generation(2));
});

test('PL-05: what is not confirmed is sent again to a new primary, once', t => {
  t.deepEqual(generationsSent([on, connected, newPrimary, connected, newPrimary, connected]), ['1 to h1', '1 to h2']);
});

test('PL-05: what is confirmed is not sent again', t => {
  t.deepEqual(generationsSent([on, connected, reported(1), newPrimary, connected]), ['1 to h1']);
});

test('without resend, a new primary never hears of it', t => {
  t.deepEqual(generationsSent([on, connected, newPrimary, connected], false), ['1 to h1']);
});

test('PL-04: a claim of an older term does not turn the platform back', t => {
  const old: PlatformEvent = {type: 'PrimaryChanged', primary: hostId('h1'), term: term(1)};
  t.is(run([newPrimary, old]).state.primary, hostId('h2'));
});

test('the platform answers every event, and generations, reports and terms never go back', t => {
  const state = fc.record({
    value: protection,
    generation: aGeneration,
    due: fc.boolean(),
    reported: aGeneration,
    primary: host,
    term: aTerm,
  });
  const event: fc.Arbitrary<PlatformEvent> = fc.oneof(
    fc.record({type: fc.constant('Intended' as const), value: protection}),
    fc.record({type: fc.constant('Connected' as const)}),
    fc.record({type: fc.constant('Reported' as const), generation: aGeneration}),
    fc.record({type: fc.constant('PrimaryChanged' as const), primary: host, term: aTerm}),
  );
  t.notThrows(() =>
    fc.assert(
      fc.property(repairs, state, event, (repairs, before, event) =>
        platformOutcomes(frozen(repairs), frozen(before), frozen(event)).every(
          ({state: after}) =>
            after.generation >= before.generation && after.reported >= before.reported && after.term >= before.term,
        ),
      ),
      {numRuns: 1000},
    ),
  );
});
