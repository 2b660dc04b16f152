// One host: HA module, storage module and VM runtime. Whatever they call on each other runs to completion in one step.
// Where a module may do one of several things, so may the host.

import {match, P} from 'ts-pattern';
import {flatMapAll, mapAll, type NonEmpty, nonEmpty} from '../kernel/nonempty.js';
import type {Outcomes} from '../kernel/outcome.js';
import type {Policy} from '../policy/policies.js';
import type {RuleId} from '../rules.js';
import type {HostConfig} from './config.js';
import type {HostEffect, HostEvent, HostTimer} from './events.js';
import {haTurn, received, reporting} from './ha.js';
import {MODULES, type Modules, pickedBy} from './modules.js';
import {absences, notices, type Told, toldOf} from './notices.js';
import {cite, type Input, type Progress} from './progress.js';
import {runtimeTurn} from './runtime.js';
import {localOf, seenOf} from './sight.js';
import {type ComposedState, downHost, durableOf, firstHostDurable, type HostDurable} from './state.js';
import {storageTurn} from './storage.js';

/** What a host may do about an event: the next state, what it orders, and the rules that allow it. */
export type HostRelation = (
  config: HostConfig,
  state: ComposedState,
  event: HostEvent,
) => Outcomes<ComposedState, HostEffect>;

/** The relation of a whole host that is composed of these modules. Total and pure if they are. */
export const composedOf =
  (modules: Modules): HostRelation =>
  (config, state, event) =>
    mapAll(stepped(modules, config, state, event), ({state: after, effects, rules}) => ({
      state: after,
      effects,
      rules: nonEmpty(rules) ?? ['HO-10'],
    }));

/** Every outcome that the specification allows a host, for any event that the types allow, at any time. */
export const hostOutcomes: HostRelation = composedOf(MODULES);

/** What a host does about one event. */
export type HostStep = {
  readonly host: Host;
  /** In the order in which they are to be carried out. */
  readonly effects: readonly HostEffect[];
  /** The rules that allow it, each once. */
  readonly rules: NonEmpty<RuleId>;
};

/** A host at one moment. It never changes: a step returns the next one. */
export type Host = {
  readonly state: ComposedState;
  /** What is to be kept over a crash. */
  readonly durable: HostDurable;
  /** Total and pure: any well-typed event, at any time. */
  readonly step: (event: HostEvent) => HostStep;
};

/**
 * A host that is down, and begins with `Restarted`. The policy picks one of what the specification allows, for every
 * module. Without `durable` it has never run before; `validateHost` says whether the configuration is sound.
 */
export const createHost = (config: HostConfig, policy: Policy, durable: HostDurable = firstHostDurable(config)): Host =>
  hostAt(config, policy, downHost(durable));

/** A host in a given state, such as one that was written as JSON. */
export const hostAt = (config: HostConfig, policy: Policy, state: ComposedState): Host =>
  standing(composedOf(pickedBy(policy)), config, state);

/** Where every module has one outcome, so has the host. */
const standing = (outcomes: HostRelation, config: HostConfig, state: ComposedState): Host => ({
  state,
  durable: durableOf(state),
  step: event => {
    const [{state: after, effects, rules}] = outcomes(config, state, event);
    return {host: standing(outcomes, config, after), effects, rules};
  },
});

const stepped = (modules: Modules, config: HostConfig, before: ComposedState, event: HostEvent): NonEmpty<Progress> => {
  const begun: Progress = {state: before, inputs: [], effects: [], rules: []};
  if (before.storage.role === 'down' && event.type !== 'Restarted') return [cite(begun, 'HO-20')];
  const opened = {...begun, inputs: opening(config, before, event)};
  const told = toldOf(config, before);
  if (event.type === 'Crashed') {
    return mapAll(completed(modules, config, cite(opened, 'HO-20'), told), crashed => ({
      ...crashed,
      state: {...crashed.state, pending: [], ended: []},
      effects: [],
    }));
  }
  const fired = event.type === 'TimerFired' && event.timer.type === 'Absence' ? event.timer.object : null;
  return mapAll(completed(modules, config, opened, told), at =>
    persisting(before, absences(config, before, at, fired)),
  );
};

