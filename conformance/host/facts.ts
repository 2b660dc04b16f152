// What the suite knows while it plays the surroundings of one host.

import {
  type Configuration,
  configuration,
  type Generation,
  generation,
  type HostConfig,
  type HostEvent,
  type HostId,
  type Identity,
  identity,
  type Protection,
  type Term,
  term,
} from '../../src/index.js';

/** One VM is played; the numbers are the highest that anybody has used. */
export type Facts = {
  readonly isUp: boolean;
  /** Of the HA network. */
  readonly term: Term;
  /** Of the storage network's reigns. */
  readonly number: Configuration;
  /** Whom the storage module of this host hears. */
  readonly reachable: readonly HostId[];
  readonly value: Protection;
  readonly generation: Generation;
  readonly identity: Identity;
};

export const factsOf = ({self}: HostConfig): Facts => ({
  isUp: false,
  term: term(0),
  number: configuration(0),
  reachable: [self],
  value: 'unprotected',
  generation: generation(0),
  identity: identity(1),
});

export const peersOf = ({self, hosts}: HostConfig): readonly HostId[] => hosts.filter(host => host !== self);

/** What is known after an event. */
export const learnt = (facts: Facts, event: HostEvent): Facts => {
  switch (event.type) {
    case 'Crashed':
      return {...facts, isUp: false};
    case 'Restarted':
      return {...facts, isUp: true, reachable: event.reachable};
    case 'ViewChanged':
      return {...facts, reachable: event.reachable};
    case 'Received':
      return event.network === 'ha'
        ? {...facts, term: term(Math.max(facts.term, event.message.term))}
        : {...facts, number: configuration(Math.max(facts.number, event.message.number))};
    case 'Request':
      return event.generation > facts.generation ? {...facts, value: event.value, generation: event.generation} : facts;
    case 'PowerOff':
      return {...facts, generation: generation(Math.max(facts.generation, event.generation))};
    case 'Created':
      return {...facts, identity: identity(Math.max(facts.identity, event.identity))};
    default:
      return facts;
  }
};
