// Three hosts that elect a primary among themselves, and what one of them does about one event.

import {
  type Config,
  type Effect,
  type Event,
  hostId,
  type Message,
  outcomes,
  profile,
  type State,
  type Term,
  term,
} from '../../../src/index.js';

export const [H1, H2, H3] = [hostId('h1'), hostId('h2'), hostId('h3')];

/** h2, as h1 is outranked by it and h3 outranks it. */
const SELF = H2;

export const CONFIG: Config = {
  self: SELF,
  hosts: [H1, H2, H3],
  vms: [],
  repairs: profile('hardened'),
  elector: 'builtin',
  datastores: 0,
  isolationResponse: 'leave',
  subsets: 'any',
};

export const T: Term = term(4);
export const NOWHERE = {accessible: {namespace: false, all: false}, reachable: []};

/** The one thing that h2 does. */
export const does = (state: State, event: Event, config: Config = CONFIG) => {
  const [outcome, ...more] = outcomes(config, state, event);
  if (more.length > 0) throw new Error('one outcome');
  return outcome;
};

export const received = (from: typeof H1, message: Message): Event => ({type: 'Received', from, message, ...NOWHERE});
export const candidacy = (of: Term = T) => ({type: 'Candidacy', term: of, datastores: 0}) as const;
export const claim = (of: Term = T) => ({type: 'Claim', term: of}) as const;
export const send = (to: typeof H1, message: Message): Effect => ({type: 'Send', to, message});
