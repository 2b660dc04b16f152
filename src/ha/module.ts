// One host's HA module: settles terms and roles, then hands the event to the coordinator, the responder or the watches.

import {match} from 'ts-pattern';
import type {Config} from '../cluster/config.js';
import type {HostId, Term, VmId} from '../cluster/ids.js';
import {onAnswer, onNotice, onOwnChange, onOwnReply, onRequest, onResult, onTimer} from '../fallback/coordinator.js';
import type {Fallback} from '../fallback/fallback.js';
import {onCommand, onQuery, onReply} from '../fallback/responder.js';
import {type Coordination, type Primary, stopped} from '../fallback/transition.js';
import {onChange, onRegister, type Watches} from '../fallback/waiting.js';
import {append, mapAll} from '../kernel/nonempty.js';
import {ignored, type Outcome, type Outcomes, within} from '../kernel/outcome.js';
import {difference} from '../kernel/sorted.js';
import type {RuleId} from '../rules.js';
import type {Access} from '../storage/accessibility.js';
import type {Effect, Event, EventOf} from './events.js';
import type {Message, MessageOf} from './messages.js';
import {next, type Trigger} from './role.js';
import {type Durable, enter, type In, type State} from './state.js';

type Decision = Outcome<State, Effect>;
type Decisions = Outcomes<State, Effect>;

/**
 * Every outcome that the specification allows, for any state and event that the types allow: at least one, and never a
 * throw. `Persist` leads wherever the durable part changed, so that no message can promise what a crash would take back
 * (TM-04); it is derived here, where no handler can forget it.
 */
export const outcomes = (config: Config, state: State, event: Event): Decisions =>
  mapAll(decide(config, state, event), outcome => {
    const {durable} = outcome.state;
    return durable.term === state.durable.term
      ? outcome
      : {
          state: outcome.state,
          effects: [{type: 'Persist', durable}, ...outcome.effects],
          rules: append(outcome.rules, 'TM-04'),
        };
  });

const decide = (config: Config, state: State, event: Event): Decisions =>
  state.role === 'down' && event.type !== 'Restarted'
    ? ignored(state, 'TM-11')
    : match(event)
        .with({type: 'Crashed'}, () => onLifeCycle(state, 'crashed', 'TM-09'))
        .with({type: 'Restarted'}, () => onLifeCycle(state, 'restarted', 'TM-10'))
        .with({type: 'Elected'}, ({term}) => onElected(config, state, term))
        .with({type: 'Request'}, request => onPlatformRequest(config, state, request))
        .with({type: 'Received'}, received => onReceived(config, state, received))
        .with({type: 'StorageReplied'}, replied => onStorageReplied(config, state, replied))
        .with({type: 'AccessibilityChanged'}, change => onAccessibilityChanged(config, state, change))
        .with({type: 'TimerFired'}, ({timer, accessible}) =>
          coordinate(config, state, timer.vm, 'TO-04', (primary, known) => onTimer(primary, known, timer, accessible)),
        )
        .exhaustive();

/** The only way to change role: along a row of the table. Null where the table refuses the trigger. */
const become = (state: State, trigger: Trigger, durable: Durable): State | null => {
  const role = next(state.role, trigger);
  return role === null ? null : enter[role](durable);
};

const onLifeCycle = (state: State, trigger: 'crashed' | 'restarted', rule: 'TM-09' | 'TM-10'): Decisions => {
  const after = become(state, trigger, state.durable);
  return after === null ? ignored(state, 'TM-06') : [{state: after, effects: [], rules: [rule]}];
};

const onElected = ({self, hosts}: Config, state: State, term: Term): Decisions => {
  const after = term > state.durable.term ? become(state, 'elected', {term}) : null;
  if (after === null) return ignored(state, 'TM-06');
  const claims = difference(hosts, [self]).map((to): Effect => ({type: 'Send', to, message: {type: 'Claim', term}}));
  return [{state: after, effects: claims, rules: ['TM-05']}];
};

/** The term is settled before the rest of a message is looked at. */
const onReceived = (config: Config, state: State, received: EventOf<'Received'>): Decisions => {
  const {from, message} = received;
  if (!config.repairs.terms || message.term === state.durable.term) return onMessage(config, state, received);
  if (message.term < state.durable.term) return onOlderTerm(state, from, message);
  const followed = follow(config, state, message.term, 'TM-01');
  return mapAll(onMessage(config, followed.state, received), outcome => ({
    state: outcome.state,
    effects: [...followed.effects, ...outcome.effects],
    rules: [...followed.rules, ...outcome.rules],
  }));
};

