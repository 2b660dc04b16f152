import type {HostId} from '../cluster/ids.js';

/** The storage network: who reaches whom. Sides are disjoint, each sorted, and together hold every host. */
export type View = readonly (readonly HostId[])[];

/** The hosts whose storage modules this host's storage module reaches, itself among them. */
export const reachableFrom = (view: View, host: HostId): readonly HostId[] =>
  view.find(side => side.includes(host)) ?? [host];
