// Faulty HA modules that elect by themselves: one fault each, about the election or the watch over other hosts.

import type {Config, HostId, Race} from '../../src/index.js';
import {
  all,
  as,
  asPrimary,
  asSecondary,
  changing,
  checked,
  forgetting,
  type HaMutant,
  never,
  on,
  onMessage,
  onOlderTerm,
  onOwnTerm,
  onTimer,
  peersOf,
  saying,
  seeing,
  sending,
  type When,
  withoutTimer,
} from './ha/faults.js';
import {livenessMutants} from './liveness.js';
import {deafTo, doing, keeping, mistaking, mutant} from './mutant.js';

const inRace =
  (race: Race): When =>
  ({state}) =>
    state.role === 'electing' && state.race === race;

/** It takes its race in the election to stand otherwise when the event comes. */
const racing = (when: When, race: Race): HaMutant['fault'] =>
  mistaking(situation => {
    const {state} = situation;
    return state.role === 'electing' && when(situation) ? {...situation, state: {...state, race}} : situation;
  });

const configured = (change: (config: Config) => Partial<Config>, when: When = () => true): HaMutant['fault'] =>
  mistaking(situation =>
    when(situation) ? {...situation, config: {...situation.config, ...change(situation.config)}} : situation,
  );

const numberIn = (host: HostId): number => Number(host.replace(/\D/g, ''));

/** What a Candidacy would have to say for the text's order to come out as this one does. */
const ranking = (isBefore: (peer: HostId, self: HostId, more: number) => boolean): HaMutant['fault'] =>
  mistaking(situation => {
    const {stimulus, config} = situation;
    if (stimulus.type !== 'Received' || stimulus.message.type !== 'Candidacy') return situation;
    const {message, from} = stimulus;
    const outranks = isBefore(from, config.self, message.datastores - config.datastores);
    return {
      ...situation,
      stimulus: {...stimulus, message: {...message, datastores: config.datastores + (outranks ? 1 : -1)}},
    };
  });

const candidates: readonly HaMutant[] = [
  mutant('does not notice that its primary is silent', 'EL-01', deafTo(onTimer('Silence'))),
  mutant('stands for election before nobody', 'EL-01', sending('Candidacy', never)),
  mutant(
    'stands for election before one host',
    'EL-01',
    sending('Candidacy', (sent, situation) =>
      onTimer('Silence')(situation) && sent.to !== peersOf(situation.config)[0] ? [] : [sent],
    ),
  ),
  mutant(
    'boasts of one datastore more',
    'EL-01',
    saying('Candidacy', message => ({datastores: message.datastores + 1})),
  ),
  mutant('does not say when a round ends', 'EL-01', withoutTimer('Election', onTimer('Silence'))),
  mutant(
    'compares ids as numbers',
    'EL-04',
    ranking((peer, self, more) => more > 0 || (more === 0 && numberIn(peer) > numberIn(self))),
  ),
  mutant(
    'takes the lowest id',
    'EL-04',
    ranking((peer, self, more) => more > 0 || (more === 0 && peer < self)),
  ),
  mutant(
    'does not look at datastores',
    'EL-04',
    ranking((peer, self) => peer > self),
  ),
  mutant(
    'prefers fewer datastores',
    'EL-04',
    ranking((peer, self, more) => more < 0 || (more === 0 && peer > self)),
  ),
  mutant('does not hear who stands against it', 'EL-04', deafTo(all(onMessage('Candidacy'), as('electing')))),
  mutant(
    'answers those too who outrank it',
    'EL-04',
    doing((effects, situation) => {
      const {stimulus, state, config} = situation;
      if (!all(onMessage('Candidacy'), as('electing'), onOwnTerm)(situation) || effects.length > 0) return effects;
      const {datastores} = config;
      const message = {type: 'Candidacy', term: state.durable.term, datastores} as const;
      return 'from' in stimulus ? [{type: 'Send', to: stimulus.from, message}] : effects;
    }),
  ),
  mutant('does not mind that it is outranked', 'EL-08', racing(all(onTimer('Election'), inRace('beaten')), 'leading')),
  mutant('stands again although it leads', 'EL-09', racing(all(onTimer('Election'), inRace('leading')), 'beaten')),
  mutant('wins at once where it hears nobody', 'EL-10', racing(all(onTimer('Election'), inRace('alone')), 'leading')),
  mutant('as a primary leaves candidates without an answer', 'EL-05', deafTo(all(onMessage('Candidacy'), asPrimary))),
  mutant(
    'as a primary answers no candidate of an older term',
    'EL-05',
    deafTo(all(onMessage('Candidacy'), asPrimary, onOlderTerm)),
  ),
  mutant(
    'joins any election although it follows a primary',
    'EL-06',
    mistaking(situation => {
      const {state} = situation;
      return state.role === 'secondary' && onMessage('Candidacy')(situation)
        ? {...situation, state: {...state, following: null}}
        : situation;
    }),
  ),
  mutant('joins no election', 'EL-07', deafTo(all(onMessage('Candidacy'), asSecondary, onOwnTerm))),
  mutant(
    'does not believe that the primary which it follows stands again',
    'EL-07',
    deafTo(
      all(
        onMessage('Candidacy'),
        asSecondary,
        ({state, stimulus}) => state.role === 'secondary' && 'from' in stimulus && state.following === stimulus.from,
      ),
    ),
  ),
];

