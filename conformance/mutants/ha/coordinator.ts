// More faults of a primary: a guard dropped, an answer taken for another, a step done twice or not at all.

import {careful, type Event, electedPrimary, generation, hostId, patient, round} from '../../../src/index.js';
import {deafTo, doing, mistaking, mutant} from '../mutant.js';
import {
  all,
  asPrimary,
  calling,
  changing,
  type HaMutant,
  hearing,
  inPhase,
  miscounting,
  mishearing,
  misreading,
  never,
  on,
  onMessage,
  onOwnTerm,
  onTimer,
  opposite,
  peersOf,
  saying,
  seeing,
  sending,
  twice,
  type When,
} from './faults.js';

const isRepeated: When = ({state, stimulus}) =>
  stimulus.type === 'Request' &&
  state.role === 'primary' &&
  state.fallbacks.some(known => known.vm === stimulus.vm && known.generation === stimulus.generation);

const requestMutants: readonly HaMutant[] = [
  mutant('calls no SET of its own', 'FB-01', calling('Own', never)),
  mutant('calls each SET of its own twice', 'FB-01', calling('Own', twice)),
  mutant(
    'calls SET for the opposite state',
    'FB-01',
    calling('Own', call => [{...call, value: opposite(call.value)}]),
  ),
  mutant(
    'calls SET with the generation before',
    'FB-01',
    calling('Own', call => [{...call, generation: generation(call.generation - 1)}]),
  ),
  mutant(
    'acts on a request though it is a secondary',
    'FB-02',
    mistaking(situation => {
      const {state, stimulus} = situation;
      return state.role === 'secondary' && stimulus.type === 'Request'
        ? {...situation, state: electedPrimary(state.durable.term)}
        : situation;
    }),
  ),
  mutant('ignores a request that is repeated once it is done', 'FB-01', deafTo(all(isRepeated, inPhase('idle')))),
  mutant('asks the others although its own SET was stale', 'FB-09', mishearing('Own', 'stale', 'failed')),
  mutant('takes a failed SET of its own for a success', 'FB-06', mishearing('Own', 'failed', 'ok')),
  mutant('takes a failed SET of its own for a stale one', 'FB-09', mishearing('Own', 'failed', 'stale')),
  mutant('takes a successful SET of its own for a failed one', 'FB-09', mishearing('Own', 'ok', 'failed')),
  mutant('reports a commanded SET that was stale', 'FB-06', misreading('stale', 'ok')),
  mutant('asks further although the commanded SET is done', 'FB-06', misreading('ok', 'failed')),
  mutant('does not hear what a commanded host did', 'FB-06', deafTo(all(onMessage('SetResult'), onOwnTerm))),
  mutant(
    'reports another state',
    'FB-06',
    changing('Report', report => [{...report, value: opposite(report.value)}]),
  ),
];

const questionMutants: readonly HaMutant[] = [
  mutant(
    'leaves the last host out, and takes it to be asked',
    'FB-10',
    sending('AccessQuery', (sent, {config}) => (sent.to === peersOf(config).at(-1) ? [] : [sent])),
  ),
  mutant(
    'asks whom it has asked in this round already',
    'WT-01',
    miscounting(on('Received', 'TimerFired'), () => ({asked: []})),
  ),
  mutant('asks everyone twice', 'FB-09', sending('AccessQuery', twice)),
  mutant(
    'asks with another generation',
    'FB-09',
    saying('AccessQuery', message => ({generation: generation(message.generation + 1)})),
  ),
  mutant(
    'asks a host that is none',
    'FB-09',
    sending('AccessQuery', (sent, {config}) =>
      sent.to === peersOf(config)[0] ? [{...sent, to: hostId('h0')}] : [sent],
    ),
  ),
  mutant(
    'gives up at the first no',
    'WT-01',
    miscounting(
      ({stimulus}) =>
        stimulus.type === 'Received' && stimulus.message.type === 'AccessAnswer' && !stimulus.message.accessible,
      (tally, {stimulus}) => ({awaited: tally.awaited.filter(host => 'from' in stimulus && host === stimulus.from)}),
    ),
  ),
  mutant(
    'forgets a yes when it hears the next answer',
    'FB-14',
    miscounting(onMessage('AccessAnswer'), () => ({positive: []})),
    careful,
  ),
  mutant(
    'forgets a yes when nobody else answers in time',
    'FB-14',
    miscounting(onTimer('querying'), () => ({positive: []})),
    careful,
  ),
  mutant(
    'counts a second answer of the same host',
    'FB-16',
    miscounting(onMessage('AccessAnswer'), ({asked}) => ({awaited: asked})),
  ),
  mutant(
    'commands on the answer of a host that it has not asked',
    'FB-14',
    miscounting(onMessage('AccessAnswer'), (_, {config}) => ({awaited: peersOf(config)})),
    patient,
  ),
  mutant(
    'does not note an answer while a host is commanded',
    'FB-21',
    deafTo(all(onMessage('AccessAnswer'), inPhase('commanding'))),
  ),
  mutant(
    'takes an answer of another generation for one of this',
    'FB-23',
    hearing('AccessAnswer', (message, state) => {
      const known = state.role === 'primary' ? state.fallbacks.find(({vm}) => vm === message.vm) : undefined;
      return known === undefined ? {} : {generation: known.generation};
    }),
  ),
  mutant(
    'takes the result of another round for one of this',
    'FB-23',
    hearing('SetResult', (message, state) => {
      const known = state.role === 'primary' ? state.fallbacks.find(({vm}) => vm === message.vm) : undefined;
      return known === undefined ? {} : {generation: known.generation, round: known.round};
    }),
  ),
];

