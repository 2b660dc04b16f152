import fc from 'fast-check';
import {
  type Charge,
  configuration,
  createdObject,
  type DirectoryEntry,
  epoch,
  type Known,
  mirrored,
  type NamespaceObject,
  identity as numbered,
  type ObjectCall,
  objectId,
  type StorageConfig,
  type StorageDurable,
  type StorageEvent,
  type StorageMessage,
  type StorageState,
  type Work,
} from '../../src/index.js';
import {aGeneration, HOSTS, host, protection, repairs, someHosts, vm} from './cluster.js';

const [h1, h2, h3, h4] = HOSTS as [(typeof HOSTS)[0], (typeof HOSTS)[0], (typeof HOSTS)[0], (typeof HOSTS)[0]];
const home = mirrored(objectId('home'), 'namespace', [h1, h2, h3]);
const disk = mirrored(objectId('disk'), 'disk', [h2, h3, h4]);
const other = mirrored(objectId('other'), 'namespace', [h4, h1, h2]);

export const storageConfig: fc.Arbitrary<StorageConfig> = fc.record({
  self: host,
  hosts: fc.constant(HOSTS),
  vms: fc.constant([
    {vm: 'v1' as StorageConfig['vms'][0]['vm'], namespace: home, disks: [disk]},
    {vm: 'v2' as StorageConfig['vms'][0]['vm'], namespace: other, disks: []},
  ]),
  repairs,
  notices: fc.constantFrom('per-vm' as const, 'coarse' as const),
});

const number = fc.nat(9).map(configuration);
const anEpoch = fc.nat(2).map(epoch);
const anIdentity = fc.integer({min: 1, max: 2}).map(numbered);
const layout = fc.constantFrom(home, disk, other);
const object = layout.map(({object}) => object);
const version = fc.record({configuration: number, sequence: fc.integer({min: 1, max: 3})});

export const namespaceObject: fc.Arbitrary<NamespaceObject> = fc
  .record({
    identity: anIdentity,
    register: fc.record({value: protection, generation: aGeneration, current: someHosts}),
    lock: fc.record({holder: fc.option(host), epoch: anEpoch}),
    attempts: fc.nat(4),
  })
  .map(value => ({...createdObject(home, value.identity), ...value}));

const entryOf = (of: typeof home): fc.Arbitrary<DirectoryEntry> =>
  fc.record({
    object: fc.constant(of.object),
    version,
    content: namespaceObject,
    voters: fc.constantFrom(of.components, of.components.slice(1)),
    former: fc.option(fc.constant(of.components)),
  });

const entry = layout.chain(entryOf);

/** Sorted by object, each once: how a state keeps its lists. */
const byObject = <T extends {readonly object: string}>(values: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> =>
  fc
    .uniqueArray(values, {selector: ({object}) => object, maxLength: 3})
    .map(list => [...list].sort((a, b) => (a.object < b.object ? -1 : 1)));

const attempt = fc.option(fc.record({generation: aGeneration, number: fc.nat(4)}));

export const objectCall: fc.Arbitrary<ObjectCall> = fc.oneof(
  fc.record({type: fc.constant('Set' as const), identity: anIdentity, value: protection, generation: aGeneration}),
  fc.record({type: fc.constant('Create' as const), identity: anIdentity}),
  fc.record({type: fc.constant('TakeLock' as const), identity: anIdentity, host, attempt}),
  fc.record({
    type: fc.constantFrom('ReleaseLock' as const, 'ClearAttempts' as const, 'Write' as const),
    identity: anIdentity,
    host,
    epoch: anEpoch,
  }),
);

export const durableStorage: fc.Arbitrary<StorageDurable> = fc.record({number, components: byObject(entry)});

const known: fc.Arbitrary<Known> = fc.record({object, version, content: namespaceObject});
const taken = fc.record({from: host, call: objectCall});
const result = fc.constantFrom('ok' as const, 'failed' as const, 'stale' as const, 'held' as const);
const work: fc.Arbitrary<Work> = fc.oneof(
  fc.record({type: fc.constantFrom('Establish' as const, 'Resync' as const, 'Recalculate' as const)}),
  fc.record({type: fc.constant('Call' as const), from: host, call: objectCall, result}),
);

const chargeOf = (of: typeof home): fc.Arbitrary<Charge> =>
  fc.oneof(
    fc.record({
      phase: fc.constant('collecting' as const),
      object: fc.constant(of.object),
      answers: fc
        .uniqueArray(fc.record({host, entry: fc.option(entryOf(of))}), {selector: answer => answer.host})
        .map(answers => answers.sort((a, b) => (a.host < b.host ? -1 : 1))),
    }),
    fc.record({
      phase: fc.constant('serving' as const),
      object: fc.constant(of.object),
      entry: entryOf(of),
      held: someHosts,
      work: fc.option(work),
      queue: fc.array(taken, {maxLength: 2}),
    }),
  );

export const storageState: fc.Arbitrary<StorageState> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      role: fc.constant('up' as const),
      durable: durableStorage,
      reachable: someHosts,
      owner: fc.option(host),
      reign: fc.option(
        fc.record({joined: someHosts, charges: fc.tuple(chargeOf(disk), chargeOf(home), chargeOf(other))}),
      ),
      directory: byObject(known),
    }),
  },
  {weight: 1, arbitrary: fc.record({role: fc.constant('down' as const), durable: durableStorage})},
);

export const storageMessage: fc.Arbitrary<StorageMessage> = fc.oneof(
  fc.record({type: fc.constantFrom('Hello' as const, 'Lead' as const, 'Left' as const), number}),
  fc.record({type: fc.constant('Refused' as const), number, promised: number}),
  fc.record({type: fc.constant('Joined' as const), number, components: byObject(entry)}),
  fc.record({type: fc.constant('ComponentWrite' as const), number, entry}),
  fc.record({type: fc.constant('ComponentAck' as const), number, object, version}),
  fc.record({type: fc.constant('Publish' as const), number, known}),
  fc.record({type: fc.constant('Call' as const), number, object, call: objectCall}),
  fc.record({type: fc.constant('Reply' as const), number, object, call: objectCall, result, epoch: anEpoch}),
);

export const storageEvent: fc.Arbitrary<StorageEvent> = fc.oneof(
  fc.record({type: fc.constant('ViewChanged' as const), reachable: someHosts}),
  {weight: 6, arbitrary: fc.record({type: fc.constant('Received' as const), from: host, message: storageMessage})},
  fc.record({type: fc.constant('Called' as const), vm, call: objectCall}),
  fc.record({type: fc.constantFrom('ComponentLost' as const, 'AbsenceLasted' as const), object}),
  fc.record({type: fc.constant('Crashed' as const)}),
  fc.record({type: fc.constant('Restarted' as const), reachable: someHosts}),
);

/** An event that the state is likely to react to: of the reign that it knows, and about the version being written. */
export const stateAndStorageEvent: fc.Arbitrary<readonly [StorageState, StorageEvent]> = fc
  .tuple(storageState, storageEvent, fc.boolean())
  .map(([state, event, aimed]) => {
    if (!aimed || event.type !== 'Received') return [state, event];
    const aimedAt = {...event.message, number: state.durable.number};
    const serving = state.role === 'up' ? state.reign?.charges.find(charge => charge.phase === 'serving') : undefined;
    return aimedAt.type === 'ComponentAck' && serving?.phase === 'serving'
      ? [state, {...event, message: {...aimedAt, object: serving.object, version: serving.entry.version}}]
      : [state, {...event, message: aimedAt}];
  });
