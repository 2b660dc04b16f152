// What the directory keeps of one object, replicated with the object's components.

import type {Configuration, HostId, ObjectId} from '../../cluster/ids.js';
import type {Component, ObjectLayout} from '../../cluster/layout.js';
import {isAccessible} from '../accessibility.js';
import type {NamespaceObject} from '../namespace.js';

/** The configuration is the number of the owner's reign; the sequence counts the entries it has written, from 1. */
export type Version = {readonly configuration: Configuration; readonly sequence: number};

/**
 * For every object, disks too, the contract's state: of a disk only `register.current` means anything. `content` says
 * which components are current, `voters` how many votes each has.
 */
export type DirectoryEntry = {
  readonly object: ObjectId;
  readonly version: Version;
  readonly content: NamespaceObject;
  readonly voters: readonly Component[];
  /** The voters before a recalculation that is not over: until it is, both quorums are needed (OB-16). */
  readonly former: readonly Component[] | null;
};

/** Whether `a` was written after `b`: by the number of the reign, then by the count of entries. */
export const isNewer = (a: Version, b: Version): boolean =>
  a.configuration > b.configuration || (a.configuration === b.configuration && a.sequence > b.sequence);

export const isSame = (a: Version, b: Version): boolean =>
  a.configuration === b.configuration && a.sequence === b.sequence;

/** Whether these hosts are a quorum, of the former voters as well where there are some. */
export const isQuorum = (
  layout: ObjectLayout,
  {content, voters, former}: DirectoryEntry,
  hosts: readonly HostId[],
): boolean =>
  [voters, ...(former === null ? [] : [former])].every(components =>
    isAccessible({...layout, components}, content.register.current, hosts),
  );

/**
 * The votes after the components on other hosts have been gone for long: they have none. Where the rest could tie, the
 * first replica has one vote more.
 */
export const recalculated = (components: readonly Component[], present: readonly HostId[]): readonly Component[] => {
  const rest = components.filter(({host}) => present.includes(host));
  const first = rest.find(({kind}) => kind === 'replica');
  const even = rest.reduce((sum, {votes}) => sum + votes, 0) % 2 === 0;
  return rest.map(component => (even && component === first ? {...component, votes: component.votes + 1} : component));
};
