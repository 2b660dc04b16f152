import {type ITransition, t} from 'typescript-fsm';

/** What a VM is on one host. A stalled VM executes, and its reads and writes do not return. */
export type Power = 'stopped' | 'starting' | 'running' | 'stalled';

/** Why that changes, and where it leads: every trigger has one target. */
export type Target = {
  readonly requested: 'starting';
  readonly granted: 'running';
  readonly denied: 'stopped';
  readonly lost: 'stalled';
  readonly regained: 'running';
  readonly ended: 'stopped';
  readonly received: 'running';
};

export type Trigger = keyof Target;
export type Row = Readonly<ITransition<Power, Trigger, never>>;

const row = <T extends Trigger>(from: Power, trigger: T, to: Target[T]): Row =>
  t<Power, Trigger, never>(from, trigger, to);

/** Every change there is. The runtime, the chart in the spec and the tests all read this table. */
export const ROWS: readonly Row[] = [
  row('stopped', 'requested', 'starting'),
  row('stopped', 'received', 'running'),
  row('starting', 'granted', 'running'),
  row('starting', 'denied', 'stopped'),
  row('starting', 'ended', 'stopped'),
  row('running', 'lost', 'stalled'),
  row('running', 'ended', 'stopped'),
  row('stalled', 'regained', 'running'),
  row('stalled', 'ended', 'stopped'),
];

/** Every other pair, so that an absent row is a decision and not an oversight. */
export const REFUSED: ReadonlyArray<readonly [Power, Trigger, string]> = [
  ['stopped', 'granted', 'nobody asked for the lock'],
  ['stopped', 'denied', 'nobody asked for the lock'],
  ['stopped', 'lost', 'uses no storage'],
  ['stopped', 'regained', 'uses no storage'],
  ['stopped', 'ended', 'does not run'],
  ['starting', 'requested', 'is starting already'],
  ['starting', 'lost', 'uses no storage yet'],
  ['starting', 'regained', 'uses no storage yet'],
  ['starting', 'received', 'is starting here'],
  ['running', 'requested', 'runs already'],
  ['running', 'granted', 'runs already'],
  ['running', 'denied', 'runs already'],
  ['running', 'regained', 'never lost it'],
  ['running', 'received', 'runs already'],
  ['stalled', 'requested', 'runs already'],
  ['stalled', 'granted', 'runs already'],
  ['stalled', 'denied', 'runs already'],
  ['stalled', 'lost', 'has lost it already'],
  ['stalled', 'received', 'runs already'],
];

/** Where a trigger leads, or null where the table refuses it. */
export const next = (power: Power, trigger: Trigger): Power | null =>
  ROWS.find(({fromState, event}) => fromState === power && event === trigger)?.toState ?? null;
