// Faults of a host that is asked, commanded or waited for, and of the primary that waits.

import {generation} from '../../../src/index.js';
import {deafTo, keeping, mutant} from '../mutant.js';
import {
  all,
  asPrimary,
  changing,
  type HaMutant,
  on,
  onMessage,
  onOwnTerm,
  peersOf,
  sending,
  without,
} from './faults.js';

const answerMutants: readonly HaMutant[] = [
  mutant(
    'says yes whatever its storage module says',
    'FB-13',
    sending('AccessAnswer', sent => [{...sent, message: {...sent.message, accessible: true}}]),
  ),
  mutant(
    'answers twice',
    'FB-13',
    sending('AccessAnswer', sent => [sent, sent]),
  ),
  mutant(
    'calls SET with a generation of its own',
    'FB-17',
    changing('CallStorage', ({type, call}, situation) => [
      {type, call: on('Received')(situation) ? {...call, generation: generation(call.generation + 1)} : call},
    ]),
  ),
  mutant(
    'tells the result to another host',
    'FB-18',
    sending('SetResult', (sent, {config}) => peersOf(config).flatMap(to => (to === sent.to ? [] : [{...sent, to}]))),
  ),
  mutant(
    'never tells the result',
    'FB-18',
    sending('SetResult', () => []),
  ),
];

const waitMutants: readonly HaMutant[] = [
  mutant(
    'registers with one host only',
    'WT-01',
    sending('WaitRegister', (sent, {config}) => (sent.to === peersOf(config)[0] ? [sent] : [])),
  ),
  mutant('waits although it has access by now', 'WT-02', without('level-triggered', asPrimary)),
  mutant('does not wake when it is notified', 'WT-06', deafTo(all(onMessage('BecameAccessible'), onOwnTerm))),
  mutant('does not wake when it has access itself', 'WT-06', deafTo(all(on('AccessibilityChanged'), asPrimary))),
  mutant(
    'never registers again',
    'WT-07',
    deafTo(
      ({stimulus}) => stimulus.type === 'TimerFired' && 'phase' in stimulus.timer && stimulus.timer.phase === 'waiting',
    ),
  ),
  mutant(
    'drops registrations',
    'WT-03',
    keeping(after => (after.role === 'secondary' ? {...after, watches: []} : after)),
  ),
  mutant(
    'keeps the registrations of one primary only',
    'WT-03',
    keeping(after => (after.role === 'secondary' ? {...after, watches: after.watches.slice(-1)} : after)),
  ),
  mutant('does not say that it has access already', 'WT-04', without('level-triggered', onMessage('WaitRegister'))),
  mutant('lets an older registration replace a newer one', 'WT-08', without('request-ids', onMessage('WaitRegister'))),
  mutant(
    'notifies again and again',
    'WT-09',
    keeping((after, before) =>
      after.role === 'secondary' && before.role === 'secondary' && after.durable.term === before.durable.term
        ? {...after, watches: after.watches.length < before.watches.length ? before.watches : after.watches}
        : after,
    ),
  ),
];

export const responderMutants: readonly HaMutant[] = [...answerMutants, ...waitMutants];
