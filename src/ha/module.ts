// One host's HA module: settles terms and roles, then hands the event to the part that it is about.

import {match} from 'ts-pattern';
import type {Config} from '../cluster/config.js';
import type {HostId, Term} from '../cluster/ids.js';
import {onCandidacy, onElectionTimer, onIsolationChecked} from '../election/module.js';
import {onFallbackEvent, onFallbackMessage, onFallbackTimer} from '../fallback/module.js';
import {append, mapAll} from '../kernel/nonempty.js';
import {ignored, type Outcome, type Outcomes} from '../kernel/outcome.js';
import {onAlive, onClaim, onLivenessTimer, onProbed} from '../liveness/module.js';
import {andThen, becoming} from './become.js';
import type {Effect, Event, EventOf} from './events.js';
import type {Message} from './messages.js';
import type {State} from './state.js';

type Decision = Outcome<State, Effect>;
type Decisions = Outcomes<State, Effect>;

/**
 * Every outcome that the specification allows, for any state and event that the types allow: at least one, and never a
 * throw. `Persist` leads wherever the durable part changed, so that no message can promise what a crash would take back
 * (TM-04); it is derived here, where no handler can forget it.
 */
export const outcomes = (config: Config, state: State, event: Event): Decisions =>
  mapAll(decide(config, state, event), outcome => persisting(state, outcome));

const persisting = (before: State, outcome: Decision): Decision => {
  const {durable} = outcome.state;
  return durable.term === before.durable.term
    ? outcome
    : {
        state: outcome.state,
        effects: [{type: 'Persist', durable}, ...outcome.effects],
        rules: append(outcome.rules, 'TM-04'),
      };
};

const decide = (config: Config, state: State, event: Event): Decisions =>
  state.role === 'down' && event.type !== 'Restarted'
    ? ignored(state, 'TM-11')
    : match(event)
        .with({type: 'Crashed'}, () => onLifeCycle(config, state, 'crashed', 'TM-09'))
        .with({type: 'Restarted'}, () => onLifeCycle(config, state, 'restarted', 'TM-10'))
        .with({type: 'Elected'}, ({term}) => onElected(config, state, term))
        .with({type: 'IsolationChecked'}, checked => onIsolationChecked(config, state, checked))
        .with({type: 'Probed'}, probed => onProbed(config, state, probed))
        .with({type: 'Received'}, received => onReceived(config, state, received))
        .with({type: 'TimerFired'}, fired => onTimerFired(config, state, fired))
        .with(
          {type: 'Request'},
          {type: 'StorageReplied'},
          {type: 'AccessibilityChanged'},
          (event): Decisions => onFallbackEvent(config, state, event),
        )
        .exhaustive();

const onLifeCycle = (
  config: Config,
  state: State,
  trigger: 'crashed' | 'restarted',
  rule: 'TM-09' | 'TM-10',
): Decisions => [becoming(config, state, trigger, state.durable, [rule])];

/** An external elector says that this host has won. The builtin one has no need of being told. */
const onElected = (config: Config, state: State, term: Term): Decisions =>
  config.elector === 'external' && term > state.durable.term
    ? [becoming(config, state, 'elected', {term}, ['TM-05'])]
    : ignored(state, 'TM-06');

/** The term is settled before the rest of a message is looked at. */
const onReceived = (config: Config, state: State, received: EventOf<'Received'>): Decisions => {
  const {from, message} = received;
  const age = ageOf(config, state, message.term);
  if (age === 'current') return onMessage(config, state, received);
  if (age === 'older') return onOlderTerm(config, state, from, message);
  const followed = follow(config, state, message.term, 'TM-01');
  return andThen(followed, onMessage(config, followed.state, received));
};

/** What a message's term is to this host. Without `terms` every message is a current one. */
export const ageOf = ({repairs}: Config, {durable}: State, term: Term): 'older' | 'current' | 'newer' => {
  if (!repairs.terms || term === durable.term) return 'current';
  return term < durable.term ? 'older' : 'newer';
};

/** A message of a part that stands beside this module shows a newer term: it is settled before the part looks at it. */
export const settleTerm = (config: Config, state: State, term: Term): Decision =>
  persisting(state, follow(config, state, term, 'TM-01'));

/**
 * A command is refused in words, so that an old primary learns of the newer term. Who stands for election may be
 * behind: that is what it wants to find out. Anything else is ignored.
 */
const onOlderTerm = (config: Config, state: State, from: HostId, message: Message): Decisions => {
  if (message.type === 'Candidacy') return onCandidacy(config, state, from, message);
  if (message.type !== 'SetCommand') return ignored(state, 'TM-02');
  const superseded = {type: 'Superseded', term: state.durable.term} as const;
  return [{state, effects: [{type: 'Send', to: from, message: superseded}], rules: ['TM-03']}];
};

const onMessage = (config: Config, state: State, {from, message, ...local}: EventOf<'Received'>): Decisions =>
  match(message)
    .with({type: 'Claim'}, ({term}) => onClaimOf(config, state, from, term))
    .with(
      {type: 'Superseded'},
      ({term}): Decisions =>
        isNews(config, state, term) ? [follow(config, state, term, 'TM-07')] : ignored(state, 'TM-08'),
    )
    .with({type: 'Candidacy'}, candidacy => onCandidacy(config, state, from, candidacy))
    .with({type: 'Alive'}, () => onAlive(config, state, from))
    .with(
      {type: 'AccessQuery'},
      {type: 'AccessAnswer'},
      {type: 'SetCommand'},
      {type: 'SetResult'},
      {type: 'WaitRegister'},
      {type: 'BecameAccessible'},
      (message): Decisions => onFallbackMessage(config, state, from, message, local),
    )
    .exhaustive();

/** Whether a term is settled only now, because without \`terms\` only claims count. */
const isNews = ({repairs}: Config, state: State, term: Term): boolean => !repairs.terms && term > state.durable.term;

const onClaimOf = (config: Config, state: State, from: HostId, term: Term): Decisions => {
  if (term < state.durable.term) return ignored(state, 'TM-08');
  if (!isNews(config, state, term)) return onClaim(config, state, from);
  const followed = follow(config, state, term, 'TM-07');
  return config.elector === 'external' ? [followed] : andThen(followed, onClaim(config, followed.state, from));
};

const follow = (config: Config, state: State, term: Term, rule: 'TM-01' | 'TM-07'): Decision =>
  becoming(config, state, 'superseded', {term}, [rule]);

const onTimerFired = (config: Config, state: State, {timer, ...local}: EventOf<'TimerFired'>): Decisions =>
  match(timer)
    .with({type: 'Election'}, {type: 'Silence'}, {type: 'Isolation'}, timer => onElectionTimer(config, state, timer))
    .with({type: 'Heartbeat'}, {type: 'Host'}, timer => onLivenessTimer(config, state, timer))
    .with({type: 'Fallback'}, (timer): Decisions => onFallbackTimer(config, state, timer, local))
    .exhaustive();
