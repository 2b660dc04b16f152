// One host's whole HA module: terms and roles, election, liveness and fallback, and beside them what recovers VMs,
// retrieval and failover.

import {match, P} from 'ts-pattern';
import type {HostId} from '../../cluster/ids.js';
import {attendantOutcomes} from '../../failover/attendant.js';
import type {AttendantEvent} from '../../failover/events.js';
import type {Standing} from '../../failover/messages.js';
import {flatMapAll} from '../../kernel/nonempty.js';
import {toEach} from '../../kernel/orders.js';
import {ignored, within} from '../../kernel/outcome.js';
import {onRetrieve, onRetrieved} from '../../retrieval/responder.js';
import type {Event} from '../events.js';
import type {Message} from '../messages.js';
import {ageOf, outcomes, settleTerm} from '../module.js';
import {continued, type Decisions, type RecoveryConfig} from './chain.js';
import {following} from './consequences.js';
import type {RecoveryEvent, RecoveryEventOf, VmReported} from './events.js';
import {onReports, toFailover, toRetrieval} from './lead.js';
import type {RecoveryMessage} from './messages.js';
import type {RecoveryState} from './state.js';

type Received = RecoveryEventOf<'Received'>;

/** The messages that are not about terms and roles, election, liveness or fallback. */
type Beside = Exclude<RecoveryMessage, Message>;

/** Every outcome that the specification allows. Total and pure. */
export const recoveryOutcomes = (config: RecoveryConfig, state: RecoveryState, event: RecoveryEvent): Decisions =>
  state.ha.role === 'down' && event.type !== 'Restarted'
    ? ignored(state, 'TM-11')
    : match(event)
        .with({type: 'Received'}, received => onReceived(config, state, received))
        .with({type: 'TimerFired'}, fired => onTimerFired(config, state, fired))
        .with({type: 'AccessibilityChanged'}, change =>
          continued(toTerms(config, state, change), after =>
            toRetrieval(config, after, {type: 'AccessibilityChanged'}),
          ),
        )
        .with(
          {type: 'GetReplied'},
          (replied): Decisions =>
            replied.purpose.type === 'Command' ? onRetrieved(state, replied) : toRetrieval(config, state, replied),
        )
        .with({type: 'PowerOnEnded'}, (event): Decisions => toAttendant(config, state, event))
        .with({type: 'StandingChanged'}, change =>
          continued(toAttendant(config, state, change), after => publishing(config, after, change)),
        )
        .with({type: 'HostChanged'}, change =>
          config.elector === 'external' ? toFailover(config, state, change) : ignored(state, 'FO-34'),
        )
        .with({type: 'VmsReported'}, ({reports}) => onOwnReports(config, state, reports))
        .with(
          {type: P.union('Crashed', 'Restarted', 'Elected', 'IsolationChecked', 'Probed', 'Request', 'StorageReplied')},
          (event): Decisions => toTerms(config, state, event),
        )
        .exhaustive();

/** Hands an event to terms and roles, with all that follows from it. */
const toTerms = (config: RecoveryConfig, state: RecoveryState, event: Event): Decisions =>
  flatMapAll(outcomes(config, state.ha, event), outcome => following(config, state, outcome));

const toAttendant = (config: RecoveryConfig, state: RecoveryState, event: AttendantEvent): Decisions =>
  within(attendantOutcomes(config, state.placeWatches, event), placeWatches =>
    placeWatches === state.placeWatches ? state : {...state, placeWatches},
  );

const onReceived = (config: RecoveryConfig, state: RecoveryState, received: Received): Decisions => {
  const {from, message, standing, accessible, reachable} = received;
  return match(message)
    .with(
      {type: P.union('Claim', 'Superseded', 'Candidacy', 'Alive', 'AccessQuery', 'AccessAnswer')},
      {type: P.union('SetCommand', 'SetResult', 'WaitRegister', 'BecameAccessible')},
      (message): Decisions => toTerms(config, state, {type: 'Received', from, message, accessible, reachable}),
    )
    .with(
      {type: P.union('PlaceQuery', 'PlaceAnswer', 'RestartCommand', 'RestartResult')},
      {type: P.union('PlaceRegister', 'BecamePlaceable', 'Retrieve', 'Retrieved', 'VmStatus', 'PlacePublished')},
      (message): Decisions => settled(config, state, from, message, standing),
    )
    .exhaustive();
};

