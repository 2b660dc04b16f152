// Faulty hosts, in what follows when a VM fails, loses its storage or is stopped.

import {type ComposedState, type HostConfig, type HostEffect, type HostEvent, round, term} from '../../src/index.js';
import {deafTo, doing, type Mutant, mutant} from './mutant.js';

type HostMutant = Mutant<HostConfig, ComposedState, HostEvent, HostEffect>;
type HostFault = HostMutant['fault'];

const deaf = (unheard: (event: HostEvent) => boolean): HostFault => deafTo(({stimulus}) => unheard(stimulus));

const timer =
  (type: string) =>
  (event: HostEvent): boolean =>
    event.type === 'TimerFired' && event.timer.type === type;

const changing = (change: (effect: HostEffect, event: HostEvent) => readonly HostEffect[]): HostFault =>
  doing((effects, {stimulus}) => effects.flatMap(effect => change(effect, stimulus)));

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
    'FO-04',
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
    'FO-28',
    changing(effect => (effect.type === 'SetTimer' && effect.timer.type === 'Failover' ? [] : [effect])),
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
    'does not say how a restart went',
    'FO-44',
    sending('RestartResult', () => []),
  ),
];