const winners: readonly HaMutant[] = [
  mutant(
    'claims a term of another host',
    'EL-09',
    configured(({hosts}) => ({hosts: [...hosts].reverse().sort((a, b) => numberIn(a) - numberIn(b))})),
  ),
  mutant(
    'claims its term before one host',
    'EL-09',
    sending('Claim', (sent, {config}) => (sent.to === peersOf(config)[0] ? [sent] : [])),
  ),
  mutant('wins without a heartbeat', 'EL-09', withoutTimer('Heartbeat', onTimer('Election'))),
  mutant('wins without a watch over the others', 'EL-09', withoutTimer('Host', as('electing'))),
  mutant('does not check for isolation', 'EL-10', forgetting('CheckIsolation')),
  mutant('checks for isolation and goes to sleep', 'EL-10', withoutTimer('Election', onTimer('Election'))),
  mutant(
    'swaps what the isolation check says',
    'EL-12',
    seeing(event => (event.type === 'IsolationChecked' ? {...event, reachable: !event.reachable} : event)),
  ),
  mutant('does not hear that it is not isolated', 'EL-09', deafTo(all(checked(true), as('electing')))),
  mutant('does not hear that it is isolated', 'EL-12', deafTo(all(checked(false), as('electing')))),
  mutant('wins although somebody stood by now', 'EL-18', racing(on('IsolationChecked'), 'alone')),
];

const isolated: readonly HaMutant[] = [
  mutant('does not look again once it is isolated', 'EL-13', deafTo(onTimer('Isolation'))),
  mutant('looks again once only', 'EL-13', withoutTimer('Isolation', onTimer('Isolation'))),
  mutant(
    'looks again without standing for election',
    'EL-13',
    sending('Candidacy', (sent, situation) => (onTimer('Isolation')(situation) ? [] : [sent])),
  ),
  mutant('stays isolated although it reaches the address', 'EL-14', deafTo(all(checked(true), as('isolated')))),
  mutant('never gives its isolation response', 'EL-15', forgetting('PowerOffVms')),
  mutant(
    'gives its isolation response again and again',
    'EL-18',
    keeping(after => (after.role === 'isolated' ? {...after, responded: false} : after)),
  ),
  mutant(
    'gives its isolation response whatever it is to do',
    'EL-18',
    configured(() => ({isolationResponse: 'power-off'})),
  ),
  mutant(
    'gives its isolation response at once',
    'EL-15',
    doing((effects, {state, stimulus}) =>
      state.role === 'electing' && state.race === 'alone' && stimulus.type === 'IsolationChecked' && !stimulus.reachable
        ? [...effects, {type: 'PowerOffVms'}]
        : effects,
    ),
  ),
  mutant(
    'isolated, ignores who stands for election',
    'EL-16',
    deafTo(all(onMessage('Candidacy'), as('isolated'), onOwnTerm)),
  ),
  mutant(
    'goes on with an election that somebody has won',
    'LV-02',
    deafTo(all(onMessage('Claim'), as('electing'), onOwnTerm)),
  ),
  mutant(
    'stays isolated although a primary claims its term',
    'LV-02',
    deafTo(all(onMessage('Claim'), as('isolated'), onOwnTerm)),
  ),
  mutant(
    'lets somebody outside elect it',
    'TM-06',
    doing((effects, situation) =>
      on('Elected')(situation) && asSecondary(situation)
        ? peersOf(situation.config).map(to => ({
            type: 'Send',
            to,
            message: {type: 'Claim', term: situation.state.durable.term},
          }))
        : effects,
    ),
  ),
];

/** What they take from the time before, or from an equal. */
const remembering: readonly HaMutant[] = [
  mutant(
    'takes a candidate with as many datastores for a weaker one',
    'EL-04',
    seeing((event, state) =>
      event.type === 'Received' && event.message.type === 'Candidacy' && state.role !== 'down'
        ? {
            ...event,
            message: {...event.message, datastores: event.message.datastores === 2 ? 1 : event.message.datastores},
          }
        : event,
    ),
  ),
  mutant(
    'beats its heart under the timer of a host',
    'EL-09',
    changing('SetTimer', (order, {config}) => [
      order.timer.type === 'Heartbeat' ? {...order, timer: {type: 'Host', host: config.self}} : order,
    ]),
  ),
];

/** Faulty HA modules with the builtin elector. */
export const electionMutants: readonly HaMutant[] = [
  ...candidates,
  ...winners,
  ...isolated,
  ...remembering,
  ...livenessMutants,
];
