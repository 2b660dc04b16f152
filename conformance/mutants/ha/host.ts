// More faults of any host: what it answers, carries out and watches for, and how it takes terms, crashes and restarts.

import {follower, generation, round, term} from '../../../src/index.js';
import {deafTo, doing, keeping, mistaking, mutant} from '../mutant.js';
import {
  all,
  asSecondary,
  calling,
  changing,
  type HaMutant,
  hearing,
  never,
  on,
  onMessage,
  onOlderTerm,
  opposite,
  peersOf,
  saying,
  seeing,
  sending,
  twice,
} from './faults.js';

const answerMutants: readonly HaMutant[] = [
  mutant('never answers a question', 'FB-13', sending('AccessAnswer', never)),
  mutant(
    'says no whatever its storage module says',
    'FB-13',
    saying('AccessAnswer', () => ({accessible: false})),
  ),
  mutant(
    'answers about all objects whatever it is asked',
    'FB-13',
    hearing('AccessQuery', () => ({scope: 'all'})),
  ),
  mutant(
    'answers about the namespace object whatever it is asked',
    'FB-13',
    hearing('AccessQuery', () => ({scope: 'namespace'})),
  ),
  mutant(
    'answers another question than it was asked',
    'FB-13',
    saying('AccessAnswer', message => ({round: round(message.round + 1)})),
  ),
  mutant(
    'answers with a generation of its own',
    'FB-13',
    saying('AccessAnswer', () => ({generation: generation(0)})),
  ),
  mutant(
    'answers whoever stands first in its list',
    'FB-13',
    sending('AccessAnswer', (sent, {config}) => [{...sent, to: peersOf(config)[0] ?? sent.to}]),
  ),
  mutant('carries out no command', 'FB-17', calling('Command', never)),
  mutant('carries out each command twice', 'FB-17', calling('Command', twice)),
  mutant(
    'carries out the opposite',
    'FB-17',
    calling('Command', call => [{...call, value: opposite(call.value)}]),
  ),
  mutant('tells the result twice', 'FB-18', sending('SetResult', twice)),
  mutant(
    'tells that it is done whatever its SET was answered',
    'FB-18',
    saying('SetResult', () => ({result: 'ok'})),
  ),
  mutant(
    'swaps done and failed',
    'FB-18',
    saying('SetResult', ({result}) => ({result: result === 'ok' ? 'failed' : 'ok'})),
  ),
  mutant(
    'tells only of success',
    'FB-18',
    sending('SetResult', sent => (sent.message.result === 'ok' ? [sent] : [])),
  ),
  mutant(
    'tells the result in another round',
    'FB-18',
    saying('SetResult', message => ({round: round(message.round + 1)})),
  ),
  mutant(
    'tells the result in its own term',
    'FB-18',
    saying('SetResult', (_, {state}) => ({term: state.durable.term})),
  ),
];

const watchMutants: readonly HaMutant[] = [
  mutant(
    'notifies one of several primaries',
    'WT-05',
    doing((effects, situation) =>
      on('AccessibilityChanged')(situation) && asSecondary(situation) ? effects.slice(0, 1) : effects,
    ),
  ),
  mutant(
    'notifies on any change',
    'WT-09',
    seeing((event, state) =>
      event.type === 'AccessibilityChanged' && state.role === 'secondary'
        ? {...event, accessible: {namespace: true, all: true}}
        : event,
    ),
  ),
  mutant(
    'notifies of the namespace object whatever was asked for',
    'WT-04',
    hearing('WaitRegister', () => ({scope: 'namespace'})),
  ),
  mutant(
    'notifies although it has no access',
    'WT-04',
    seeing(event =>
      event.type === 'Received' && event.message.type === 'WaitRegister'
        ? {...event, accessible: {namespace: true, all: true}}
        : event,
    ),
  ),
  mutant('notifies at once, and keeps the registration all the same', 'WT-09', lawful => (config, state, stimulus) => {
    const [outcome] = lawful(config, state, stimulus);
    if (!onMessage('WaitRegister')({config, state, stimulus}) || outcome.effects.length === 0) return [outcome];
    const blind = seeing(event => ({...event, accessible: {namespace: false, all: false}}) as typeof event)(lawful);
    return [{...outcome, state: blind(config, state, stimulus)[0].state}];
  }),
  mutant('notifies twice', 'WT-04', sending('BecameAccessible', twice)),
  mutant(
    'notifies of another round',
    'WT-04',
    saying('BecameAccessible', message => ({round: round(message.round + 1)})),
  ),
  mutant(
    'keeps the first registration of a primary only',
    'WT-03',
    deafTo(
      ({state, stimulus}) =>
        stimulus.type === 'Received' &&
        stimulus.message.type === 'WaitRegister' &&
        stimulus.message.term === state.durable.term &&
        state.role === 'secondary' &&
        state.watches.some(({primary}) => primary === stimulus.from),
    ),
  ),
];

