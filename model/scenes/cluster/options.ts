import {SUBSET_RULES} from '../../../src/index.js';
import {type Chosen, choice, flag, integer, list} from '../../index.js';
import {MUTANTS} from '../../mutants/cluster.js';
import {mutantOption} from '../../mutants/mutant.js';
import {budget, REPAIR_OPTIONS, repairsOf} from '../settings.js';

/** The properties, in the order in which they are named when several fail at once. */
export const PROPERTY_NAMES = [
  'Service',
  'SingleWriter',
  'AtMostOneRunning',
  'NoResurrection',
  'MonotoneMeta',
  'NoMinorityCommit',
  'ReportedImpliesDurable',
  'OnePrimaryPerTerm',
  'SingleCommander',
  'ListsExclusive',
  'ListsSound',
  'StartsWithQuorum',
  'GhostsEnd',
  'EventuallyProtected',
  'EventuallyServing',
  'HealConverges',
  'Persists',
  'TimersRun',
  'CallsAwaited',
  'ActsOnItsStorage',
  'LocksServe',
  'IsolationEnds',
  'KnowsWhoRuns',
] as const;

export type PropertyName = (typeof PROPERTY_NAMES)[number];

export const OPTIONS = {
  hosts: integer({default: 3, min: 3, max: 4, about: 'hosts of the cluster; the last is primary, the first directs'}),
  vms: integer({default: 1, min: 1, max: 2, about: 'VMs; the first runs on h2, the second on h3'}),
  ...REPAIR_OPTIONS,
  topology: choice(['sides', 'graphs'], {
    default: 'sides',
    about: 'whether a network splits into sides, or any links may be down',
  }),
  together: flag({about: 'both networks change at once and alike'}),
  storage: choice(['prompt', 'slow'], {
    default: 'prompt',
    about: 'whether storage modules settle among themselves before anything else happens, or at any pace',
  }),
  messages: choice(['ordered', 'any', 'queued'], {
    default: 'ordered',
    about: 'messages of HA modules: in order from host to host, in any order, or one queue for all of them',
  }),
  timers: choice(['late', 'any'], {
    default: 'late',
    about: 'whether timers wait until no message can be delivered any more, or fire at any time',
  }),
  subsets: choice(SUBSET_RULES, {default: 'all', about: 'whom a primary may ask next'}),
  placement: choice(['ask', 'try', 'publish'], {default: 'ask', about: 'how a primary finds a host for a VM'}),
  query: choice(['all', 'namespace'], {default: 'all', about: 'the objects that a VM counts as accessible by'}),
  attempts: integer({default: 1, min: 1, max: 5, about: 'how many attempts the schedule has'}),
  capacity: integer({default: 2, min: 1, max: 2, about: 'how many VMs a primary may start on a host'}),
  coarse: flag({about: 'storage modules say that something has changed, not what'}),
  elsewhere: flag({about: 'the VM counts as one whose files are not in the object store'}),
  isolation: flag({about: 'a host that is alone in the HA network is cut off altogether, and powers its VMs off'}),
  blinks: flag({about: 'a host that has crashed may be up again before its primary has missed it'}),
  dirty: flag({about: 'a VM whose end could not be written counts as killed, not as stopped by the user'}),
  views: budget(1, 4, 'changes of the storage network'),
  splits: budget(0, 3, 'changes of the HA network'),
  crashes: budget(0, 2, 'crashes of a whole host; it may come up again'),
  toggles: budget(1, 4, 'power-offs and power-ons by the user'),
  absences: budget(0, 2, 'components that were away for long, or came back: votes are recalculated'),
  only: list(PROPERTY_NAMES, {about: 'properties to check; all that the profile promises if none is named'}),
  premise: flag({about: 'claim instead that what a property is about never comes about, to see that it does'}),
  unreduced: flag({about: 'keep what every future ignores; the same verdict, from more states'}),
  mutant: mutantOption(MUTANTS),
} as const;

export type ClusterOptions = Chosen<typeof OPTIONS>;

/** What the environment and the user may still do. Each of their doings spends one. */
export type Budgets = {
  readonly views: number;
  readonly splits: number;
  readonly crashes: number;
  readonly toggles: number;
  readonly absences: number;
};

export const budgetsOf = ({views, splits, crashes, toggles, absences}: ClusterOptions): Budgets => ({
  views,
  splits,
  crashes,
  toggles,
  absences,
});

/**
 * Those that are named, or else those that the protocol promises: a second instance may run for a while, though it
 * cannot write; where each host directs for itself, each has a quorum of its own; attempts at what is not in the object
 * store may be spent where it cannot be started, and nobody says where it can (FO-31); and where links are down one by
 * one nobody need reach everybody, so that nothing is promised but safety.
 */
export const propertiesOf = (options: ClusterOptions): readonly PropertyName[] => {
  const {only, topology} = options;
  const stable: readonly PropertyName[] = ['GhostsEnd', 'EventuallyProtected', 'EventuallyServing', 'HealConverges'];
  const promised = (name: PropertyName): boolean =>
    name !== 'AtMostOneRunning' &&
    (name !== 'NoMinorityCommit' || repairsOf(options)['directory-owner']) &&
    (name !== 'EventuallyServing' || !options.elsewhere) &&
    (topology === 'sides' || !stable.includes(name));
  return only.length > 0 ? only : PROPERTY_NAMES.filter(promised);
};
