// What the election is for. The names are those of the project's list of properties where it has them.

import type {HostId} from '../../../src/index.js';
import type {Builder, Read} from '../../index.js';
import {CONDUCT} from './conduct.js';
import {isLinked, reachesGateway, sideOf} from './network.js';
import type {PropertyName} from './options.js';
import {follows} from './standing.js';
import type {World} from './world.js';

type Declare = (m: Builder, world: World, name: string) => void;

/** Whether all hosts on a side that are up agree: one is primary and the others follow it, or the only one is alone. */
const isSettled = ({hosts, network, host}: World, read: Read, one: HostId): boolean => {
  const up = sideOf(read(network), hosts, one).filter(name => read(host(name)).role !== 'down');
  const [only] = up;
  if (only === undefined) return true;
  if (up.length === 1 && !reachesGateway(read(network), only)) return read(host(only)).role === 'isolated';
  const leaders = up.filter(name => read(host(name)).role === 'primary');
  const [leader] = leaders;
  return (
    leader !== undefined && up.every(name => name === leader || follows(leader, read(host(leader)), read(host(name))))
  );
};

export const PROPERTIES = {
  /** What the rest of the protocol relies on: no two hosts are, or claim to be, primary in one term. */
  OnePrimaryPerTerm: (m, {hosts, host, inbox}, name) => {
    m.invariant(name, read => {
      const primaries = hosts.flatMap(at => {
        const {role, durable} = read(host(at));
        return role === 'primary' ? [{at, term: durable.term}] : [];
      });
      const claims = hosts.flatMap(at =>
        read(inbox(at)).flatMap(({from, message}) =>
          message.type === 'Claim' ? [{at: from, term: message.term}] : [],
        ),
      );
      const all = [...primaries, ...claims];
      return all.every(a => all.every(b => a.term !== b.term || a.at === b.at));
    });
  },

  /** The highest term that a host has seen never goes back, and whoever becomes primary does so in a higher one. */
  TermsRise: (m, {hosts, host}, name) => {
    m.stepProperty(name, {of: host.members}, (before, after) =>
      hosts.every(at => {
        const [old, now] = [before(host(at)), after(host(at))];
        const isNew = now.role === 'primary' && old.role !== 'primary';
        return isNew ? now.durable.term > old.durable.term : now.durable.term >= old.durable.term;
      }),
    );
  },

  /** A host carries out commands only of the highest term it has seen. */
  SingleCommander: (m, {hosts, host, obeyed}, name) => {
    m.stepProperty(name, {of: obeyed.members}, (before, after) =>
      hosts.every(at => {
        const term = after(obeyed(at));
        return term === before(obeyed(at)) || term === null || term >= before(host(at)).durable.term;
      }),
    );
  },

  /** Whom a secondary follows has claimed its term, so that no other host can be primary in it. */
  KnowsItsPrimary: (m, {hosts, host}, name) => {
    m.invariant(name, {each: hosts}, (read, at) => {
      const state = read(host(at));
      if (state.role !== 'secondary' || state.following === null) return true;
      return hosts[state.durable.term % hosts.length] === state.following;
    });
  },

  ...CONDUCT,

  /** Once the faults are over, each side that has a host that is up has one primary, which all others there follow. */
  Converges: (m, world, name) => {
    m.eventuallyAlways(name, {each: world.hosts}, (read, one) => isSettled(world, read, one));
  },

  /** Once the faults are over, a primary takes every host that follows it for running. */
  KnowsWhoRuns: (m, {hosts, network, host}, name) => {
    m.eventuallyAlways(name, {each: hosts}, (read, at) => {
      const state = read(host(at));
      if (state.role !== 'primary') return true;
      return state.silent.every(
        ({host: other}) => !isLinked(read(network), at, other) || !follows(at, state, read(host(other))),
      );
    });
  },
  /** What would not survive a crash is nothing that anybody was told: the disk holds what the module calls durable. */
  Persists: (m, {hosts, host, disk}, name) => {
    m.invariant(name, {each: hosts}, (read, at) => read(disk(at)) === read(host(at)).durable.term);
  },

  /** Once the faults are over, a host that is isolated has had its VMs powered off, as it is configured to. */
  IsolationResponse: (m, {hosts, host, hasResponded}, name) => {
    m.eventuallyAlways(name, {each: hosts}, (read, at) => read(host(at)).role !== 'isolated' || read(hasResponded(at)));
  },
} satisfies Readonly<Record<PropertyName, Declare>>;
