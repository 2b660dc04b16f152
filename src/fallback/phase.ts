import {type ITransition, t} from 'typescript-fsm';

/** Where the primary stands with one VM. */
export type Phase = 'idle' | 'queued' | 'setting' | 'querying' | 'commanding' | 'waiting';

/** A phase in which the primary waits for something, and so has a timer. */
export type BusyPhase = Exclude<Phase, 'idle' | 'queued'>;

/** Why a phase ends, and where it leads: every trigger has one target. */
export type Target = {
  readonly requested: 'setting';
  readonly held: 'queued';
  readonly released: 'setting';
  readonly committed: 'idle';
  readonly outdated: 'idle';
  readonly asked: 'querying';
  readonly commanded: 'commanding';
  readonly resumed: 'querying';
  readonly exhausted: 'waiting';
  readonly spared: 'setting';
  readonly repeated: 'waiting';
  readonly woken: 'setting';
};

export type Trigger = keyof Target;
export type Row = Readonly<ITransition<Phase, Trigger, never>>;

/** A row that leads anywhere but to its trigger's target does not compile. */
const row = <T extends Trigger>(from: Phase, trigger: T, to: Target[T]): Row =>
  t<Phase, Trigger, never>(from, trigger, to);

/** Every change of phase there is. The coordinator, the chart in the spec and the tests all read this table. */
export const ROWS: readonly Row[] = [
  row('idle', 'requested', 'setting'),
  row('idle', 'held', 'queued'),
  row('queued', 'requested', 'setting'),
  row('queued', 'held', 'queued'),
  row('queued', 'released', 'setting'),
  row('setting', 'requested', 'setting'),
  row('setting', 'committed', 'idle'),
  row('setting', 'outdated', 'idle'),
  row('setting', 'asked', 'querying'),
  row('setting', 'exhausted', 'waiting'),
  row('setting', 'spared', 'setting'),
  row('querying', 'requested', 'setting'),
  row('querying', 'asked', 'querying'),
  row('querying', 'commanded', 'commanding'),
  row('querying', 'exhausted', 'waiting'),
  row('querying', 'spared', 'setting'),
  row('commanding', 'requested', 'setting'),
  row('commanding', 'committed', 'idle'),
  row('commanding', 'outdated', 'idle'),
  row('commanding', 'asked', 'querying'),
  row('commanding', 'commanded', 'commanding'),
  row('commanding', 'resumed', 'querying'),
  row('commanding', 'exhausted', 'waiting'),
  row('commanding', 'spared', 'setting'),
  row('waiting', 'requested', 'setting'),
  row('waiting', 'held', 'queued'),
  row('waiting', 'repeated', 'waiting'),
  row('waiting', 'woken', 'setting'),
];

/** Every other pair, so that an absent row is a decision and not an oversight. */
export const REFUSED: ReadonlyArray<readonly [Phase, Trigger, string]> = [
  ['idle', 'released', 'nothing is held'],
  ['idle', 'committed', 'no SET is under way'],
  ['idle', 'outdated', 'no SET is under way'],
  ['idle', 'asked', 'nothing is left to ask for'],
  ['idle', 'commanded', 'nothing is left to command'],
  ['idle', 'resumed', 'no answer is awaited'],
  ['idle', 'exhausted', 'nothing failed'],
  ['idle', 'spared', 'nothing failed'],
  ['idle', 'repeated', 'nobody is registered'],
  ['idle', 'woken', 'waits for nothing'],
  ['queued', 'committed', 'no SET is under way'],
  ['queued', 'outdated', 'no SET is under way'],
  ['queued', 'asked', 'its turn has not come'],
  ['queued', 'commanded', 'nobody has said yes'],
  ['queued', 'resumed', 'no answer is awaited'],
  ['queued', 'exhausted', 'its turn has not come'],
  ['queued', 'spared', 'its turn has not come'],
  ['queued', 'repeated', 'nobody is registered'],
  ['queued', 'woken', 'waits for its turn'],
  ['setting', 'held', 'has its turn'],
  ['setting', 'released', 'has its turn'],
  ['setting', 'commanded', 'nobody has said yes'],
  ['setting', 'resumed', 'nobody has been asked'],
  ['setting', 'repeated', 'nobody is registered'],
  ['setting', 'woken', 'is trying already'],
  ['querying', 'held', 'has its turn'],
  ['querying', 'released', 'has its turn'],
  ['querying', 'committed', 'no SET is under way'],
  ['querying', 'outdated', 'no SET is under way'],
  ['querying', 'resumed', 'never stopped'],
  ['querying', 'repeated', 'nobody is registered'],
  ['querying', 'woken', 'is trying already'],
  ['commanding', 'held', 'has its turn'],
  ['commanding', 'released', 'has its turn'],
  ['commanding', 'repeated', 'nobody is registered'],
  ['commanding', 'woken', 'is trying already'],
  ['waiting', 'released', 'nothing is held'],
  ['waiting', 'committed', 'no SET is under way'],
  ['waiting', 'outdated', 'no SET is under way'],
  ['waiting', 'asked', 'everyone has been asked'],
  ['waiting', 'commanded', 'nobody has said yes'],
  ['waiting', 'resumed', 'no answer is awaited'],
  ['waiting', 'exhausted', 'waits already'],
  ['waiting', 'spared', 'waits already'],
];

/** Where a trigger leads from a phase, or null where the table refuses it. */
export const next = (phase: Phase, trigger: Trigger): Phase | null =>
  ROWS.find(({fromState, event}) => fromState === phase && event === trigger)?.toState ?? null;
