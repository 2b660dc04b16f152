// What every future ignores, and so may be forgotten. A host that has seen a term takes nothing of an older one, and
// what it would answer tells its sender nothing if that has seen the newer term too. Terms only grow.

import type {Builder} from '../../index.js';
import type {World} from './world.js';

export const declareDead = (m: Builder, {pairs, repairs, host, mail}: World): void => {
  if (!repairs.terms) return;
  for (const link of pairs) {
    const [from, to] = link;
    m.normalise(`dead HA mail from ${from} to ${to}`, {of: mail(link)}, (messages, read) => {
      if (messages.length === 0) return messages;
      const seen = read(host(to)).ha.ha.durable.term;
      const isOld = messages.some(({term}) => term < seen);
      if (!isOld || read(host(from)).ha.ha.durable.term < seen) return messages;
      return messages.filter(({term}) => term >= seen);
    });
  }
};
