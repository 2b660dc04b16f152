// One host's VM runtime: the hypervisor as far as the protocol relies on it.

import {match, P} from 'ts-pattern';
import type {HostId, VmId} from '../cluster/ids.js';
import {countProblems, judged, type Validation} from '../cluster/validation.js';
import type {NonEmpty} from '../kernel/nonempty.js';
import {ignored, type Outcomes} from '../kernel/outcome.js';
import type {Repairs} from '../profile/repairs.js';
import type {RuleId} from '../rules.js';
import type {Attempt} from '../storage/lock.js';
import type {Ending, LockAnswer, PowerOnRequest, PowerOnResult, RuntimeEffect, RuntimeEvent, Seen} from './events.js';
import {canWrite, type Executing, enter, type Instance, isExecuting} from './instance.js';
import {next, type Power, type Trigger} from './power.js';

/** Fixed for the life of a host. */
export type RuntimeConfig = {
  readonly self: HostId;
  readonly repairs: Repairs;
  /** How many VMs there is room for. The user may exceed it, a primary may not. */
  readonly capacity: number;
  /** What an isolated host does about its VMs. */
  readonly isolationResponse: 'leave' | 'power-off';
  /** What the flag in the namespace object says of a VM whose end could not be written there. */
  readonly cleanByDefault: boolean;
};

/** Doubts the values of a runtime's configuration. */
export const validateRuntime = (config: RuntimeConfig): Validation<RuntimeConfig> =>
  judged(config, countProblems('capacity', config.capacity, 0));

/** The VMs that are starting or execute here, sorted. Nothing of it survives a crash. */
export type RuntimeState = readonly Instance[];

type Decisions = Outcomes<RuntimeState, RuntimeEffect>;

/** Every outcome that the specification allows. Total and pure. */
export const runtimeOutcomes = (config: RuntimeConfig, state: RuntimeState, event: RuntimeEvent): Decisions =>
  match(event)
    .with({type: 'PowerOn'}, ({request}) => onPowerOn(config, state, request))
    .with({type: 'LockAnswered'}, ({vm, answer, seen}) => onLockAnswered(config, state, vm, answer, seen))
    .with({type: 'PowerOff'}, ({vm, generation, seen}) => {
      const {repairs, cleanByDefault} = config;
      const ending = {clean: seen.access.namespace || cleanByDefault, intent: generation};
      const intent: RuntimeEffect = {type: 'WriteIntent', vm, generation};
      return repairs['intent-generation']
        ? end(state, vm, ending, [intent], ['RS-06', 'RS-09'])
        : end(state, vm, ending, [], ['RS-06', 'RS-08']);
    })
    .with({type: 'StorageChanged'}, ({vm, seen}) => onStorageChanged(config, state, vm, seen))
    .with({type: 'GhostDue'}, ({vm, seen}) => {
      const instance = find(state, vm);
      return config.repairs['ghost-kill'] && instance?.power === 'stalled'
        ? end(state, vm, killed(config, seen), [], ['RS-12'])
        : ignored(state, 'RS-17');
    })
    .with({type: 'Isolated'}, ({vm, seen}) =>
      config.isolationResponse === 'power-off'
        ? end(state, vm, killed(config, seen), [], ['RS-15'])
        : ignored(state, 'RS-17'),
    )
    .with({type: 'MigratedIn'}, ({vm, generation, epoch}) =>
      moved(state, vm, 'received', enter.running(vm, generation, epoch), [], ['RS-16']),
    )
    .with({type: 'MigratedOut'}, ({vm}) =>
      isExecuting(find(state, vm)) ? moved(state, vm, 'ended', null, [], ['RS-16']) : ignored(state, 'RS-17'),
    )
    .with({type: 'Crashed'}, (): Decisions => [{state: [], effects: [], rules: ['RS-10']}])
    .exhaustive();

/** A power-on takes the exclusive lock first. */
const onPowerOn = (
  {self, capacity, repairs}: RuntimeConfig,
  state: RuntimeState,
  request: PowerOnRequest,
): Decisions => {
  const {vm} = request;
  const instance = find(state, vm);
  const answered = (result: PowerOnResult, rule: RuleId): Decisions => [
    {state, effects: [{type: 'Answer', request, result}], rules: [rule]},
  ];
  if (instance?.power === 'running') return answered({type: 'ok'}, 'RS-02');
  if (instance !== null) return answered({type: 'locked', holder: self}, 'RS-02');
  if (request.by === 'primary' && state.length >= capacity) return answered({type: 'capacity'}, 'RS-03');
  const attempt = attemptOf(repairs, request);
  return moved(state, vm, 'requested', enter.starting(vm, request), [{type: 'TakeLock', vm, attempt}], ['RS-01']);
};

/** The attempt that a power-on counts in the object, or null where it counts none. */
export const attemptOf = (repairs: Repairs, request: PowerOnRequest): Attempt | null =>
  repairs['shared-attempts'] && request.by === 'primary'
    ? {generation: request.generation, number: request.attempt}
    : null;

