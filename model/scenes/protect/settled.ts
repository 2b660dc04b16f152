// What is as good as done: a Claim that nothing can forestall.
//
// Where no primary of a lower term is left, nobody sends messages of a lower term but answers to one. So a secondary
// that has a Claim to receive, and nothing of a lower term that it would heed, will follow before it does anything
// else: it may as well have followed. And a refusal that names the term of such a Claim says nothing that the Claim
// does not.

import {follower, type Term} from '../../../src/index.js';
import type {Builder} from '../../index.js';
import type {World} from './world.js';

/**
 * Only where every Claim arrives: where messages get lost or arrive twice it makes a difference which of two is left.
 */
export const declareSettled = (m: Builder, {cluster, host, inbox}: World): void => {
  const lowest = m.fold('lowest term of a primary', host.members, null as Term | null, (least, state) =>
    state.role === 'primary' && (least === null || state.durable.term < least) ? state.durable.term : least,
  );

  for (const name of cluster.hosts) {
    m.normalise(`refusals to ${name} beside a Claim`, {of: inbox(name)}, messages => {
      const claimed = messages.flatMap(({message}) => (message.type === 'Claim' ? [message.term] : []));
      return messages.filter(({message}) => message.type !== 'Superseded' || !claimed.includes(message.term));
    });
    m.normalise(`claims to ${name} without rivals`, {of: host(name)}, (state, read) => {
      if (state.role !== 'secondary') return state;
      const messages = read(inbox(name));
      const claimed = messages.flatMap(({message}): readonly Term[] =>
        message.type === 'Claim' ? [message.term] : [],
      );
      const [newest] = [...claimed].sort((a, b) => b - a);
      if (newest === undefined || newest <= state.durable.term) return state;
      const least = read(lowest);
      if (least !== null && least < newest) return state;
      return messages.every(({message}) => message.term >= newest) ? follower(newest) : state;
    });
  }
};
