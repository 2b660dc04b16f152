// An entry of the directory: the contract's state of one object with a version, and the votes: spec/directory.md.

import type {Component, Layout} from './config.js';
import {type Call, type Content, firstContent} from './contract.js';
import type {CallResult} from './wire.js';

export type Version = {readonly configuration: number; readonly sequence: number};

export type Known = {readonly object: string; readonly version: Version; readonly content: Content};

export type Entry = Known & {readonly voters: readonly Component[]; readonly former: readonly Component[] | null};

export type StorageMessage = {readonly number: number} & (
  | {readonly type: 'Hello' | 'Lead' | 'Left'}
  | {readonly type: 'Refused'; readonly promised: number}
  | {readonly type: 'Joined'; readonly components: readonly Entry[]}
  | {readonly type: 'ComponentWrite'; readonly entry: Entry}
  | {readonly type: 'ComponentAck'; readonly object: string; readonly version: Version}
  | {readonly type: 'Publish'; readonly known: Known}
  | {readonly type: 'Call'; readonly object: string; readonly call: Call}
  | {
      readonly type: 'Reply';
      readonly object: string;
      readonly call: Call;
      readonly result: CallResult;
      readonly epoch: number;
    }
);

/** What every component holds when the cluster is created. */
export const firstEntry = ({object, components}: Layout): Entry => ({
  object,
  version: {configuration: 0, sequence: 0},
  content: firstContent(1, components.map(({host}) => host).sort()),
  voters: components,
  former: null,
});

export const isNewer = (a: Version, b: Version): boolean =>
  a.configuration !== b.configuration ? a.configuration > b.configuration : a.sequence > b.sequence;

export const isSameVersion = (a: Version, b: Version): boolean => !isNewer(a, b) && !isNewer(b, a);

const sumOf = (components: readonly Component[]): number => components.reduce((sum, {votes}) => sum + votes, 0);

/** Whether the components on these hosts are a quorum of the entry: of the former votes too, where there are some. */
export const isQuorum = ({content, voters, former}: Entry, hosts: ReadonlySet<string>): boolean =>
  (former === null ? [voters] : [voters, former]).every(votes => {
    const there = votes.filter(({host}) => hosts.has(host) && content.register.current.includes(host));
    return 2 * sumOf(there) > sumOf(votes) && there.some(({kind}) => kind === 'replica');
  });

/** The votes as they are when only the components on these hosts count; null if no replica is left. */
export const votesOf = ({components}: Layout, hosts: ReadonlySet<string>): readonly Component[] | null => {
  const there = components.filter(({host}) => hosts.has(host));
  const first = there.find(({kind}) => kind === 'replica');
  if (first === undefined) return null;
  const more = sumOf(there) % 2 === 0 ? 1 : 0;
  return there.map(component => (component === first ? {...component, votes: component.votes + more} : component));
};

export const isSameVotes = (a: readonly Component[], b: readonly Component[]): boolean =>
  a.length === b.length && a.every(({host, votes}) => b.some(other => other.host === host && other.votes === votes));
