// Who is primary, as the contract of the election has it: each side of the HA network has one, each with its own term.

import {type HostId, noFailover, term} from '../../../src/index.js';
import type {Read} from '../../index.js';
import type {Lead} from './host.js';
import type {World} from './world.js';

/** What the host becomes if it is elected now: the first host that is up on a side without a primary. */
export const electedBy = ({cluster, lead, seen, connected}: World, read: Read, host: HostId): Lead | null => {
  const side = read(connected(host));
  if (side[0] !== host || side.some(other => read(lead(other)) !== null)) return null;
  const highest = Math.max(...cluster.hosts.map(other => read(seen(other))));
  return {term: term(highest + 1), failover: noFailover};
};

/** The primary that the platform talks to. */
export const newestPrimary = ({cluster, up, lead}: World, read: Read): HostId | null =>
  cluster.hosts.reduce<HostId | null>((newest, host) => {
    const own = read(up(host)) ? read(lead(host)) : null;
    const other = newest === null ? null : read(lead(newest));
    return own !== null && (other === null || own.term > other.term) ? host : newest;
  }, null);
