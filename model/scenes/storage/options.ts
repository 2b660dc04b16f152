import {type Chosen, choice, flag, integer, list} from '../../index.js';
import {mutantOption} from '../../mutants/mutant.js';
import {MUTANTS} from '../../mutants/storage.js';
import {budget, REPAIR_OPTIONS, repairsOf} from '../settings.js';

/** The properties, in the order in which they are named when several fail at once. */
export const PROPERTY_NAMES = [
  'MonotoneMeta',
  'NoResurrection',
  'Refinement',
  'LockExclusive',
  'DurableMeta',
  'NoMinorityCommit',
  'QuorumExclusive',
  'SingleWriter',
  'MasterLearns',
  'Persists',
  'KnowsAccess',
  'ResyncConverges',
  'StorageRests',
  'OneOwnerPerNumber',
  'NumbersRise',
  'ObeysItsOwner',
] as const;

export type PropertyName = (typeof PROPERTY_NAMES)[number];

export const OPTIONS = {
  hosts: integer({default: 3, min: 3, max: 5, about: 'hosts of the cluster'}),
  disk: flag({about: 'the VM has a disk on the last three hosts beside its namespace object on the first three'}),
  ...REPAIR_OPTIONS,
  links: choice(['partitions', 'graphs'], {default: 'graphs', about: 'how the storage network may be cut'}),
  notices: choice(['per-vm', 'coarse'], {default: 'per-vm', about: 'whether a change notification names the VM'}),
  views: budget(2, 6, 'changes of the storage network'),
  toggles: budget(1, 6, 'power-ons and power-offs by the user; each is a SET that any host may make, soon or late'),
  locks: budget(0, 4, 'attempts to take the lock, to write with it and to give it back'),
  reads: budget(0, 2, 'a host that becomes primary and calls GET'),
  creations: budget(0, 2, 'times that the VM is deleted and created anew'),
  losses: budget(0, 2, 'components that are lost for good'),
  absences: budget(0, 4, 'components that were away for long, or came back: votes are recalculated'),
  crashes: budget(0, 2, 'crashes of a storage module; it may restart'),
  only: list(PROPERTY_NAMES, {about: 'properties to check; all if none is named'}),
  premise: flag({about: 'claim instead that what a property is about never comes about, to see that it does'}),
  unreduced: flag({about: 'keep what every future ignores; the same verdict, from far more states'}),
  mutant: mutantOption(MUTANTS),
} as const;

export type StorageOptions = Chosen<typeof OPTIONS>;

const BUDGETS = ['views', 'toggles', 'locks', 'reads', 'creations', 'losses', 'absences', 'crashes'] as const;

type BudgetName = (typeof BUDGETS)[number];

/** What the environment may still do. Each of its actions spends one. */
export type Budgets = {readonly [B in BudgetName]: number};

export const budgetsOf = ({
  views,
  toggles,
  locks,
  reads,
  creations,
  losses,
  absences,
  crashes,
}: StorageOptions): Budgets => ({
  views,
  toggles,
  locks,
  reads,
  creations,
  losses,
  absences,
  crashes,
});

/**
 * Those that are named, or else all that need no graph of all steps. Where each host directs for itself, there is
 * nobody whose members converge. Where links are down one by one, or votes are recalculated, what can be reached and
 * what is accessible differ.
 */
export const propertiesOf = (options: StorageOptions): readonly PropertyName[] => {
  const {only, links, absences} = options;
  const promised = (name: PropertyName): boolean =>
    name !== 'StorageRests' &&
    (name !== 'ResyncConverges' || repairsOf(options)['directory-owner']) &&
    (name !== 'KnowsAccess' || (repairsOf(options)['directory-owner'] && links === 'partitions' && absences === 0));
  return only.length > 0 ? only : PROPERTY_NAMES.filter(promised);
};
