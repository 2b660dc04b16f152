import {type Config, type Effect, type Event, hostId, profile, type Repairs, type State} from '../../src/index.js';
import {haModule} from '../ha/specification.js';
import {factMistakes, repairMistakes} from '../mistakes.js';
import type {Specification} from '../specification.js';
import {type Bounded, type Plan, planIn, type Suite, told} from '../suite.js';
import {electionSettlement} from './settlement.js';
import {electionStories} from './stories.js';
import {surroundingsOf} from './surroundings.js';

/** The HA module of one host, which elects a primary with the others and watches over them. */
export const electingModule: Specification<Config, State, Event, Effect> = {
  ...haModule,
  module: 'election',
  chapters: ['EL', 'LV', 'TM'],
  mistakes: (config, event) => [
    ...repairMistakes(config, event),
    ...factMistakes(
      config,
      event,
      ['message', 'datastores'],
      [-1, 0, 1].map(more => config.datastores + more),
    ),
    ...factMistakes(config, event, ['reachable'], [false, true]),
  ],
};

/** Several small bounds, each about one part of it. */
const COVERED: Readonly<Record<string, Bounded>> = {
  'who stands for election': {length: 4, happenings: {silence: 1, candidacy: 2, claim: 1}, repeats: 0, open: 2},
  'whom to follow': {length: 4, happenings: {claim: 2, candidacy: 1, silence: 1, alive: 1}, repeats: 0, open: 2},
  'an election of one': {length: 6, happenings: {silence: 1, candidacy: 1, claim: 1}, repeats: 1, open: 4},
  'out of the blue': {
    length: 4,
    happenings: {silence: 1, stray: 2, refusal: 1, crash: 1, restart: 1},
    repeats: 0,
    open: 2,
  },
  'a watch over others': {length: 7, happenings: {silence: 1, alive: 1}, repeats: 1, open: 5},
};

/** Where there is only one other, one that is silent is all of them. */
const WATCH: Bounded = {length: 7, happenings: {silence: 1, alive: 1}, repeats: 0, open: 5};

const WALKED: Bounded = {
  length: 40,
  happenings: {silence: 4, candidacy: 6, claim: 4, alive: 6, stray: 4, refusal: 1, crash: 2, restart: 2},
  repeats: 6,
  open: 8,
};

/**
 * For an HA module with the builtin elector: all of `hardened` if no repairs are named. It is host `h2` of three, whose
 * names come in another order as text than as numbers would.
 */
export const electionSuite = ({
  repairs = profile('hardened'),
}: {
  readonly repairs?: Repairs;
} = {}): Suite<Config, State, Event, Effect> => ({
  specification: electingModule,
  plans: [
    ...Object.entries(COVERED).map(([name, bound]) => plan(name, configOf(repairs, 'leave'), bound)),
    plan('a watch over one other', {...configOf(repairs, 'leave'), hosts: [hostId('h10'), hostId('h2')]}, WATCH),
    plan('cut off', configOf(repairs, 'power-off'), {
      length: 7,
      happenings: {silence: 1, candidacy: 1},
      repeats: 1,
      open: 4,
    }),
    plan('random walks', configOf(repairs, 'power-off'), WALKED, 50),
    {
      ...plan('stories', configOf(repairs, 'power-off'), told(Object.keys(WALKED.happenings))),
      stories: electionStories,
    },
  ],
  settlement: electionSettlement,
});

/** The cluster that it is tried in. */
export const configOf = (repairs: Repairs, isolationResponse: Config['isolationResponse']): Config => ({
  self: hostId('h2'),
  hosts: [hostId('h10'), hostId('h2'), hostId('h9')],
  vms: [],
  repairs,
  elector: 'builtin',
  datastores: 2,
  isolationResponse,
  subsets: 'any',
});

const plan = (name: string, config: Config, bound: Bounded, walks: number | null = null): Plan<Config, Event, Effect> =>
  planIn(name, config, surroundingsOf(config), bound, {walks});
