// What the protocol promises, property by property: the rules that keep it, and where it is seen that the property says
// something, because what it is about does come about.

import type {RuleId} from '../../src/index.js';
import type {Choices} from './mutant.js';

/**
 * `premise`: options of the scene with which the premise of the property has to come about. `conduct`: how it goes
 * about it, step by step; `whole hosts`: what is promised elsewhere, of whole hosts together.
 */
export type Promised = {
  readonly property: string;
  readonly kind: 'safety' | 'liveness' | 'conduct' | 'whole hosts';
  readonly scene: string;
  readonly rules: readonly RuleId[];
  readonly premise: Choices;
};

const safety = (property: string, scene: string, rules: readonly RuleId[], premise: Choices): Promised => ({
  property,
  kind: 'safety',
  scene,
  rules,
  premise: {...premise, premise: 'true', only: property},
});

const liveness = (...given: Parameters<typeof safety>): Promised => ({...safety(...given), kind: 'liveness'});
const conduct = (...given: Parameters<typeof safety>): Promised => ({...safety(...given), kind: 'conduct'});

const whole = (property: string, rules: readonly RuleId[], premise: Choices = {}): Promised => ({
  ...safety(property, 'cluster', rules, {messages: 'queued', ...premise}),
  kind: 'whole hosts',
});

const steps = (...given: Parameters<typeof whole>): Promised => ({...whole(...given), kind: 'conduct'});

const CUT = {hosts: '3', views: '1', toggles: '1'};
const ONE_CUT = {hosts: '3', cuts: '1'};
const READ_BACK = {commits: '1', views: '1', handovers: '0'};
const LOCKS = {views: '0', toggles: '0', locks: '2', links: 'partitions'};

