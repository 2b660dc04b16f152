import {REPAIRS, SUBSET_RULES} from '../../../src/index.js';
import {type Chosen, choice, flag, integer, list} from '../../index.js';
import {mutantOption} from '../../mutants/mutant.js';
import {MUTANTS} from '../../mutants/protect.js';
import {budget, REPAIR_OPTIONS, repairsOf} from '../settings.js';

/** The properties, in the order in which they are named when several fail at once. */
export const PROPERTY_NAMES = [
  'MonotoneMeta',
  'NoResurrection',
  'ReportedImpliesDurable',
  'MonotoneReports',
  'NoMinorityCommit',
  'IdempotentSet',
  'SingleCommander',
  'ExhaustBeforeWaiting',
  'AsksOnce',
  'HearsAll',
  'CommandsResponders',
  'ResultsOfCommanded',
  'RoundsRise',
  'BoundedRounds',
  'EventuallyProtected',
  'EventuallyUnprotected',
  'EventuallyReported',
  'NoLostWakeup',
  'NonInterference',
  'FallbackTerminates',
  'HealConverges',
  'TypeOK',
  'BoundedChannels',
  'FallbackEnds',
] as const;

export type PropertyName = (typeof PROPERTY_NAMES)[number];

export const OPTIONS = {
  hosts: integer({default: 4, min: 3, max: 5, about: 'hosts of the cluster; h1 is primary at first'}),
  ...REPAIR_OPTIONS,
  subsets: choice(SUBSET_RULES, {default: 'any', about: 'which hosts a primary may ask at a time'}),
  topology: choice(['partitions', 'graphs'], {default: 'partitions', about: 'how the storage network may be cut'}),
  vms: integer({default: 1, min: 1, max: 2, about: 'VMs'}),
  views: budget(3, 6, 'changes of the storage network'),
  toggles: budget(2, 6, 'power-ons and power-offs by the user'),
  handovers: budget(0, 3, 'elections of another primary'),
  crashes: budget(0, 3, 'crashes of an HA module; it may restart'),
  'lost-replies': budget(0, 3, 'answers of a storage module that get lost'),
  losses: budget(0, 3, 'messages that get lost'),
  duplicates: budget(0, 3, 'messages and requests that arrive twice'),
  'early-timeouts': budget(0, 3, 'timers that fire although an answer is still to come'),
  only: list(PROPERTY_NAMES, {about: 'properties to check; all that the profile promises if none is named'}),
  premise: flag({about: 'claim instead that what a property is about never comes about, to see that it does'}),
  unreduced: flag({about: 'keep what every future ignores; the same verdict, from far more states'}),
  mutant: mutantOption(MUTANTS),
} as const;

export type ProtectOptions = Chosen<typeof OPTIONS>;

/** What the environment may still do. Each fault spends one. */
export type Budgets = {
  readonly views: number;
  readonly toggles: number;
  readonly handovers: number;
  readonly crashes: number;
  readonly lostReplies: number;
  readonly losses: number;
  readonly duplicates: number;
  readonly earlyTimeouts: number;
};

export const budgetsOf = (options: ProtectOptions): Budgets => ({
  views: options.views,
  toggles: options.toggles,
  handovers: options.handovers,
  crashes: options.crashes,
  lostReplies: options['lost-replies'],
  losses: options.losses,
  duplicates: options.duplicates,
  earlyTimeouts: options['early-timeouts'],
});

const isWhole = (options: ProtectOptions): boolean => REPAIRS.every(repair => repairsOf(options)[repair]);

/** Those that take a graph of all steps. */
const ON_REQUEST: readonly PropertyName[] = ['FallbackEnds'];

/** Those that go by the number of a round. */
const OF_ROUNDS: readonly PropertyName[] = [
  'AsksOnce',
  'HearsAll',
  'CommandsResponders',
  'ResultsOfCommanded',
  'RoundsRise',
];

/**
 * Those that are named, or else those that the profile promises. As claimed, a primary skips hosts on purpose. Where a
 * timer may be early or a message arrive twice, a primary may begin to wait or go on with something of its round under
 * way, or somebody answer twice. Without request ids an answer of any round counts. One VM has none to interfere with.
 * Without all repairs not everything comes to an end, nor together.
 */
export const propertiesOf = (options: ProtectOptions): readonly PropertyName[] => {
  const repairs = repairsOf(options);
  const promised = (name: PropertyName): boolean =>
    !ON_REQUEST.includes(name) &&
    ((name !== 'ExhaustBeforeWaiting' && name !== 'HearsAll') ||
      (options.profile === 'hardened' && options.duplicates + options['early-timeouts'] === 0)) &&
    (!OF_ROUNDS.includes(name) || repairs['request-ids']) &&
    (name !== 'HearsAll' || repairs['every-responder']) &&
    (name !== 'NonInterference' || options.vms > 1) &&
    ((name !== 'FallbackTerminates' && name !== 'HealConverges') || isWhole(options)) &&
    (name !== 'BoundedChannels' || (repairs['request-ids'] && options.duplicates === 0));
  return options.only.length > 0 ? options.only : PROPERTY_NAMES.filter(promised);
};
