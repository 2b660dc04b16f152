// What has to come about before a property says anything. Each is claimed never to, so that the explorer shows that it
// does.

import type {Builder} from '../../index.js';
import {isLinked, reachesGateway} from './network.js';
import type {PropertyName} from './options.js';
import type {World} from './world.js';

type Declare = (m: Builder, world: World, name: string) => void;

/** Somebody becomes primary. */
const oneWins: Declare = (m, {hosts, host}, name) => {
  m.stepProperty(name, {of: at => [host(at)], each: hosts}, (before, after, at) => {
    return before(host(at)).role === 'primary' || after(host(at)).role !== 'primary';
  });
};

export const PREMISES: Readonly<Record<PropertyName, Declare>> = {
  /** Two hosts are primary at one time. */
  OnePrimaryPerTerm: (m, {hosts, host}, name) => {
    m.invariant(name, read => hosts.filter(at => read(host(at)).role === 'primary').length < 2);
  },

  TermsRise: oneWins,
  Converges: oneWins,

  /** A command is under way to a host that has seen a higher term. */
  SingleCommander: (m, {hosts, host, inbox}, name) => {
    m.invariant(name, {each: hosts}, (read, at) =>
      read(inbox(at)).every(
        ({message}) => message.type !== 'SetCommand' || message.term >= read(host(at)).durable.term,
      ),
    );
  },

  /** A secondary follows another than before. */
  KnowsItsPrimary: (m, {hosts, host}, name) => {
    m.stepProperty(name, {of: at => [host(at)], each: hosts}, (before, after, at) => {
      const [old, now] = [before(host(at)), after(host(at))];
      const isNew = now.role === 'secondary' && now.following !== null;
      return !isNew || (old.role === 'secondary' && old.following === now.following);
    });
  },

  /** A primary takes a host for silent. */
  KnowsWhoRuns: (m, {hosts, host}, name) => {
    m.invariant(name, {each: hosts}, (read, at) => {
      const state = read(host(at));
      return state.role !== 'primary' || state.silent.length === 0;
    });
  },

  /** A host sees a higher term than before. */
  Persists: (m, {hosts, host}, name) => {
    m.stepProperty(name, {of: at => [host(at)], each: hosts}, (before, after, at) => {
      return after(host(at)).durable.term === before(host(at)).durable.term;
    });
  },

  /** A host that stands for election hears that another does. */
  HeedsCandidacies: (m, {hosts, host, inbox}, name) => {
    m.invariant(name, {each: hosts}, (read, at) =>
      read(inbox(at)).every(({message}) => read(host(at)).role !== 'electing' || message.type !== 'Candidacy'),
    );
  },

  /** A host that stands for election hears nobody, and does not reach the isolation address. */
  AsksBeforeWinning: (m, {hosts, host, network}, name) => {
    m.invariant(name, {each: hosts}, (read, at) => {
      const state = read(host(at));
      return state.role !== 'electing' || state.race !== 'alone' || reachesGateway(read(network), at);
    });
  },

  /** A primary looks at a host that answers. */
  FailedAreSilent: (m, {hosts, network, asked}, name) => {
    m.invariant(name, {each: hosts}, (read, at) =>
      read(asked(at)).every(question => question.type !== 'Probe' || !isLinked(read(network), at, question.host)),
    );
  },

  IsolationResponse: (m, {hosts, host}, name) => {
    m.invariant(name, {each: hosts}, (read, at) => read(host(at)).role !== 'isolated');
  },
};
