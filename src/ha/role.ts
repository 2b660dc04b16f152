import {type ITransition, t} from 'typescript-fsm';

/** What an HA module is to the others. */
export type Role = 'electing' | 'primary' | 'secondary' | 'isolated' | 'down';

/** Why a role ends, and where it leads: every trigger has one target. */
type Target = {
  readonly silenced: 'electing';
  readonly called: 'electing';
  readonly rejoined: 'electing';
  readonly elected: 'primary';
  readonly followed: 'secondary';
  readonly superseded: 'secondary';
  readonly cutOff: 'isolated';
  readonly crashed: 'down';
  readonly restarted: 'secondary';
};

export type Trigger = keyof Target;
export type Row = Readonly<ITransition<Role, Trigger, never>>;

const row = <T extends Trigger>(from: Role, trigger: T, to: Target[T]): Row =>
  t<Role, Trigger, never>(from, trigger, to);

/** Every change of role there is. The module, the chart in the spec and the tests all read this table. */
export const ROWS: readonly Row[] = [
  row('electing', 'elected', 'primary'),
  row('electing', 'followed', 'secondary'),
  row('electing', 'superseded', 'secondary'),
  row('electing', 'silenced', 'electing'),
  row('electing', 'cutOff', 'isolated'),
  row('electing', 'crashed', 'down'),
  row('primary', 'superseded', 'secondary'),
  row('primary', 'cutOff', 'isolated'),
  row('primary', 'crashed', 'down'),
  row('secondary', 'elected', 'primary'),
  row('secondary', 'superseded', 'secondary'),
  row('secondary', 'silenced', 'electing'),
  row('secondary', 'called', 'electing'),
  row('secondary', 'crashed', 'down'),
  row('isolated', 'followed', 'secondary'),
  row('isolated', 'superseded', 'secondary'),
  row('isolated', 'called', 'electing'),
  row('isolated', 'rejoined', 'electing'),
  row('isolated', 'crashed', 'down'),
  row('down', 'restarted', 'secondary'),
];

/** Every other pair, so that an absent row is a decision and not an oversight. */
export const REFUSED: ReadonlyArray<readonly [Role, Trigger, string]> = [
  ['electing', 'called', 'takes part already'],
  ['electing', 'rejoined', 'was not isolated'],
  ['electing', 'restarted', 'is up'],
  ['primary', 'silenced', 'follows nobody'],
  ['primary', 'called', 'answers with its claim'],
  ['primary', 'rejoined', 'was not isolated'],
  ['primary', 'elected', 'steps down first'],
  ['primary', 'followed', 'nobody else has its term'],
  ['primary', 'restarted', 'is up'],
  ['secondary', 'rejoined', 'was not isolated'],
  ['secondary', 'followed', 'learns whom it follows, and stays what it is'],
  ['secondary', 'cutOff', 'stands for election first'],
  ['secondary', 'restarted', 'is up'],
  ['isolated', 'silenced', 'follows nobody'],
  ['isolated', 'elected', 'stands for election first'],
  ['isolated', 'cutOff', 'is isolated already'],
  ['isolated', 'restarted', 'is up'],
  ['down', 'silenced', 'hears nothing'],
  ['down', 'called', 'hears nothing'],
  ['down', 'rejoined', 'hears nothing'],
  ['down', 'elected', 'takes no part in an election'],
  ['down', 'followed', 'hears nothing'],
  ['down', 'superseded', 'hears nothing'],
  ['down', 'cutOff', 'hears nothing'],
  ['down', 'crashed', 'is down'],
];

/** Where a trigger leads from a role, or null where the table refuses it. */
export const next = (role: Role, trigger: Trigger): Role | null =>
  ROWS.find(({fromState, event}) => fromState === role && event === trigger)?.toState ?? null;