const onLockAnswered = (
  {repairs}: RuntimeConfig,
  state: RuntimeState,
  vm: VmId,
  answer: LockAnswer,
  seen: Seen,
): Decisions => {
  const instance = find(state, vm);
  if (instance?.power !== 'starting') return ignored(state, 'RS-17');
  const {request} = instance;
  const deny = (result: PowerOnResult, rule: RuleId): Decisions => {
    const release: readonly RuntimeEffect[] =
      answer.type === 'taken' ? [{type: 'ReleaseLock', vm, epoch: answer.epoch}] : [];
    return moved(state, vm, 'denied', null, [...release, {type: 'Answer', request, result}], [rule]);
  };
  return match(answer)
    .with({type: 'inaccessible'}, () => deny({type: 'inaccessible'}, 'RS-05'))
    .with({type: 'locked'}, ({holder}) => deny({type: 'locked', holder}, 'RS-05'))
    .with({type: 'taken'}, ({epoch}) => {
      if (!seen.access.all) return deny({type: 'inaccessible'}, 'RS-07');
      if (repairs['intent-generation'] && request.by === 'primary' && isOutdated(request, seen)) {
        return deny({type: 'refused'}, 'RS-11');
      }
      const {generation} = request;
      const cleared: readonly RuntimeEffect[] =
        attemptOf(repairs, request) === null ? [] : [{type: 'ClearAttempts', vm, epoch}];
      const effects: readonly RuntimeEffect[] = [...cleared, {type: 'Answer', request, result: {type: 'ok'}}];
      return moved(state, vm, 'granted', enter.running(vm, generation, epoch), effects, ['RS-04']);
    })
    .exhaustive();
};

/**
 * The object says that the VM is not to be restarted, or that the user has wanted something else since. What it says of
 * an older generation counts no more: the platform may have told the primary of a newer one that is not committed yet.
 */
const isOutdated = ({generation}: PowerOnRequest, {home}: Seen): boolean =>
  home === null || home.generation > generation || (home.generation === generation && home.value === 'unprotected');

/** Access lost or regained; a lock that another host has taken; a lock that is held for nothing. */
const onStorageChanged = (config: RuntimeConfig, state: RuntimeState, vm: VmId, seen: Seen): Decisions => {
  const {self, repairs} = config;
  const {home, access} = seen;
  const instance = find(state, vm);
  if (instance === null) {
    return home?.lock.holder === self
      ? [{state, effects: [{type: 'ReleaseLock', vm, epoch: home.lock.epoch}], rules: ['RS-13']}]
      : ignored(state, 'RS-17');
  }
  if (!isExecuting(instance)) return ignored(state, 'RS-17');
  const isMine = home === null || (home.lock.holder === self && home.lock.epoch === instance.epoch);
  if (repairs['ghost-kill'] && !isMine) return end(state, vm, killed(config, seen), [], ['RS-14']);
  const works = access.all && canWrite(repairs, instance, self, seen);
  return match({power: instance.power, works})
    .with({power: 'running', works: false}, () => stall(repairs, state, instance))
    .with({power: 'stalled', works: true}, () => {
      const effects: readonly RuntimeEffect[] = repairs['ghost-kill'] ? [{type: 'CancelGhostTimer', vm}] : [];
      const resumed = enter.running(vm, instance.generation, instance.epoch);
      const rule = repairs['write-fencing'] ? 'RS-18' : 'RS-19';
      return moved(state, vm, 'regained', resumed, effects, [rule]);
    })
    .with({power: P.union('running', 'stalled')}, () => ignored(state, 'RS-17'))
    .exhaustive();
};

const stall = (repairs: Repairs, state: RuntimeState, instance: Executing): Decisions => {
  const {vm} = instance;
  const effects: readonly RuntimeEffect[] = repairs['ghost-kill'] ? [{type: 'SetGhostTimer', vm}] : [];
  return moved(state, vm, 'lost', enter.stalled(instance), effects, ['RS-20']);
};

/** A kill is written as not clean where the namespace object can be written, and else the flag stays as it was. */
const killed = ({cleanByDefault}: RuntimeConfig, {access}: Seen): Ending => ({
  clean: !access.namespace && cleanByDefault,
  intent: null,
});

/** Ends the instance, if there is one, and tells the primary how. */
const end = (
  state: RuntimeState,
  vm: VmId,
  ending: Ending,
  before: readonly RuntimeEffect[],
  rules: NonEmpty<RuleId>,
): Decisions => {
  const instance = find(state, vm);
  if (instance === null) return before.length === 0 ? ignored(state, 'RS-17') : [{state, effects: before, rules}];
  const release: readonly RuntimeEffect[] = isExecuting(instance)
    ? [{type: 'ReleaseLock', vm, epoch: instance.epoch}]
    : [{type: 'Answer', request: instance.request, result: {type: 'failed'}}];
  return moved(state, vm, 'ended', null, [...before, ...release, {type: 'Ended', vm, ending}], rules);
};

const find = (state: RuntimeState, vm: VmId): Instance | null => state.find(instance => instance.vm === vm) ?? null;

/** The only way to change what a VM is here: along a row of the table; what the table refuses is ignored (RS-17). */
const moved = (
  state: RuntimeState,
  vm: VmId,
  trigger: Trigger,
  to: Instance | null,
  effects: readonly RuntimeEffect[],
  rules: NonEmpty<RuleId>,
): Decisions => {
  const from: Power = find(state, vm)?.power ?? 'stopped';
  if (next(from, trigger) === null) return ignored(state, 'RS-17');
  const others = state.filter(instance => instance.vm !== vm);
  return [{state: to === null ? others : [...others, to].sort(byVm), effects, rules}];
};

const byVm = (a: Instance, b: Instance): number => (a.vm < b.vm ? -1 : 1);
