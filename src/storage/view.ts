import type {HostId} from '../cluster/ids.js';
import {setOf} from '../kernel/sorted.js';

/**
 * The storage network: hosts on one side reach each other. Sides are sorted and together hold every host. In a
 * partition they are disjoint; a host on two sides is one that reaches both although they do not reach each other.
 */
export type View = readonly (readonly HostId[])[];

/** The hosts whose storage modules this host's storage module reaches, itself among them. */
export const reachableFrom = (view: View, host: HostId): readonly HostId[] =>
  setOf([host, ...view.filter(side => side.includes(host)).flat()]);
