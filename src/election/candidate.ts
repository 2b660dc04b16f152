// Who wins an election, and which term it is then.

import type {Config} from '../cluster/config.js';
import {type HostId, type Term, term} from '../cluster/ids.js';

/** What counts of a host that stands for election. */
export type Candidate = {readonly host: HostId; readonly datastores: number};

/** Most datastores first; among equals the highest id *as text*, so that h9 is before h10 (EL-02). */
export const outranks = (a: Candidate, b: Candidate): boolean =>
  a.datastores === b.datastores ? a.host > b.host : a.datastores > b.datastores;

/**
 * The next term above `highest` that is this host's own: one whose remainder by the number of hosts is the host's place
 * among them. So no two hosts ever claim the same term, although nobody asks for a majority (EL-09).
 */
export const nextOwnTerm = ({self, hosts}: Config, highest: Term): Term => {
  const above = highest + 1;
  const place = hosts.indexOf(self);
  return term(above + ((((place - above) % hosts.length) + hosts.length) % hosts.length));
};
