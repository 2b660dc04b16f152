import type {HostId, ObjectId} from '../cluster/ids.js';
import {type ObjectLayout, type VmLayout, votesOf} from '../cluster/layout.js';

/** What a storage module answers about one VM: its namespace object accessible from here; all its objects. */
export type Access = {readonly namespace: boolean; readonly all: boolean};

/** Which of the two an asker wants to know. */
export type Scope = keyof Access;

/**
 * Whether hosts that reach each other can use the object: more than half of *all* its votes are there on current
 * components, and a current replica. Exactly half is not enough, so that two sides never both have it (ST-01).
 */
export const isAccessible = (
  {components}: ObjectLayout,
  current: readonly HostId[],
  reachable: readonly HostId[],
): boolean => {
  const voting = components.filter(({host}) => current.includes(host) && reachable.includes(host));
  return 2 * votesOf(voting) > votesOf(components) && voting.some(({kind}) => kind === 'replica');
};

/** The two predicates of one VM, apart: SET needs its namespace object only, running it needs all of its objects. */
export const accessOf = (
  {namespace, disks}: VmLayout,
  currentOf: (object: ObjectId) => readonly HostId[],
  reachable: readonly HostId[],
): Access => {
  const can = (layout: ObjectLayout): boolean => isAccessible(layout, currentOf(layout.object), reachable);
  return {namespace: can(namespace), all: can(namespace) && disks.every(can)};
};
