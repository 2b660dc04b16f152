import {type ITransition, t} from 'typescript-fsm';

/**
 * Where the primary stands with one protected VM. A VM that is queued, placing, starting, delayed or lacking is on the
 * restart list; one that is waiting or exhausted is on the wait list. So it is on one list at most.
 */
export type Stage =
  | 'watched'
  | 'checking'
  | 'queued'
  | 'placing'
  | 'starting'
  | 'rechecking'
  | 'delayed'
  | 'lacking'
  | 'waiting'
  | 'exhausted';

/** Why a stage ends, and where it leads: every trigger has one target. */
export type Target = {
  readonly settled: 'watched';
  readonly chosen: 'checking';
  readonly listed: 'queued';
  readonly turned: 'placing';
  readonly commanded: 'starting';
  readonly failed: 'rechecking';
  readonly postponed: 'delayed';
  readonly crowded: 'lacking';
  readonly denied: 'waiting';
  readonly spent: 'exhausted';
};

export type Trigger = keyof Target;
export type Row = Readonly<ITransition<Stage, Trigger, never>>;

const row = <T extends Trigger>(from: Stage, trigger: T, to: Target[T]): Row =>
  t<Stage, Trigger, never>(from, trigger, to);

/** Every change of stage there is. The orchestrator, the chart in the spec and the tests all read this table. */
export const ROWS: readonly Row[] = [
  row('watched', 'settled', 'watched'),
  row('watched', 'chosen', 'checking'),
  row('watched', 'listed', 'queued'),
  row('watched', 'spent', 'exhausted'),
  row('checking', 'settled', 'watched'),
  row('checking', 'listed', 'queued'),
  row('checking', 'denied', 'waiting'),
  row('queued', 'settled', 'watched'),
  row('queued', 'turned', 'placing'),
  row('placing', 'settled', 'watched'),
  row('placing', 'commanded', 'starting'),
  row('placing', 'crowded', 'lacking'),
  row('placing', 'denied', 'waiting'),
  row('starting', 'settled', 'watched'),
  row('starting', 'failed', 'rechecking'),
  row('starting', 'postponed', 'delayed'),
  row('starting', 'crowded', 'lacking'),
  row('starting', 'spent', 'exhausted'),
  row('rechecking', 'settled', 'watched'),
  row('rechecking', 'postponed', 'delayed'),
  row('rechecking', 'denied', 'waiting'),
  row('rechecking', 'spent', 'exhausted'),
  row('delayed', 'settled', 'watched'),
  row('delayed', 'listed', 'queued'),
  row('lacking', 'settled', 'watched'),
  row('lacking', 'listed', 'queued'),
  row('waiting', 'settled', 'watched'),
  row('waiting', 'listed', 'queued'),
  row('exhausted', 'settled', 'watched'),
  row('exhausted', 'listed', 'queued'),
];

const refused = (
  trigger: Trigger,
  reason: string,
  ...stages: readonly Stage[]
): ReadonlyArray<readonly [Stage, Trigger, string]> => stages.map(stage => [stage, trigger, reason]);

const LISTED: readonly Stage[] = ['checking', 'queued', 'placing', 'starting', 'rechecking', 'delayed', 'lacking'];

/** Every other pair, so that an absent row is a decision and not an oversight. */
export const REFUSED: ReadonlyArray<readonly [Stage, Trigger, string]> = [
  ...refused('chosen', 'is to be restarted already', ...LISTED, 'waiting', 'exhausted'),
  ...refused('listed', 'is on the restart list', 'queued', 'placing', 'starting', 'rechecking'),
  ...refused('turned', 'is not queued', 'watched', 'checking', 'starting', 'rechecking', 'delayed', 'lacking'),
  ...refused('turned', 'is not queued', 'placing', 'waiting', 'exhausted'),
  ...refused('commanded', 'no host is sought', 'watched', 'checking', 'queued', 'starting', 'rechecking', 'delayed'),
  ...refused('commanded', 'no host is sought', 'lacking', 'waiting', 'exhausted'),
  ...refused('failed', 'no power-on is under way', 'watched', 'checking', 'queued', 'placing', 'rechecking'),
  ...refused('failed', 'no power-on is under way', 'delayed', 'lacking', 'waiting', 'exhausted'),
  ...refused('postponed', 'nothing failed', 'watched', 'checking', 'queued', 'placing', 'delayed', 'lacking'),
  ...refused('postponed', 'nothing failed', 'waiting', 'exhausted'),
  ...refused('crowded', 'nobody was asked for room', 'watched', 'checking', 'queued', 'rechecking', 'delayed'),
  ...refused('crowded', 'nobody was asked for room', 'lacking', 'waiting', 'exhausted'),
  ...refused('denied', 'nobody was asked for access', 'watched', 'queued', 'starting', 'delayed', 'lacking'),
  ...refused('denied', 'waits already', 'waiting', 'exhausted'),
  ...refused('spent', 'no attempt has failed', 'checking', 'queued', 'placing', 'delayed', 'lacking'),
  ...refused('spent', 'no attempt has failed', 'waiting', 'exhausted'),
];

/** Where a trigger leads from a stage, or null where the table refuses it. */
export const next = (stage: Stage, trigger: Trigger): Stage | null =>
  ROWS.find(({fromState, event}) => fromState === stage && event === trigger)?.toState ?? null;
