// What the relations keep besides what the protocol is for: lists as their types promise them, and few messages.

import type {HostId, State} from '../../../src/index.js';
import type {Builder} from '../../index.js';
import {type Envelope, fallbackAt, type World} from './world.js';

/** Tallies are sorted and of others; who said yes or is awaited was asked; nobody is both, or is commanded as well. */
export const declareTypes = (m: Builder, {cluster, vms, host}: World, name: string): void => {
  m.invariant(name, {each: cluster.hosts}, (read, at) => {
    const state = read(host(at));
    if (!isSorted(watchedBy(state))) return false;
    return vms.every(vm => {
      const known = fallbackAt(state, vm);
      if (known === null || !('asked' in known)) return true;
      const {asked, awaited, positive} = known;
      const pending: readonly HostId[] = known.phase === 'commanding' ? [known.commanded, ...positive] : positive;
      return (
        !asked.includes(at) &&
        [asked, awaited, positive].every(isSorted) &&
        [...awaited, ...pending].every(other => asked.includes(other)) &&
        new Set([...awaited, ...pending]).size === awaited.length + pending.length
      );
    });
  });
};

const watchedBy = (state: State): readonly string[] =>
  state.role === 'secondary' ? state.watches.map(({vm, primary}) => `${vm} ${primary}`) : [];

const isSorted = (list: readonly string[]): boolean =>
  list.every((member, index) => index === 0 || (list[index - 1] ?? '') < member);

/** Of each type there is one message at most under way from one host to another about one request. */
export const declareBounds = (m: Builder, {cluster, inbox}: World, name: string): void => {
  m.invariant(name, {each: cluster.hosts}, (read, at) => {
    const about = read(inbox(at)).flatMap(subjectOf);
    return new Set(about).size === about.length;
  });
};

const subjectOf = ({from, message}: Envelope): readonly string[] => {
  if (!('round' in message)) return [];
  const {type, term, vm, generation, round} = message;
  return [JSON.stringify([from, type, term, vm, generation, round])];
};
