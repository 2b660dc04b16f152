// The storage contract of a VM's namespace object: the register of its protection state, the lock of whoever runs it,
// and which object it is.

import {match, P} from 'ts-pattern';
import {type Epoch, epoch, type Generation, generation, type HostId, type Identity} from '../cluster/ids.js';
import {append, mapAll, type NonEmpty} from '../kernel/nonempty.js';
import type {Outcome, Outcomes} from '../kernel/outcome.js';
import type {RuleId} from '../rules.js';
import {isAccessible} from './accessibility.js';
import {type Lock, type LockCall, type LockResult, lockOutcome} from './lock.js';
import {created, type Register, type RegisterConfig, type SetRequest, type SetResult, setOutcomes} from './register.js';

/** The state of one VM's namespace object, as the contract has it. */
export type NamespaceObject = {
  /** A VM that is created anew has another object, with the next identity. */
  readonly identity: Identity;
  readonly register: Register;
  readonly lock: Lock;
  /** How many attempts of a primary at starting the VM have taken the lock since it ran last, as counted here. */
  readonly attempts: number;
};

/** What is asked of one VM's object. `identity` is that of the object the caller means. CLEAR is SET unprotected. */
export type ObjectCall = {readonly identity: Identity} & (
  | ({readonly type: 'Set'} & SetRequest)
  | {readonly type: 'Create'}
  | LockCall
);

/** `failed` and whatever else is not `ok` is definite: nothing was changed, and nothing will be. */
export type CallResult = SetResult | LockResult;

/** The answer to a call; `epoch` is the lock's, afterwards. An outcome without it is an answer that got lost. */
export type Answer = {readonly type: 'Answer'; readonly result: CallResult; readonly epoch: Epoch};

type Decisions = Outcomes<NamespaceObject, Answer>;

/** The object as a VM is created with it. Its generations are counted from 0, and nobody holds its lock. */
export const createdObject = (layout: RegisterConfig['layout'], identity: Identity): NamespaceObject => ({
  identity,
  register: created(layout, generation(0)),
  lock: {holder: null, epoch: epoch(0)},
  attempts: 0,
});

/** A call on a host whose storage module reaches these hosts. */
export const callOutcomes = (
  config: RegisterConfig,
  object: NamespaceObject,
  reachable: readonly HostId[],
  call: ObjectCall,
): Decisions => {
  const {layout, repairs} = config;
  if (!isAccessible(layout, object.register.current, reachable)) return answered(object, 'failed', ['ST-01']);
  if (call.type === 'Create') return onCreate(config, object, reachable, call.identity);
  if (repairs['object-identity'] && call.identity !== object.identity) return answered(object, 'stale', ['ST-08']);
  return match(call)
    .with({type: 'Set'}, ({value, generation}) =>
      mapAll(
        setOutcomes(config, object.register, reachable, {value, generation}),
        ({state: register, effects, rules}): Outcome<NamespaceObject, Answer> => ({
          state: written(object, register),
          effects: effects.map(({result}) => ({type: 'Answer', result, epoch: object.lock.epoch})),
          rules: written(object, register).attempts < object.attempts ? [...rules, 'ST-14'] : rules,
        }),
      ),
    )
    .with({type: P.union('TakeLock', 'ReleaseLock', 'ClearAttempts', 'Write')}, lockCall => {
      const {lock, result, rule} = lockOutcome(object.lock, reachable, lockCall);
      const {register} = object;
      const current = reached(register, reachable);
      const {attempts, rules} = counted(object, lockCall, result);
      const isSame = lock === object.lock && attempts === object.attempts;
      const after = isSame ? object : {...object, register: {...register, current}, lock, attempts};
      return answered(after, result, [rule, ...rules]);
    })
    .exhaustive();
};

/** Attempts are counted for one generation of the protection state: another one begins at 0 (ST-14). */
const written = (object: NamespaceObject, register: Register): NamespaceObject =>
  register === object.register
    ? object
    : {...object, register, attempts: register.generation === object.register.generation ? object.attempts : 0};

/**
 * Whoever takes the lock for an attempt counts it in the same write (LK-07): no crash comes between. Of two primaries
 * that try at the same time none takes back what the other has counted, nor does a late command of one that is gone.
 */
const counted = (
  {register, attempts}: NamespaceObject,
  call: LockCall,
  result: LockResult,
): {readonly attempts: number; readonly rules: readonly RuleId[]} => {
  if (result !== 'ok') return {attempts, rules: []};
  if (call.type === 'ClearAttempts') return {attempts: 0, rules: []};
  if (call.type !== 'TakeLock' || call.attempt?.generation !== register.generation) return {attempts, rules: []};
  return {attempts: Math.max(attempts, call.attempt.number + 1), rules: ['LK-07']};
};

/** The components that are written, and so current from then on. */
const reached = ({current}: Register, reachable: readonly HostId[]): readonly HostId[] =>
  current.filter(host => reachable.includes(host));

const onCreate = (
  {layout}: RegisterConfig,
  object: NamespaceObject,
  reachable: readonly HostId[],
  identity: Identity,
): Decisions => {
  if (identity <= object.identity) return answered(object, 'stale', ['ST-09']);
  const fresh = createdObject(layout, identity);
  const {generation} = object.register;
  const register = {...fresh.register, generation, current: reached(object.register, reachable)};
  const lock = {...fresh.lock, epoch: object.lock.epoch};
  return answered({...fresh, register, lock}, 'ok', ['ST-10']);
};

/** Any answer may get lost on its way to the caller, who then knows nothing (ST-05). */
const answered = (object: NamespaceObject, result: CallResult, rules: NonEmpty<RuleId>): Decisions => {
  const told: Outcome<NamespaceObject, Answer> = {
    state: object,
    effects: [{type: 'Answer', result, epoch: object.lock.epoch}],
    rules,
  };
  return [told, {state: object, effects: [], rules: append(rules, 'ST-05')}];
};

/** What GET tells of a VM. */
export type Reading = {
  readonly identity: Identity;
  readonly value: Register['value'];
  readonly generation: Generation;
  readonly attempts: number;
};

/** What GET tells of this object. */
export const readingOf = ({identity, register: {value, generation}, attempts}: NamespaceObject): Reading => ({
  identity,
  value,
  generation,
  attempts,
});

/** What GET answers; null: nothing, as if there were no such VM. */
export type ReadEffect = {readonly type: 'Read'; readonly reading: Reading | null};

/** GET, on a host whose own replica of the directory was brought up to date last with `cached`. Nothing is changed. */
export const getOutcomes = (
  {layout}: RegisterConfig,
  object: NamespaceObject,
  reachable: readonly HostId[],
  cached: Reading,
): Outcomes<NamespaceObject, ReadEffect> => {
  const reads = (reading: Reading | null, rule: RuleId): Outcome<NamespaceObject, ReadEffect> => ({
    state: object,
    effects: [{type: 'Read', reading}],
    rules: [rule],
  });
  return isAccessible(layout, object.register.current, reachable)
    ? [reads(readingOf(object), 'ST-11'), reads(cached, 'ST-13')]
    : [reads(null, 'ST-12')];
};