const commandMutants: readonly HaMutant[] = [
  mutant('never commands', 'FB-14', sending('SetCommand', never)),
  mutant('commands twice', 'FB-14', sending('SetCommand', twice)),
  mutant(
    'commands another generation',
    'FB-14',
    saying('SetCommand', message => ({generation: generation(message.generation + 1)})),
  ),
  mutant(
    'commands the next host instead',
    'FB-14',
    sending('SetCommand', (sent, {config}) => {
      const peers = peersOf(config);
      return [{...sent, to: peers[(peers.indexOf(sent.to) + 1) % peers.length] ?? sent.to}];
    }),
  ),
  mutant(
    'takes the result of a host that it has not commanded',
    'FB-25',
    seeing((event, state) => {
      if (event.type !== 'Received' || event.message.type !== 'SetResult' || state.role !== 'primary') return event;
      const {vm} = event.message;
      const known = state.fallbacks.find(each => each.vm === vm);
      return known?.phase === 'commanding' ? {...event, from: known.commanded} : event;
    }),
  ),
  mutant(
    'skips the others who said yes when a command is not answered',
    'FB-19',
    miscounting(onTimer('commanding'), () => ({positive: []})),
    careful,
  ),
];

const timerMutants: readonly HaMutant[] = [
  mutant('sleeps through the timer of its SET', 'TO-03', deafTo(onTimer('setting'))),
  mutant('sleeps through the timer of its questions', 'TO-01', deafTo(onTimer('querying'))),
  mutant(
    'obeys the timer of a round that is over',
    'TO-04',
    seeing((event, state) => {
      if (event.type !== 'TimerFired' || event.timer.type !== 'Fallback' || state.role !== 'primary') return event;
      const {timer} = event;
      const known = state.fallbacks.find(({vm}) => vm === timer.vm);
      return known === undefined || known.phase === 'idle' || known.phase === 'queued'
        ? event
        : {...event, timer: {...timer, phase: known.phase, generation: known.generation, round: known.round}};
    }),
  ),
  mutant(
    'numbers its timers otherwise when it stops them',
    'TO-04',
    changing('CancelTimer', order =>
      order.timer.type === 'Fallback'
        ? [{...order, timer: {...order.timer, round: round(order.timer.round + 7)}}]
        : [order],
    ),
  ),
];

const isAnswer = (event: Event): event is Extract<Event, {readonly type: 'Received'}> =>
  event.type === 'Received' && (event.message.type === 'AccessAnswer' || event.message.type === 'SetResult');

const waitMutants: readonly HaMutant[] = [
  mutant('registers with nobody', 'WT-01', sending('WaitRegister', never)),
  mutant(
    'registers with itself too',
    'WT-01',
    sending('WaitRegister', (sent, {config}) =>
      sent.to === peersOf(config)[0] ? [sent, {...sent, to: config.self}] : [sent],
    ),
  ),
  mutant(
    'waits for all objects',
    'WT-01',
    saying('WaitRegister', () => ({scope: 'all'})),
  ),
  mutant(
    'starts a new round although it has no access',
    'WT-02',
    seeing((event, state) =>
      state.role === 'primary' && (event.type === 'TimerFired' || isAnswer(event))
        ? {...event, accessible: {namespace: true, all: true}}
        : event,
    ),
  ),
  mutant(
    'wakes when its own host loses access',
    'WT-09',
    seeing((event, state) =>
      event.type === 'AccessibilityChanged' && state.role === 'primary'
        ? {...event, accessible: {namespace: true, all: true}}
        : event,
    ),
  ),
  mutant(
    'wakes only when all objects are accessible',
    'WT-06',
    seeing((event, state) =>
      event.type === 'AccessibilityChanged' && state.role === 'primary'
        ? {...event, accessible: {namespace: event.accessible.all, all: event.accessible.all}}
        : event,
    ),
  ),
  mutant(
    'registers again with one host only',
    'WT-07',
    sending('WaitRegister', (sent, situation) =>
      onTimer('waiting')(situation) && sent.to !== peersOf(situation.config)[0] ? [] : [sent],
    ),
  ),
  mutant(
    'answers a registration although it is a primary',
    'WT-10',
    doing((effects, situation) => {
      const {stimulus} = situation;
      if (!all(asPrimary, onOwnTerm)(situation) || stimulus.type !== 'Received') return effects;
      const {message, from, accessible} = stimulus;
      if (message.type !== 'WaitRegister' || !accessible[message.scope]) return effects;
      const {scope: _, ...id} = message;
      return [{type: 'Send', to: from, message: {...id, type: 'BecameAccessible'}}];
    }),
  ),
];

export const coordinatorMutants: readonly HaMutant[] = [
  ...requestMutants,
  ...questionMutants,
  ...commandMutants,
  ...timerMutants,
  ...waitMutants,
];
