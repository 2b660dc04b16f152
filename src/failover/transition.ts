import {match, P} from 'ts-pattern';
import {type HostId, nextRound, type Term, type VmId} from '../cluster/ids.js';
import type {RequestId} from '../cluster/request.js';
import type {NonEmpty} from '../kernel/nonempty.js';
import type {Outcome} from '../kernel/outcome.js';
import {difference} from '../kernel/sorted.js';
import type {RuleId} from '../rules.js';
import type {FailoverConfig} from './config.js';
import type {Entry, Memory} from './entry.js';
import type {FailoverEffect, FailoverTimer} from './events.js';
import type {Standing} from './messages.js';
import {next, type Target, type Trigger} from './stage.js';

/** Who orchestrates, in which term, and which hosts it takes to have failed. */
export type Primary = {
  readonly config: FailoverConfig;
  readonly term: Term;
  /** The hosts that liveness does not call running, sorted. */
  readonly gone: readonly HostId[];
  /** What each host has published last, sorted by VM, then host; empty where places are not published. */
  readonly published: readonly Published[];
};

/** How a VM stands on a host, as that host has published. */
export type Published = {readonly vm: VmId; readonly host: HostId; readonly standing: Standing};

/** `anew`: what is published of the VM is forgotten, so that what is so already is news when it is said again. */
export type Orchestrated = Outcome<Entry, FailoverEffect> & {readonly anew?: boolean};
export type Orchestration = NonEmpty<Orchestrated>;

/** The id that a round's requests carry and their answers echo. */
export const requestIdOf = ({term}: Primary, {vm, generation, round}: Memory): RequestId => ({
  term,
  vm,
  generation,
  round,
});

/** The memory as something is begun anew: no answer to what was asked before counts any more. */
export const renewed = <M extends Memory>(memory: M): M => ({...memory, round: nextRound(memory.round)});

/** The hosts worth asking: all that are not known to have failed, this one among them. */
export const reachable = ({config, gone}: Primary): readonly HostId[] => difference(config.hosts, gone);

/** Whether the VM can be started where this was said. Without the repair, nobody looks at the lock before trying. */
export const isPlaceable = ({config}: Pick<Primary, 'config'>, {accessible, holder}: Standing): boolean =>
  accessible && (holder === null || !config.repairs['lock-registration']);

export const isStored = ({config}: Pick<Primary, 'config'>, {vm}: Pick<Memory, 'vm'>): boolean =>
  config.plans.find(plan => plan.vm === vm)?.stored ?? true;

/** Whether this very VM can be started where this was said, if there is room: what is not in the store always can. */
export const isPlace = (within: Pick<Primary, 'config'>, memory: Pick<Memory, 'vm'>, standing: Standing): boolean =>
  isPlaceable(within, standing) || !isStored(within, memory);

/**
 * The only way to change stage: along a row of the table; what the table refuses is ignored (FO-34). The timer of a
 * stage runs exactly while the VM is in it.
 */
export const moved = <T extends Trigger>(
  {config}: Pick<Primary, 'config'>,
  from: Entry,
  trigger: T,
  to: Entry & {readonly stage: Target[T]},
  effects: readonly FailoverEffect[],
  rules: NonEmpty<RuleId>,
): Orchestrated =>
  next(from.stage, trigger) === null
    ? {state: from, effects: [], rules: ['FO-34']}
    : {
        state: to,
        effects: [...timers(config, 'CancelTimer', from), ...effects, ...timers(config, 'SetTimer', to)],
        rules,
      };

const timers = (config: FailoverConfig, type: 'CancelTimer' | 'SetTimer', entry: Entry): readonly FailoverEffect[] => {
  const timer = timerOf(config, entry);
  return timer === null ? [] : [{type, timer}];
};

/**
 * The timer that runs for a VM in its stage, or null. What may be lost is waited for, or repeated, only with the repair
 * (FO-53 to FO-55).
 */
export const timerOf = (config: Pick<FailoverConfig, 'repairs' | 'placement'>, entry: Entry): FailoverTimer | null => {
  const {vm, round, attempts: attempt} = entry;
  const stage = timedStage(config, entry);
  return stage === null ? null : {type: 'Failover', vm, stage, round, attempt};
};

const timedStage = (
  {repairs, placement}: Pick<FailoverConfig, 'repairs' | 'placement'>,
  entry: Entry,
): FailoverTimer['stage'] | null => {
  const timed = match(entry)
    .with({stage: P.union('delayed', 'starting')}, ({stage}) => stage)
    .with({stage: 'placing'}, ({stage, awaited}) => (awaited.length > 0 ? stage : null))
    .with({stage: P.union('lacking', 'waiting', 'exhausted')}, ({stage}) => (placement === 'publish' ? null : stage))
    .otherwise(() => null);
  return repairs.timeouts || timed === 'delayed' ? timed : null;
};
