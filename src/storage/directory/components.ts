// How the components of an object stand, for whoever operates the cluster.

import type {HostId} from '../../cluster/ids.js';
import {hostsOf, type ObjectLayout} from '../../cluster/layout.js';
import {newest} from './charge.js';
import type {Charge, StorageState} from './state.js';

/** The words are those of `spec/directory.md`. */
export type ComponentState = 'active' | 'stale' | 'absent' | 'degraded' | 'resyncing';

/**
 * How each component of the object stands, in the order of the layout, as the owner of its partition's directory sees
 * it. Empty where this host does not direct the object.
 */
export const componentStates = (
  state: StorageState,
  layout: ObjectLayout,
): readonly {readonly host: HostId; readonly state: ComponentState}[] => {
  const reign = state.role === 'up' ? state.reign : null;
  const charge = reign?.charges.find(({object}) => object === layout.object);
  if (reign === null || charge === undefined) return [];
  return hostsOf(layout).map(host => ({host, state: reign.joined.includes(host) ? stateOf(charge, host) : 'absent'}));
};

/** An owner that serves writes to every component whose host has joined. */
const stateOf = (charge: Charge, host: HostId): ComponentState => {
  if (charge.phase === 'serving') return charge.entry.content.register.current.includes(host) ? 'active' : 'resyncing';
  const {answers} = charge;
  const isLost = answers.some(answer => answer.host === host && answer.entry === null);
  if (isLost) return 'degraded';
  return newest(answers)?.entry.content.register.current.includes(host) === true ? 'active' : 'stale';
};
