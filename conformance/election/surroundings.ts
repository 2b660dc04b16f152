// The world of an HA module that elects by itself: its peers, its timers, the isolation address and the datastores.

import {
  type Config,
  type Effect,
  type Event,
  type HostId,
  type Message,
  type Probe,
  type Term,
  type Timer,
  term,
} from '../../src/index.js';
import {timerFateOnEffect, timerFateOnStimulus} from '../cases/timers.js';
import type {Happening, Surroundings} from '../cases/world.js';

/** What the suite plays: the highest term there is. */
type Facts = {readonly term: Term; readonly isUp: boolean};

type Happenings = readonly Happening<Event>[];

/** One look at a silent host for each rule that speaks of one, and one that shows everything at once. */
const PROBES: readonly Probe[] = [
  {ping: true, heartbeat: 'isolated'},
  {ping: false, heartbeat: 'isolated'},
  {ping: false, heartbeat: 'well'},
  {ping: false, heartbeat: 'none'},
];

const NOWHERE = {accessible: {namespace: false, all: false}, reachable: []} as const;

/** The surroundings of `config.self`, with the peers as the suite plays them. */
export const surroundingsOf = (config: Config): Surroundings<Facts, Event, Effect> => ({
  facts: {term: term(0), isUp: true},
  happenings: facts => [...ofLife(facts), ...ofPeers(config, facts), ...ofStrays(config, facts)],
  answers: (_, effect) => answersTo(effect),
  fateOnStimulus: timerFateOnStimulus,
  fateOnEffect: (open, effect) =>
    open.type === 'CheckIsolation' && effect.type === 'CheckIsolation' ? 'over' : timerFateOnEffect(open, effect),
  learnt: (facts, event) => {
    switch (event.type) {
      case 'Crashed':
        return {...facts, isUp: false};
      case 'Restarted':
        return {...facts, isUp: true};
      case 'Received':
        return event.message.term > facts.term ? {...facts, term: event.message.term} : facts;
      default:
        return facts;
    }
  },
});

const fired = (timer: Timer): Event => ({type: 'TimerFired', timer, ...NOWHERE});

const ofLife = ({term: highest, isUp}: Facts): Happenings => [
  isUp ? {kind: 'crash', stimulus: {type: 'Crashed'}} : {kind: 'restart', stimulus: {type: 'Restarted'}},
  // Nobody outside elects here (TM-06).
  {kind: 'refusal', stimulus: {type: 'Elected', term: term(highest + 1)}},
  {kind: 'silence', stimulus: fired({type: 'Silence'})},
];

/** Overtaken, in force, newer than any. */
const termsAround = ({term: highest}: Facts): readonly Term[] =>
  [highest - 1, highest, highest + 1].filter(number => number >= 0).map(term);

const peersOf = ({self, hosts}: Config): readonly HostId[] => hosts.filter(host => host !== self);

const ofPeers = (config: Config, facts: Facts): Happenings => {
  const received = (kind: string, from: HostId, message: Message): Happening<Event> => ({
    kind,
    stimulus: {type: 'Received', from, message, ...NOWHERE},
  });
  return peersOf(config).flatMap((from, index) =>
    termsAround(facts).flatMap(
      (of): Happenings => [
        received('claim', from, {type: 'Claim', term: of}),
        received('alive', from, {type: 'Alive', term: of}),
        ...(index === 0 ? [received('claim', from, {type: 'Superseded', term: of})] : []),
        ...[-1, 0, 1].map(more =>
          received('candidacy', from, {type: 'Candidacy', term: of, datastores: config.datastores + more}),
        ),
      ],
    ),
  );
};

/** What was not asked for, or comes when it no longer matters. */
const ofStrays = (config: Config, facts: Facts): Happenings => {
  const peers = peersOf(config);
  const timers: readonly Timer[] = [
    {type: 'Election'},
    {type: 'Isolation'},
    {type: 'Heartbeat'},
    ...config.hosts.map(host => ({type: 'Host', host}) as const),
  ];
  const events: readonly Event[] = [
    ...timers.map(fired),
    {type: 'IsolationChecked', reachable: true},
    {type: 'IsolationChecked', reachable: false},
    ...peers.flatMap(host => PROBES.map(probe => ({type: 'Probed', host, ...probe}) as const)),
    ...termsAround(facts).map(
      (of): Event => ({type: 'Received', from: config.self, message: {type: 'Alive', term: of}, ...NOWHERE}),
    ),
  ];
  return events.map(stimulus => ({kind: 'stray', stimulus}));
};

const answersTo = (effect: Effect): readonly Event[] => {
  switch (effect.type) {
    case 'SetTimer':
      return [fired(effect.timer)];
    case 'CheckIsolation':
      return [true, false].map(reachable => ({type: 'IsolationChecked', reachable}));
    case 'Probe':
      return PROBES.map(probe => ({type: 'Probed', host: effect.host, ...probe}));
    default:
      return [];
  }
};
