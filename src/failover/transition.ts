import type {HostId, Term, VmId} from '../cluster/ids.js';
import type {NonEmpty} from '../kernel/nonempty.js';
import {toEach} from '../kernel/orders.js';
import type {Outcome, Outcomes} from '../kernel/outcome.js';
import {difference} from '../kernel/sorted.js';
import type {RuleId} from '../rules.js';
import type {FailoverConfig} from './config.js';
import type {Entry, Memory} from './entry.js';
import type {FailoverEffect} from './events.js';
import type {AttemptId, Standing} from './messages.js';
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

export type Orchestrated = Outcome<Entry, FailoverEffect>;
export type Orchestration = Outcomes<Entry, FailoverEffect>;

/** The id that an attempt's requests carry and their answers echo. */
export const attemptIdOf = ({term}: Primary, {vm, generation, attempts}: Memory): AttemptId => ({
  term,
  vm,
  generation,
  attempt: attempts,
});

/** The hosts worth asking: all that are not known to have failed, this one among them. */
export const reachable = ({config, gone}: Primary): readonly HostId[] => difference(config.hosts, gone);

/** Whether the VM can be started where this was said. Without the repair, nobody looks at the lock before trying. */
export const isPlaceable = ({config}: Pick<Primary, 'config'>, {accessible, holder}: Standing): boolean =>
  accessible && (holder === null || !config.repairs['lock-registration']);

export const isStored = ({config}: Primary, {vm}: Memory): boolean =>
  config.plans.find(plan => plan.vm === vm)?.stored ?? true;

/** Whether this very VM can be started where this was said, if there is room: what is not in the store always can. */
export const isPlace = (primary: Primary, memory: Memory, standing: Standing): boolean =>
  isPlaceable(primary, standing) || !isStored(primary, memory);

/**
 * The only way to change stage: along a row of the table; what the table refuses is ignored (FO-34). A delay's timer
 * runs exactly while the VM is delayed.
 */
export const moved = <T extends Trigger>(
  from: Entry,
  trigger: T,
  to: Entry & {readonly stage: Target[T]},
  effects: readonly FailoverEffect[],
  rules: NonEmpty<RuleId>,
): Orchestrated =>
  next(from.stage, trigger) === null
    ? {state: from, effects: [], rules: ['FO-34']}
    : {state: to, effects: [...timer('CancelTimer', from), ...effects, ...timer('SetTimer', to)], rules};

const timer = (type: 'CancelTimer' | 'SetTimer', {stage, vm, attempts}: Entry): readonly FailoverEffect[] =>
  stage === 'delayed' ? [{type, timer: {type: 'Failover', vm, attempt: attempts}}] : [];

/** A registration with every host that is up: say when the VM can be started on yours. Who publishes needs none. */
export const registrations = (
  primary: Primary,
  memory: Memory,
  wanted: {readonly capacity: boolean; readonly level: boolean},
  hosts: readonly HostId[] = reachable(primary),
): readonly FailoverEffect[] =>
  primary.config.placement === 'publish'
    ? []
    : toEach(hosts, {type: 'PlaceRegister', ...attemptIdOf(primary, memory), wanted: {...wanted}});
