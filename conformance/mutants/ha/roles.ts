// Faults about terms, roles and crashes.

import {follower, term} from '../../../src/index.js';
import {deafTo, doing, mistaking, mutant} from '../mutant.js';
import {
  all,
  forgetting,
  type HaMutant,
  on,
  onMessage,
  onNewerTerm,
  onOlderTerm,
  peersOf,
  sending,
  without,
} from './faults.js';

export const roleMutants: readonly HaMutant[] = [
  mutant(
    'carries out a command of an older term',
    'TM-03',
    without('terms', all(onMessage('SetCommand'), onOlderTerm)),
  ),
  mutant('answers a question of an older term', 'TM-02', without('terms', all(onMessage('AccessQuery'), onOlderTerm))),
  mutant(
    'keeps a registration of an older term',
    'TM-02',
    without('terms', all(onMessage('WaitRegister'), onOlderTerm)),
  ),
  mutant(
    'does not follow a higher term that comes with a question, a command or an answer',
    'TM-01',
    without(
      'terms',
      all(onNewerTerm, situation => !onMessage('Claim', 'Superseded')(situation)),
    ),
  ),
  mutant('does not believe that it was superseded', 'TM-01', deafTo(onMessage('Superseded'))),
  mutant(
    'follows a higher term and leaves the rest of the message unread',
    'FB-13',
    doing((effects, situation) =>
      onNewerTerm(situation) ? effects.filter(({type}) => type === 'Persist' || type === 'CancelTimer') : effects,
    ),
  ),
  mutant(
    'sends before it persists',
    'TM-04',
    doing(effects => [
      ...effects.filter(({type}) => type !== 'Persist'),
      ...effects.filter(({type}) => type === 'Persist'),
    ]),
  ),
  mutant('does not persist its term', 'TM-04', forgetting('Persist')),
  mutant(
    'does not claim its term to the last host',
    'TM-05',
    sending('Claim', (sent, {config}) => (sent.to === peersOf(config).at(-1) ? [] : [sent])),
  ),
  mutant(
    'takes an election in its own term for a new one',
    'TM-06',
    mistaking(situation => {
      const {state, stimulus} = situation;
      return stimulus.type === 'Elected' && stimulus.term === state.durable.term && state.role === 'secondary'
        ? {...situation, state: follower(term(stimulus.term - 1))}
        : situation;
    }),
  ),
  mutant('knows after a crash what it knew before', 'TM-09', deafTo(on('Crashed', 'Restarted'))),
  mutant(
    'answers while it is down',
    'TM-11',
    mistaking(situation => {
      const {state, stimulus} = situation;
      return state.role === 'down' && stimulus.type !== 'Restarted'
        ? {...situation, state: follower(state.durable.term)}
        : situation;
    }),
  ),
];
