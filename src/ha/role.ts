import {type ITransition, t} from 'typescript-fsm';

/** What an HA module is to the others. How a secondary gets elected is not part of this table. */
export type Role = 'primary' | 'secondary' | 'down';
export type Trigger = 'elected' | 'superseded' | 'crashed' | 'restarted';
export type Row = Readonly<ITransition<Role, Trigger, never>>;

/** Every change of role there is. The module, the chart in the spec and the tests all read this table. */
export const ROWS: readonly Row[] = [
  t('secondary', 'elected', 'primary'),
  t('secondary', 'superseded', 'secondary'),
  t('secondary', 'crashed', 'down'),
  t('primary', 'superseded', 'secondary'),
  t('primary', 'crashed', 'down'),
  t('down', 'restarted', 'secondary'),
];

/** Every other pair, so that an absent row is a decision and not an oversight. */
export const REFUSED: ReadonlyArray<readonly [Role, Trigger, string]> = [
  ['secondary', 'restarted', 'is up'],
  ['primary', 'elected', 'steps down first'],
  ['primary', 'restarted', 'is up'],
  ['down', 'elected', 'takes no part in an election'],
  ['down', 'superseded', 'hears nothing'],
  ['down', 'crashed', 'is down'],
];

/** Where a trigger leads from a role, or null where the table refuses it. */
export const next = (role: Role, trigger: Trigger): Role | null =>
  ROWS.find(({fromState, event}) => fromState === role && event === trigger)?.toState ?? null;
