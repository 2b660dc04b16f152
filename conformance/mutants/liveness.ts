// Faults of the watch over other hosts, in an HA module that elects by itself.

import {hostId} from '../../src/index.js';
import {
  all,
  asPrimary,
  changing,
  checked,
  forgetting,
  type HaMutant,
  never,
  onMessage,
  onOlderTerm,
  onOwnTerm,
  onTimer,
  peersOf,
  seeing,
  sending,
  twice,
  withoutTimer,
} from './ha/faults.js';
import {deafTo, doing, keeping, mistaking, mutant} from './mutant.js';

/** Faulty heartbeats, and what a primary makes of silence. */
export const livenessMutants: readonly HaMutant[] = [
  mutant('sends no heartbeat', 'LV-01', deafTo(onTimer('Heartbeat'))),
  mutant('sends one heartbeat', 'LV-01', withoutTimer('Heartbeat', onTimer('Heartbeat'))),
  mutant('does not answer its primary', 'LV-02', sending('Alive', never)),
  mutant('answers its primary twice', 'LV-02', sending('Alive', twice)),
  mutant('does not wait anew when its primary is heard', 'LV-02', withoutTimer('Silence', onMessage('Claim'))),
  mutant(
    'follows a primary of an older term',
    'TM-02',
    mistaking(situation => {
      const {state, stimulus} = situation;
      return stimulus.type === 'Received' && stimulus.message.type === 'Claim' && onOlderTerm(situation)
        ? {...situation, stimulus: {...stimulus, message: {...stimulus.message, term: state.durable.term}}}
        : situation;
    }),
  ),
  mutant(
    'gives way to a primary of an older term',
    'TM-02',
    mistaking(situation => {
      const {state, stimulus, config} = situation;
      return stimulus.type === 'Received' && stimulus.message.type === 'Claim' && onOlderTerm(situation)
        ? {
            config,
            state: state.role === 'primary' ? {...state, durable: {term: stimulus.message.term}} : state,
            stimulus,
          }
        : situation;
    }),
  ),
  mutant(
    'answers whoever claims first',
    'LV-02',
    sending('Alive', (sent, {config}) => [{...sent, to: peersOf(config)[0] ?? sent.to}]),
  ),
  mutant(
    'goes on following whom it followed first',
    'LV-02',
    keeping((after, before) =>
      after.role === 'secondary' && before.role === 'secondary' && before.following !== null && after.following !== null
        ? {...after, following: before.following}
        : after,
    ),
  ),
  mutant('does not hear who is alive', 'LV-03', deafTo(all(onMessage('Alive'), asPrimary, onOwnTerm))),
  mutant(
    'hears who is alive, and goes on taking it to be gone',
    'LV-10',
    keeping((after, before) =>
      after.role === 'primary' && before.role === 'primary' && after.silent.length < before.silent.length
        ? {...after, silent: before.silent}
        : after,
    ),
  ),
  mutant('does not look at a host that is silent', 'LV-04', forgetting('Probe')),
  mutant('looks at a silent host once', 'LV-04', withoutTimer('Host', onTimer('Host'))),
  mutant(
    'looks at another host',
    'LV-04',
    changing('Probe', (probe, {config}) => [
      {...probe, host: peersOf(config).find(host => host !== probe.host) ?? hostId('h0')},
    ]),
  ),
  mutant(
    'does not ask whether it is cut off itself',
    'LV-10',
    changing('CheckIsolation', (check, situation) => (asPrimary(situation) ? [] : [check])),
  ),
  mutant(
    'asks whether it is cut off with each heartbeat',
    'LV-10',
    doing((effects, situation) =>
      all(onTimer('Heartbeat'), asPrimary)(situation) && !effects.some(({type}) => type === 'CheckIsolation')
        ? [...effects, {type: 'CheckIsolation'}]
        : effects,
    ),
  ),
  mutant('stays primary although it is cut off', 'LV-11', deafTo(all(checked(false), asPrimary))),
  mutant(
    'is isolated although it hears somebody',
    'EL-18',
    mistaking(situation => {
      const {state, config} = situation;
      return state.role === 'primary' && checked(false)(situation)
        ? {...situation, state: {...state, silent: peersOf(config).map(host => ({host, state: 'failed'}))}}
        : situation;
    }),
  ),
  mutant(
    'believes a look at a host that it hears again',
    'LV-09',
    mistaking(situation => {
      const {state, stimulus} = situation;
      return state.role === 'primary' &&
        stimulus.type === 'Probed' &&
        !state.silent.some(({host}) => host === stimulus.host)
        ? {...situation, state: {...state, silent: [...state.silent, {host: stimulus.host, state: 'unreachable'}]}}
        : situation;
    }),
  ),
  mutant(
    'watches over itself',
    'LV-09',
    doing((effects, situation) => {
      const {stimulus, config} = situation;
      const isOwn = stimulus.type === 'Received' && stimulus.from === config.self;
      return isOwn && all(onMessage('Alive'), asPrimary, onOwnTerm)(situation)
        ? [...effects, {type: 'SetTimer', timer: {type: 'Host', host: config.self}}]
        : effects;
    }),
  ),
  mutant(
    'takes every silent host to have failed',
    'LV-05',
    seeing(event => (event.type === 'Probed' ? {...event, ping: false, heartbeat: 'none'} : event)),
  ),
  mutant(
    'does not look into the datastores',
    'LV-06',
    seeing(event => (event.type === 'Probed' ? {...event, heartbeat: 'none'} : event)),
  ),
];
