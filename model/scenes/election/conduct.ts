// How hosts go about an election, step by step: what the rules say of that, whatever comes of it.

import type {HostId, Message, State} from '../../../src/index.js';
import {type Builder, type Read, same} from '../../index.js';
import {isLinked, reachesGateway} from './network.js';
import type {PropertyName} from './options.js';
import type {World} from './world.js';

type Declare = (m: Builder, world: World, name: string) => void;

type Conduct = 'HeedsCandidacies' | 'AsksBeforeWinning' | 'FailedAreSilent';

type Candidacy = Extract<Message, {readonly type: 'Candidacy'}>;

export const CONDUCT = {
  /**
   * Who stands for election in no higher term beats a host that stands too and that it outranks, and is told by one
   * that it does not. A secondary leaves the primary that it knows for that host's own word only.
   */
  HeedsCandidacies: (m, world, name) => {
    const {hosts, host, inbox, network, budgets, configAt} = world;
    m.stepProperty(name, {of: at => [inbox(at)], each: hosts}, (before, after, at) => {
      const isFault = before(network) !== after(network) || !same(before(budgets), after(budgets));
      const [old, now] = [before(host(at)), after(host(at))];
      return before(inbox(at)).every(envelope => {
        const {from, message} = envelope;
        const isTaken = !isFault && !after(inbox(at)).some(other => same(other, envelope));
        if (!isTaken || message.type !== 'Candidacy' || message.term > old.durable.term) return true;
        if (old.role === 'secondary') return mayLeave(old, from, message) || same(old, now);
        if (old.role !== 'electing' || now.role !== 'electing') return true;
        if (isFirst(from, message.datastores, at, configAt(at).datastores)) return now.race === 'beaten';
        const isTold = !isLinked(before(network), at, from) || stands(after, world, at, from);
        return isTold && (old.race === 'beaten' ? now.race === 'beaten' : now.race === 'leading');
      });
    });
  },

  /** A host that hears nobody becomes primary only where it reaches the isolation address. */
  AsksBeforeWinning: (m, {hosts, host, network}, name) => {
    m.stepProperty(name, {of: at => [host(at)], each: hosts}, (before, after, at) => {
      const old = before(host(at));
      const wins = old.role === 'electing' && old.race === 'alone' && after(host(at)).role === 'primary';
      return !wins || reachesGateway(before(network), at);
    });
  },

  /** A primary takes a host to have failed only where a look at it has shown so. */
  FailedAreSilent: (m, {hosts, host, network, isDead}, name) => {
    const failed = (state: State): readonly HostId[] =>
      state.role === 'primary' ? state.silent.flatMap(other => (other.state === 'failed' ? [other.host] : [])) : [];
    m.stepProperty(name, {of: at => [host(at)], each: hosts}, (before, after, at) =>
      failed(after(host(at))).every(other => {
        const isNew = !failed(before(host(at))).includes(other);
        return !isNew || !isLinked(before(network), at, other) || before(isDead(other));
      }),
    );
  },
} satisfies Readonly<Record<Conduct & PropertyName, Declare>>;

const mayLeave = (state: Extract<State, {readonly role: 'secondary'}>, from: HostId, {term}: Candidacy): boolean =>
  state.following === null || (from === state.following && term >= state.durable.term);

/** Most datastores first, then the highest id as text. */
const isFirst = (a: HostId, datastores: number, b: HostId, own: number): boolean =>
  datastores > own || (datastores === own && a > b);

/** Whether it lies in the other's inbox that a host stands for election. */
const stands = (read: Read, {inbox}: World, at: HostId, other: HostId): boolean =>
  read(inbox(other)).some(({from, message}) => from === at && message.type === 'Candidacy');
