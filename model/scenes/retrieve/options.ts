import {type Chosen, choice, flag, integer, list} from '../../index.js';
import {mutantOption} from '../../mutants/mutant.js';
import {MUTANTS} from '../../mutants/retrieve.js';
import {budget, REPAIR_OPTIONS} from '../settings.js';

export const PROPERTY_NAMES = ['MonotoneKnowledge', 'MasterLearns'] as const;

export type PropertyName = (typeof PROPERTY_NAMES)[number];

export const OPTIONS = {
  hosts: integer({default: 3, min: 3, max: 4, about: 'hosts of the cluster; h1 is primary at first'}),
  ...REPAIR_OPTIONS,
  views: budget(1, 4, 'changes of the storage network'),
  commits: budget(2, 4, 'SETs that are committed'),
  writer: choice(['anyone', 'primary'], {
    default: 'anyone',
    about:
      'whose: anyone, for example a primary beyond a cut of the HA network, or the primary, who knows what it wrote',
  }),
  handovers: budget(1, 3, 'elections of another primary, the one before having crashed'),
  losses: budget(0, 3, 'messages that get lost'),
  premise: flag({about: 'claim instead that what a property is about never comes about, to see that it does'}),
  unreduced: flag({about: 'keep what every future ignores; the same verdict, from far more states'}),
  mutant: mutantOption(MUTANTS),
  only: list(PROPERTY_NAMES, {about: 'properties to check; all if none is named'}),
} as const;

export type RetrieveOptions = Chosen<typeof OPTIONS>;

export const propertiesOf = ({only}: RetrieveOptions): readonly PropertyName[] =>
  only.length > 0 ? only : PROPERTY_NAMES;

/** What the environment may still do. Each fault spends one. */
export type Budgets = {
  readonly views: number;
  readonly commits: number;
  readonly handovers: number;
  readonly losses: number;
};
