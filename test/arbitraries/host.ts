import fc from 'fast-check';
import {
  epoch,
  type HostConfig,
  type HostEvent,
  type HostTimer,
  identity,
  type RecoveryMessage,
  SUBSET_RULES,
} from '../../src/index.js';
import {aGeneration, aTerm, HOSTS, host, protection, someHosts, vm} from './cluster.js';
import {failoverConfig, failoverMessage, failoverTimer, standing} from './failover.js';
import {message, timer} from './ha.js';
import {storageConfig, storageMessage} from './storage.js';

/** Two VMs on four hosts, with any repairs and any settings. */
export const hostConfig: fc.Arbitrary<HostConfig> = fc
  .tuple(
    storageConfig,
    failoverConfig,
    fc.record({
      elector: fc.constantFrom('builtin' as const, 'external' as const),
      datastores: fc.nat(2),
      isolationResponse: fc.constantFrom('leave' as const, 'power-off' as const),
      subsets: fc.constantFrom(...SUBSET_RULES),
      capacity: fc.nat(2),
      cleanByDefault: fc.boolean(),
    }),
  )
  .map(([storage, failover, rest]) => ({...failover, ...storage, ...rest}));

const retrieval = fc.record({vm, value: protection, generation: aGeneration, attempts: fc.nat(3)});

const report = fc.oneof(
  fc.record({type: fc.constantFrom('running' as const, 'storageLost' as const, 'absent' as const)}),
  fc.record({
    type: fc.constant('ended' as const),
    ending: fc.record({clean: fc.boolean(), intent: fc.option(aGeneration)}),
  }),
);

const recoveryMessage: fc.Arbitrary<RecoveryMessage> = fc.oneof(
  {weight: 3, arbitrary: message},
  {weight: 3, arbitrary: failoverMessage},
  fc.record({type: fc.constant('Retrieve' as const), term: aTerm}),
  fc.record({
    type: fc.constant('Retrieved' as const),
    term: aTerm,
    retrievals: fc.uniqueArray(retrieval, {selector: ({vm}) => vm, maxLength: 2}),
  }),
  fc.record({type: fc.constant('VmStatus' as const), term: aTerm, vm, report}),
  fc.record({type: fc.constant('PlacePublished' as const), term: aTerm, vm, standing}),
);

const object = fc
  .constantFrom(...['home', 'disk', 'other'])
  .map(name => name as Extract<HostEvent, {object: unknown}>['object']);

const hostTimer: fc.Arbitrary<HostTimer> = fc.oneof(
  {weight: 3, arbitrary: timer},
  failoverTimer,
  fc.record({type: fc.constant('Retrieval' as const)}),
  fc.record({type: fc.constant('Ghost' as const), vm}),
  fc.record({type: fc.constant('Absence' as const), object}),
);

const view = someHosts.map(hosts => [...new Set([...hosts, ...HOSTS.slice(0, 1)])].sort());

/** Any event that the types allow, at any time. */
export const hostEvent: fc.Arbitrary<HostEvent> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant('Received' as const),
      network: fc.constant('ha' as const),
      from: host,
      message: recoveryMessage,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant('Received' as const),
      network: fc.constant('storage' as const),
      from: host,
      message: storageMessage,
    }),
  },
  {weight: 4, arbitrary: fc.record({type: fc.constant('TimerFired' as const), timer: hostTimer})},
  {weight: 2, arbitrary: fc.record({type: fc.constant('ViewChanged' as const), reachable: view})},
  fc.record({type: fc.constant('ComponentLost' as const), object}),
  fc.record({type: fc.constant('IsolationChecked' as const), reachable: fc.boolean()}),
  fc.record({
    type: fc.constant('Probed' as const),
    host,
    ping: fc.boolean(),
    heartbeat: fc.constantFrom('isolated' as const, 'well' as const, 'none' as const),
  }),
  fc.record({type: fc.constant('Request' as const), vm, value: protection, generation: aGeneration}),
  {
    weight: 2,
    arbitrary: fc.record({type: fc.constantFrom('PowerOn' as const, 'PowerOff' as const), vm, generation: aGeneration}),
  },
  fc.record({type: fc.constant('MigratedIn' as const), vm, generation: aGeneration, epoch: fc.nat(3).map(epoch)}),
  fc.record({type: fc.constant('MigratedOut' as const), vm}),
  fc.record({type: fc.constant('Created' as const), vm, identity: fc.integer({min: 1, max: 3}).map(identity)}),
  fc.record({type: fc.constant('Crashed' as const)}),
  {weight: 2, arbitrary: fc.record({type: fc.constant('Restarted' as const), reachable: view})},
);

/** A walk that begins with a host that comes up. */
export const walk: fc.Arbitrary<readonly HostEvent[]> = fc
  .tuple(view, fc.array(hostEvent, {maxLength: 40}))
  .map(([reachable, events]) => [{type: 'Restarted', reachable}, ...events]);
