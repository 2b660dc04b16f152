import {type Chosen, choice, flag, integer, list} from '../../index.js';
import {MUTANTS} from '../../mutants/election.js';
import {mutantOption} from '../../mutants/mutant.js';
import {budget, REPAIR_OPTIONS} from '../settings.js';

/** The properties, in the order in which they are named when several fail at once. */
export const PROPERTY_NAMES = [
  'OnePrimaryPerTerm',
  'TermsRise',
  'SingleCommander',
  'KnowsItsPrimary',
  'Converges',
  'KnowsWhoRuns',
  'Persists',
  'IsolationResponse',
  'HeedsCandidacies',
  'AsksBeforeWinning',
  'FailedAreSilent',
] as const;

export type PropertyName = (typeof PROPERTY_NAMES)[number];

export const OPTIONS = {
  hosts: integer({default: 3, min: 2, max: 4, about: 'hosts of the cluster'}),
  start: choice(['led', 'fresh'], {default: 'led', about: 'the last host is primary already, or nobody is'}),
  ...REPAIR_OPTIONS,
  topology: choice(['sides', 'links'], {
    default: 'sides',
    about: 'whether the HA network splits into sides only, or any link may be cut by itself',
  }),
  gateway: flag({about: 'hosts may be cut off from the isolation address too'}),
  datastores: flag({about: 'there are heartbeat datastores, and the first host is connected to more of them'}),
  cuts: budget(2, 4, 'changes of the HA network'),
  crashes: budget(0, 3, 'crashes of an HA module, or of its whole host; it may restart'),
  losses: budget(0, 3, 'messages that get lost'),
  'early-timeouts': budget(0, 3, 'secondaries that lose patience with a primary that is well'),
  commands: budget(0, 2, 'commands of a primary'),
  only: list(PROPERTY_NAMES, {about: 'properties to check; all that can hold if none is named'}),
  premise: flag({about: 'claim instead that what a property is about never comes about, to see that it does'}),
  unreduced: flag({about: 'heartbeats that tell nobody anything are sent too; from more states'}),
  mutant: mutantOption(MUTANTS),
} as const;

export type ElectionOptions = Chosen<typeof OPTIONS>;

/** What the environment may still do. Each fault spends one. */
export type Budgets = {
  readonly cuts: number;
  readonly crashes: number;
  readonly losses: number;
  readonly earlyTimeouts: number;
  readonly commands: number;
};

export const budgetsOf = (options: ElectionOptions): Budgets => ({
  cuts: options.cuts,
  crashes: options.crashes,
  losses: options.losses,
  earlyTimeouts: options['early-timeouts'],
  commands: options.commands,
});

/** What is promised only where each side of the network is one that all its hosts see alike. */
const OF_SIDES: readonly PropertyName[] = ['Converges', 'KnowsWhoRuns', 'IsolationResponse'];

/** Where links are cut one by one, no host may hear all others, and nothing is promised but safety. */
export const propertiesOf = ({only, topology}: ElectionOptions): readonly PropertyName[] =>
  only.length > 0 ? only : PROPERTY_NAMES.filter(name => topology === 'sides' || !OF_SIDES.includes(name));