export const PROMISES: readonly Promised[] = [
  safety('SingleWriter', 'failover', ['LK-01', 'LK-02', 'LK-03', 'LK-05', 'RS-04', 'RS-18'], {crashes: '0'}),
  safety('AtMostOneRunning', 'failover', ['LK-02', 'LK-03', 'RS-12', 'RS-14'], {crashes: '0', leases: 'true'}),
  safety('QuorumExclusive', 'storage', ['DR-01', 'DR-08', 'OB-05', 'OB-06', 'OB-16'], {views: '1', toggles: '0'}),
  safety('NoMinorityCommit', 'protect', ['ST-01', 'ST-02', 'ST-06', 'ST-07'], CUT),
  safety('MonotoneMeta', 'protect', ['ST-02', 'ST-03'], {...CUT, toggles: '2'}),
  safety('DurableMeta', 'storage', ['OB-01', 'OB-04', 'OB-05', 'OB-10'], {views: '1', links: 'partitions'}),
  safety('ReportedImpliesDurable', 'protect', ['FB-05', 'FB-06', 'PL-03'], CUT),
  safety('NoResurrection', 'failover', ['FO-03', 'FO-09', 'FO-36', 'RS-09', 'RS-11'], {
    views: '0',
    crashes: '0',
    splits: '1',
    toggles: '1',
  }),
  safety('RestartOnlyProtected', 'failover', ['FO-03', 'FO-23', 'FO-43'], {views: '0'}),
  safety('ListsExclusive', 'failover', ['FO-15', 'FO-16', 'FO-25', 'FO-33'], {crashes: '0', cuts: 'any'}),
  safety('ListsSound', 'failover', ['FO-13', 'FO-15', 'FO-33', 'FO-42'], {views: '0'}),
  safety('SingleCommander', 'protect', ['TM-01', 'TM-03', 'TM-04'], {...CUT, handovers: '1', unreduced: 'true'}),
  safety('IdempotentSet', 'protect', ['ST-04'], {...CUT, 'lost-replies': '1'}),
  safety('TypeOK', 'protect', ['FB-10', 'FB-14', 'FB-15', 'FB-16'], CUT),
  safety('BoundedChannels', 'protect', ['FB-10', 'FB-13', 'FB-14', 'FB-18'], CUT),
  liveness('FallbackTerminates', 'protect', ['FB-09', 'FB-16', 'WT-01', 'TO-01', 'TO-02', 'TO-03'], CUT),
  liveness('EventuallyProtected', 'protect', ['FB-09', 'FB-13', 'FB-14', 'FB-17', 'WT-06', 'PL-05'], CUT),
  liveness('EventuallyUnprotected', 'protect', ['FB-09', 'FB-13', 'FB-14', 'FB-17', 'WT-06', 'PL-05'], {
    ...CUT,
    toggles: '2',
  }),
  liveness(
    'EventuallyRestarted',
    'failover',
    ['FO-04', 'FO-18', 'FO-23', 'FO-32', 'FO-33', 'FO-47', 'FO-53', 'FO-54', 'FO-55'],
    {views: '0'},
  ),
  liveness('EventuallyServing', 'failover', ['FO-10', 'FO-07', 'RS-12', 'FO-26'], {crashes: '0'}),
  liveness('NoLostWakeup', 'protect', ['WT-02', 'WT-04', 'WT-05', 'WT-07'], {...CUT, views: '2'}),
  liveness('MasterLearns', 'storage', ['CH-01', 'CH-03', 'CH-05'], {views: '0', toggles: '1', reads: '1'}),
  liveness('HealConverges', 'failover', ['RS-14', 'FO-12', 'FO-39', 'FO-47'], {views: '2', crashes: '0'}),
  liveness('NonInterference', 'failover', ['FO-18', 'FO-31'], {
    crashes: '0',
    cuts: 'any',
    vms: '2',
    pinned: 'true',
  }),
  liveness('BoundedFutileRestarts', 'failover', ['FO-28', 'FO-29', 'FO-30', 'FO-31', 'FO-35'], {futile: '1'}),
  conduct('MonotoneReports', 'protect', ['PL-03'], {...CUT, toggles: '2'}),
  conduct('HearsAll', 'protect', ['FB-15', 'FB-16', 'FB-20'], CUT),
  conduct('ResultsOfCommanded', 'protect', ['FB-25'], {...CUT, hosts: '4', 'early-timeouts': '1', unreduced: 'true'}),
  conduct('RoundsRise', 'protect', ['FB-01', 'FB-23', 'WT-06'], {...CUT, views: '2'}),
  conduct('FallbackEnds', 'protect', ['FB-09', 'FB-10', 'WT-01'], CUT),
  conduct('NoResurrection', 'protect', ['ST-03', 'FB-03', 'PL-03'], {...CUT, toggles: '2'}),
  conduct('ExhaustBeforeWaiting', 'protect', ['FB-19', 'FB-20', 'WT-01'], CUT),
  conduct('AsksOnce', 'protect', ['FB-09', 'FB-10'], CUT),
  conduct('CommandsResponders', 'protect', ['FB-14', 'FB-19'], CUT),
  conduct('BoundedRounds', 'protect', ['WT-02', 'WT-06', 'FB-04'], {...CUT, views: '2'}),
  conduct('EventuallyReported', 'protect', ['FB-05', 'FB-06', 'PL-03'], CUT),
  conduct('NonInterference', 'protect', ['FB-01', 'TO-01', 'TO-03'], {...CUT, toggles: '2', vms: '2', losses: '1'}),
  conduct('HealConverges', 'protect', ['WT-06', 'PL-05', 'FB-05'], {...CUT, views: '2'}),
  conduct('LockExclusive', 'storage', ['LK-01', 'LK-02', 'LK-03', 'LK-04', 'LK-05', 'LK-06', 'LK-08'], LOCKS),
  conduct('Persists', 'storage', ['DR-17', 'DR-18'], {views: '0', toggles: '1', links: 'partitions'}),
  conduct('KnowsAccess', 'storage', ['CH-01', 'CH-03', 'CH-07', 'OB-01'], {
    views: '1',
    toggles: '0',
    links: 'partitions',
  }),
  conduct('StorageRests', 'storage', ['DR-03', 'DR-07', 'DR-16', 'DR-21'], {
    views: '1',
    toggles: '0',
    links: 'partitions',
  }),
  conduct('MonotoneMeta', 'storage', ['OB-01', 'OB-05', 'ST-02', 'ST-03'], {views: '0', toggles: '2'}),
  conduct('NoResurrection', 'storage', ['ST-08', 'ST-09'], {views: '0', toggles: '1', creations: '1'}),
  conduct('Refinement', 'storage', ['OB-04', 'OB-05', 'OB-10'], {views: '0', toggles: '1'}),
  conduct('NoMinorityCommit', 'storage', ['OB-04', 'OB-05'], {views: '1', toggles: '1', links: 'partitions'}),
  conduct('SingleWriter', 'storage', ['LK-02', 'LK-03', 'LK-05', 'OB-16'], {...LOCKS, views: '1'}),
  conduct('ResyncConverges', 'storage', ['OB-05', 'OB-10', 'DR-16'], {views: '1', links: 'partitions'}),
  conduct('OneOwnerPerNumber', 'storage', ['DR-01', 'DR-06', 'DR-08', 'DR-09', 'DR-22'], {views: '1', toggles: '0'}),
  conduct('NumbersRise', 'storage', ['DR-01', 'DR-06', 'DR-14', 'DR-17', 'DR-22'], {views: '1', toggles: '0'}),
  conduct('ObeysItsOwner', 'storage', ['OB-05', 'OB-06', 'CH-03', 'CH-04'], {views: '1', toggles: '1'}),
  conduct('StartsWithQuorum', 'failover', ['RS-04', 'RS-05', 'RS-07'], {crashes: '0'}),
  conduct('CapacityKept', 'failover', ['RS-03'], {
    views: '0',
    vms: '2',
    capacity: '1',
    lasting: 'true',
    placement: 'try',
  }),
  conduct('TurnsKept', 'failover', ['FO-18'], {views: '0', crashes: '2', vms: '2'}),
  conduct('HearsAll', 'failover', ['FO-19', 'FO-22'], {crashes: '0'}),
  conduct('CommandsPlaces', 'failover', ['FO-22', 'FO-23'], {crashes: '0'}),
  conduct('AttemptsCounted', 'failover', ['FO-12', 'FO-28', 'FO-30', 'FO-31'], {}),
  conduct('CountedInTheObject', 'failover', ['LK-07', 'LK-08', 'RS-01', 'RS-04', 'FO-40'], {
    hosts: '4',
    crashes: '0',
    query: 'namespace',
  }),
  conduct('StopsAreWritten', 'failover', ['RS-09'], {views: '0', crashes: '0', toggles: '1'}),
  conduct('GhostsEnd', 'failover', ['RS-12', 'RS-14'], {crashes: '0'}),
  conduct('WaitsWithoutQuorum', 'failover', ['FO-16', 'FO-25'], {crashes: '0', cuts: 'any'}),
  conduct('RestartedInTheEnd', 'failover', ['FO-31', 'FO-33', 'FO-47'], {views: '2', cuts: 'alone', attempts: '1'}),
  conduct('RestartsEnd', 'failover', ['FO-28', 'FO-31', 'FO-35'], {views: '0'}),
  conduct('HeedsItsRound', 'failover', ['FO-34', 'FO-19', 'FO-23'], {}),
  conduct('MonotoneKnowledge', 'retrieve', ['RT-07', 'RT-08'], READ_BACK),
  conduct('MasterLearns', 'retrieve', ['RT-01', 'RT-02', 'RT-03', 'RT-04', 'RT-05'], READ_BACK),
  conduct('OnePrimaryPerTerm', 'election', ['EL-09', 'TM-04', 'TM-10'], ONE_CUT),
  conduct('TermsRise', 'election', ['EL-09', 'TM-01', 'TM-04', 'TM-06'], ONE_CUT),
  conduct('SingleCommander', 'election', ['TM-01', 'TM-03', 'TM-04'], {...ONE_CUT, commands: '1'}),
  conduct('KnowsItsPrimary', 'election', ['EL-09', 'TM-01', 'TM-08'], ONE_CUT),
  conduct('Converges', 'election', ['EL-01', 'EL-02', 'EL-08', 'EL-14', 'LV-01', 'TM-02', 'TM-05'], ONE_CUT),
  conduct('KnowsWhoRuns', 'election', ['LV-02', 'LV-03', 'LV-09'], ONE_CUT),
  conduct('Persists', 'election', ['TM-04'], ONE_CUT),
  conduct('IsolationResponse', 'election', ['EL-10', 'EL-12', 'EL-13', 'EL-15'], {
    hosts: '2',
    cuts: '1',
    gateway: 'true',
  }),
  conduct('HeedsCandidacies', 'election', ['EL-02', 'EL-03', 'EL-04', 'EL-06', 'EL-07'], ONE_CUT),
  conduct('AsksBeforeWinning', 'election', ['EL-10', 'EL-11', 'EL-12'], {hosts: '2', cuts: '1', gateway: 'true'}),
  conduct('FailedAreSilent', 'election', ['LV-04', 'LV-05', 'LV-08'], {hosts: '2', cuts: '1', crashes: '1'}),
  whole('Service', ['FB-05', 'RS-04', 'RS-11', 'RS-18']),
  whole('SingleWriter', ['LK-03', 'LK-05', 'RS-18']),
  whole('NoResurrection', ['FO-09', 'FO-36', 'RS-09', 'RS-11'], {splits: '1', views: '1', toggles: '1'}),
  whole('MonotoneMeta', ['ST-02', 'ST-03', 'LK-01']),
  whole('NoMinorityCommit', ['OB-04', 'OB-05', 'OB-10']),
  whole('ReportedImpliesDurable', ['FB-05', 'FB-06', 'PL-03']),
  whole('SingleCommander', ['TM-01', 'TM-03', 'TM-04', 'HO-08'], {
    views: '0',
    splits: '1',
    crashes: '1',
    toggles: '0',
  }),
  whole('OnePrimaryPerTerm', ['EL-09', 'TM-01'], {views: '0', splits: '1', toggles: '0'}),
  whole('ListsExclusive', ['FO-15', 'FO-16', 'FO-25', 'FO-33'], {splits: '1', toggles: '0'}),
  whole('ListsSound', ['FO-13', 'FO-15', 'FO-33', 'FO-42']),
  whole('StartsWithQuorum', ['RS-04', 'RS-05', 'RS-07']),
  whole('GhostsEnd', ['RS-12', 'RS-14', 'HO-14']),
  whole('EventuallyProtected', ['FB-09', 'FB-13', 'FB-14', 'FB-17', 'HO-11']),
  whole('EventuallyServing', ['FO-10', 'FO-07', 'RS-12', 'FO-26', 'HO-07']),
  whole('HealConverges', ['HO-01', 'HO-04', 'FO-12', 'FO-39'], {views: '2', toggles: '0'}),
  steps('Persists', ['HO-19', 'TM-04', 'DR-18'], {toggles: '0'}),
  steps(
    'TimersRun',
    ['EL-10', 'EL-13', 'LV-01', 'LV-04', 'RT-05', 'FO-53', 'FO-54', 'FO-55', 'RS-20', 'HO-02', 'HO-17'],
    {
      toggles: '0',
    },
  ),
  steps('CallsAwaited', ['HO-11', 'HO-12'], {toggles: '0'}),
  steps('ActsOnItsStorage', ['RS-14', 'RS-18', 'RS-20', 'HO-11', 'HO-14'], {toggles: '0'}),
  steps('LocksServe', ['RS-06', 'RS-13', 'HO-12'], {views: '0'}),
  steps('IsolationEnds', ['EL-15', 'RS-15', 'HO-16'], {views: '0', splits: '1', toggles: '0', isolation: 'true'}),
  steps('KnowsWhoRuns', ['HO-06', 'HO-07', 'HO-14'], {toggles: '0'}),
];

/** The options that ask for the premises in a scene. */
export const premisesIn = (scene: string): readonly Choices[] =>
  PROMISES.filter(promised => promised.scene === scene).map(({premise}) => premise);