/** A command is refused in words, so that an old primary learns of the newer term; anything else is ignored. */
const onOlderTerm = (state: State, to: HostId, {type}: Message): Decisions =>
  type === 'SetCommand'
    ? [
        {
          state,
          effects: [{type: 'Send', to, message: {type: 'Superseded', term: state.durable.term}}],
          rules: ['TM-03'],
        },
      ]
    : ignored(state, 'TM-02');

const follow = ({repairs}: Config, state: State, term: Term, rule: 'TM-01' | 'TM-07'): Decision => ({
  state: become(state, 'superseded', {term}) ?? state,
  effects: state.role === 'primary' && repairs.timeouts ? state.fallbacks.flatMap(stopped) : [],
  rules: [rule],
});

const onMessage = (config: Config, state: State, {from, message, accessible}: EventOf<'Received'>): Decisions =>
  match(message)
    .with(
      {type: 'Claim'},
      {type: 'Superseded'},
      ({term}): Decisions =>
        !config.repairs.terms && term > state.durable.term
          ? [follow(config, state, term, 'TM-07')]
          : ignored(state, 'TM-08'),
    )
    .with({type: 'AccessQuery'}, query => onQuery(state, from, query, accessible))
    .with({type: 'SetCommand'}, command => onCommand(state, from, command))
    .with({type: 'AccessAnswer'}, answer =>
      coordinate(config, state, answer.vm, 'FB-25', (primary, known) =>
        onAnswer(primary, known, from, answer, accessible),
      ),
    )
    .with({type: 'SetResult'}, result =>
      coordinate(config, state, result.vm, 'FB-25', (primary, known) =>
        onResult(primary, known, from, result, accessible),
      ),
    )
    .with({type: 'BecameAccessible'}, notice =>
      coordinate(config, state, notice.vm, 'FB-25', (primary, known) => onNotice(primary, known, notice)),
    )
    .with({type: 'WaitRegister'}, registration => onRegistration(config, state, from, registration, accessible))
    .exhaustive();

const onRegistration = (
  {repairs}: Config,
  state: State,
  from: HostId,
  registration: MessageOf<'WaitRegister'>,
  accessible: Access,
): Decisions =>
  state.role === 'secondary'
    ? within(onRegister(repairs, state.watches, from, registration, accessible), watches => watching(state, watches))
    : ignored(state, 'WT-10');

const onPlatformRequest = (config: Config, state: State, request: EventOf<'Request'>): Decisions => {
  if (state.role !== 'primary') return ignored(state, 'FB-02');
  const known = state.fallbacks.find(({vm}) => vm === request.vm) ?? null;
  return within(onRequest({config, term: state.durable.term}, known, request), fallback => placed(state, fallback));
};

const onStorageReplied = (
  config: Config,
  state: State,
  {call, result, accessible}: EventOf<'StorageReplied'>,
): Decisions =>
  match(call.purpose)
    .with({type: 'Command'}, purpose => onReply(state, call, purpose, result))
    .with({type: 'Own'}, purpose =>
      coordinate(config, state, call.vm, 'FB-24', (primary, known) =>
        onOwnReply(primary, known, {...call, purpose}, result, accessible),
      ),
    )
    .exhaustive();

const onAccessibilityChanged = (
  config: Config,
  state: State,
  {vm, accessible}: EventOf<'AccessibilityChanged'>,
): Decisions =>
  state.role === 'secondary'
    ? within(onChange(state.watches, vm, accessible), watches => watching(state, watches))
    : coordinate(config, state, vm, 'WT-09', (primary, known) => onOwnChange(primary, known, accessible));

/** Lets the coordinator act on a VM that this primary has in work; elsewhere the event is ignored by the given rule. */
const coordinate = (
  config: Config,
  state: State,
  vm: VmId,
  otherwise: RuleId,
  act: (primary: Primary, known: Fallback) => Coordination,
): Decisions => {
  const known = state.role === 'primary' ? state.fallbacks.find(fallback => fallback.vm === vm) : undefined;
  return state.role !== 'primary' || known === undefined
    ? ignored(state, otherwise)
    : within(act({config, term: state.durable.term}, known), fallback => placed(state, fallback));
};

/** Where nothing has changed, the state is the very same. */
const placed = (state: In<'primary'>, fallback: Fallback): In<'primary'> =>
  state.fallbacks.includes(fallback)
    ? state
    : {
        ...state,
        fallbacks: [...state.fallbacks.filter(({vm}) => vm !== fallback.vm), fallback].sort((a, b) =>
          a.vm < b.vm ? -1 : 1,
        ),
      };

const watching = (state: In<'secondary'>, watches: Watches): In<'secondary'> =>
  watches === state.watches ? state : {...state, watches};
