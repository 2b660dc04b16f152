// Faulty hosts, in what follows when a VM fails, loses its storage or is stopped.

import {
  type ComposedState,
  type HostConfig,
  type HostEffect,
  type HostEvent,
  type PowerOnResult,
  round,
  term,
} from '../../src/index.js';
import {deafTo, doing, type Mutant, mistaking, mutant} from './mutant.js';

type HostMutant = Mutant<HostConfig, ComposedState, HostEvent, HostEffect>;
type HostFault = HostMutant['fault'];

const deaf = (unheard: (event: HostEvent) => boolean): HostFault => deafTo(({stimulus}) => unheard(stimulus));

const timer =
  (type: string) =>
  (event: HostEvent): boolean =>
    event.type === 'TimerFired' && event.timer.type === type;

const changing = (change: (effect: HostEffect, event: HostEvent) => readonly HostEffect[]): HostFault =>
  doing((effects, {stimulus}) => effects.flatMap(effect => change(effect, stimulus)));

/** It takes one answer to its command for a failed attempt. */
const takenForFailed = (result: PowerOnResult['type']): HostFault =>
  mistaking(situation => {
    const {stimulus} = situation;
    if (stimulus.type !== 'Received' || stimulus.message.type !== 'RestartResult') return situation;
    const {message} = stimulus;
    const failed = {...message, result: {type: 'failed'}} as const;
    return message.result.type === result
      ? {...situation, stimulus: {type: 'Received', network: 'ha', from: stimulus.from, message: failed}}
      : situation;
  });

type Sent = Extract<HostEffect, {readonly type: 'Send'; readonly network: 'ha'}>;

const sending = (
  type: Sent['message']['type'],
  change: (sent: Sent, event: HostEvent) => readonly HostEffect[],
): HostFault =>
  changing((effect, event) =>
    effect.type === 'Send' && effect.network === 'ha' && effect.message.type === type
      ? change(effect, event)
      : [effect],
  );

/** Implementations of a host that recover wrongly, with one mistake each. */
export const recoveryMutants: readonly HostMutant[] = [
  mutant(
    'says nothing when a VM loses its storage',
    'HO-06',
    sending('VmStatus', sent =>
      sent.message.type === 'VmStatus' && sent.message.report.type === 'storageLost' ? [] : [sent],
    ),
  ),
  mutant(
    'tells each news of its VMs twice',
    'HO-06',
    sending('VmStatus', sent => [sent, sent]),
  ),
  mutant('lets a VM run from memory for ever', 'RS-12', deaf(timer('Ghost'))),
  mutant(
    'takes the end of a VM that ran from memory for a clean stop',
    'HO-06',
    sending('VmStatus', (sent, event) =>
      timer('Ghost')(event) && sent.message.type === 'VmStatus' && sent.message.report.type === 'ended'
        ? [{...sent, message: {...sent.message, report: {type: 'ended', ending: {clean: true, intent: null}}}}]
        : [sent],
    ),
  ),
  mutant(
    'does not restart what has lost its storage',
    'FO-10',
    deaf(
      event =>
        event.type === 'Received' && event.message.type === 'VmStatus' && event.message.report.type === 'storageLost',
    ),
  ),
  mutant(
    'does not hear that a host has failed',
    'FO-05',
    deaf(event => event.type === 'Probed' && !event.ping),
  ),
  mutant('reads back once only', 'RT-05', deaf(timer('Retrieval'))),
  mutant(
    'reads back again from one host only',
    'RT-05',
    changing((effect, event) =>
      timer('Retrieval')(event) && effect.type === 'Send' && effect.message.type === 'Retrieve' && effect.to !== 'h2'
        ? []
        : [effect],
    ),
  ),
  mutant('gives up no votes', 'OB-16', deaf(timer('Absence'))),
  mutant(
    'asks one host only for a place',
    'FO-19',
    sending('PlaceQuery', sent => (sent.to === 'h2' ? [sent] : [])),
  ),
  mutant(
    'asks for a place in another term',
    'FO-19',
    sending('PlaceQuery', sent =>
      sent.message.type === 'PlaceQuery' ? [{...sent, message: {...sent.message, term: term(0)}}] : [sent],
    ),
  ),
  mutant(
    'never asks for a place again',
    'FO-30',
    changing(effect =>
      effect.type === 'SetTimer' && effect.timer.type === 'Failover' && effect.timer.stage === 'delayed'
        ? []
        : [effect],
    ),
  ),
  mutant(
    'does not answer who asks for a place',
    'FO-42',
    sending('PlaceAnswer', () => []),
  ),
  mutant(
    'has room for everything',
    'FO-42',
    sending('PlaceAnswer', sent =>
      sent.message.type === 'PlaceAnswer'
        ? [
            {
              ...sent,
              message: {...sent.message, standing: {...sent.message.standing, capacity: true, accessible: true}},
            },
          ]
        : [sent],
    ),
  ),
  mutant(
    'answers about a place in another round',
    'FO-42',
    sending('PlaceAnswer', sent =>
      sent.message.type === 'PlaceAnswer'
        ? [{...sent, message: {...sent.message, round: round(sent.message.round + 1)}}]
        : [sent],
    ),
  ),
  mutant(
    'commands a host twice',
    'FO-23',
    sending('RestartCommand', sent => [sent, sent]),
  ),
  mutant(
    'does not hear that a VM can be started somewhere',
    'FO-33',
    deaf(event => event.type === 'Received' && event.message.type === 'BecamePlaceable'),
  ),
  mutant(
    'learns nothing from other hosts',
    'RT-06',
    deaf(event => event.type === 'Received' && event.message.type === 'Retrieved'),
  ),
  mutant(
    'does not notice that a VM has come to it',
    'RS-16',
    deaf(event => event.type === 'MigratedIn'),
  ),
  mutant(
    'registers with nobody who is back',
    'FO-38',
    sending('PlaceRegister', (sent, event) =>
      event.type === 'Received' && event.message.type === 'Alive' ? [] : [sent],
    ),
  ),
  mutant('takes what was refused for a failed attempt', 'FO-36', takenForFailed('refused')),
  mutant('counts a lack of room as a failed attempt', 'FO-27', takenForFailed('capacity')),
  mutant(
    'does not say how a restart went',
    'FO-44',
    sending('RestartResult', () => []),
  ),
];