/** The term is settled before the rest of a message is looked at, as for every other message. */
const settled = (
  config: RecoveryConfig,
  state: RecoveryState,
  from: HostId,
  message: Beside,
  standing: Standing,
): Decisions => {
  const {ha} = state;
  const {term} = message;
  return match(ageOf(config, ha, term))
    .with('current', () => onMessage(config, state, from, message, standing))
    .with('newer', () =>
      continued(following(config, state, settleTerm(config, ha, term)), after =>
        onMessage(config, after, from, message, standing),
      ),
    )
    .with('older', (): Decisions => {
      if (message.type !== 'RestartCommand') return ignored(state, 'TM-02');
      const superseded = {type: 'Superseded', term: ha.durable.term} as const;
      return [{state, effects: toEach([from], superseded), rules: ['TM-03']}];
    })
    .exhaustive();
};

const onMessage = (
  config: RecoveryConfig,
  state: RecoveryState,
  from: HostId,
  message: Beside,
  standing: Standing,
): Decisions =>
  match(message)
    .with({type: 'PlaceQuery'}, {type: 'RestartCommand'}, {type: 'PlaceRegister'}, message =>
      toAttendant(config, state, {type: 'Received', from, message, standing}),
    )
    .with({type: 'PlaceAnswer'}, {type: 'RestartResult'}, {type: 'BecamePlaceable'}, message =>
      toFailover(config, state, {type: 'Received', from, message}),
    )
    .with({type: 'Retrieve'}, (retrieve): Decisions => onRetrieve(state, from, retrieve))
    .with({type: 'Retrieved'}, message => toRetrieval(config, state, {type: 'Received', message}))
    .with({type: 'PlacePublished'}, ({vm, standing}) =>
      toFailover(config, state, {type: 'Published', from, vm, standing}),
    )
    .with({type: 'VmStatus'}, ({vm, report}) => onReports(config, state, from, [{vm, report}]))
    .exhaustive();

const onTimerFired = (
  config: RecoveryConfig,
  state: RecoveryState,
  fired: RecoveryEventOf<'TimerFired'>,
): Decisions => {
  const {timer, accessible, reachable} = fired;
  return match(timer)
    .with({type: 'Failover'}, timer => toFailover(config, state, {type: 'TimerFired', timer}))
    .with({type: 'Retrieval'}, timer => toRetrieval(config, state, {type: 'TimerFired', timer}))
    .with(
      {type: P.union('Election', 'Silence', 'Isolation', 'Heartbeat', 'Host', 'Fallback')},
      (timer): Decisions => toTerms(config, state, {type: 'TimerFired', timer, accessible, reachable}),
    )
    .exhaustive();
};

/** A primary tells itself; a secondary tells its primary, if it knows it, one message for each VM. */
const onOwnReports = (config: RecoveryConfig, state: RecoveryState, reports: readonly VmReported[]): Decisions => {
  const {ha, lead} = state;
  if (lead !== null) return onReports(config, state, config.self, reports);
  const primary: HostId | null = ha.role === 'secondary' ? ha.following : null;
  if (primary === null) return ignored(state, 'HO-08');
  const {term} = ha.durable;
  return [
    {
      state,
      effects: reports.flatMap(({vm, report}) => toEach([primary], {type: 'VmStatus', term, vm, report} as const)),
      rules: ['HO-06'],
    },
  ];
};

/** Where places are published, a primary tells itself how a VM stands on its host, and a secondary its primary. */
const publishing = (
  config: RecoveryConfig,
  state: RecoveryState,
  {vm, standing}: RecoveryEventOf<'StandingChanged'>,
): Decisions => {
  const {ha, lead} = state;
  if (config.placement !== 'publish') return ignored(state, 'FO-34');
  if (lead !== null) return toFailover(config, state, {type: 'Published', from: config.self, vm, standing});
  const primary: HostId | null = ha.role === 'secondary' ? ha.following : null;
  if (primary === null) return ignored(state, 'HO-08');
  const published = {type: 'PlacePublished', term: ha.durable.term, vm, standing} as const;
  return [{state, effects: toEach([primary], published), rules: ['FO-49']}];
};
