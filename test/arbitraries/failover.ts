import fc from 'fast-check';
import type {
  AttendantEvent,
  Entry,
  FailoverConfig,
  FailoverEvent,
  FailoverMessage,
  FailoverState,
  FailoverTimer,
  Instance,
  PlaceWatch,
  PowerOnRequest,
  RuntimeConfig,
  RuntimeEvent,
} from '../../src/index.js';
import {epoch, round} from '../../src/index.js';
import {access, aGeneration, aTerm, HOSTS, host, protection, repairs, scope, someHosts, VMS, vm} from './cluster.js';

const anAttempt = fc.nat(3);
const aRound = fc.nat(3).map(round);
const anEpoch = fc.nat(3).map(epoch);
const perhapsHost = fc.option(host);

export const standing = fc.record({accessible: fc.boolean(), capacity: fc.boolean(), holder: perhapsHost});

export const failoverConfig: fc.Arbitrary<FailoverConfig> = fc.record({
  self: host,
  hosts: fc.constant(HOSTS),
  repairs,
  plans: fc
    .tuple(...VMS.map(name => fc.record({vm: fc.constant(name), stored: fc.boolean(), priority: fc.nat(2)})))
    .map(plans => plans),
  placement: fc.constantFrom('ask' as const, 'publish' as const, 'try' as const),
  scope,
  schedule: fc.constantFrom([0], [0, 2], [0, 2, 6]),
  concurrency: fc.constantFrom(1, 32),
});

const memory = {vm, generation: aGeneration, value: protection, host: perhapsHost, attempts: anAttempt, round: aRound};

const entry: fc.Arbitrary<Entry> = fc.oneof(
  fc.record({
    ...memory,
    stage: fc.constantFrom(...(['watched', 'checking', 'queued', 'delayed', 'lacking', 'waiting'] as const)),
  }),
  fc.record({...memory, stage: fc.constant('exhausted' as const), level: fc.boolean()}),
  fc.tuple(someHosts, someHosts).chain(([awaited, candidates]) =>
    fc.record({
      ...memory,
      stage: fc.constant('placing' as const),
      awaited: fc.constant(awaited),
      candidates: fc.constant(candidates.filter(one => !awaited.includes(one))),
      crowded: fc.boolean(),
    }),
  ),
  fc.record({...memory, stage: fc.constant('rechecking' as const), refuted: fc.boolean()}),
  fc.record({...memory, stage: fc.constant('starting' as const), on: host}),
);

const keyed = <T>(values: fc.Arbitrary<T>, keyOf: (value: T) => string): fc.Arbitrary<readonly T[]> =>
  fc
    .uniqueArray(values, {selector: keyOf, maxLength: 2})
    .map(list => [...list].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)));

const published = keyed(fc.record({vm, host, standing}), ({vm, host}) => `${vm} ${host}`);

/** Any state that the types allow with its lists in order, reachable or not. */
export const failoverState: fc.Arbitrary<FailoverState> = fc.record({
  inventory: keyed(entry, ({vm}) => vm),
  gone: someHosts,
  published,
});

const id = {term: aTerm, vm, generation: aGeneration, round: aRound};

const result = fc.oneof(
  fc.record({type: fc.constantFrom(...(['ok', 'capacity', 'refused', 'inaccessible', 'failed'] as const))}),
  fc.record({type: fc.constant('locked' as const), holder: host}),
);

export const failoverMessage: fc.Arbitrary<FailoverMessage> = fc.oneof(
  fc.record({
    type: fc.constantFrom('PlaceQuery' as const, 'BecamePlaceable' as const),
    ...id,
  }),
  fc.record({type: fc.constant('RestartCommand' as const), ...id, attempt: anAttempt}),
  fc.record({type: fc.constant('PlaceAnswer' as const), ...id, standing}),
  fc.record({type: fc.constant('RestartResult' as const), ...id, result}),
  fc.record({
    type: fc.constant('PlaceRegister' as const),
    ...id,
    wanted: fc.record({capacity: fc.boolean(), level: fc.boolean()}),
  }),
);

const ending = fc.record({clean: fc.boolean(), intent: fc.option(aGeneration)});

export const failoverTimer: fc.Arbitrary<FailoverTimer> = fc.record({
  type: fc.constant('Failover' as const),
  vm,
  stage: fc.constantFrom(...(['placing', 'starting', 'delayed', 'lacking', 'waiting', 'exhausted'] as const)),
  round: aRound,
  attempt: anAttempt,
});

