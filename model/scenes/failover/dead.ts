// What every future ignores, and so may be forgotten. A host that has seen a term takes nothing of an older one, and
// a primary takes no answer to a question of another term; terms only grow.

import type {Builder, Read} from '../../index.js';
import {arrival, type Envelope} from './host.js';
import type {World} from './world.js';

export const declareDead = (m: Builder, world: World): void => {
  const {cluster, repairs, lead, seen, watches, inbox} = world;
  if (!repairs.terms) return;

  const isDead = (read: Read, host: (typeof cluster.hosts)[number], {from, message}: Envelope): boolean =>
    message.term < read(seen(host)) ||
    (arrival(from, message).part === 'failover' && read(lead(host))?.term !== message.term);

  for (const host of cluster.hosts) {
    m.normalise(`dead messages to ${host}`, {of: inbox(host)}, (messages, read) =>
      messages.filter(envelope => !isDead(read, host, envelope)),
    );
    m.normalise(`dead watches of ${host}`, {of: watches(host)}, (kept, read) => {
      const live = kept.filter(({primary, term}) => read(lead(primary))?.term === term);
      return live.length === kept.length ? kept : live;
    });
  }
};
