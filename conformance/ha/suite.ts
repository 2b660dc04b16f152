import {
  type Config,
  type Effect,
  type Event,
  type HostId,
  hostId,
  mirrored,
  objectId,
  profile,
  type Repairs,
  type State,
  type VmLayout,
  vmId,
} from '../../src/index.js';
import {type Bounded, type Plan, planIn, type Suite, told} from '../suite.js';
import {settlementFor} from './settlement.js';
import {haModule} from './specification.js';
import {haStories} from './stories.js';
import {surroundingsOf} from './surroundings.js';

type Tried = Bounded & {readonly recall?: number};

/** Several small bounds find more than one large one; each is about one part of what an HA module does. */
const COVERED: Readonly<Record<string, Tried>> = {
  'questions and commands': {length: 4, happenings: {query: 1, command: 1, claim: 1, access: 1}, repeats: 1, open: 2},
  registrations: {length: 4, happenings: {register: 2, early: 1, claim: 1, access: 2}, repeats: 0, open: 0, recall: 2},
  'a crash of one who was registered with': {
    length: 4,
    happenings: {register: 1, crash: 1, restart: 1, access: 1},
    repeats: 0,
    open: 0,
  },
  roles: {
    length: 4,
    happenings: {election: 2, request: 1, claim: 1, refusal: 1, crash: 1, restart: 1, register: 1},
    repeats: 0,
    open: 3,
  },
  'a hand-over': {
    length: 5,
    happenings: {election: 2, request: 1, claim: 1, crash: 1, restart: 1, stray: 1},
    repeats: 0,
    open: 3,
  },
  'a SET of an earlier reign': {
    length: 6,
    happenings: {election: 2, request: 1, resend: 1, claim: 1},
    repeats: 0,
    open: 4,
  },
  'a primary is asked': {
    length: 3,
    happenings: {election: 1, access: 1, query: 1, command: 1, register: 1},
    repeats: 0,
    open: 1,
  },
  'a fallback': {length: 7, happenings: {election: 1, request: 1, access: 1}, repeats: 1, open: 5},
  'requests overtake each other': {
    length: 7,
    happenings: {election: 1, request: 2, resend: 1, overtaken: 1},
    repeats: 0,
    open: 4,
  },
  'a timer of an earlier request': {length: 4, happenings: {election: 1, request: 2}, repeats: 1, open: 4},
};

/** What one VM has to do with another. */
const OF_TWO: Readonly<Record<string, Bounded>> = {
  'registrations for two VMs': {length: 3, happenings: {register: 2, access: 1}, repeats: 0, open: 0},
};

/** More of everything than could be covered. */
const WALKED: Bounded = {
  length: 40,
  happenings: {
    election: 2,
    refusal: 1,
    crash: 1,
    restart: 1,
    claim: 2,
    request: 4,
    resend: 2,
    overtaken: 2,
    access: 4,
    query: 2,
    command: 2,
    register: 2,
    early: 1,
    stray: 2,
  },
  repeats: 4,
  open: 8,
};

/** What was never asked for has no part in a story. */
const TOLD = told(Object.keys(WALKED.happenings).filter(kind => kind !== 'stray'));

/**
 * For an HA module that keeps the given repairs: all of `hardened` if none are named. It is tried as host `h1`: every
 * situation within small bounds on three hosts with one VM, then random walks on four hosts with two.
 */
export const haSuite = ({
  repairs = profile('hardened'),
}: {
  readonly repairs?: Repairs;
} = {}): Suite<Config, State, Event, Effect> => ({
  specification: haModule,
  plans: [
    ...Object.entries(COVERED).map(([name, bound]) => plan(name, clusterOf(3, ['v1'], repairs), bound)),
    ...Object.entries(OF_TWO).map(([name, bound]) => plan(name, clusterOf(3, ['v1', 'v2'], repairs), bound)),
    plan('random walks', clusterOf(4, ['v1', 'v2'], repairs), WALKED, 50),
    {...plan('stories', clusterOf(3, ['v1', 'v2'], repairs), TOLD), stories: haStories},
  ],
  settlement: settlementFor(repairs),
});

const plan = (
  name: string,
  config: Config,
  {recall = 1, ...bound}: Tried,
  walks: number | null = null,
): Plan<Config, Event, Effect> => planIn(name, config, surroundingsOf(config), bound, {walks, recall});

const clusterOf = (size: number, vms: readonly string[], repairs: Repairs): Config => {
  const hosts = Array.from({length: size}, (_, index) => hostId(`h${index + 1}`));
  const [self = hostId('h1')] = hosts;
  return {
    self,
    hosts,
    vms: vms.map(name => layoutOf(name, hosts)),
    repairs,
    elector: 'external',
    datastores: 0,
    isolationResponse: 'leave',
    subsets: 'any',
  };
};

const layoutOf = (name: string, [first, second, third]: readonly HostId[]): VmLayout => {
  if (first === undefined || second === undefined || third === undefined) throw new Error('needs three hosts');
  return {
    vm: vmId(name),
    namespace: mirrored(objectId(`${name}-namespace`), 'namespace', [first, second, third]),
    disks: [],
  };
};
