// Who directs the namespace object, and could commit something now. The library is asked, not the books.

import {
  type Charge,
  type DirectoryEntry,
  type HostId,
  isAccessible,
  type ObjectLayout,
  type StorageState,
} from '../../../src/index.js';
import type {Builder, Readable} from '../../index.js';
import type {World} from './world.js';

export type Serving = Extract<Charge, {readonly phase: 'serving'}>;

/** What a host directs of the namespace object, or null. */
export const servingAt = (state: StorageState, {object}: ObjectLayout): Serving | null => {
  const charge = state.role === 'up' ? state.reign?.charges.find(known => known.object === object) : undefined;
  return charge?.phase === 'serving' ? charge : null;
};

/** What a host's component of the object holds, or null. */
export const entryOf = ({durable}: StorageState, {object}: ObjectLayout): DirectoryEntry | null =>
  durable.components.find(entry => entry.object === object) ?? null;

/** Whether these hosts are a quorum of the entry, of its former voters as well where there are some. */
export const isQuorumOf = (layout: ObjectLayout, entry: DirectoryEntry, hosts: readonly HostId[]): boolean =>
  [entry.voters, entry.former ?? entry.voters].every(components =>
    isAccessible({...layout, components}, entry.content.register.current, hosts),
  );

/** By host: whether the components that would take a write from it now are a quorum. */
export const declareStanding = (m: Builder, {cluster, cut, host}: World): ((name: HostId) => Readable<boolean>) => {
  const {hosts, vm, cuts, configOf, relations} = cluster;
  const {namespace} = vm;
  const pairs = hosts.flatMap(owner => hosts.map(member => `${owner} ${member}`));

  const takes = m.derives('takes writes of', pairs, (read, pair): boolean => {
    const [owner, member] = pair.split(' ') as [HostId, HostId];
    const state = read(host(owner));
    const serving = servingAt(state, namespace);
    if (state.role === 'down' || serving === null) return false;
    const holds = namespace.components.some(component => component.host === member);
    if (owner === member || !holds) return holds;
    const links = cuts.get(read(cut));
    const isLinked = links?.[owner]?.includes(member) && links[member]?.includes(owner);
    if (!isLinked || !state.reign?.joined.includes(member)) return false;
    const {number} = state.durable;
    const version = {configuration: number, sequence: serving.entry.version.sequence + 1};
    const message = {type: 'ComponentWrite', number, entry: {...serving.entry, version}} as const;
    const [{effects}] = relations.storageOutcomes(configOf(member), read(host(member)), {
      type: 'Received',
      from: owner,
      message,
    });
    return effects.some(effect => effect.type === 'Send' && effect.message.type === 'ComponentAck');
  });

  return m.derives('can commit', hosts, (read, owner): boolean => {
    const serving = servingAt(read(host(owner)), namespace);
    const takers = hosts.filter(member => read(takes(`${owner} ${member}`)));
    return serving !== null && isQuorumOf(namespace, serving.entry, takers);
  });
};