/** Until nobody has anything left to do, and nobody has anything new to be told. */
const completed = (modules: Modules, config: HostConfig, at: Progress, told: Told): NonEmpty<Progress> => {
  const [next, ...inputs] = at.inputs;
  if (next === undefined) return [at];
  return flatMapAll(turn(modules, config, {...at, inputs}, next), after =>
    after.inputs.length > 0 || after.state.storage.role === 'down'
      ? completed(modules, config, after, told)
      : completed(modules, config, notices(config, told, after), toldOf(config, after.state)),
  );
};

const turn = (modules: Modules, config: HostConfig, at: Progress, input: Input): NonEmpty<Progress> =>
  match(input)
    .with({to: 'ha'}, ({event}) => haTurn(modules, config, at, event(at.state)))
    .with({to: 'storage'}, ({event}) => storageTurn(modules, config, at, event))
    .with({to: 'runtime'}, ({event}) => runtimeTurn(modules, config, at, event(at.state)))
    .exhaustive();

/** Persist leads, for all modules at once: no message promises what a crash would take back. */
const persisting = (before: ComposedState, at: Progress): Progress => {
  const durable = durableOf(at.state);
  return JSON.stringify(durable) === JSON.stringify(durableOf(before))
    ? at
    : cite({...at, effects: [{type: 'Persist', durable}, ...at.effects]}, 'HO-19');
};

/** Whom an event concerns first. */
const opening = (config: HostConfig, before: ComposedState, event: HostEvent): readonly Input[] =>
  match(event)
    .returnType<readonly Input[]>()
    .with({type: 'Received', network: 'ha'}, ({from, message}) => [{to: 'ha', event: received(config, from, message)}])
    .with({type: 'Received', network: 'storage'}, ({from, message}) => [
      {to: 'storage', event: {type: 'Received', from, message}},
    ])
    .with({type: 'TimerFired'}, ({timer}) => onTimer(config, before, timer))
    .with({type: P.union('ViewChanged', 'ComponentLost')}, event => [{to: 'storage', event}])
    .with({type: P.union('IsolationChecked', 'Probed', 'Request')}, event => [{to: 'ha', event: () => event}])
    .with({type: 'PowerOn'}, ({vm, generation}) => [
      {to: 'runtime', event: () => ({type: 'PowerOn', request: {by: 'user', vm, generation}})},
    ])
    .with({type: 'PowerOff'}, ({vm, generation}) => [
      {to: 'runtime', event: state => ({type: 'PowerOff', vm, generation, seen: seenOf(config, state, vm)})},
    ])
    .with({type: P.union('MigratedIn', 'MigratedOut')}, event => [{to: 'runtime', event: () => event}])
    .with({type: 'Created'}, ({vm, identity}) => [
      {to: 'storage', event: {type: 'Called', vm, call: {type: 'Create', identity}}},
    ])
    .with({type: 'Crashed'}, event => [
      {to: 'ha', event: () => event},
      {to: 'storage', event},
      {to: 'runtime', event: () => event},
    ])
    .with({type: 'Restarted'}, ({reachable}) => [
      {to: 'storage', event: {type: 'Restarted', reachable}},
      {to: 'ha', event: () => ({type: 'Restarted'})},
    ])
    .exhaustive();

const onTimer = (config: HostConfig, {ha}: ComposedState, timer: HostTimer): readonly Input[] =>
  match(timer)
    .returnType<readonly Input[]>()
    .with({type: 'Ghost'}, ({vm}) => [
      {to: 'runtime', event: state => ({type: 'GhostDue', vm, seen: seenOf(config, state, vm)})},
    ])
    .with({type: 'Absence'}, ({object}) => [{to: 'storage', event: {type: 'AbsenceLasted', object}}])
    .otherwise(timer => {
      const vm = 'vm' in timer ? timer.vm : null;
      const fired: Input = {
        to: 'ha',
        event: state => ({type: 'TimerFired', timer, ...localOf(config, state, vm)}),
      };
      // One that fires too late says nothing to whoever leads now (LV-09).
      return timer.type === 'Heartbeat' && ha.ha.role === 'primary' ? [fired, ...reporting(config)] : [fired];
    });