export const failoverEvent: fc.Arbitrary<FailoverEvent> = fc.oneof(
  fc.record({type: fc.constant('Protected' as const), vm, generation: aGeneration, host: perhapsHost}),
  fc.record({type: fc.constant('Unprotected' as const), vm, generation: aGeneration}),
  fc.record({
    type: fc.constant('Retrieved' as const),
    retrieval: fc.record({vm, value: protection, generation: aGeneration, attempts: anAttempt}),
  }),
  fc.record({type: fc.constant('HostChanged' as const), host, running: fc.boolean()}),
  fc.record({
    type: fc.constant('VmReported' as const),
    from: host,
    vm,
    report: fc.oneof(
      fc.record({type: fc.constantFrom('running' as const, 'storageLost' as const, 'absent' as const)}),
      fc.record({type: fc.constant('ended' as const), ending}),
    ),
  }),
  fc.record({
    type: fc.constant('TimerFired' as const),
    timer: failoverTimer,
  }),
  fc.record({type: fc.constant('Published' as const), from: host, vm, standing}),
  {weight: 4, arbitrary: fc.record({type: fc.constant('Received' as const), from: host, message: failoverMessage})},
);

const watch: fc.Arbitrary<PlaceWatch> = fc.record({
  vm,
  primary: host,
  term: aTerm,
  generation: aGeneration,
  round: aRound,
  wanted: fc.record({capacity: fc.boolean(), level: fc.boolean()}),
  seen: fc.boolean(),
});

export const placeWatches = keyed(watch, ({vm, primary}) => `${vm} ${primary}`);

const request: fc.Arbitrary<PowerOnRequest> = fc.oneof(
  fc.record({by: fc.constant('user' as const), vm, generation: aGeneration}),
  fc.record({by: fc.constant('primary' as const), ...id, from: host, attempt: anAttempt}),
);

export const attendantEvent: fc.Arbitrary<AttendantEvent> = fc.oneof(
  fc.record({type: fc.constant('Received' as const), from: host, message: failoverMessage, standing}),
  fc.record({type: fc.constant('StandingChanged' as const), vm, standing}),
  fc.record({type: fc.constant('PowerOnEnded' as const), request, result}),
);

export const runtimeConfig: fc.Arbitrary<RuntimeConfig> = fc.record({
  self: host,
  repairs,
  capacity: fc.nat(2),
  isolationResponse: fc.constantFrom('leave' as const, 'power-off' as const),
  cleanByDefault: fc.boolean(),
});

const executing = {vm, generation: aGeneration, epoch: anEpoch};

export const runtimeState: fc.Arbitrary<readonly Instance[]> = keyed<Instance>(
  fc.oneof(
    fc.record({power: fc.constantFrom('running' as const, 'stalled' as const), ...executing}),
    request.map(request => ({vm: request.vm, power: 'starting' as const, request})),
  ),
  ({vm}) => vm,
);

const home = fc.record({
  lock: fc.record({holder: perhapsHost, epoch: anEpoch}),
  value: protection,
  generation: aGeneration,
});

const seen = fc.tuple(access, home).map(([access, home]) => ({access, home: access.namespace ? home : null}));

export const runtimeEvent: fc.Arbitrary<RuntimeEvent> = fc.oneof(
  fc.record({type: fc.constant('PowerOn' as const), request}),
  fc.record({
    type: fc.constant('LockAnswered' as const),
    vm,
    answer: fc.oneof(
      fc.record({type: fc.constant('taken' as const), epoch: anEpoch}),
      fc.record({type: fc.constant('locked' as const), holder: host}),
      fc.record({type: fc.constant('inaccessible' as const)}),
    ),
    seen,
  }),
  fc.record({type: fc.constant('PowerOff' as const), vm, generation: aGeneration, seen}),
  fc.record({type: fc.constantFrom('StorageChanged' as const, 'GhostDue' as const, 'Isolated' as const), vm, seen}),
  fc.record({type: fc.constant('MigratedIn' as const), vm, generation: aGeneration, epoch: anEpoch}),
  fc.record({type: fc.constant('MigratedOut' as const), vm}),
  fc.record({type: fc.constant('Crashed' as const)}),
);
