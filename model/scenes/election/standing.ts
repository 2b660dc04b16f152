// How things stand between hosts, as the environment sees it and no host does.

import type {HostId, State} from '../../../src/index.js';
import type {Builder, Read} from '../../index.js';
import {isLinked} from './network.js';
import type {Envelope, World} from './world.js';

const isClaimOf = (from: HostId, {durable: {term}}: State, envelope: Envelope): boolean =>
  envelope.from === from && envelope.message.type === 'Claim' && envelope.message.term === term;

/** Whether `b` follows `a`, which is primary of `b`'s term. */
export const follows = (a: HostId, leading: State, b: State): boolean =>
  leading.role === 'primary' && b.role === 'secondary' && b.durable.term === leading.durable.term && b.following === a;

export const declareStanding = (m: Builder, {hosts, network, host, inbox}: World) => {
  const pairs = hosts.flatMap(a => hosts.flatMap(b => (a === b ? [] : [`${a} ${b}`])));
  const both = (pair: string) => pair.split(' ') as [HostId, HostId];

  /** Whether a heartbeat of `a` would tell `b`, or its answer `a`, something. */
  const isNews = m.derives('is news', pairs, (read, pair): boolean => {
    const [a, b] = both(pair);
    const [leading, hearing] = [read(host(a)), read(host(b))];
    if (leading.role !== 'primary' || hearing.role === 'down' || !isLinked(read(network), a, b)) return false;
    if (hearing.durable.term > leading.durable.term) return false;
    if (read(inbox(b)).some(envelope => isClaimOf(a, leading, envelope))) return false;
    if (read(inbox(a)).some(({from, message}) => from === b && message.type === 'Alive')) return false;
    return !follows(a, leading, hearing) || leading.silent.some(silent => silent.host === b);
  });

  /** Whether `b` hears from `a`, or soon will, what keeps it a secondary. */
  const isKept = m.derives('is kept', pairs, (read, pair): boolean => {
    const [a, b] = both(pair);
    const [leading, hearing] = [read(host(a)), read(host(b))];
    return (
      read(inbox(b)).some(envelope => isClaimOf(a, hearing, envelope)) ||
      (leading.role === 'primary' && leading.durable.term >= hearing.durable.term && isLinked(read(network), a, b))
    );
  });

  /** Whether `a`, a primary, hears that `b` is running, or soon will. */
  const isHeard = m.derives('is heard', pairs, (read, pair): boolean => {
    const [a, b] = both(pair);
    const [leading, hearing] = [read(host(a)), read(host(b))];
    return (
      (isLinked(read(network), a, b) && (follows(a, leading, hearing) || read(isNews(pair)))) ||
      read(inbox(b)).some(({from}) => from === a) ||
      read(inbox(a)).some(({from}) => from === b)
    );
  });

  const others = (name: HostId) => hosts.filter(other => other !== name);
  return {
    others,
    isHeard: (read: Read, a: HostId, b: HostId) => read(isHeard(`${a} ${b}`)),
    hasNews: (read: Read, a: HostId) => others(a).some(b => read(isNews(`${a} ${b}`))),
    isKept: (read: Read, b: HostId) => others(b).some(a => read(isKept(`${a} ${b}`))),
  };
};
