// Hands each event about a VM's protection state to the coordinator, the responder or the watches, as the role has it.

import {match} from 'ts-pattern';
import type {Config} from '../cluster/config.js';
import type {HostId, VmId} from '../cluster/ids.js';
import type {In, State} from '../ha/state.js';
import {ignored, type Outcomes, within} from '../kernel/outcome.js';
import type {RuleId} from '../rules.js';
import type {Local} from '../storage/local.js';
import {onAnswer, onNotice, onOwnChange, onOwnReply, onRequest, onResult, onTimer} from './coordinator.js';
import type {FallbackEffect, FallbackEvent, FallbackEventOf, FallbackMessageOf, FallbackTimer} from './events.js';
import type {Fallback} from './fallback.js';
import {coordinate} from './fallbacks.js';
import type {FallbackMessage} from './messages.js';
import {onCommand, onQuery, onReply} from './responder.js';
import {type Coordination, type Primary, stopped} from './transition.js';
import {onChange, onRegister, type Watches} from './waiting.js';

type Decisions = Outcomes<State, FallbackEffect>;

export const onFallbackEvent = (config: Config, state: State, event: FallbackEvent): Decisions =>
  match(event)
    .with({type: 'Request'}, request => onPlatformRequest(config, state, request))
    .with({type: 'StorageReplied'}, replied => onStorageReplied(config, state, replied))
    .with({type: 'AccessibilityChanged'}, change => onAccessibilityChanged(config, state, change))
    .exhaustive();

export const onFallbackMessage = (
  config: Config,
  state: State,
  from: HostId,
  message: FallbackMessage,
  local: Local,
): Decisions =>
  match(message)
    .with({type: 'AccessQuery'}, query => onQuery(config, state, from, query, local))
    .with({type: 'SetCommand'}, command => onCommand(state, from, command))
    .with({type: 'AccessAnswer'}, answer =>
      onKnown(config, state, answer.vm, 'FB-25', (primary, known) => onAnswer(primary, known, from, answer, local)),
    )
    .with({type: 'SetResult'}, result =>
      onKnown(config, state, result.vm, 'FB-25', (primary, known) => onResult(primary, known, from, result, local)),
    )
    .with({type: 'BecameAccessible'}, notice =>
      onKnown(config, state, notice.vm, 'FB-25', (primary, known) => onNotice(primary, known, notice)),
    )
    .with({type: 'WaitRegister'}, registration => onRegistration(config, state, from, registration, local))
    .exhaustive();

export const onFallbackTimer = (config: Config, state: State, timer: FallbackTimer, local: Local): Decisions =>
  onKnown(config, state, timer.vm, 'TO-04', (primary, known) => onTimer(primary, known, timer, local));

/** What a primary stops when it is one no longer. */
export const abandoned = ({repairs}: Config, {fallbacks}: In<'primary'>): readonly FallbackEffect[] =>
  repairs.timeouts ? fallbacks.flatMap(stopped) : [];

const onPlatformRequest = (config: Config, state: State, request: FallbackEventOf<'Request'>): Decisions => {
  if (state.role !== 'primary') return ignored(state, 'FB-02');
  const known = state.fallbacks.find(({vm}) => vm === request.vm) ?? null;
  return coordinated(config, state, request.vm, primary => onRequest(primary, known, request));
};

const onStorageReplied = (
  config: Config,
  state: State,
  {call, result, ...local}: FallbackEventOf<'StorageReplied'>,
): Decisions =>
  match(call.purpose)
    .with({type: 'Command'}, purpose => onReply(state, call, purpose, result))
    .with({type: 'Own'}, purpose =>
      onKnown(config, state, call.vm, 'FB-24', (primary, known) =>
        onOwnReply(primary, known, {...call, purpose}, result, local),
      ),
    )
    .exhaustive();

const onAccessibilityChanged = (
  config: Config,
  state: State,
  {vm, accessible}: FallbackEventOf<'AccessibilityChanged'>,
): Decisions =>
  state.role === 'secondary'
    ? within(onChange(state.watches, vm, accessible), watches => watching(state, watches))
    : onKnown(config, state, vm, 'WT-09', (primary, known) => onOwnChange(primary, known, accessible));

const onRegistration = (
  {repairs}: Config,
  state: State,
  from: HostId,
  registration: FallbackMessageOf<'WaitRegister'>,
  {accessible}: Local,
): Decisions =>
  state.role === 'secondary'
    ? within(onRegister(repairs, state.watches, from, registration, accessible), watches => watching(state, watches))
    : ignored(state, 'WT-10');

/** Lets the coordinator act on a VM that this primary has in work; elsewhere the event is ignored by the given rule. */
const onKnown = (
  config: Config,
  state: State,
  vm: VmId,
  otherwise: RuleId,
  act: (primary: Primary, known: Fallback) => Coordination,
): Decisions => {
  const known = state.role === 'primary' ? state.fallbacks.find(fallback => fallback.vm === vm) : undefined;
  return state.role !== 'primary' || known === undefined
    ? ignored(state, otherwise)
    : coordinated(config, state, vm, primary => act(primary, known));
};

const coordinated = (
  config: Config,
  state: In<'primary'>,
  vm: VmId,
  act: (primary: Primary) => Coordination,
): Decisions =>
  within(coordinate({config, term: state.durable.term}, state.fallbacks, vm, act), fallbacks =>
    fallbacks === state.fallbacks ? state : {...state, fallbacks},
  );

const watching = (state: In<'secondary'>, watches: Watches): In<'secondary'> =>
  watches === state.watches ? state : {...state, watches};