const termMutants: readonly HaMutant[] = [
  mutant('does not say that a command is superseded', 'TM-03', sending('Superseded', never)),
  mutant(
    'refuses a command with the term of the sender',
    'TM-03',
    saying('Superseded', (message, {stimulus}) => ({
      term: stimulus.type === 'Received' ? stimulus.message.term : message.term,
    })),
  ),
  mutant(
    'refuses a question of an older term in words',
    'TM-02',
    doing((effects, situation) => {
      const {stimulus, state} = situation;
      return all(onMessage('AccessQuery'), onOlderTerm)(situation) && state.role !== 'down' && 'from' in stimulus
        ? [...effects, {type: 'Send', to: stimulus.from, message: {type: 'Superseded', term: state.durable.term}}]
        : effects;
    }),
  ),
  mutant(
    'answers a claim',
    'TM-08',
    doing((effects, {stimulus, state}) =>
      stimulus.type === 'Received' && stimulus.message.type === 'Claim' && state.role !== 'down'
        ? [...effects, {type: 'Send', to: stimulus.from, message: {type: 'Superseded', term: state.durable.term}}]
        : effects,
    ),
  ),
  mutant(
    'follows an older term',
    'TM-02',
    mistaking(situation => {
      const {state, stimulus} = situation;
      return stimulus.type === 'Received' && onOlderTerm(situation) && state.role === 'secondary'
        ? {...situation, state: {...state, durable: {term: stimulus.message.term}}}
        : situation;
    }),
  ),
  mutant(
    'keeps its registrations in a new term',
    'WT-09',
    keeping((after, before) =>
      after.role === 'secondary' && before.role === 'secondary' && after.watches.length === 0
        ? {...after, watches: before.watches}
        : after,
    ),
  ),
  mutant(
    'persists the term before',
    'TM-04',
    changing('Persist', order => [{...order, durable: {term: term(order.durable.term - 1)}}]),
  ),
  mutant('claims its term twice', 'TM-05', sending('Claim', twice)),
  mutant(
    'claims the term before',
    'TM-05',
    saying('Claim', message => ({term: term(message.term - 1)})),
  ),
  mutant('does not hear that it is elected', 'TM-05', deafTo(on('Elected'))),
  mutant(
    'is elected once more while it is primary',
    'TM-06',
    mistaking(situation =>
      situation.stimulus.type === 'Elected' && situation.state.role === 'primary'
        ? {...situation, state: follower(situation.state.durable.term)}
        : situation,
    ),
  ),
  mutant(
    'believes in an older election',
    'TM-06',
    mistaking(situation => {
      const {state, stimulus} = situation;
      return stimulus.type === 'Elected' && state.role === 'secondary' && stimulus.term < state.durable.term
        ? {...situation, state: follower(term(stimulus.term - 1))}
        : situation;
    }),
  ),
  mutant(
    'forgets its term in a crash',
    'TM-06',
    keeping((after, before) =>
      before.role === 'down' && after.role === 'secondary' ? {...after, durable: {term: term(0)}} : after,
    ),
  ),
  mutant(
    'tells the platform as it crashes',
    'FB-06',
    doing((effects, {state, stimulus}) =>
      stimulus.type === 'Crashed' && state.role === 'primary'
        ? state.fallbacks.map(({vm, value, generation: number}) => ({type: 'Report', vm, value, generation: number}))
        : effects,
    ),
  ),
  mutant(
    'claims its term as it restarts',
    'TM-05',
    doing((effects, {config, state, stimulus}) =>
      stimulus.type === 'Restarted' && state.role === 'down'
        ? [
            ...effects,
            ...peersOf(config).map(
              to => ({type: 'Send', to, message: {type: 'Claim', term: state.durable.term}}) as const,
            ),
          ]
        : effects,
    ),
  ),
  mutant(
    'hears an election while it is down',
    'TM-11',
    mistaking(situation =>
      situation.stimulus.type === 'Elected' && situation.state.role === 'down'
        ? {...situation, state: follower(situation.state.durable.term)}
        : situation,
    ),
  ),
  mutant(
    'follows a higher term and stays primary',
    'TM-05',
    keeping((after, before) =>
      before.role === 'primary' && after.role === 'secondary' ? {...before, durable: after.durable} : after,
    ),
  ),
];

export const hostMutants: readonly HaMutant[] = [...answerMutants, ...watchMutants, ...termMutants];
