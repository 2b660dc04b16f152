import {REPAIRS} from '../../../src/index.js';
import {type Chosen, choice, flag, integer, list} from '../../index.js';
import {MUTANTS} from '../../mutants/failover.js';
import {mutantOption} from '../../mutants/mutant.js';
import {budget, REPAIR_OPTIONS, repairsOf} from '../settings.js';

/** The properties, in the order in which they are named when several fail at once. */
export const PROPERTY_NAMES = [
  'SingleWriter',
  'AtMostOneRunning',
  'NoResurrection',
  'NoResurrectionStrict',
  'RestartOnlyProtected',
  'ListsExclusive',
  'ListsSound',
  'StartsWithQuorum',
  'BoundedFutileRestarts',
  'CapacityKept',
  'TurnsKept',
  'HearsAll',
  'CommandsPlaces',
  'AttemptsCounted',
  'CountedInTheObject',
  'StopsAreWritten',
  'GhostsEnd',
  'EventuallyRestarted',
  'EventuallyServing',
  'WaitsWithoutQuorum',
  'NonInterference',
  'RestartedInTheEnd',
  'RestartsEnd',
  'HeedsItsRound',
  'HealConverges',
] as const;

export type PropertyName = (typeof PROPERTY_NAMES)[number];

export const OPTIONS = {
  hosts: integer({default: 3, min: 3, max: 4, about: 'hosts of the cluster; h1 is primary, the VMs run on h2'}),
  vms: integer({default: 1, min: 1, max: 2, about: 'VMs; the second runs on h3'}),
  ...REPAIR_OPTIONS,
  layout: choice(['near', 'far'], {
    default: 'near',
    about: 'of four hosts the first three hold the namespace object and the last three the disk, or the other way',
  }),
  cuts: choice(['two', 'any', 'alone'], {
    default: 'two',
    about: 'how the storage network may be cut: into two sides, into any number, or each host from each other',
  }),
  pinned: flag({about: 'the second VM is on h1 alone, so that it can be used there however the network is cut'}),
  placement: choice(['ask', 'publish', 'try'], {default: 'ask', about: 'how a primary finds a host for a VM'}),
  query: choice(['all', 'namespace'], {default: 'all', about: 'the objects that a VM counts as accessible by'}),
  attempts: integer({default: 3, min: 1, max: 5, about: 'how many attempts the schedule has'}),
  capacity: integer({default: 2, min: 1, max: 2, about: 'how many VMs a primary may start on a host'}),
  retrieval: choice(['everywhere', 'own'], {default: 'everywhere', about: 'the hosts on which a primary calls GET'}),
  isolation: choice(['leave', 'power-off'], {default: 'leave', about: 'what an isolated host does about its VMs'}),
  dirty: flag({about: 'a VM whose end could not be written counts as killed, not as stopped by the user'}),
  leases: flag({about: 'a lock is broken only after its holder has ended what it ran'}),
  lasting: flag({about: 'a host that has crashed does not come up again'}),
  flapping: flag({about: 'the storage network changes again and again, until a VM was started anew'}),
  fairness: choice(['weak', 'strong'], {
    default: 'weak',
    about: 'what hosts and storage do in the end: what stays possible, or what is possible again and again too',
  }),
  views: budget(1, 4, 'changes of the storage network'),
  splits: budget(0, 3, 'changes of the HA network'),
  crashes: budget(1, 2, 'crashes of a whole host; it may come up again'),
  toggles: budget(0, 3, 'power-offs and power-ons by the user'),
  migrations: budget(0, 2, 'migrations of a running VM'),
  losses: budget(0, 2, 'messages between hosts that are lost'),
  futile: integer({default: 0, min: 0, max: 20, about: 'futile power-ons allowed per change; 0: as many as attempts'}),
  only: list(PROPERTY_NAMES, {about: 'properties to check; all that the profile promises if none is named'}),
  premise: flag({about: 'claim instead that what a property is about never comes about, to see that it does'}),
  unreduced: flag({about: 'keep what every future ignores; the same verdict, from far more states'}),
  mutant: mutantOption(MUTANTS),
} as const;

export type FailoverOptions = Chosen<typeof OPTIONS>;

/** What the environment may still do. Each fault spends one. */
export type Budgets = {
  readonly views: number;
  readonly splits: number;
  readonly crashes: number;
  readonly toggles: number;
  readonly migrations: number;
  readonly losses: number;
};

export const budgetsOf = ({views, splits, crashes, toggles, migrations, losses}: FailoverOptions): Budgets => ({
  views,
  splits,
  crashes,
  toggles,
  migrations,
  losses,
});

/** Those that take assumptions of their own, or a graph of all steps. */
const ON_REQUEST: readonly PropertyName[] = ['NoResurrectionStrict', 'RestartedInTheEnd', 'RestartsEnd'];

/** What is ignored is seen only where it is not forgotten: asked for by name, messages of earlier rounds are kept. */
export const ofAllMessages = (said: FailoverOptions): FailoverOptions => ({
  ...said,
  unreduced: said.unreduced || said.only.includes('HeedsItsRound'),
});

/** Those that go by what hosts answer, where they are asked. */
const OF_ANSWERS: readonly PropertyName[] = ['HearsAll', 'CommandsPlaces'];

/**
 * Those that are named, or else those that the profile promises. Nothing keeps a second instance from starting before
 * the first has ended but leases. What the user wanted and nobody could be told may be undone. Who is silent since a
 * message was lost is not heard. Without all repairs not everything comes together again.
 */
export const propertiesOf = (options: FailoverOptions): readonly PropertyName[] => {
  const promised = (name: PropertyName): boolean =>
    name === 'AtMostOneRunning'
      ? options.leases
      : !ON_REQUEST.includes(name) &&
        (name !== 'BoundedFutileRestarts' || options.futile > 0) &&
        (name !== 'CountedInTheObject' || repairsOf(options)['shared-attempts']) &&
        (name !== 'StopsAreWritten' || repairsOf(options)['intent-generation']) &&
        (!OF_ANSWERS.includes(name) || options.placement === 'ask') &&
        (name !== 'HearsAll' || options.losses === 0) &&
        (name !== 'HeedsItsRound' || (options.unreduced && repairsOf(options)['request-ids'])) &&
        (name !== 'HealConverges' || REPAIRS.every(repair => repairsOf(options)[repair]));
  return options.only.length > 0 ? options.only : PROPERTY_NAMES.filter(promised);
};
