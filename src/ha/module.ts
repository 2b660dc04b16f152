// One host's HA module: settles terms and roles, then hands the event to the part that it is about.

import {match} from 'ts-pattern';
import type {Config} from '../cluster/config.js';
import type {HostId, Term} from '../cluster/ids.js';
import {abandoned, onFallbackEvent, onFallbackMessage, onFallbackTimer} from '../fallback/module.js';
import {append, mapAll} from '../kernel/nonempty.js';
import {toEach} from '../kernel/orders.js';
import {ignored, type Outcome, type Outcomes} from '../kernel/outcome.js';
import {difference} from '../kernel/sorted.js';
import type {Effect, Event, EventOf} from './events.js';
import type {Message} from './messages.js';
import {next, type Trigger} from './role.js';
import {type Durable, enter, type State} from './state.js';

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
        .with({type: 'Received'}, received => onReceived(config, state, received))
        .with({type: 'TimerFired'}, fired => onTimerFired(config, state, fired))
        .with(
          {type: 'Request'},
          {type: 'StorageReplied'},
          {type: 'AccessibilityChanged'},
          (event): Decisions => onFallbackEvent(config, state, event),
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
  return [{state: after, effects: toEach(difference(hosts, [self]), {type: 'Claim', term}), rules: ['TM-05']}];
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

const follow = (config: Config, state: State, term: Term, rule: 'TM-01' | 'TM-07'): Decision => ({
  state: become(state, 'superseded', {term}) ?? state,
  effects: state.role === 'primary' ? abandoned(config, state) : [],
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
    .with(
      {type: 'AccessQuery'},
      {type: 'AccessAnswer'},
      {type: 'SetCommand'},
      {type: 'SetResult'},
      {type: 'WaitRegister'},
      {type: 'BecameAccessible'},
      (message): Decisions => onFallbackMessage(config, state, from, message, accessible),
    )
    .exhaustive();

const onTimerFired = (config: Config, state: State, {timer, accessible}: EventOf<'TimerFired'>): Decisions =>
  match(timer)
    .with({type: 'Fallback'}, timer => onFallbackTimer(config, state, timer, accessible))
    .exhaustive();
