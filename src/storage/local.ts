import type {HostId} from '../cluster/ids.js';
import type {Access} from './accessibility.js';

/** What the own storage module says at the instant of an event about a VM: a local, synchronous query. */
export type Local = {
  readonly accessible: Access;
  /** The hosts whose storage modules the own one reaches, itself among them, sorted. */
  readonly reachable: readonly HostId[];
};
