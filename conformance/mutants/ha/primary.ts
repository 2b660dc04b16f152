// Faults of a primary: requests and reports, questions and commands, rounds and timers.

import {type Fallback, generation, patient, round} from '../../../src/index.js';
import {deafTo, doing, mutant} from '../mutant.js';
import {
  all,
  changing,
  forgetting,
  type HaMutant,
  misremembering,
  on,
  onMessage,
  onOwnTerm,
  peersOf,
  seeing,
  sending,
  without,
} from './faults.js';

const requestMutants: readonly HaMutant[] = [
  mutant('reports success before completion', 'FB-06', without('completion-report', on('Request'))),
  mutant(
    'reports a SET that was refused as stale',
    'FB-06',
    seeing(event =>
      event.type === 'StorageReplied' && event.call.purpose.type === 'Own' && event.result === 'stale'
        ? {...event, result: 'ok'}
        : event,
    ),
  ),
  mutant(
    'reports twice',
    'FB-06',
    changing('Report', report => [report, report]),
  ),
  mutant(
    'reports another generation',
    'FB-06',
    changing('Report', report => [{...report, generation: generation(report.generation + 1)}]),
  ),
  mutant('never reports', 'FB-06', forgetting('Report')),
  mutant('obeys a request that was overtaken', 'FB-03', without('generations', on('Request'))),
  mutant(
    'starts again when a request is repeated',
    'FB-04',
    misremembering(on('Request'), (known, {stimulus}): Fallback => {
      const {vm, value, generation: number, round: attempt} = known;
      return stimulus.type === 'Request' && stimulus.generation === number
        ? {vm, value, generation: number, round: attempt, phase: 'idle'}
        : known;
    }),
  ),
];

const questionMutants: readonly HaMutant[] = [
  mutant(
    'never asks a host that was not in the first subset',
    'FB-10',
    misremembering(onMessage('AccessAnswer', 'SetResult'), (known, {config}) =>
      'asked' in known ? {...known, asked: peersOf(config)} : known,
    ),
    patient,
  ),
  mutant('asks about all objects', 'FB-11', without('namespace-query', on('StorageReplied'))),
  mutant(
    'asks itself',
    'FB-09',
    sending('AccessQuery', (sent, {config}) => [sent, {...sent, to: config.self}]),
  ),
  mutant('does not hear who says yes', 'FB-14', deafTo(all(onMessage('AccessAnswer'), onOwnTerm))),
];

const commandMutants: readonly HaMutant[] = [
  mutant(
    'commands a host that said no',
    'FB-14',
    seeing(event =>
      event.type === 'Received' && event.message.type === 'AccessAnswer'
        ? {...event, message: {...event.message, accessible: true}}
        : event,
    ),
  ),
  mutant(
    'commands every other host',
    'FB-14',
    sending('SetCommand', (sent, {config}) => peersOf(config).map(to => ({...sent, to}))),
  ),
  mutant(
    'commands the opposite state',
    'FB-14',
    sending('SetCommand', sent => [
      {
        ...sent,
        message: {...sent.message, value: sent.message.value === 'protected' ? 'unprotected' : 'protected'},
      },
    ]),
  ),
  mutant(
    'skips the others who said yes',
    'FB-19',
    misremembering(onMessage('SetResult'), known => ('positive' in known ? {...known, positive: []} : known)),
  ),
  mutant('forgets who has not answered yet', 'FB-20', without('every-responder', onMessage('SetResult'))),
  mutant(
    'takes a failed command for a success',
    'FB-06',
    seeing(event =>
      event.type === 'Received' && event.message.type === 'SetResult' && event.message.result === 'failed'
        ? {...event, message: {...event.message, result: 'ok'}}
        : event,
    ),
  ),
];

const roundMutants: readonly HaMutant[] = [
  mutant(
    'takes an answer of an earlier round for one of this round',
    'FB-23',
    without('request-ids', onMessage('AccessAnswer', 'SetResult', 'BecameAccessible')),
  ),
  mutant(
    'takes what SET was answered in an earlier round for an answer in this round',
    'FB-24',
    seeing((event, state) => {
      if (event.type !== 'StorageReplied' || event.call.purpose.type !== 'Own' || state.role !== 'primary')
        return event;
      const {call} = event;
      const known = state.fallbacks.find(({vm}) => vm === call.vm);
      if (known === undefined) return event;
      const purpose = {...call.purpose, term: state.durable.term, round: known.round};
      return {...event, call: {...call, generation: known.generation, purpose}};
    }),
  ),
  mutant(
    'numbers all its rounds alike',
    'FB-23',
    sending('AccessQuery', sent => [{...sent, message: {...sent.message, round: round(0)}}]),
  ),
  mutant(
    'gives a command another number than its question',
    'FB-23',
    sending('SetCommand', sent => [{...sent, message: {...sent.message, round: round(sent.message.round + 1)}}]),
  ),
];

/** It sets no timer in one phase. */
const withoutTimer = (phase: string): HaMutant['fault'] =>
  changing('SetTimer', order => ('phase' in order.timer && order.timer.phase === phase ? [] : [order]));

const timerMutants: readonly HaMutant[] = [
  mutant('sets no timer for its own SET', 'TO-03', withoutTimer('setting')),
  mutant('sets no timer for its questions', 'TO-01', withoutTimer('querying')),
  mutant('sets no timer for its commands', 'TO-02', withoutTimer('commanding')),
  mutant(
    'sleeps through the timer of its command',
    'TO-02',
    deafTo(
      ({stimulus}) =>
        stimulus.type === 'TimerFired' && 'phase' in stimulus.timer && stimulus.timer.phase === 'commanding',
    ),
  ),
  mutant('stops no timer', 'TO-04', forgetting('CancelTimer')),
  mutant(
    'stops its timers only after it has set the next',
    'TO-04',
    doing(effects => [
      ...effects.filter(({type}) => type !== 'CancelTimer'),
      ...effects.filter(({type}) => type === 'CancelTimer'),
    ]),
  ),
];

export const primaryMutants: readonly HaMutant[] = [
  ...requestMutants,
  ...questionMutants,
  ...commandMutants,
  ...roundMutants,
  ...timerMutants,
];
